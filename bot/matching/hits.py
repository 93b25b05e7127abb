"""What one scan found."""

from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import NamedTuple, Protocol

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


class Patterns(Protocol):
    """The patterns of a book, by their numbers."""

    @property
    def patterns(self) -> Sequence[Pattern]: ...

    def candidates(self, field: str, text: Text) -> AbstractSet[int]:
        """Those that may stand in a text; all others that are looked for in the field do not."""

    def is_exact(self, text: Text) -> bool:
        """Whether the words among them do stand there."""

    def words(self, text: Text, numbers: AbstractSet[int]) -> Mapping[int, Found]:
        """Where some of the patterns stand, those that are quickest found together."""

    def confirm(self, text: Text, number: int) -> Found:
        """Where one of them stands."""

    def numbers(self, field: str, wanted: frozenset[Pattern]) -> frozenset[int]: ...

    def weights(self, field: str, weighed: Mapping[Pattern, int]) -> Mapping[int, int]: ...

    def groups(self, groups: tuple[Spots, ...]) -> Mapping[str, Mapping[int, tuple[int, ...]]]:
        """By field and number: the places in ``groups`` of those in which the pattern is."""


class Hits:
    """Hits of one item. A field is scanned, which names candidates, when a check first asks about it; the exact places
    of a candidate are worked out once, when a check asks for them."""

    def __init__(self, book: Patterns, fields: Mapping[str, Text]) -> None:
        self._book = book
        self._fields = fields
        self._candidates: dict[str, AbstractSet[int]] = {}
        self._confirmed: dict[tuple[str, int], Found] = {}
        self._exact: dict[str, bool] = {}

    def among(self, field: str, wanted: frozenset[Pattern]) -> Found:
        """Where any of the patterns stands in a field, in code points of the original."""
        numbers = self._book.numbers(field, wanted) & self._in(field)
        return _together([self._one(field, number) for number in numbers]) if numbers else NOTHING

    def touched(self, groups: tuple[Spots, ...]) -> set[int]:
        """Which of the groups have a pattern that may stand in its field; quick for any number of groups."""
        found: set[int] = set()
        for field, groups_of in self._book.groups(groups).items():
            candidates = self._in(field)
            if candidates:
                found.update(*map(groups_of.__getitem__, groups_of.keys() & candidates))
        return found

    def most(self, field: str, weighed: Mapping[Pattern, int]) -> int:
        """The sum of the weights of those of the patterns that may stand in a field."""
        candidates = self._in(field)
        if not candidates:
            return 0
        weights = self._book.weights(field, weighed)
        return sum(map(weights.__getitem__, weights.keys() & candidates))

    def is_exact(self, field: str) -> bool:
        """Whether every word that may stand in a field does stand there."""
        known = self._exact.get(field)
        if known is None:
            known = self._exact[field] = self._book.is_exact(self._fields[field])
        return known

    def each(self, field: str, wanted: frozenset[Pattern]) -> Iterator[tuple[Pattern, Found]]:
        """Every one of the patterns that stands in a field, in the order of the book, with its places."""
        numbers = self._book.numbers(field, wanted) & self._in(field)
        words = self._book.words(self._fields[field], numbers) if numbers else {}
        for number in sorted(numbers):
            found = words.get(number) or self._one(field, number)
            if found.spans:
                yield self._book.patterns[number], found

    def _in(self, field: str) -> AbstractSet[int]:
        candidates = self._candidates.get(field)
        if candidates is None:
            text = self._fields.get(field)
            candidates = self._candidates[field] = self._book.candidates(field, text) if text else NONE
        return candidates

    def _one(self, field: str, number: int) -> Found:
        found = self._confirmed.get((field, number))
        if found is None:
            found = self._confirmed[field, number] = self._book.confirm(self._fields[field], number)
        return found


def _together(found: Sequence[Found]) -> Found:
    if len(found) == 1:
        return found[0]
    spans = {span for each in found for span in each.spans}
    return Found(tuple(sorted(spans)), any(each.timed_out for each in found))
