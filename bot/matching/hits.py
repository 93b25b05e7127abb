"""What one scan found."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import NamedTuple, Protocol

from bot.matching.pattern import ByField, Pattern, Span, Told
from bot.matching.tally import Entry, Groups, Tally, Weights
from bot.text.prepared import Text


class Found(NamedTuple):
    """Where patterns stand in a field."""

    spans: tuple[Span, ...] = ()
    """Sorted and without repeats; spans of one pattern do not overlap."""
    timed_out: bool = False
    """The text was too hard to search for one of them in the time allowed: neither found nor absent."""


NOTHING = Found()
NOTHING_YET = Entry()
Place = tuple[int, int, int]
"""The number of a pattern, and where it begins and ends."""
NONE = frozenset[int]()


class Places(Protocol):
    """The exact look at what a scan has named."""

    @property
    def exactly(self) -> AbstractSet[int]:
        """Numbers of the patterns that are found exactly: in a plain text, to be named is to stand there."""

    def all(self, text: Text, number: int) -> Found:
        """Where a pattern stands in a text."""

    def stands(self, text: Text, number: int) -> bool | None:
        """Whether there is any such place; ``None`` when the text is too hard to search."""

    def firsts(self, text: Text, numbers: Iterable[int]) -> list[Place]:
        """The first of these places, for each of some patterns that stands there."""


class Patterns(Protocol):
    """The patterns of a book, by their numbers."""

    @property
    def places(self) -> Places: ...

    @property
    def tally(self) -> Tally: ...

    def candidates(self, field: str, text: Text) -> AbstractSet[int]:
        """Those that may stand in a text; all others that are looked for in the field do not."""

    def is_plain(self, text: Text) -> bool:
        """Whether those that are found exactly stand in a text, and not in a quote or in code, when they may."""

    @property
    def numbers(self) -> Callable[[str, frozenset[Pattern]], frozenset[int]]: ...

    def by_number(self, told: ByField[Told]) -> Mapping[str, Mapping[int, Told]]:
        """What is told of some patterns, by their numbers."""


class Hits:
    """Hits of one item. A field is scanned, which names candidates, when a check first asks about it; the exact places
    of a candidate are worked out once, when a check asks for them."""

    def __init__(self, book: Patterns, fields: Mapping[str, Text]) -> None:
        self._book = book
        self._places = book.places
        self._tally = book.tally
        self._fields = fields
        self._candidates: dict[str, AbstractSet[int]] = {}
        self._confirmed: dict[tuple[str, int], Found] = {}
        self._plain: dict[str, bool] = {}
        self._sums = self._ends = NOTHING_YET

    def among(self, field: str, wanted: frozenset[Pattern]) -> Found:
        """Where any of the patterns stands in a field, in code points of the original."""
        numbers = self._book.numbers(field, wanted) & self._in(field)
        if not numbers:
            return NOTHING
        found = [self._one(field, number) for number in numbers]
        return found[0] if len(found) == 1 else _together(found)

    def may_stand(self, field: str, wanted: frozenset[Pattern]) -> bool:
        """Whether the scan names any of the patterns in a field."""
        return not self._book.numbers(field, wanted).isdisjoint(self._in(field))

    def stands_by_scan(self, field: str, wanted: frozenset[Pattern]) -> bool | None:
        """Whether any of the patterns stands in a field, if the scan alone tells."""
        numbers = self._book.numbers(field, wanted) & self._in(field)
        if not numbers:
            return False
        return None if numbers.isdisjoint(self._places.exactly) or not self._is_plain(field) else True

    def stands(self, field: str, wanted: frozenset[Pattern]) -> bool | None:
        """Whether any of the patterns stands in a field; ``None`` when the text is too hard to search."""
        is_open = False
        for number in self._book.numbers(field, wanted) & self._in(field):
            stands = self._places.stands(self._fields[field], number)
            if stands:
                return True
            is_open = is_open or stands is None
        return None if is_open else False

    def touched(self, groups: Groups) -> int:
        """The places, as bits, of the groups that have a pattern that may stand in its field."""
        columns = self._tally.groups_of(groups)
        if self._ends.bits < columns.end:
            self._add_up()
        return columns.of(self._sums.bits)

    def weight(self, gains: Weights, losses: Weights) -> int:
        """The sum of the gains of the patterns that may stand in their fields, less the losses of those that do, by the
        scan alone. Neither are negative."""
        gained, lost = self._tally.gains_of(gains), self._tally.losses_of(losses)
        if self._ends.weights < max(gained.end, lost.end):
            self._add_up()
        return gained.of(self._sums.weights) - lost.of(self._sums.weights)

    def each(self, field: str, told: ByField[Told]) -> list[tuple[int, Told]]:
        """The numbers of those of the patterns that may stand in a field, with what is told of them."""
        known = self._book.by_number(told)[field]
        return [(number, known[number]) for number in self._in(field) if number in known]

    def firsts(self, field: str, told: ByField[Told]) -> list[tuple[int, Told, int, int]]:
        """The numbers of those of the patterns that stand in a field, with what is told of them, and where each begins
        and ends for the first time."""
        known = self._book.by_number(told)[field]
        numbers = known.keys() & self._in(field)
        firsts = self._places.firsts(self._fields[field], numbers) if numbers else ()
        return [(number, known[number], start, end) for number, start, end in firsts]

    def places(self, field: str, number: int) -> Sequence[Span]:
        """All its places."""
        return self._one(field, number).spans

    def _in(self, field: str) -> AbstractSet[int]:
        candidates = self._candidates.get(field)
        if candidates is None:
            text = self._fields.get(field)
            candidates = self._candidates[field] = NONE if text is None else self._book.candidates(field, text)
        return candidates

    def _add_up(self) -> None:
        """What all who ask are told of all patterns that may stand somewhere."""
        self._ends, surely = self._tally.ends, self._tally.surely
        bits = total = 0
        for field, row in self._tally.rows.items():
            weights = 0
            for number in self._in(field):
                entry = row[number]
                if entry is not None:
                    bits |= entry[0]
                    weights += entry[1]
            total += weights if not weights & surely or self._is_plain(field) else weights & ~surely
        self._sums = Entry(bits, total)

    def _is_plain(self, field: str) -> bool:
        known = self._plain.get(field)
        if known is None:
            known = self._plain[field] = self._book.is_plain(self._fields[field])
        return known

    def _one(self, field: str, number: int) -> Found:
        found = self._confirmed.get((field, number))
        if found is None:
            found = self._confirmed[field, number] = self._places.all(self._fields[field], number)
        return found


def _together(found: Sequence[Found]) -> Found:
    spans = {span for each in found for span in each.spans}
    return Found(tuple(sorted(spans)), any(each.timed_out for each in found))
