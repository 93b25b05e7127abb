"""Reading the text in a picture with tesseract, a program that is installed beside Warden.

It is called as it is: a package between would only write the picture to a file, which this process may not.
"""

import resource
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from itertools import groupby

from PIL import Image

from bot.facts.reading import FEWEST_SURE, Line

WIDEST = 2_000
"""Pixels to which a wider picture is shrunk."""
MOST_READ = 600_000
"""Pixels that are read, from the top, which takes about a second where they are full of text; the rest is left out."""
WORK = 3
"""Seconds of processor time for one picture; where its letters are so small that this is not enough, it is not read."""
_ASKED = ("stdin", "stdout", "--psm", "3", "-c", "tessedit_create_tsv=1")
_ENVIRONMENT = {"OMP_THREAD_LIMIT": "1"}
"""One thread: more of them cost several times the work."""
_LINE, _WORD = "4", "5"
"""Levels in its table."""


@dataclass(frozen=True, slots=True)
class Tesseract:
    """Implements ``TextReader``. Each picture is read by a process of its own."""

    program: str
    """Its path."""
    work: int = WORK

    @property
    def name(self) -> str:
        return "tesseract"

    def read(self, image: Image.Image) -> tuple[Line, ...] | None:
        scale = max(1.0, image.width / WIDEST)
        table = self._table(_top(image, scale))
        return None if table is None else tuple(_lines(table, scale))

    def _table(self, image: Image.Image) -> str | None:
        file = BytesIO()
        image.save(file, "PPM")
        try:
            process = subprocess.Popen(  # noqa: S603 - the path was found by our parent
                (self.program, *_ASKED),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env=_ENVIRONMENT,
            )
        except OSError:
            return None
        with process:
            # It has inherited our limits; but ours on work grows with every picture.
            resource.prlimit(process.pid, resource.RLIMIT_CPU, (self.work, self.work))
            said, _ = process.communicate(file.getvalue())
        return said.decode("utf-8", "replace") if process.returncode == 0 else None


def _top(image: Image.Image, scale: float) -> Image.Image:
    """As much of a picture as is read."""
    width, height = round(image.width / scale), round(image.height / scale)
    small = image if scale == 1.0 else image.resize((width, height), Image.Resampling.BOX)
    return small.crop((0, 0, width, min(height, MOST_READ // width)))


def _lines(table: str, scale: float) -> Iterator[Line]:
    """From the table that tesseract writes: a heading, and then a row for each line and for each word in it."""
    rows = (row.split("\t", 11) for row in table.splitlines()[1:])
    for _, group in groupby((row for row in rows if row[0] in {_LINE, _WORD}), key=lambda row: row[1:5]):
        (_, *_, left, top, width, height, _, _), *words = group
        text = " ".join(word[11].strip() for word in words if float(word[10]) >= 100 * FEWEST_SURE).strip()
        if text:
            x, y, wide, high = (int(each) * scale for each in (left, top, width, height))
            yield Line(text, x, y, x + wide, y + high)
