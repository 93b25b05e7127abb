"""What there is to learn from: labelled items, asked what a checker's signals say and which terms stand in them."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.audit.judging import UNDATED
from bot.audit.labelled import Labelled
from bot.checks.check import Subject
from bot.checks.learned import FIELDS, NAME, Learned, Term
from bot.checks.scored import Scored
from bot.checks.signal import Effect, Signal
from bot.domain.answer import No, Yes
from bot.engine.evaluate import look
from bot.learn.terms import candidates
from bot.learn.vectors import words_of
from bot.matching.pattern import Pattern
from bot.matching.scanner import Scanner, compile_patterns
from bot.rulebook.rule import Rulebook
from bot.text.prepare import NAMING_FIELDS

RAREST = 3
"""Items in which a term must stand to be considered …"""
COMMONEST = 0.05
"""… and the share of all items in which it may: words of every text say little and cost time with every item …"""
OFTEN = 50
"""… though in so many it always may."""
BORDERLINE = 0.1
"""How much an item counts that breaks the rule, but of which two moderators could differ: in doubt for the author …"""
DRAWN_BLINDLY = 3.0
"""… and one that was drawn blindly: it stands for many that nobody would have picked."""

KINDRED_FIELD = "title"
"""Where words may count for their likeness to others."""
Feature = tuple[str, str]
"""Field and term; for a signal, an empty field and its id."""


@dataclass(frozen=True, slots=True)
class Case:
    """One labelled item."""

    labelled: Labelled
    breaks: bool
    weight: float
    is_open: bool
    """Whether the checker's question arises: what is needed is there, and nothing clears it."""
    is_doubted: bool
    """Whether a signal keeps the answer from being certain."""
    fixed: int
    """Points of the signals that a person has weighed."""
    features: frozenset[Feature]
    words: frozenset[str] = frozenset()
    """Of KINDRED_FIELD."""


def cases_of(book: Rulebook, checker: Scored, sidebar: int, labelled: Sequence[Labelled]) -> list[Case]:
    """Every item with a label for this rule, in their order."""
    told = [each for each in labelled if each.labels.get(sidebar) is not None]
    subjects = [look(book, each.item, UNDATED) for each in told]
    model = next((each for each in checker.signals if isinstance(each, Learned)), None)
    terms = _terms(subjects, model.names if model else frozenset())
    return [
        _case(each, bool(each.labels[sidebar]), checker, subject, found)
        for each, subject, found in zip(told, subjects, terms, strict=True)
    ]


def _case(labelled: Labelled, breaks: bool, checker: Scored, subject: Subject, terms: set[Feature]) -> Case:
    needed = all(not isinstance(each.answer(subject), No) for each in checker.having(Effect.NEEDS))
    cleared = any(isinstance(each.answer(subject), Yes) for each in checker.having(Effect.CLEARS))
    weights = [each for each in checker.having(Effect.WEIGHT) if isinstance(each.answer(subject), Yes)]
    signals = {("", each.id) for each in weights if each.is_learned}
    return Case(
        labelled,
        breaks,
        labelled.weight
        * (BORDERLINE if labelled.is_borderline and breaks else 1.0)
        * (DRAWN_BLINDLY if labelled.is_random else 1.0),
        is_open=needed and not cleared,
        is_doubted=any(isinstance(each.answer(subject), Yes) for each in checker.having(Effect.DOUBT)),
        fixed=sum(each.weight for each in weights if not each.is_learned),
        features=frozenset(terms | signals),
        words=_words(subject),
    )


def _words(subject: Subject) -> frozenset[str]:
    text = subject.texts.fields.get(KINDRED_FIELD)
    return frozenset(words_of(text.original)) if text else frozenset()


def _terms(subjects: Sequence[Subject], names: frozenset[Pattern]) -> list[set[Feature]]:
    """The terms of each item, found by the scan that will judge by them."""
    parts = parts_of(names)
    wanted: Counter[Feature] = Counter()
    for subject in subjects:
        wanted.update(_candidates(subject, names, parts))
    most = max(OFTEN, int(COMMONEST * len(subjects)))
    common = [feature for feature, count in wanted.items() if RAREST <= count <= most]
    probe = _probe(common, names)
    scanner = compile_patterns([*probe.patterns()])
    return [_found(probe, scanner, subject) for subject in subjects]


def parts_of(names: Iterable[Pattern]) -> set[str]:
    """The words that names are made of, in lower case."""
    return {part.lower() for name in names for part in name.value.replace("-", " ").split()}


def _candidates(subject: Subject, names: frozenset[Pattern], parts: set[str]) -> set[Feature]:
    found = set()
    for field in FIELDS:
        text = subject.texts.fields.get(field)
        if text is not None:
            spans = subject.hits.among(field, names).spans if names else ()
            terms = candidates(text, spans, parts)
            # An address is no sentence: its words count one by one, and numbers in it say nothing.
            single = field in NAMING_FIELDS
            found |= {(field, term) for term in terms if not single or (term.isalpha() and len(term) > 2)}
    return found


def _probe(features: Iterable[Feature], names: frozenset[Pattern]) -> Learned:
    """Looks for all of them; the points do not matter."""
    terms: dict[str, dict[Pattern, tuple[Term, ...]]] = {field: {} for field in FIELDS}
    for field, text in features:
        pattern, term = as_term(text, 1)
        terms[field][pattern] = (*terms[field].get(pattern, ()), term)
    return Learned("probe", terms, names)


def as_term(text: str, points: int) -> tuple[Pattern, Term]:
    """A term as model files write it."""
    after, before = text.startswith(f"{NAME} "), text.endswith(f" {NAME}")
    return Pattern(text.removeprefix(f"{NAME} ").removesuffix(f" {NAME}")), Term(points, after, before)


def as_text(pattern: Pattern, term: Term) -> str:
    """The other way round."""
    return (
        f"{NAME} {pattern.value}"
        if term.after_name
        else f"{pattern.value} {NAME}"
        if term.before_name
        else pattern.value
    )


def _found(probe: Learned, scanner: Scanner, subject: Subject) -> set[Feature]:
    scanned = subject._replace(hits=scanner.scan(subject.texts))
    return {
        (field, as_text(scanner.patterns[number], term))
        for field in FIELDS
        if (text := subject.texts.fields.get(field)) is not None
        for number, terms, *_ in probe.found(field, text, scanned)
        for term in terms
    }


def learned_signals(checker: Scored) -> list[Signal]:
    """Those whose points are to be learned."""
    return [each for each in checker.having(Effect.WEIGHT) if each.is_learned]
