"""Ids in the order of their times."""

from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterable, Iterator
from datetime import datetime
from heapq import merge

Key = tuple[datetime, int]
"""When, and then the id."""


class Timeline:
    """Nothing ever leaves it: what is removed or deleted is only hidden."""

    def __init__(self) -> None:
        self._keys: list[Key] = []

    def __len__(self) -> int:
        return len(self._keys)

    def add(self, key: Key) -> None:
        insort(self._keys, key)

    def newest(self, after: Key | None = None) -> Iterator[Key]:
        """From the newest back; ``after`` is the last one already had."""
        end = len(self._keys) if after is None else bisect_left(self._keys, after)
        for place in range(end - 1, -1, -1):
            yield self._keys[place]

    def oldest(self, after: Key | None = None) -> Iterator[Key]:
        start = 0 if after is None else bisect_right(self._keys, after)
        for place in range(start, len(self._keys)):
            yield self._keys[place]


def together(timelines: Iterable[Timeline], after: Key | None = None, *, oldest_first: bool = False) -> Iterator[int]:
    """Ids of several timelines in one order."""
    if oldest_first:
        return (id_ for _, id_ in merge(*(each.oldest(after) for each in timelines)))
    return (id_ for _, id_ in merge(*(each.newest(after) for each in timelines), reverse=True))
