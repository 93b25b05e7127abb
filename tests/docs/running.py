"""Commands of the documentation, run as their readers would. As a program, writes what they print now into the pages."""

import contextlib
import io
import os
import re
import shlex
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from bot.app.cli import run
from tests.docs.pages import DOCS, Block, blocks
from tests.paths import CHECKOUT

NAMES = ("first-rule", "writing-rules", "links", "cookbook", "from-contextmod", "from-lemmyautomod")
PAGES_THAT_RUN = [CHECKOUT / "README.md", *(DOCS / f"{name}.md" for name in NAMES)]
FOREIGN = "for "
"""How the title of a block begins that is written for another program."""


def shown(page: Path) -> list[Block]:
    return [block for block in blocks(page) if not block.title.startswith(FOREIGN)]


@contextlib.contextmanager
def at_the_readers(folder: Path) -> Iterator[Path]:
    """A folder beside the rules that come with Warden, and a terminal of 100 columns without colours."""
    shutil.copytree(CHECKOUT / "rules", folder / "rules")
    before = dict(os.environ)
    os.environ.update(COLUMNS="100", NO_COLOR="1")
    try:
        with contextlib.chdir(folder):
            yield folder
    finally:
        os.environ.clear()
        os.environ.update(before)


def save(block: Block, folder: Path) -> None:
    """What the reader is told to save."""
    if block.title:
        path = folder / block.title
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(block.text, encoding="utf-8")


def commands(block: Block) -> Iterator[tuple[str, str]]:
    """Each command of a block, and what stands below it."""
    for part in re.split(r"^\$ ", block.text, flags=re.MULTILINE)[1:]:
        command, _, expected = part.partition("\n")
        yield command, expected.strip()


def printed(command: str) -> str:
    """What a command prints."""
    program, *arguments = shlex.split(command)
    assert program == "warden", f"only warden can be run, not `{command}`"
    out = io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(out):
        run(arguments)
    return "\n".join(line.rstrip() for line in out.getvalue().strip().splitlines())


def is_like(output: str, expected: str) -> bool:
    """Whether a page shows an output; a line with three dots stands for any lines."""
    pieces = re.split(r"^\.\.\.$", expected, flags=re.MULTILINE)
    return re.fullmatch(r"(?:.|\n)*?".join(re.escape(piece) for piece in pieces), output) is not None


def refreshed(page: Path, folder: Path) -> str:
    """The page with what its commands print now."""
    lines = page.read_text(encoding="utf-8").splitlines()
    grown = 0
    for block in shown(page):
        save(block, folder)
        if block.language == "console":
            text = "".join(_refreshed(command, expected) for command, expected in commands(block))
            old, new = block.text.splitlines(), text.splitlines()
            start = block.line + grown
            lines[start : start + len(old)] = new
            grown += len(new) - len(old)
    return "\n".join(lines) + "\n"


def _refreshed(command: str, expected: str) -> str:
    output = printed(command)
    shown_below = expected if is_like(output, expected) else output
    return f"$ {command}\n" + (f"{shown_below}\n" if shown_below else "")


if __name__ == "__main__":
    for each in PAGES_THAT_RUN:
        with tempfile.TemporaryDirectory() as name, at_the_readers(Path(name)) as here:
            each.write_text(refreshed(each, here), encoding="utf-8")
