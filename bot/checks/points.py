"""Points of a scored checker, when not everything is known: the least, what is there, and the most."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain

from bot.domain.answer import Evidence


@dataclass(frozen=True, slots=True)
class Points:
    """What one signal adds, or all of them together."""

    least: int = 0
    """Counting for it only what is certain, and against it all that may be there."""
    present: int = 0
    """With what is doubtful, and against it all that may be there."""
    most: int = 0
    """With all for it that may be there."""
    evidence: tuple[Evidence, ...] = ()
    unknown: tuple[str, ...] = ()
    """What is missing, for the moderator."""

    def __add__(self, other: "Points") -> "Points":
        return Points(
            self.least + other.least,
            self.present + other.present,
            self.most + other.most,
            self.evidence + other.evidence,
            self.unknown + other.unknown,
        )


NO_POINTS = Points()


def sum_of(points: Iterable[Points]) -> Points:
    """All of them together."""
    some = [each for each in points if each is not NO_POINTS]
    return Points(
        sum(each.least for each in some),
        sum(each.present for each in some),
        sum(each.most for each in some),
        tuple(chain.from_iterable(each.evidence for each in some)),
        tuple(chain.from_iterable(each.unknown for each in some)),
    )


def certain_points(weight: int, evidence: tuple[Evidence, ...]) -> Points:
    """Of something that is there."""
    return Points(weight, weight, weight, evidence)


def doubtful_points(weight: int, evidence: tuple[Evidence, ...]) -> Points:
    """Of something that seems to be there."""
    return Points(min(weight, 0), weight, weight, evidence)


def unknown_points(against: int, in_favour: int, why: str) -> Points:
    """Of something that may be there; ``against`` is not positive, ``in_favour`` not negative."""
    return Points(against, against, in_favour, (), (why,))
