"""Points of a scored checker, when not everything is known: the least, what is there, and the most."""

from collections.abc import Iterable
from typing import NamedTuple

from bot.domain.answer import Evidence


class Points(NamedTuple):
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


NO_POINTS = Points()


def sum_of(points: Iterable[Points]) -> Points:
    """All of them together."""
    least = present = most = 0
    evidence: list[Evidence] = []
    unknown: list[str] = []
    for each in points:
        least += each.least
        present += each.present
        most += each.most
        evidence += each.evidence
        unknown += each.unknown
    return Points(least, present, most, tuple(evidence), tuple(unknown))


def certain_points(weight: int, evidence: tuple[Evidence, ...]) -> Points:
    """Of something that is there."""
    return Points(weight, weight, weight, evidence)


def unknown_points(against: int, in_favour: int, why: str) -> Points:
    """Of something that may be there; ``against`` is not positive, ``in_favour`` not negative."""
    return Points(against, against, in_favour, (), (why,))
