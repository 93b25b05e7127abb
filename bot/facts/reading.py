"""What is read in a picture: lines of text, whoever reads them, and how they are set."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from PIL import Image

FEWEST_SURE = 0.5
"""How sure a reader must be of what it read, of one."""
_WORD = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]{2}|[^\W\d_]{2,}")
"""Two letters or more; in scripts without blanks, every two signs."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of text, and where it stands, in pixels."""

    text: str
    left: float
    top: float
    right: float
    bottom: float

    @property
    def height(self) -> float:
        return self.bottom - self.top

    @property
    def words(self) -> int:
        return len(_WORD.findall(self.text))


class TextReader(Protocol):
    """Reads the text in pictures."""

    @property
    def name(self) -> str:
        """For moderators."""

    def read(self, image: Image.Image) -> tuple[Line, ...] | None:
        """The lines of text in a picture in RGB, from top to bottom as far as it goes; ``None`` when it failed."""


def words_in(lines: Iterable[Line]) -> int:
    return sum(line.words for line in lines)


def stacked(lines: Sequence[Line]) -> float:
    """Share of the words in lines that have another one close above or below, of their height and left edge.

    So paragraphs are set; the labels of a figure and the captions of a meme are not.
    """
    in_paragraphs = sum(
        one.words for one in lines if one.words >= 2 and any(_follow(one, other) for other in lines if other is not one)
    )
    # A few words are not yet a paragraph, however they are set.
    return in_paragraphs / (words_in(lines) + 3)


def _follow(one: Line, other: Line) -> bool:
    lower, higher = sorted((one.height, other.height))
    gap = max(one.top, other.top) - min(one.bottom, other.bottom)
    return other.words >= 1 and higher < 1.8 * lower and abs(one.left - other.left) < higher and gap < 1.5 * higher
