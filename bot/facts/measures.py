"""Five numbers about a picture that tell text on a screen from photographs, drawings and figures. No letter is read.

Letters are upright strokes: side by side they change the brightness often from left to right. A line of text is a
strip of such changes that is blank above and below and goes on sideways at the same height; captions and the labels
of a figure make few and short ones, the bars of a chart are too high, its axes too thin, and a photograph has no
blank above and below.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from math import log

from PIL import Image, ImageChops

CELL = 12
"""Width in pixels of the columns in which strokes are counted."""
STROKE = 40
"""Difference in brightness (of 255) between two neighbours that counts as the edge of a stroke."""
INKED = 20
"""Share (of 255) of such neighbours in one row of a cell from which the row is inked."""
LINE = range(4, 61)
"""Heights in pixels of a line of text."""
FEWEST = 6
"""Cells that a line of text has at least."""
_INK = re.compile(rb"\xff+")


@dataclass(frozen=True, slots=True)
class Measures:
    """All are shares of one, but ``upright``."""

    in_lines: float
    """Of all that is inked, how much stands in lines of text."""
    covered: float
    """Of the whole picture, how much the lines of text cover."""
    still: float
    """Pixels that are like the one to the right and the one below: paper, not a photograph's grain."""
    crisp: float
    """Of the pixels that differ from their neighbours at all, how many do so sharply."""
    upright: float
    """Logarithm of sharp changes sideways over those downwards: letters have more of the former."""


@dataclass(slots=True)
class _Line:
    """A strip of ink that goes on sideways; rows and columns count from the upper left."""

    top: int
    bottom: int
    last: int
    cells: int
    ink: int


def measured(image: Image.Image) -> Measures:
    """For a picture in RGB of at least two pixels each way."""
    grey = image.convert("L")
    width, height = grey.size
    here = grey.crop((0, 0, width - 1, height - 1))
    sideways = ImageChops.difference(here, grey.crop((1, 0, width, height - 1)))
    downwards = ImageChops.difference(here, grey.crop((0, 1, width - 1, height)))
    either = ImageChops.lighter(sideways, downwards).histogram()
    in_lines, covered = _lines(sideways)
    return Measures(
        in_lines=in_lines,
        covered=covered,
        still=_share(either, 0, 3),
        crisp=_share(either, 49, 256) / (_share(either, 9, 256) + 0.002),
        upright=log((_share(sideways.histogram(), 49, 256) + 0.001) / (_share(downwards.histogram(), 49, 256) + 0.001)),
    )


def _share(histogram: list[int], first: int, end: int) -> float:
    return sum(histogram[first:end]) / sum(histogram)


def _lines(sideways: Image.Image) -> tuple[float, float]:
    """How much of the ink stands in lines of text, and how much of the picture they cover."""
    columns, rows = max(1, sideways.width // CELL), sideways.height
    strokes = sideways.point([255 * (value > STROKE) for value in range(256)])
    cells = strokes.resize((columns, rows), Image.Resampling.BOX).point([255 * (n > INKED) for n in range(256)])
    # Turned, so that each column of cells is one piece of memory.
    turned = cells.transpose(Image.Transpose.TRANSPOSE).tobytes()
    inked = [[found.span() for found in _INK.finditer(turned, *ends)] for ends in _pieces(columns, rows)]
    strips = [[(top - x * rows, bottom - x * rows) for top, bottom in spans] for x, spans in enumerate(inked)]
    in_lines = sum(line.ink for line in _joined(strips) if line.cells >= FEWEST)
    all_ink = sum(bottom - top for spans in strips for top, bottom in spans)
    # A few specks on an empty picture are not "nearly all of the ink".
    return in_lines / (all_ink + columns * rows * 0.002), in_lines / (columns * rows)


def _pieces(columns: int, rows: int) -> Iterator[tuple[int, int]]:
    return pairwise(range(0, (columns + 1) * rows, rows))


def _joined(strips: list[list[tuple[int, int]]]) -> list[_Line]:
    """Strips of one column joined with those of the next at about the same height; one column may be blank between."""
    ended: list[_Line] = []
    lines: list[_Line] = []
    for x, spans in enumerate(strips):
        rest = [span for span in spans if span[1] - span[0] in LINE]
        for line in lines:
            span = next((each for each in rest if _goes_on(line, *each)), None)
            if span is not None:
                rest.remove(span)
                line.top, line.bottom = span
                line.last, line.cells, line.ink = x, line.cells + 1, line.ink + span[1] - span[0]
        ended += [line for line in lines if x - line.last > 1]
        lines = [line for line in lines if x - line.last <= 1]
        lines += [_Line(top, bottom, x, 1, bottom - top) for top, bottom in rest]
    return ended + lines


def _goes_on(line: _Line, top: int, bottom: int) -> bool:
    shared = min(bottom, line.bottom) - max(top, line.top)
    return shared > 0 and 2 * shared >= max(bottom - top, line.bottom - line.top)
