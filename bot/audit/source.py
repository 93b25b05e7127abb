"""Lines of a backlog: plain, compressed, or from standard input."""

import gzip
import io
import sys
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, cast

import zstandard

LONGEST_LINE = 4 * 1024 * 1024
"""Bytes of a line that is read; a longer one is passed on cut, and so is no JSON."""
ENDINGS = (".jsonl", ".jsonl.gz", ".jsonl.zst", ".gz", ".zst")


class UnreadableSource(Exception):
    """A source that cannot be read: what is wrong and the cure."""


@contextmanager
def open_source(source: str) -> Iterator["Source"]:
    """``-`` is standard input. Raises UnreadableSource."""
    if source == "-":
        yield Source(sys.stdin.buffer, sys.stdin.buffer, None)
        return
    path = Path(source)
    if not path.name.endswith(ENDINGS):
        raise UnreadableSource(f"{path} is no backlog by its name. Cure: use .jsonl, .jsonl.gz, .jsonl.zst or `-`.")
    try:
        file = path.open("rb")
        size = path.stat().st_size
    except OSError as error:
        why = error.strerror or str(error)
        raise UnreadableSource(f"{path} cannot be read: {why}. Cure: check the path and the file.") from None
    with file:
        yield Source(file, _decompressed(path, file), size)


class Source:
    """Lines with their numbers, counted from 1."""

    def __init__(self, raw: BinaryIO, lines: BinaryIO, size: int | None) -> None:
        self._raw = raw
        self._lines = lines
        self.size = size
        """Bytes of the file as it is stored; ``None`` when not known."""

    def position(self) -> int:
        """Bytes of the stored file that have been read."""
        return self._raw.tell() if self.size is not None else 0

    def __iter__(self) -> Iterator[tuple[int, bytes]]:
        """Raises UnreadableSource when the compressed data is damaged."""
        number = 0
        try:
            while line := self._lines.readline(LONGEST_LINE):
                number += 1
                whole = line.endswith(b"\n")
                if line.strip():
                    yield number, line
                while len(line) == LONGEST_LINE and not whole:
                    line = self._lines.readline(LONGEST_LINE)
                    whole = line.endswith(b"\n")
        except (EOFError, gzip.BadGzipFile, zlib.error, zstandard.ZstdError) as error:
            raise UnreadableSource(
                f"the source is damaged after line {number}: {error}. Cure: fetch it again."
            ) from None


def _decompressed(path: Path, file: BinaryIO) -> BinaryIO:
    if path.suffix == ".gz":
        return cast("BinaryIO", gzip.GzipFile(fileobj=file))
    if path.suffix == ".zst":
        return cast("BinaryIO", io.BufferedReader(zstandard.ZstdDecompressor().stream_reader(file)))
    return file
