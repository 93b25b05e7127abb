"""``make bench``: time and memory of judging, as ratios in one run. Needs the measuring data beside the checkout."""

import gzip
import json
import resource
import statistics
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from itertools import islice
from pathlib import Path

from bot.audit.judging import UNDATED
from bot.domain.item import Item
from bot.engine.evaluate import evaluate, look
from bot.rulebook.example import item_from
from bot.rulebook.load import load
from bot.text.prepare import prepare

CHECKOUT = Path(__file__).parents[1]
BACKLOG = CHECKOUT.parent / "shared" / "data" / "backlog.jsonl.gz"
ITEMS = 4_000
EVERY = 12
"""One in so many lines, to have all sources."""
ROUNDS = 5


def main() -> None:
    if not BACKLOG.exists():
        sys.exit(f"{BACKLOG} is not there: nothing to measure with")
    items = _items()
    book = load([CHECKOUT / "rules"])
    stages: dict[str, Callable[[Item], object]] = {
        "prepare": prepare,
        "prepare and scan": lambda item: look(book, item, UNDATED),
        "judge": lambda item: evaluate(book, item, UNDATED),
    }
    print(
        f"{len(items):,} items, {len(book.rules)} rules, {len(book.scanner)} patterns; µs an item, median of {ROUNDS}"
    )
    whole = _median(stages["judge"], items)
    for name, stage in stages.items():
        times = _times(stage, items)
        spread = f"{min(times):.0f} to {max(times):.0f}"
        print(
            f"{name:18} {statistics.median(times):7.0f}  ({spread})  {statistics.median(times) / whole:5.2f} of judging"
        )
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MiB")


def _items() -> Sequence[Item]:
    with gzip.open(BACKLOG) as lines:
        return [item_from(json.loads(line), UNDATED) for line in islice(lines, 0, ITEMS * EVERY, EVERY)]


def _median(stage: Callable[[Item], object], items: Iterable[Item]) -> float:
    return statistics.median(_times(stage, items))


def _times(stage: Callable[[Item], object], items: Iterable[Item]) -> list[float]:
    """Microseconds an item, one figure a round."""
    found = list(items)
    times = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        for item in found:
            stage(item)
        times.append((time.perf_counter() - began) / len(found) * 1e6)
    return times


if __name__ == "__main__":
    main()
