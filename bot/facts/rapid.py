"""Reading the text in a picture with RapidOCR, whose models come with the extra ``ocr``."""

from collections.abc import Iterable
from functools import cache
from typing import Any

from PIL import Image

from bot.facts.reading import FEWEST_SURE, Line

LARGEST_SIDE = 736
"""Pixels to which the longer side is shrunk for finding text; reading it uses the picture as it is."""
MOST_READ = 450.0
"""Letters' heights of text that are read, from the top, which takes about a second; the rest is left out."""


class RapidOcr:
    """Implements ``TextReader``."""

    name = "RapidOCR"

    def read(self, image: Image.Image) -> tuple[Line, ...]:
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
