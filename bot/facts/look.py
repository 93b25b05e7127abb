"""One look at one picture, in this process. For what strangers send, use ``bot.facts.reader``."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict

from PIL import Image

from bot.domain.picture import Picture
from bot.facts.marks import hash_of, links_in
from bot.facts.measures import measured
from bot.facts.model import CERTAIN, LIKELY, fitted
from bot.facts.opening import NoPicture, open_picture
from bot.facts.reading import Line, read, stacked, words_in

SMALLEST = 48
"""Pixels of a side below which nothing can be told."""


def look(content: bytes, *, reads: bool) -> Picture:
    """What the picture shows. With ``reads`` its text is read too, which needs the extra ``ocr``. Raises nothing."""
    try:
        image = open_picture(content)
    except NoPicture as why:
        return Picture(why=(str(why),))
    if min(image.size) < SMALLEST:
        return Picture(why=(f"the picture has only {image.width} × {image.height} pixels",))
    lines = read(image) if reads else None
    numbers = numbers_of(image, lines)
    likely = fitted("pixels" if lines is None else "reading").likelihood(numbers)
    return Picture(
        shows_text=likely >= LIKELY,
        certain=likely >= CERTAIN or likely <= 1 - CERTAIN,
        why=_why(numbers, lines, likely),
        words=None if lines is None else words_in(lines),
        text=None if lines is None else "\n".join(line.text for line in lines),
        links=links_in(image),
        hash=hash_of(image),
    )


def numbers_of(image: Image.Image, lines: Sequence[Line] | None) -> Mapping[str, float]:
    """All that a model may weigh."""
    numbers = asdict(measured(image))
    return numbers if lines is None else numbers | {"stacked": stacked(lines)}


def _why(numbers: Mapping[str, float], lines: Sequence[Line] | None, likely: float) -> tuple[str, ...]:
    seen: tuple[str, ...] = (
        f"{numbers['in_lines']:.0%} of what is drawn stands in lines like text",
        f"{numbers['still']:.0%} of the picture is plain",
    )
    if lines is not None:
        seen = (f"{words_in(lines)} words read, {numbers['stacked']:.0%} of them in paragraphs", *seen)
    return (*seen, f"likelihood {likely:.2f}")
