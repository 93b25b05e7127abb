"""A whole backlog through the rules, in parallel, with results in the order of the lines."""

import gc
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from itertools import chain, islice
from multiprocessing import get_context
from pathlib import Path

from bot.audit.judging import UNDATED, Judged, Line, judge, time_of
from bot.engine.past import Past
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
    gc.freeze()  # the rules stay: to look through them for garbage, again and again, takes a tenth of the time
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
    if book.needs_history:
        yield from _in_order_of_time(book, lines)
        return
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


def _in_order_of_time(book: Rulebook, lines: Iterable[Line]) -> Iterator[tuple[Judged, int]]:
    """One process and one past: what comes later must not be seen. All lines are held in memory."""
    numbered = list(lines)
    times = {number: time_of(line) for number, line in numbered}
    past = Past(min((time for time in times.values() if time > UNDATED), default=None))
    verdicts: dict[int, Judged] = {}
    for batch in _batched(sorted(numbered, key=lambda each: (times[each[0]], each[0]))):
        verdicts |= {number: judge(book, ((number, line),), past) for number, line in batch}
        yield Judged(), len(batch)
    whole = Judged()
    for number, _ in numbered:
        whole.add(verdicts[number])
        whole.verdicts += verdicts[number].verdicts
    yield whole, 0


def _batched(lines: Iterable[Line]) -> Iterator[tuple[Line, ...]]:
    rest = iter(lines)
    while batch := tuple(islice(rest, BATCH)):
        yield batch


_book: Rulebook | None = None


def _prepare(paths: Sequence[Path]) -> None:
    global _book  # noqa: PLW0603 - what a worker process holds between its batches
    _book = load(paths)
    gc.freeze()


def _judge(lines: Sequence[Line]) -> Judged:
    assert _book is not None
    return judge(_book, lines)
