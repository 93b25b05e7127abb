"""Words that were learned from labelled items, each with its points: a linear model that a person can read and edit."""

import dataclasses
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from bot.checks.beside_name import follows, precedes
from bot.checks.check import Plain, Subject
from bot.checks.points import Points, certain_points, sum_of, unknown_points
from bot.checks.text_search import own_spans
from bot.domain.answer import Answer, Evidence, No, Strength, Unknown, Yes, evidence_of
from bot.matching.pattern import ByField, Pattern, Span
from bot.text.prepare import FIELDS_OF
from bot.text.prepared import Text

NAME = "NAME"
"""Stands in a term for any of the names that the checker is about: points hang on what is said, not on whom."""
FIELDS = ("title", "body", "url")
"""Where terms may be looked for."""


@dataclass(frozen=True, slots=True)
class Term:
    """What a word or a short phrase counts."""

    points: int
    after_name: bool = False
    """Whether a name must stand right before it."""
    before_name: bool = False
    """Whether a name must stand right after it."""

    @property
    def needs_name(self) -> bool:
        return self.after_name or self.before_name


Terms = ByField[tuple[Term, ...]]
Standing = tuple[int, tuple[Term, ...], int, int]
"""The number of a pattern, terms of it that stand somewhere, and where they begin and end."""


@dataclass(frozen=True, slots=True, eq=False)
class Learned(Plain):
    """Adds up the points of the terms that stand in an item, each term once."""

    id: str
    terms: Terms
    names: frozenset[Pattern]
    """What ``NAME`` stands for."""
    base: int = 0
    """Points of every item about which the checker's question arises."""
    _alone: Terms = dataclasses.field(init=False, repr=False)
    """Those that ask for no name beside them …"""
    _beside: Terms = dataclasses.field(init=False, repr=False)
    """… and the others."""
    _said: Mapping[int, tuple[str, Strength]] = dataclasses.field(init=False, repr=False)
    """What the evidence of terms with so many points says of them."""
    _for: ByField[int] = dataclasses.field(init=False, repr=False)
    """What the terms of a pattern add at most, where it may stand …"""
    _against: ByField[int] = dataclasses.field(init=False, repr=False)
    """… and what is to be taken off again, where it surely does."""

    def __post_init__(self) -> None:
        """Adds up once: items are many."""
        object.__setattr__(self, "_alone", _some_of(self.terms, lambda term: not term.needs_name))
        object.__setattr__(self, "_beside", _some_of(self.terms, lambda term: term.needs_name))
        points = {term.points for term in self.all_terms()}
        object.__setattr__(self, "_said", {each: (f"{self.id} {each:+}", _strength(each)) for each in points})
        object.__setattr__(self, "_for", _weights(self.terms, lambda term: max(0, term.points)))
        object.__setattr__(
            self, "_against", _weights(self.terms, lambda term: 0 if term.needs_name else max(0, -term.points))
        )

    @property
    def key(self) -> str:
        return f"{self.id} (learned, {sum(1 for _ in self.all_terms())} terms)"

    def all_terms(self) -> Iterator[Term]:
        """Of all fields."""
        return (term for found in self.terms.values() for terms in found.values() for term in terms)

    def answer(self, subject: Subject) -> Answer:
        """Whether any term stands there."""
        points = self.points(subject)
        if points.evidence:
            return Yes(points.evidence)
        return Unknown("; ".join(points.unknown)) if points.unknown else No()

    def points(self, subject: Subject) -> Points:
        """Of all terms together. What stands in a field that is not known may speak for or against."""
        total = self.base
        evidence: list[Evidence] = []
        unknown = []
        for field, terms in self.terms.items():
            text = subject.texts.fields.get(field)
            if text is not None:
                found = []
                for _, standing, start, end in self.found(field, text, subject):
                    for term in standing:
                        total += term.points
                        found.append((field, start, end, text.original[start:end], *self._said[term.points]))
                # By place and then by text: patterns are numbered in another order in every process.
                evidence += map(evidence_of, sorted(found))
            elif field in FIELDS_OF[subject.item.kind]:
                weights = [term.points for each in terms.values() for term in each]
                for_it, against = (sum(each for each in weights if (each > 0) is sign) for sign in (True, False))
                unknown.append(unknown_points(against, for_it, f"{field} is not known"))
        known = certain_points(total, tuple(evidence))
        return sum_of([known, *unknown]) if unknown else known

    def at_most(self, subject: Subject) -> int:
        """What the points may come to, without working out any place."""
        hits, texts = subject.hits, subject.texts.fields
        total = self.base + hits.weight(self._for, self._against)
        for field, found in self._for.items():
            if field not in texts and field in FIELDS_OF[subject.item.kind]:
                total += sum(found.values())
        return total

    def asked(self) -> str:
        return ""

    def actual(self, subject: Subject) -> str:
        return f"{self.base} points to begin with, {self.points(subject).present - self.base:+} by words"

    def patterns(self) -> Iterable[Pattern]:
        yield from self.names
        for terms in self.terms.values():
            yield from terms

    def found(self, field: str, text: Text, subject: Subject) -> Iterable[Standing]:
        """Every term that stands there, at its first place; in any order. A text too hard to search has none."""
        found: Iterable[Standing] = subject.hits.firsts(field, self._alone)
        if text.regions:
            found = self._own(field, text, subject, found)
        return chain(found, self._beside_names(field, text, subject)) if self._beside[field] else found

    def _own(self, field: str, text: Text, subject: Subject, found: Iterable[Standing]) -> Iterator[Standing]:
        """At the first places outside quotes and code."""
        for number, terms, *first in found:
            own = own_spans([Span(*first)], text) or own_spans(subject.hits.places(field, number), text)
            if own:
                yield number, terms, *own[0]

    def _beside_names(self, field: str, text: Text, subject: Subject) -> Iterator[Standing]:
        hits = subject.hits
        asked = hits.each(field, self._beside)
        names = own_spans(hits.among(field, self.names).spans, text) if asked else ()
        for number, terms in asked if names else ():
            own = own_spans(hits.places(field, number), text)
            for term in terms:
                place = next((span for span in own if _is_beside(term, span, names)), None)
                if place is not None:
                    yield number, (term,), *place


def _some_of(terms: Terms, is_meant: Callable[[Term], bool]) -> Terms:
    """Those that are meant. One object for all that are equal: then these few are at hand, and not in memory far
    away."""
    known: dict[tuple[Term, ...], tuple[Term, ...]] = {}
    return {
        field: {
            pattern: known.setdefault(meant, meant)
            for pattern, each in found.items()
            if (meant := tuple(filter(is_meant, each)))
        }
        for field, found in terms.items()
    }


def _strength(points: int) -> Strength:
    return Strength.WEAK if points > 0 else Strength.CLEARING


def _weights(terms: Terms, points: Callable[[Term], int]) -> ByField[int]:
    return {
        field: {pattern: total for pattern, each in found.items() if (total := sum(map(points, each)))}
        for field, found in terms.items()
    }


def _is_beside(term: Term, span: Span, names: Sequence[Span]) -> bool:
    return precedes(names, span) if term.after_name else follows(names, span)
