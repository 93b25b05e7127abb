"""What many ask of one scan, added up at once.

Whoever asks about groups of patterns, or about weights, gets columns of its own in rows of numbers, a row for each
field. So one look at what a scan has named serves all who ask, however many they are.
"""

from collections.abc import Callable, Iterable
from collections.abc import Set as AbstractSet
from threading import Lock
from typing import NamedTuple

from bot.matching.pattern import ByField, Pattern, Spots
from bot.matching.remembered import Remembered

Groups = tuple[Spots, ...]
Weights = ByField[int]
Number = Callable[[str, Pattern], int]
"""The number of a pattern in a field; raises LookupError for one that is not looked for there."""


class Columns(NamedTuple):
    """Where the numbers of one who asks stand among those of all, in bits."""

    start: int
    end: int
    mask: int

    def of(self, row: int) -> int:
        """These numbers alone."""
        return row >> self.start & self.mask


class Rows:
    """A number for each pattern of a field. May be read by one thread while another writes: what is written into new
    columns changes nothing for those who look at the ones before."""

    def __init__(self, number: Number, patterns: int) -> None:
        self._number = number
        self._patterns = patterns
        self._lock = Lock()
        self._known: dict[int, int] = {}
        self.by_field: dict[str, list[int]] = {}
        """Lists, because a look into one touches less memory: items are many, and so are patterns."""
        self.end = 0
        """Bits that are written to."""
        self.surely = 0
        """Those of them that count only where it is sure that a pattern stands."""

    def write(self, told: Iterable[tuple[str, Pattern, int]], width: int, *, surely: bool = False) -> Columns:
        """Into new columns, of so many bits."""
        mask = (1 << width) - 1
        with self._lock:
            start, end = self.end, self.end + width
            for field, pattern, bits in told:
                row, number = self._row(field), self._number(field, pattern)
                row[number] = self._same(row[number] | bits << start)
            if surely:
                self.surely |= mask << start
            self.end = end
        return Columns(start, end, mask)

    def _same(self, bits: int) -> int:
        """One object for all that are equal: then these few are at hand, and not in memory far away."""
        return self._known.setdefault(bits, bits)

    def _row(self, field: str) -> list[int]:
        if field not in self.by_field:
            self.by_field = {**self.by_field, field: [0] * self._patterns}
        return self.by_field[field]


class Tally:
    """The rows of all patterns of a book."""

    def __init__(self, number: Number, patterns: int, exactly: AbstractSet[int]) -> None:
        """``exactly``: numbers of those that are found exactly."""
        self._number = number
        self._exactly = exactly
        self.groups = Rows(number, patterns)
        self.weights = Rows(number, patterns)
        self.groups_of = Remembered(self._grouped).of
        """Columns of groups. Of each pattern: the bits at the places of those in which it is."""
        self.gains_of = Remembered(self._gained).of
        """Columns of weights, which are not negative."""
        self.losses_of = Remembered(self._lost).of
        """The same of the patterns that are found exactly, where they surely stand."""

    def _grouped(self, groups: Groups) -> Columns:
        told = ((*spot, 1 << place) for place, group in enumerate(groups) for spot in group)
        return self.groups.write(told, len(groups))

    def _gained(self, weights: Weights) -> Columns:
        told = _told(weights)
        return self.weights.write(told, _width(told))

    def _lost(self, weights: Weights) -> Columns:
        told = [each for each in _told(weights) if self._number(*each[:2]) in self._exactly]
        return self.weights.write(told, _width(told), surely=True)


def _told(weights: Weights) -> list[tuple[str, Pattern, int]]:
    return [(field, each, weight) for field, found in weights.items() for each, weight in found.items()]


def _width(told: list[tuple[str, Pattern, int]]) -> int:
    """Bits for all of them together, so that no sum runs over into the next column."""
    return sum(weight for *_, weight in told).bit_length()
