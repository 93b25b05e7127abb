"""From numbers about a picture to how likely it shows text: weighted sums, fitted by ``benchmarks.pictures``."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from math import exp

LIKELY = 0.6
"""Likelihood from which the answer is yes: over a half, because a yes may accuse somebody."""
CERTAIN = 0.9
"""Likelihood from which a yes is certain; a no is certain at one less this."""


@dataclass(frozen=True, slots=True)
class Model:
    """A logistic sum."""

    bias: float
    weights: Mapping[str, float]

    def likelihood(self, numbers: Mapping[str, float]) -> float:
        """Between 0 and 1. ``numbers`` has every name that ``weights`` has."""
        return 1 / (1 + exp(-self.bias - sum(weight * numbers[name] for name, weight in self.weights.items())))


@cache
def fitted(name: str) -> Model:
    """``pixels``, or the name of the reader where the text was read as well: each reads in its own way."""
    stored = json.loads(files("bot.facts").joinpath("weights.json").read_text(encoding="utf-8"))[name]
    return Model(stored["bias"], stored["weights"])
