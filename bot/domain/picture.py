"""What a look inside a picture showed."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Picture:
    """A look inside the picture of a post. A picture that nobody looked into has none."""

    shows_text: bool | None = None
    """Whether it is a screenshot of text and not a photograph, drawing or figure; ``None``: could not be told."""
    certain: bool = False
    """``False``: for a human to decide."""
    why: tuple[str, ...] = ()
    """What speaks for the answer, or why there is none; for moderators."""
    words: int | None = None
    """Words that were read in it; ``None`` when nothing could read."""
    text: str | None = None
    """What was read, line by line; ``None`` when nothing could read."""
    links: tuple[str, ...] = ()
    """Addresses in its QR codes."""
    hash: str | None = None
    """Perceptual hash (PDQ), 64 hexadecimal digits; ``None`` when it has none that means anything."""

    @property
    def answer(self) -> str:
        """``yes``, ``no`` or ``unknown``, as rules' examples and programs write it."""
        return "unknown" if self.shows_text is None else "yes" if self.shows_text else "no"
