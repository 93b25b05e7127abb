"""What many ask of one scan, added up at once.

Whoever asks about groups of patterns, or about weights, gets columns of its own in a row of numbers for each field. So
one look at what a scan has named serves all who ask, however many they are.
"""

from collections.abc import Callable, Mapping
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


class Entry(NamedTuple):
    """What all who ask are told of one pattern in a field."""

    bits: int = 0
    """Of the groups in which it is."""
    weights: int = 0


class Tally:
    """What is told of all patterns of a book.

    May be read while another thread asks for new columns: they change nothing for whoever looks at the ones before.
    """

    def __init__(self, number: Number, patterns: int, exactly: AbstractSet[int]) -> None:
        """``exactly``: numbers of those that are found exactly."""
        self._number = number
        self._patterns = patterns
        self._exactly = exactly
        self._lock = Lock()
        self._known: dict[Entry, Entry] = {}
        self.rows: Mapping[str, list[Entry | None]] = {}
        """By field and number. Lists, because a look into one touches less memory: items are many, and so are
        patterns."""
        self.ends = Entry()
        """Columns that are written to, in bits."""
        self.surely = 0
        """Those of weights that count only where it is sure that a pattern stands."""
        self.groups_of = Remembered(self._grouped).of
        """Columns of groups. Of each pattern: the bits at the places of those in which it is."""
        self.gains_of = Remembered(self._gained).of
        """Columns of weights, which are not negative."""
        self.losses_of = Remembered(self._lost).of
        """The same of the patterns that are found exactly, where they surely stand."""

    def _grouped(self, groups: Groups) -> Columns:
        with self._lock:
            columns = _columns(self.ends.bits, len(groups))
            for place, group in enumerate(groups):
                for spot in group:
                    self._write(*spot, bits=1 << columns.start + place)
            self.ends = self.ends._replace(bits=columns.end)
        return columns

    def _gained(self, weights: Weights) -> Columns:
        return self._weighed(_told(weights), surely=False)

    def _lost(self, weights: Weights) -> Columns:
        exact = [each for each in _told(weights) if self._number(*each[:2]) in self._exactly]
        return self._weighed(exact, surely=True)

    def _weighed(self, told: list[tuple[str, Pattern, int]], *, surely: bool) -> Columns:
        """As wide as all of them together, so that no sum runs over into the next column."""
        with self._lock:
            columns = _columns(self.ends.weights, sum(weight for *_, weight in told).bit_length())
            for field, pattern, weight in told:
                self._write(field, pattern, weights=weight << columns.start)
            if surely:
                self.surely |= columns.mask << columns.start
            self.ends = self.ends._replace(weights=columns.end)  # last: then others may look
        return columns

    def _write(self, field: str, pattern: Pattern, bits: int = 0, weights: int = 0) -> None:
        if field not in self.rows:
            self.rows = {**self.rows, field: [None] * self._patterns}
        row, number = self.rows[field], self._number(field, pattern)
        known = row[number] or Entry()
        entry = Entry(known.bits | bits, known.weights | weights)
        # One object for all that are equal: then these few are at hand, and not in memory far away.
        row[number] = self._known.setdefault(entry, entry)


def _columns(start: int, width: int) -> Columns:
    return Columns(start, start + width, (1 << width) - 1)


def _told(weights: Weights) -> list[tuple[str, Pattern, int]]:
    return [(field, each, weight) for field, found in weights.items() for each, weight in found.items()]
