"""From labelled items to a model file: fit, see how good it is on unseen items, and refuse to promise too much."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean

from bot.audit.labelled import LABELS, Labelled
from bot.checks.learned import Learned
from bot.checks.scored import Bands, Scored
from bot.learn.calibrate import Reliability, Seen, TooFewExamples, bands_of, reliability
from bot.learn.fit import FOLDS, Weights, fit, out_of_fold
from bot.learn.sample import Case, cases_of, parts_of
from bot.learn.vectors import Vectors, vectors_of
from bot.rulebook.rule import Rulebook

__all__ = ["Learnt", "TooFewExamples", "learn"]
FEWEST = 20
"""Items that break the rule, and as many that do not: with fewer nothing is learned but these items."""
REPEATS = 3
"""How often the items are divided anew: where the bands lie must not hang on one division."""


@dataclass(frozen=True, slots=True)
class Learnt:
    """A model and what it is worth."""

    weights: Weights
    bands: Bands
    reliability: tuple[Reliability, ...]
    """On clear items that the model had not seen."""
    items: int
    also: int
    """Further items that were learned from, and that nothing was measured with."""
    clear: int
    """Items that are not borderline."""
    positives: int
    """Clear items that break the rule."""


def learn(
    book: Rulebook,
    checker: Scored,
    sidebar: int,
    labelled: Sequence[Labelled],
    precision: tuple[float, float | None],
    also: Sequence[Labelled] = (),
    unlabelled: Sequence[str] = (),
) -> Learnt:
    """``precision`` is what is promised of the doubtful and of the certain band. Raises TooFewExamples.

    What is in ``also`` is learned from, and counts for no promise. In ``unlabelled`` texts words are found that are
    like those of the items; without texts there are none.
    """
    cases, more = divided(cases_of(book, checker, sidebar, [*labelled, *also]), also)
    _refuse_few(cases, LABELS[sidebar])
    vectors = kindred_vectors(checker, unlabelled)
    seen = seen_in(cases, unseen_points(cases, more, vectors))
    bands = bands_of(seen, *precision)
    positives = sum(each.breaks for each in seen)
    weights = fit([*cases, *more], vectors)
    return Learnt(weights, bands, tuple(reliability(seen, bands)), len(cases), len(more), len(seen), positives)


def divided(cases: Sequence[Case], also: Sequence[Labelled]) -> tuple[list[Case], list[Case]]:
    """Those that count for the promise, and those of ``also``."""
    apart = {id(each) for each in also}
    return [case for case in cases if id(case.labelled) not in apart], [
        case for case in cases if id(case.labelled) in apart
    ]


def kindred_vectors(checker: Scored, texts: Sequence[str]) -> Vectors | None:
    """Vectors of the words of some texts, but of nobody's name; ``None`` without texts."""
    names = (name for each in checker.signals if isinstance(each, Learned) for name in each.names)
    return vectors_of(texts, parts_of(names)) if texts else None


def unseen_points(cases: Sequence[Case], also: Sequence[Case] = (), vectors: Vectors | None = None) -> list[int | None]:
    """The sum of each case under models that have not seen it: the mean over several divisions."""
    divisions = zip(*(out_of_fold(cases, also, seed, vectors) for seed in range(REPEATS)), strict=True)
    return [None if None in each else round(fmean(one for one in each if one is not None)) for each in divisions]


def seen_in(cases: Sequence[Case], points: Sequence[int | None]) -> list[Seen]:
    """The clear cases with their sums."""
    return [
        Seen(sum_, case.breaks, case.is_doubted)
        for case, sum_ in zip(cases, points, strict=True)
        if not case.labelled.is_borderline
    ]


def _refuse_few(cases: Sequence[Case], label: str) -> None:
    for breaks in (True, False):
        count = sum(case.breaks is breaks and case.is_open for case in cases)
        if count < max(FEWEST, FOLDS):
            raise TooFewExamples(
                f"only {count} items with `{label}: {int(breaks)}` concern the checker; at least {FEWEST} are needed. "
                "Cure: label more items."
            )
