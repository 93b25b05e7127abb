"""A whole backlog through the rules, in parallel, with results in the order of the lines."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from itertools import chain, islice
from multiprocessing import get_context
from pathlib import Path

from bot.audit.judging import Judged, Line, judge
from bot.rulebook.load import load
from bot.rulebook.rule import Rulebook

BATCH = 1_000
"""Lines that one process judges at a time."""
WAITING = 2
"""Batches per process that are read ahead."""

Progress = Callable[[int], None]
"""Told after each batch how many lines it had."""
Write = Callable[[bytes], object]


def audit(
    book: Rulebook, paths: Sequence[Path], lines: Iterable[Line], processes: int, write: Write, progress: Progress
) -> Judged:
    """Judge all lines and ``write`` the verdicts in their order. Each process reads the rule files for itself."""
    total = Judged()
    for judged, size in _judged(book, paths, lines, processes):
        for line in judged.verdicts:
            write(line)
        total.add(judged)
        progress(size)
    return total


def _judged(
    book: Rulebook, paths: Sequence[Path], lines: Iterable[Line], processes: int
) -> Iterator[tuple[Judged, int]]:
    batches = _batched(lines)
    head = list(islice(batches, 2))
    if processes == 1 or len(head) < 2:
        for batch in chain(head, batches):
            yield judge(book, batch), len(batch)
        return
    waiting: deque[tuple[Future[Judged], int]] = deque()
    with ProcessPoolExecutor(processes, get_context("spawn"), _prepare, (paths,)) as pool:
        try:
            for batch in chain(head, batches):
                waiting.append((pool.submit(_judge, batch), len(batch)))
                if len(waiting) > processes * WAITING:
                    future, size = waiting.popleft()
                    yield future.result(), size
            for future, size in waiting:
                yield future.result(), size
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise


def _batched(lines: Iterable[Line]) -> Iterator[tuple[Line, ...]]:
    rest = iter(lines)
    while batch := tuple(islice(rest, BATCH)):
        yield batch


_book: Rulebook | None = None


def _prepare(paths: Sequence[Path]) -> None:
    global _book  # noqa: PLW0603 - what a worker process holds between its batches
    _book = load(paths)


def _judge(lines: Sequence[Line]) -> Judged:
    assert _book is not None
    return judge(_book, lines)
