"""Words that were learned from labelled items, each with its points: a linear model that a person can read and edit."""

import dataclasses
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.checks.beside_name import follows, precedes
from bot.checks.check import Check, Subject
from bot.checks.points import Points, certain_points, unknown_points
from bot.checks.text_search import own_spans
from bot.domain.answer import Answer, Evidence, No, Strength, Unknown, Yes
from bot.matching.pattern import Pattern, Span
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


Terms = Mapping[str, Mapping[Pattern, tuple[Term, ...]]]
"""By field."""


@dataclass(frozen=True, slots=True, eq=False)
class Learned:
    """Adds up the points of the terms that stand in an item, each term once."""

    id: str
    terms: Terms
    wanted: Mapping[str, frozenset[Pattern]]
    """The same without their points, as the scan is asked for them."""
    names: frozenset[Pattern]
    """What ``NAME`` stands for."""
    base: int = 0
    """Points of every item about which the checker's question arises."""
    _sure: Mapping[str, Mapping[Pattern, int]] = dataclasses.field(init=False, repr=False)
    """What the terms of a pattern add at most where single words are known to stand …"""
    _most: Mapping[str, Mapping[Pattern, int]] = dataclasses.field(init=False, repr=False)
    """… and where they may stand."""

    def __post_init__(self) -> None:
        """Adds up once: items are many."""
        for name, is_sure in (("_sure", True), ("_most", False)):
            object.__setattr__(self, name, {of: _at_most(terms, is_sure) for of, terms in self.terms.items()})

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
        total = certain_points(self.base, ())
        for field, terms in self.terms.items():
            text = subject.texts.fields.get(field)
            if text is not None:
                total += self._in(field, text, subject)
            elif field in FIELDS_OF[subject.item.kind]:
                weights = [term.points for each in terms.values() for term in each]
                for_it, against = (sum(each for each in weights if (each > 0) is sign) for sign in (True, False))
                total += unknown_points(against, for_it, f"{field} is not known")
        return total

    def at_most(self, subject: Subject) -> int:
        """What the points may come to, without working out any place."""
        total = self.base
        for field in self.terms:
            text = subject.texts.fields.get(field)
            if text is not None:
                is_sure = not text.regions and subject.hits.is_exact(field)
                total += subject.hits.most(field, self._sure[field] if is_sure else self._most[field])
            elif field in FIELDS_OF[subject.item.kind]:
                total += sum(self._most[field].values())
        return total

    def asked(self) -> str:
        return ""

    def actual(self, subject: Subject) -> str:
        return f"{self.base} points to begin with, {self.points(subject).present - self.base:+} by words"

    def patterns(self) -> Iterable[Pattern]:
        yield from self.names
        for terms in self.terms.values():
            yield from terms

    def parts(self) -> tuple[Check, ...]:
        return ()

    def found(self, field: str, text: Text, subject: Subject) -> Iterator[tuple[Pattern, Term, Span]]:
        """Every term that stands there, with the first place of it. A text too hard to search has none."""
        names: Sequence[Span] | None = None
        for pattern, each in subject.hits.each(field, self.wanted[field]):
            spans = own_spans(each.spans, text)
            for term in self.terms[field][pattern] if spans else ():
                if not (term.after_name or term.before_name):
                    yield pattern, term, spans[0]
                    continue
                if names is None:
                    names = own_spans(subject.hits.among(field, self.names).spans, text)
                beside = next((span for span in spans if _is_beside(term, span, names)), None)
                if beside is not None:
                    yield pattern, term, beside

    def _in(self, field: str, text: Text, subject: Subject) -> Points:
        """Evidence by place and then by text: patterns are numbered in another order in every process."""
        total, evidence = 0, []
        for _, term, span in self.found(field, text, subject):
            total += term.points
            strength = Strength.WEAK if term.points > 0 else Strength.CLEARING
            shown = text.original[span.start : span.end]
            evidence.append(Evidence(field, span.start, span.end, shown, f"{self.id} {term.points:+}", strength))
        return certain_points(total, tuple(sorted(evidence)))


def _at_most(terms: Mapping[Pattern, tuple[Term, ...]], is_sure: bool) -> dict[Pattern, int]:
    return {
        pattern: sum(_most(term, is_sure and pattern.value.isalnum()) for term in each)
        for pattern, each in terms.items()
    }


def _most(term: Term, is_sure: bool) -> int:
    """``is_sure``: its words stand there. Whether a name stands beside them is not known yet."""
    return term.points if is_sure and not (term.after_name or term.before_name) else max(0, term.points)


def learned(id_: str, terms: Terms, names: frozenset[Pattern], base: int = 0) -> Learned:
    """The terms of one signal."""
    return Learned(id_, terms, {field: frozenset(found) for field, found in terms.items()}, names, base)


def _is_beside(term: Term, span: Span, names: Sequence[Span]) -> bool:
    return precedes(names, span) if term.after_name else follows(names, span)
