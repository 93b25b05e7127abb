"""``warden look``."""

import json
from pathlib import Path

import click

from bot.app import exits
from bot.domain.picture import Picture
from bot.facts.opening import LARGEST
from bot.facts.reader import Reader


@click.command("look", short_help="Say whether pictures are screenshots of text.")
@click.argument("pictures", metavar="PICTURE...", nargs=-1, required=True)
@click.option("--no-ocr", is_flag=True, help="Do not read the text, even where something could.")
@click.option("--hash", "as_hash", is_flag=True, help="Print what a list for `picture_hash` takes.")
@click.option("--json", "as_json", is_flag=True, help="For programs: one JSON object a line.")
def command(pictures: tuple[str, ...], *, no_ocr: bool, as_hash: bool, as_json: bool) -> int:
    """Look inside picture files, as the daemon does with pictures that are posted.

    Needs the extra `image`. The text is read as well with the extra `ocr`, or else where tesseract is installed.
    Nothing leaves this machine. A file that cannot be looked into is shown as unknown, with the reason. Ends with 0
    whatever the pictures show.

    Example: warden look screenshot.png photo.jpg --json
    """
    reader = Reader(reads=False if no_ocr or as_hash else None)
    try:
        for name in pictures:
            click.echo(_line(name, _look(reader, Path(name)), as_hash=as_hash, as_json=as_json))
    finally:
        reader.close()
    return exits.FINE


def _look(reader: Reader, path: Path) -> Picture:
    try:
        with path.open("rb") as file:
            return reader.look(file.read(LARGEST + 1))
    except OSError as error:
        return Picture(why=(f"the file cannot be read: {error.strerror or error}",))


def _line(name: str, seen: Picture, *, as_hash: bool, as_json: bool) -> str:
    if as_hash:
        return f"# {name}\n{seen.hash}" if seen.hash else f"# {name} has no hash: {'; '.join(seen.why)}"
    if as_json:
        return json.dumps(
            {
                "file": name,
                "text_screenshot": seen.answer,
                "certain": seen.certain,
                "words": seen.words,
                "why": list(seen.why),
            }
        )
    sure = "" if seen.certain or seen.shows_text is None else ", but not for certain"
    return f"{name}: {seen.answer}{sure} ({'; '.join(seen.why)})"
