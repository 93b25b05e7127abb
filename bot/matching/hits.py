"""What one scan found."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.matching.pattern import Pattern, Span


@dataclass(frozen=True, slots=True)
class Found:
    """Where patterns stand in a field."""

    spans: tuple[Span, ...] = ()
    """Sorted and without repeats; spans of one pattern do not overlap."""
    timed_out: bool = False
    """The text was too hard to search for one of them in the time allowed: neither found nor absent."""


NOTHING = Found()
Groups = tuple[frozenset[Pattern], ...]


class Hits:
    """Hits of one item. The scan names candidates; their exact places are worked out once, when a check asks."""

    def __init__(
        self,
        patterns: Sequence[Pattern],
        candidates: Mapping[str, frozenset[int]],
        exact: frozenset[str],
        numbers: Callable[[frozenset[Pattern]], frozenset[int]],
        groups_of: Callable[[Groups], Mapping[int, tuple[int, ...]]],
        confirm: Callable[[str, int], Found],
    ) -> None:
        self._patterns = patterns
        self._candidates = candidates
        self.exact = exact
        """Fields in which every word that is likely to stand does stand."""
        self._numbers = numbers
        self._groups_of = groups_of
        self._confirm = confirm
        self._anywhere: frozenset[int] | None = None
        self._confirmed: dict[tuple[str, int], Found] = {}

    def among(self, field: str, wanted: frozenset[Pattern]) -> Found:
        """Where any of the patterns stands in a field, in code points of the original."""
        candidates = self._candidates.get(field)
        if not candidates:
            return NOTHING
        numbers = self._numbers(wanted)
        if numbers.isdisjoint(candidates):
            return NOTHING
        return _together([self._one(field, number) for number in numbers & candidates])

    def touched(self, groups: Groups) -> set[int]:
        """Places of the groups of which any pattern may stand in any field; quick for any number of groups."""
        groups_of = self._groups_of(groups)
        return {group for number in self._all() for group in groups_of.get(number, ())}

    def may_stand(self, wanted: frozenset[Pattern]) -> bool:
        """Whether any of the patterns may stand in any field; a no is certain."""
        return not self._numbers(wanted).isdisjoint(self._all())

    def likely(self, field: str, wanted: frozenset[Pattern]) -> list[Pattern]:
        """Those of the patterns that may stand in a field; all others do not."""
        candidates = self._candidates.get(field)
        return [self._patterns[number] for number in self._numbers(wanted) & candidates] if candidates else []

    def each(self, field: str, wanted: frozenset[Pattern]) -> Iterator[tuple[Pattern, Found]]:
        """Every one of the patterns that stands in a field, in the order of the book, with its places."""
        candidates = self._candidates.get(field, frozenset())
        for number in sorted(self._numbers(wanted) & candidates):
            found = self._one(field, number)
            if found.spans:
                yield self._patterns[number], found

    def _all(self) -> frozenset[int]:
        if self._anywhere is None:
            self._anywhere = frozenset[int]().union(*self._candidates.values())
        return self._anywhere

    def _one(self, field: str, number: int) -> Found:
        place = (field, number)
        if place not in self._confirmed:
            self._confirmed[place] = self._confirm(field, number)
        return self._confirmed[place]


def _together(found: Sequence[Found]) -> Found:
    if len(found) == 1:
        return found[0]
    spans = {span for each in found for span in each.spans}
    return Found(tuple(sorted(spans)), any(each.timed_out for each in found))
