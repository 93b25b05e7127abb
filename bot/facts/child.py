"""The process in which strangers' bytes are opened: ``python -m bot.facts.child [--read READER | --pages]``.

It takes pictures or pages on standard input and answers on standard output, each message with its length in front. It
sets its own limits, knows no secret (nothing of our environment reaches it), and may die of a message at any time:
``bot.facts.worker`` starts another.
"""

import os
import resource
import struct
import sys
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, BinaryIO

import msgspec

if TYPE_CHECKING:  # what opens pictures is imported once there are limits
    from bot.facts.reading import TextReader

RAPIDOCR = "RapidOCR"
"""The one reader of text that is no program; others are named by their path."""
LENGTH = struct.Struct(">I")
"""In front of every message, in bytes."""
MEMORY = 768 * 1024 * 1024
"""Bytes of address space."""
MEMORY_READING = 3 * 1024 * 1024 * 1024
"""The same with the models of RapidOCR loaded; most of it is never touched."""
CPU = 6
"""Seconds of work on one picture. Work and not time: a busy machine must not make pictures unknown."""
CPU_PAGES = 2
"""The same for one page, of which a hundredth is enough for all but those that are made to take long."""


def main() -> None:
    named = sys.argv[2] if sys.argv[1:2] == ["--read"] else ""
    answers = os.fdopen(os.dup(1), "wb")
    # Whatever a library has to say must not be taken for an answer.
    os.dup2(2, 1)
    are_pages = "--pages" in sys.argv
    opened = _pages() if are_pages else _pictures(named)
    _answer(answers, b"ready")
    while (content := _message(sys.stdin.buffer)) is not None:
        _allow_cpu(CPU_PAGES if are_pages else CPU)
        _answer(answers, msgspec.json.encode(opened(content)))


def _pictures(named: str) -> Callable[[bytes], object]:
    from bot.facts.look import look

    _limit(MEMORY_READING if named == RAPIDOCR else MEMORY)
    return partial(look, reader=_warm(named) if named else None)


def _pages() -> Callable[[bytes], object]:
    from bot.facts.page import page_in

    _limit(MEMORY)
    return page_in


def _limit(memory: int) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


def _allow_cpu(seconds: int) -> None:
    used = resource.getrusage(resource.RUSAGE_SELF)
    _, most = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (int(used.ru_utime + used.ru_stime) + seconds, most))


def _warm(named: str) -> "TextReader":
    """A reader with its models loaded: the first picture shall not have to wait for them."""
    from PIL import Image

    from bot.facts.rapid import RapidOcr
    from bot.facts.tesseract import Tesseract

    reader: TextReader = RapidOcr() if named == RAPIDOCR else Tesseract(named)
    reader.read(Image.new("RGB", (64, 64), "white"))
    return reader


def _message(source: BinaryIO) -> bytes | None:
    head = source.read(LENGTH.size)
    return source.read(*LENGTH.unpack(head)) if len(head) == LENGTH.size else None


def _answer(target: BinaryIO, content: bytes) -> None:
    target.write(LENGTH.pack(len(content)) + content)
    target.flush()


if __name__ == "__main__":
    main()
