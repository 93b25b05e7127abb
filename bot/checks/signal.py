"""One signal of a scored checker."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from bot.checks.check import Check, Subject
from bot.checks.hints import hint_of
from bot.checks.points import NO_POINTS, Points, unknown_points
from bot.domain.answer import Answer, Evidence, Strength, Truth, Unknown, Yes, evidence_of
from bot.matching.pattern import Pattern, Spots

NO_PLACE = Evidence("item", None, None, "", "")
"""Of a check that holds without having found anything."""


class Effect(StrEnum):
    """What a signal does."""

    WEIGHT = "weight"
    NEEDS = "needs"
    CLEARS = "clears"
    DOUBT = "doubt"


@dataclass(frozen=True, slots=True)
class Signal:
    """One fact that speaks for, against, or for a human's look."""

    id: str
    effect: Effect
    weight: int
    """Points; negative for what speaks against."""
    check: Check
    is_learned: bool = False
    """Whether the points come from a model file."""
    casts_doubt: bool = False
    """Whether a signal with points also keeps the answer from being certain."""
    _counts: tuple[str, Strength] = field(init=False, repr=False, compare=False)
    """As what its evidence counts."""
    hint: Spots = field(init=False, repr=False, compare=False)
    """What must stand in the item for it to hold."""
    in_favour: int = field(init=False, repr=False, compare=False)
    """What it adds at most …"""
    most: tuple[int, ...] = field(init=False, repr=False, compare=False)
    """… and what when its truth is known."""

    def __post_init__(self) -> None:
        speaks_for = self.effect is Effect.NEEDS or (self.effect is Effect.WEIGHT and self.weight > 0)
        object.__setattr__(self, "_counts", (self.id, Strength.WEAK if speaks_for else Strength.CLEARING))
        object.__setattr__(self, "hint", hint_of(self.check))
        object.__setattr__(self, "in_favour", max(0, self.weight))
        object.__setattr__(self, "most", (0, self.in_favour, self.weight, self.weight))

    @property
    def key(self) -> str:
        effect = f"weight {self.weight}" if self.effect is Effect.WEIGHT else self.effect
        return f"{self.id} ({effect}{', doubt' if self.casts_doubt else ''})"

    def does(self, effect: Effect) -> bool:
        """Whether this is among what it does."""
        return effect is self.effect or (effect is Effect.DOUBT and self.casts_doubt)

    def answer(self, subject: Subject) -> Answer:
        """The condition's answer, its evidence counted for this signal."""
        answer = self.check.answer(subject)
        return Yes(self._counted(answer), answer.certain, answer.doubt) if isinstance(answer, Yes) else answer

    def truth(self, subject: Subject) -> Truth:
        return self.check.truth(subject)

    def points(self, subject: Subject) -> Points:
        """What it adds to the sum."""
        answer, weight = self.check.answer(subject), self.weight
        if isinstance(answer, Yes):
            return Points(weight if answer.certain else min(weight, 0), weight, weight, self._counted(answer))
        if isinstance(answer, Unknown):
            return unknown_points(min(weight, 0), self.in_favour, answer.why)
        return NO_POINTS

    def _counted(self, answer: Yes) -> tuple[Evidence, ...]:
        counts = self._counts
        return tuple([evidence_of(each[:4] + counts) for each in answer.evidence or (NO_PLACE,)])

    def patterns(self) -> Iterable[Pattern]:
        return self.check.patterns()

    def parts(self) -> tuple[Check, ...]:
        return (self.check,)
