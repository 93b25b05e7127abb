"""The process in which strangers' pictures and pages are opened: ``python -m bot.facts.child [--read | --pages]``.

It takes them on standard input and answers on standard output, each message with its length in front. It sets its own
limits, knows no secret (nothing of our environment reaches it), and may die of a message at any time:
``bot.facts.worker`` starts another.
"""

import os
import resource
import struct
import sys
from collections.abc import Callable
from functools import partial
from typing import BinaryIO

import msgspec

LENGTH = struct.Struct(">I")
"""In front of every message, in bytes."""
MEMORY = 768 * 1024 * 1024
"""Bytes of address space."""
MEMORY_READING = 3 * 1024 * 1024 * 1024
"""The same with models for reading loaded; most of it is never touched."""
CPU = 6
"""Seconds of work on one picture. Work and not time: a busy machine must not make pictures unknown."""
CPU_PAGES = 2
"""The same for one page, of which a hundredth is enough for all but those that are made to take long."""


def main() -> None:
    reads = "--read" in sys.argv
    answers = os.fdopen(os.dup(1), "wb")
    # Whatever a library has to say must not be taken for an answer.
    os.dup2(2, 1)
    are_pages = "--pages" in sys.argv
    opened = _pages() if are_pages else _pictures(reads=reads)
    _limit(MEMORY_READING if reads else MEMORY)
    if reads:
        _warm_up()
    _answer(answers, b"ready")
    while (content := _message(sys.stdin.buffer)) is not None:
        _allow_cpu(CPU_PAGES if are_pages else CPU)
        _answer(answers, msgspec.json.encode(opened(content)))


def _pictures(*, reads: bool) -> Callable[[bytes], object]:
    from bot.facts.look import look

    return partial(look, reads=reads)


def _pages() -> Callable[[bytes], object]:
    from bot.facts.page import page_in

    return page_in


def _limit(memory: int) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


def _allow_cpu(seconds: int) -> None:
    used = resource.getrusage(resource.RUSAGE_SELF)
    _, most = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (int(used.ru_utime + used.ru_stime) + seconds, most))


def _warm_up() -> None:
    """Load the models now: the first picture shall not have to wait for them."""
    from PIL import Image

    from bot.facts.reading import read

    read(Image.new("RGB", (64, 64), "white"))


def _message(source: BinaryIO) -> bytes | None:
    head = source.read(LENGTH.size)
    return source.read(*LENGTH.unpack(head)) if len(head) == LENGTH.size else None


def _answer(target: BinaryIO, content: bytes) -> None:
    target.write(LENGTH.pack(len(content)) + content)
    target.flush()


if __name__ == "__main__":
    main()
