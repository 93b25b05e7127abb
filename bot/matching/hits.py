"""What one scan found."""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from functools import reduce
from itertools import repeat
from operator import or_
from typing import NamedTuple, Protocol, TypeVar

from bot.matching.pattern import Pattern, Span
from bot.text.prepared import Text


class Found(NamedTuple):
    """Where patterns stand in a field."""

    spans: tuple[Span, ...] = ()
    """Sorted and without repeats; spans of one pattern do not overlap."""
    timed_out: bool = False
    """The text was too hard to search for one of them in the time allowed: neither found nor absent."""


NOTHING = Found()
Spot = tuple[str, Pattern]
"""A field, and what may stand in it."""
Spots = frozenset[Spot]
NONE = frozenset[int]()
ZEROS = repeat(0)
Told = TypeVar("Told")
ByField = Mapping[str, Mapping[Pattern, Told]]
"""What is told of patterns, by the field in which they are looked for."""


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

    def candidates(self, field: str, text: Text) -> AbstractSet[int]:
        """Those that may stand in a text; all others that are looked for in the field do not."""

    def is_plain(self, text: Text) -> bool:
        """Whether those that are found exactly stand in a text, and not in a quote or in code, when they may."""

    def numbers(self, field: str, wanted: frozenset[Pattern]) -> frozenset[int]: ...

    def by_number(self, told: ByField[Told]) -> Mapping[str, Mapping[int, Told]]:
        """What is told of some patterns, by their numbers."""

    def by_exact_number(self, told: ByField[Told]) -> Mapping[str, Mapping[int, Told]]:
        """The same of those that are found exactly."""

    def groups(self, groups: tuple[Spots, ...]) -> Mapping[str, Sequence[int]]:
        """By field and number: of each of the groups in which the pattern is, the bit at its place."""


class Hits:
    """Hits of one item. A field is scanned, which names candidates, when a check first asks about it; the exact places
    of a candidate are worked out once, when a check asks for them."""

    def __init__(self, book: Patterns, fields: Mapping[str, Text]) -> None:
        self._book = book
        self._places = book.places
        self._fields = fields
        self._candidates: dict[str, AbstractSet[int]] = {}
        self._confirmed: dict[tuple[str, int], Found] = {}
        self._plain: dict[str, bool] = {}

    def among(self, field: str, wanted: frozenset[Pattern]) -> Found:
        """Where any of the patterns stands in a field, in code points of the original."""
        numbers = self._book.numbers(field, wanted) & self._in(field)
        return _together([self._one(field, number) for number in numbers]) if numbers else NOTHING

    def stands_by_scan(self, field: str, wanted: frozenset[Pattern]) -> bool | None:
        """Whether any of the patterns stands in a field, if the scan alone tells."""
        numbers = self._book.numbers(field, wanted) & self._in(field)
        if not numbers:
            return False
        return None if numbers.isdisjoint(self._places.exactly) or not self._is_plain(field) else True

    def stands(self, field: str, wanted: frozenset[Pattern]) -> bool | None:
        """Whether any of the patterns stands in a field; ``None`` when the text is too hard to search."""
        found = [self._one(field, number) for number in self._book.numbers(field, wanted) & self._in(field)]
        if any(each.spans for each in found):
            return True
        return None if any(each.timed_out for each in found) else False

    def touched(self, groups: tuple[Spots, ...]) -> int:
        """The places, as bits, of the groups that have a pattern that may stand in its field; quick for any number of
        groups."""
        bits = 0
        for field, bits_of in self._book.groups(groups).items():
            bits = reduce(or_, map(bits_of.__getitem__, self._in(field)), bits)
        return bits

    def weight(self, weights: ByField[int], *, surely: bool) -> int:
        """The sum of the weights of those of the patterns that may stand in their fields; ``surely``: that do, by the
        scan alone."""
        total = 0
        known = self._book.by_exact_number(weights) if surely else self._book.by_number(weights)
        for field, weight_of in known.items():
            candidates = self._in(field)
            if candidates and (not surely or self._is_plain(field)):
                total += sum(map(weight_of.get, candidates, ZEROS))
        return total

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
