"""Fitting a sparse linear model, and finding out what it is worth on items that it has not seen."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold

from bot.learn.sample import RAREST, Case, Feature

POINTS = 10
"""Of one unit of log-odds: so many points more make the odds 2.7 times as high."""
MOST_TERMS = 700
FREEDOM = 0.35
"""Inverse of the penalty on weights; small, because there are many terms and few items."""
SIGNAL_SCALE = 1.5
"""A signal was thought of by a person: its weight is penalised less than that of a word."""
FOLDS = 5

EVEN = 50
"""The sum at which an item breaks the rule as likely as not."""


@dataclass(frozen=True, slots=True)
class Weights:
    """Points, as a model file holds them."""

    base: int
    points: Mapping[Feature, int]


def fit(cases: Sequence[Case]) -> Weights:
    """Points of the features that are worth any."""
    return _fit([case for case in cases if case.is_open])


def out_of_fold(cases: Sequence[Case], also: Sequence[Case] = (), seed: int = 0) -> list[int | None]:
    """The sum of each case under a model that has not seen it; ``None`` where the question does not arise.

    Every model also learns from ``also``.
    """
    strata = [f"{case.breaks}{case.labelled.is_borderline}" for case in cases]
    points: list[int | None] = [None] * len(cases)
    for seen, unseen in StratifiedKFold(FOLDS, shuffle=True, random_state=seed).split(strata, strata):
        weights = fit([*(cases[number] for number in seen), *also])
        for number in unseen:
            if cases[number].is_open:
                points[number] = total(cases[number], weights)
    return points


def total(case: Case, weights: Weights) -> int:
    """The sum that the checker would come to."""
    return weights.base + case.fixed + sum(weights.points.get(feature, 0) for feature in case.features)


def _fit(cases: Sequence[Case]) -> Weights:
    counts = Counter(feature for case in cases for feature in case.features)
    features = sorted(feature for feature, count in counts.items() if count >= RAREST)
    matrix = _matrix(cases, features)
    breaks = np.array([case.breaks for case in cases])
    importance = np.array([case.weight for case in cases])
    chosen = _worth_most(features, counts, _model(matrix, breaks, importance).coef_[0])
    model = _model(matrix[:, chosen], breaks, importance)
    points = {}
    for column, weight in zip(chosen, model.coef_[0], strict=True):
        field, _ = features[column]
        rounded = round(POINTS * float(weight) * (1.0 if field else SIGNAL_SCALE))
        if rounded:
            points[features[column]] = rounded
    return Weights(EVEN + round(POINTS * float(model.intercept_[0])), points)


def _matrix(cases: Sequence[Case], features: Sequence[Feature]) -> Any:
    column = {feature: number for number, feature in enumerate(features)}
    places = [(row, column[each]) for row, case in enumerate(cases) for each in case.features if each in column]
    values = [1.0 if features[place][0] else SIGNAL_SCALE for _, place in places]
    rows, columns = [row for row, _ in places], [place for _, place in places]
    return csr_matrix((values, (rows, columns)), shape=(len(cases), len(features)))


def _model(matrix: Any, breaks: Any, importance: Any) -> Any:
    return LogisticRegression(C=FREEDOM, max_iter=2_000).fit(matrix, breaks, sample_weight=importance)


def _worth_most(features: Sequence[Feature], counts: Mapping[Feature, int], weights: Any) -> list[int]:
    """All signals, and the terms that move the sum most over all items."""
    signals = [number for number, (field, _) in enumerate(features) if not field]
    terms = [number for number, (field, _) in enumerate(features) if field]
    terms.sort(key=lambda number: (-abs(weights[number]) * counts[features[number]] ** 0.5, number))
    return signals + terms[:MOST_TERMS]
