"""From how many points a checker may be doubtful and certain, and how often it was right there. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.audit.intervals import wilson
from bot.checks.scored import Bands

ALLOWANCE = 0.1
"""How far the lower end of the interval may lie under the precision that is promised."""
OUT_OF_REACH = 999
"""A certain band that no sum reaches."""


class TooFewExamples(Exception):
    """The sample does not bear out what would be promised: what is missing and the cure."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What a model that had not seen the item said about it."""

    points: int | None
    """``None`` where the question does not arise."""
    breaks: bool
    is_doubted: bool = False
    """Whether a signal keeps the answer from being certain."""


@dataclass(frozen=True, slots=True)
class Reliability:
    """How often items in one band break the rule."""

    name: str
    since: int | None
    """Least points; ``None`` for the band below all others."""
    items: int
    breaking: int

    @property
    def interval(self) -> tuple[float, float]:
        return wilson(self.breaking, self.items)


def bands_of(seen: Sequence[Seen], doubtful: float, certain: float | None) -> Bands:
    """The lowest bands with this precision; without ``certain``, nothing is ever certain. Raises TooFewExamples."""
    low = _lowest(seen, doubtful, "doubtful")
    if certain is None:
        return Bands(low, OUT_OF_REACH)
    return Bands(low, max(low, _lowest([each for each in seen if not each.is_doubted], certain, "certain")))


def reliability(seen: Sequence[Seen], bands: Bands) -> list[Reliability]:
    """Of the bands, from the top."""
    top = [each for each in seen if _reaches(each, bands.certain) and not each.is_doubted]
    middle = [each for each in seen if _reaches(each, bands.doubtful) and each not in set(top)]
    below = [each for each in seen if not _reaches(each, bands.doubtful)]
    named = (("certain", bands.certain, top), ("doubtful", bands.doubtful, middle), ("no", None, below))
    return [Reliability(name, since, len(each), sum(one.breaks for one in each)) for name, since, each in named]


def _reaches(each: Seen, points: int) -> bool:
    return each.points is not None and each.points >= points


def _lowest(seen: Sequence[Seen], promised: float, name: str) -> int:
    """The lowest sum from which the promise is kept."""
    most = 0
    for cut in sorted({each.points for each in seen if each.points is not None and each.points > 0}):
        above = [each.breaks for each in seen if _reaches(each, cut)]
        hits = sum(above)
        most = max(most, hits)
        if hits >= promised * len(above) and wilson(hits, len(above))[0] >= promised - ALLOWANCE:
            return cut
    raise TooFewExamples(
        f"{most} items that break the rule do not bear out a precision of {promised:.0%} for “{name}”. "
        "Cure: label more items, or promise less."
    )
