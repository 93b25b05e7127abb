"""Reading the text in a picture with RapidOCR, whose models come with the extra ``ocr``."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from PIL import Image

LARGEST_SIDE = 736
"""Pixels to which the longer side is shrunk for finding text; reading it uses the picture as it is."""
MOST_READ = 450.0
"""Letters' heights of text that are read, from the top, which takes about a second; the rest is left out."""
FEWEST_SURE = 0.5
"""How sure the reader must be of a line, of one."""
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


def read(image: Image.Image) -> tuple[Line, ...]:
    """The lines of text in a picture in RGB, from top to bottom as far as MOST_READ goes."""
    import numpy as np

    pixels = np.asarray(image)[:, :, ::-1]
    lines: list[Line] = []
    budget = MOST_READ
    for left, top, right, bottom in _places(pixels):
        budget -= (right - left) / (bottom - top)
        if budget < 0:
            break
        found = _engine()(
            np.ascontiguousarray(pixels[top:bottom, left:right]), use_det=False, use_cls=False, use_rec=True
        )
        text = found.txts[0].strip() if found.txts else ""
        if text and found.scores[0] >= FEWEST_SURE:
            lines.append(Line(text, left, top, right, bottom))
    return tuple(lines)


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


def _places(pixels: Any) -> Iterable[tuple[int, int, int, int]]:
    """Upright boxes around what looks like a line, in reading order."""
    height, width = pixels.shape[:2]
    boxes = _engine()(pixels, use_det=True, use_cls=False, use_rec=False).boxes
    for box in () if boxes is None else boxes:
        left, top = (max(0, int(edge)) for edge in box.min(0))
        right, bottom = min(width, int(box[:, 0].max()) + 1), min(height, int(box[:, 1].max()) + 1)
        if left < right and top < bottom:
            yield left, top, right, bottom


@cache
def _engine() -> Any:
    from rapidocr import RapidOCR

    one = {f"EngineConfig.onnxruntime.{kind}_op_num_threads": 1 for kind in ("intra", "inter")}
    limits = {"Det.limit_type": "max", "Det.limit_side_len": LARGEST_SIDE}
    return RapidOCR(params={"Global.log_level": "critical", **one, **limits})
