"""``make bench``, ``python -m benchmarks.pack``: what judging one item by the shipped rules costs, stage by stage.

Microseconds of the processor an item, whatever else the machine does, and the same as a multiple of what it takes to
parse the item's line of JSON in the same run, which a slow machine changes little. Needs the measuring data beside the
checkout, or a backlog that is named.
"""

import gc
import gzip
import json
import resource
import statistics
import sys
import time
from collections.abc import Iterable, Sequence
from itertools import pairwise
from pathlib import Path

from bot.audit.judging import AT_ONCE, UNDATED
from bot.engine.evaluate import judged, look
from bot.rulebook.example import item_from
from bot.rulebook.load import load
from bot.rulebook.rule import Rulebook

CHECKOUT = Path(__file__).parents[1]
BACKLOG = CHECKOUT.parent / "shared" / "data" / "backlog.jsonl.gz"
EVERY = 10
"""One line in so many is measured again and again, to have all sources; then all lines are, once."""
ROUNDS = 7
STAGES = ("parse JSON", "read", "prepare and scan", "judge")


def main(backlog: Path = BACKLOG) -> None:
    if not backlog.exists():
        sys.exit(f"{backlog} is not there: nothing to measure with")
    with gzip.open(backlog) as file:
        lines = list(file)
    book = load([CHECKOUT / "rules"])
    gc.freeze()  # as an audit does
    print(f"{len(book.rules)} rules, {len(book.scanner):,} patterns; µs of the processor an item")
    sample = lines[::EVERY]
    _show(f"{len(sample):,} items, {ROUNDS} times", [_measured(book, sample) for _ in range(ROUNDS)])
    _show(f"{len(lines):,} items, once", [_measured(book, lines)])
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MiB")


def _measured(book: Rulebook, lines: Sequence[bytes]) -> tuple[float, ...]:
    """Each stage's microseconds an item. A few items go through a stage before they go on to the next, as they do in an
    audit."""
    totals = [0] * len(STAGES)
    for start in range(0, len(lines), AT_ONCE):
        for number, used in enumerate(_used(book, lines[start : start + AT_ONCE])):
            totals[number] += used
    return tuple(total / len(lines) / 1_000 for total in totals)


def _used(book: Rulebook, lines: Iterable[bytes]) -> Iterable[int]:
    """Nanoseconds of each stage."""
    clock = time.process_time_ns
    times = [clock()]
    parsed = [json.loads(line) for line in lines]
    times.append(clock())
    items = [item_from(fields, UNDATED) for fields in parsed]
    times.append(clock())
    subjects = [look(book, item, UNDATED) for item in items]
    times.append(clock())
    for subject in subjects:
        judged(book, subject)
    times.append(clock())
    return (end - start for start, end in pairwise(times))


def _show(what: str, rounds: Sequence[tuple[float, ...]]) -> None:
    print(f"\n{what:28}     min  median     max   of parsing JSON")
    parsing = statistics.median(each[0] for each in rounds)
    for number, stage in enumerate(STAGES):
        _row(stage, [each[number] for each in rounds], parsing)
    _row("prepare, scan and judge", [sum(each[2:]) for each in rounds], parsing)


def _row(what: str, times: Sequence[float], parsing: float) -> None:
    middle = statistics.median(times)
    print(f"{what:28}  {min(times):6.1f}  {middle:6.1f}  {max(times):6.1f}  {middle / parsing:8.1f}")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else BACKLOG)
