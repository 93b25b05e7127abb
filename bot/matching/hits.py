"""What one scan found."""

from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from functools import reduce
from operator import or_
from typing import NamedTuple, Protocol

from bot.matching.pattern import ByField, Pattern, Span, Told
from bot.matching.tally import Groups, Rows, Tally, Weights
from bot.text.prepared import Text


class Found(NamedTuple):
    """Where patterns stand in a field."""

    spans: tuple[Span, ...] = ()
    """Sorted and without repeats; spans of one pattern do not overlap."""
    timed_out: bool = False
    """The text was too hard to search for one of them in the time allowed: neither found nor absent."""


NOTHING = Found()
NONE = frozenset[int]()


class Places(Protocol):
    """The exact look at what a scan has named."""

    @property
    def exactly(self) -> AbstractSet[int]:
        """Numbers of the patterns that are found exactly: in a plain text, to be named is to stand there."""

    def all(self, text: Text, number: int) -> Found:
        """Where a pattern stands in a text."""

    def first(self, text: Text, number: int) -> Span | None:
        """The first of these places."""


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


class Seen(NamedTuple):
    """What the patterns that are named have in all columns together."""

    row: int
    end: int
    """Columns that were there, in bits; others have been written to since."""


UNREAD = Seen(0, 0)


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
        self._touched = self._weights = UNREAD

    def among(self, field: str, wanted: frozenset[Pattern]) -> Found:
        """Where any of the patterns stands in a field, in code points of the original."""
        numbers = self._book.numbers(field, wanted) & self._in(field)
        return _together([self._one(field, number) for number in numbers]) if numbers else NOTHING

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
            found = self._one(field, number)
            if found.spans:
                return True
            is_open = is_open or found.timed_out
        return None if is_open else False

    def touched(self, groups: Groups) -> int:
        """The places, as bits, of the groups that have a pattern that may stand in its field."""
        columns = self._tally.groups_of(groups)
        if self._touched.end < columns.end:
            rows, end, bits = self._tally.groups, self._tally.groups.end, 0
            for field, row in rows.by_field.items():
                bits = reduce(or_, map(row.__getitem__, self._in(field)), bits)
            self._touched = Seen(bits, end)
        return columns.of(self._touched.row)

    def weight(self, gains: Weights, losses: Weights) -> int:
        """The sum of the gains of the patterns that may stand in their fields, less the losses of those that do, by the
        scan alone. Neither are negative."""
        gained, lost = self._tally.gains_of(gains), self._tally.losses_of(losses)
        if self._weights.end < max(gained.end, lost.end):
            self._weights = self._added(self._tally.weights)
        return gained.of(self._weights.row) - lost.of(self._weights.row)

    def each(self, field: str, told: ByField[Told]) -> list[tuple[int, Told]]:
        """The numbers of those of the patterns that may stand in a field, with what is told of them."""
        known = self._book.by_number(told)[field]
        return [(number, known[number]) for number in self._in(field) if number in known]

    def first(self, field: str, number: int) -> Span | None:
        """The first place in a field of one pattern that may stand there."""
        return self._places.first(self._fields[field], number)

    def places(self, field: str, number: int) -> Sequence[Span]:
        """All its places."""
        return self._one(field, number).spans

    def _in(self, field: str) -> AbstractSet[int]:
        candidates = self._candidates.get(field)
        if candidates is None:
            text = self._fields.get(field)
            candidates = self._candidates[field] = self._book.candidates(field, text) if text else NONE
        return candidates

    def _added(self, rows: Rows) -> Seen:
        end, total = rows.end, 0
        for field, row in rows.by_field.items():
            found = sum(map(row.__getitem__, self._in(field)))
            total += found if not found & rows.surely or self._is_plain(field) else found & ~rows.surely
        return Seen(total, end)

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
    if len(found) == 1:
        return found[0]
    spans = {span for each in found for span in each.spans}
    return Found(tuple(sorted(spans)), any(each.timed_out for each in found))
