"""Fitting a sparse linear model, and finding out what it is worth on items that it has not seen."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix, hstack
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold

from bot.learn.sample import KINDRED_FIELD, RAREST, Case, Feature
from bot.learn.vectors import Vectors

POINTS = 10
"""Of one unit of log-odds: so many points more make the odds 2.7 times as high."""
MOST_TERMS = 400
MOST_BESIDE_KINDRED = 700
"""Terms where words count for their likeness as well: a subject that is talked about in so many ways needs more."""
FREEDOM = 0.35
"""Inverse of the penalty on weights; small, because there are many terms and few items."""
SIGNAL_SCALE = 1.5
"""A signal was thought of by a person: its weight is penalised less than that of a word."""
KINDRED_SCALE = 0.5
"""The vectors only tell what words have in common: their weights are penalised more than those of words."""
FAINTEST = 3
"""Points that a word must come to, by itself or by its vector: fainter ones only make a model longer."""
FOLDS = 5

EVEN = 50
"""The sum at which an item breaks the rule as likely as not."""


@dataclass(frozen=True, slots=True)
class Weights:
    """Points, as a model file holds them."""

    base: int
    points: Mapping[Feature, int]
    kindred: Mapping[str, int] = field(default_factory=dict)
    """Words of a title that count for their likeness to others; none of them is in ``points``."""


def fit(cases: Sequence[Case], vectors: Vectors | None = None) -> Weights:
    """Points of the features that are worth any. With ``vectors``, also of words that are like those of the cases."""
    return _fit([case for case in cases if case.is_open], vectors)


def out_of_fold(
    cases: Sequence[Case], also: Sequence[Case] = (), seed: int = 0, vectors: Vectors | None = None
) -> list[int | None]:
    """The sum of each case under a model that has not seen it; ``None`` where the question does not arise.

    Every model also learns from ``also``.
    """
    strata = [f"{case.breaks}{case.labelled.is_borderline}" for case in cases]
    points: list[int | None] = [None] * len(cases)
    for seen, unseen in StratifiedKFold(FOLDS, shuffle=True, random_state=seed).split(strata, strata):
        weights = fit([*(cases[number] for number in seen), *also], vectors)
        for number in unseen:
            if cases[number].is_open:
                points[number] = total(cases[number], weights)
    return points


def total(case: Case, weights: Weights) -> int:
    """The sum that the checker would come to."""
    by_features = sum(weights.points.get(feature, 0) for feature in case.features)
    return weights.base + case.fixed + by_features + sum(weights.kindred.get(word, 0) for word in case.words)


def _fit(cases: Sequence[Case], vectors: Vectors | None) -> Weights:
    counts = Counter(feature for case in cases for feature in case.features)
    features = sorted(feature for feature, count in counts.items() if count >= RAREST)
    matrix = _matrix(cases, features)
    likeness = _likeness(cases, vectors)
    breaks = np.array([case.breaks for case in cases])
    importance = np.array([case.weight for case in cases])
    every = _model(hstack([matrix, likeness], format="csr"), breaks, importance)
    most = MOST_TERMS if vectors is None else MOST_BESIDE_KINDRED
    chosen = _worth_most(features, counts, every.coef_[0][: len(features)], most)
    model = _model(hstack([matrix[:, chosen], likeness], format="csr"), breaks, importance)
    points = {}
    for column, weight in zip(chosen, model.coef_[0], strict=False):
        where, _ = features[column]
        rounded = round(POINTS * float(weight) * (1.0 if where else SIGNAL_SCALE))
        if abs(rounded) >= (FAINTEST if where else 1):
            points[features[column]] = rounded
    kindred = _kindred(vectors, model.coef_[0][len(chosen) :]) if vectors else {}
    base = EVEN + round(POINTS * float(model.intercept_[0]))
    return Weights(base, *_apart(points, kindred, set(features)))


def _likeness(cases: Sequence[Case], vectors: Vectors | None) -> Any:
    """Cases × numbers of a vector: what the words of each title are like, all together."""
    if vectors is None:
        return csr_matrix((len(cases), 0))
    return csr_matrix(KINDRED_SCALE * np.array([vectors.sum(sorted(case.words)) for case in cases]))


def _kindred(vectors: Vectors, weights: Any) -> dict[str, int]:
    """What each word comes to by its vector: the sum over the words of a title is what the model found."""
    rounded = np.rint(POINTS * KINDRED_SCALE * (vectors.rows @ weights)).astype(int)
    points = {word: int(rounded[place]) for word, place in vectors.places.items()}
    return {word: number for word, number in points.items() if abs(number) >= FAINTEST}


def _apart(
    points: Mapping[Feature, int], kindred: Mapping[str, int], features: Collection[Feature]
) -> tuple[dict[Feature, int], dict[str, int]]:
    """A word that was learned for itself as well has all its points together."""
    together = dict(points)
    apart = {}
    for word, number in kindred.items():
        if (KINDRED_FIELD, word) in features:
            together[KINDRED_FIELD, word] = together.get((KINDRED_FIELD, word), 0) + number
        else:
            apart[word] = number
    return {feature: number for feature, number in together.items() if number}, apart


def _matrix(cases: Sequence[Case], features: Sequence[Feature]) -> Any:
    column = {feature: number for number, feature in enumerate(features)}
    places = [(row, column[each]) for row, case in enumerate(cases) for each in case.features if each in column]
    values = [1.0 if features[place][0] else SIGNAL_SCALE for _, place in places]
    rows, columns = [row for row, _ in places], [place for _, place in places]
    return csr_matrix((values, (rows, columns)), shape=(len(cases), len(features)))


def _model(matrix: Any, breaks: Any, importance: Any) -> Any:
    return LogisticRegression(C=FREEDOM, max_iter=2_000).fit(matrix, breaks, sample_weight=importance)


def _worth_most(features: Sequence[Feature], counts: Mapping[Feature, int], weights: Any, most: int) -> list[int]:
    """All signals, and the terms that move the sum most over all items."""
    signals = [number for number, (field, _) in enumerate(features) if not field]
    terms = [number for number, (field, _) in enumerate(features) if field]
    terms.sort(key=lambda number: (-abs(weights[number]) * counts[features[number]] ** 0.5, number))
    return signals + terms[:most]
