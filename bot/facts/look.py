"""One look at one picture, in this process. For what strangers send, use ``bot.facts.reader``."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict

from PIL import Image

from bot.domain.picture import Picture
from bot.facts.marks import hash_of, links_in
from bot.facts.measures import measured
from bot.facts.model import CERTAIN, LIKELY, fitted
from bot.facts.opening import NoPicture, open_picture
from bot.facts.reading import Line, TextReader, stacked, words_in

SMALLEST = 48
"""Pixels of a side below which nothing can be told."""


def look(content: bytes, reader: TextReader | None = None) -> Picture:
    """What the picture shows; with a reader, and where that does not fail, its text is read too. Raises nothing."""
    try:
        image = open_picture(content)
    except NoPicture as why:
        return Picture(why=(str(why),))
    if min(image.size) < SMALLEST:
        return Picture(why=(f"the picture has only {image.width} × {image.height} pixels",))
    lines = None if reader is None else reader.read(image)
    numbers = numbers_of(image, lines)
    likely = fitted("pixels" if reader is None or lines is None else reader.name).likelihood(numbers)
    return Picture(
        shows_text=likely >= LIKELY,
        certain=likely >= CERTAIN or likely <= 1 - CERTAIN,
        why=_why(numbers, _read(numbers, lines, reader), likely),
        words=None if lines is None else words_in(lines),
        text=None if lines is None else "\n".join(line.text for line in lines),
        links=links_in(image),
        hash=hash_of(image),
    )


def numbers_of(image: Image.Image, lines: Sequence[Line] | None) -> Mapping[str, float]:
    """All that a model may weigh."""
    numbers = asdict(measured(image))
    return numbers if lines is None else numbers | {"stacked": stacked(lines)}


def _read(numbers: Mapping[str, float], lines: Sequence[Line] | None, reader: TextReader | None) -> tuple[str, ...]:
    if reader is None:
        return ()
    if lines is None:
        return (f"{reader.name} could not read it",)
    return (f"{words_in(lines)} words read by {reader.name}, {numbers['stacked']:.0%} of them in paragraphs",)


def _why(numbers: Mapping[str, float], read: tuple[str, ...], likely: float) -> tuple[str, ...]:
    return (
        *read,
        f"{numbers['in_lines']:.0%} of what is drawn stands in lines like text",
        f"{numbers['still']:.0%} of the picture is plain",
        f"likelihood {likely:.2f}",
    )
