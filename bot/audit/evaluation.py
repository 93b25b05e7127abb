"""How good a rule set is on items that people have judged: counts by written rule, and every disagreement. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.audit.evaluation_items import Judged, Said, Tier
from bot.audit.intervals import wilson
from bot.audit.labelled import LABELS
from bot.domain.item import Post


@dataclass(frozen=True, slots=True)
class Counts:
    """Agreement and disagreement of one written rule with the labels."""

    right: int
    false_alarms: int
    missed: int
    rest: int
    """Items that do not break the rule, and of which nobody said so."""

    @property
    def precision(self) -> float | None:
        """``None`` when nothing fired."""
        return _share(self.right, self.right + self.false_alarms)

    @property
    def recall(self) -> float | None:
        """``None`` when nothing broke the rule."""
        return _share(self.right, self.right + self.missed)

    @property
    def f1(self) -> float | None:
        """Harmonic mean of both; ``None`` when one of them is."""
        return _share(2 * self.right, 2 * self.right + self.false_alarms + self.missed)

    @property
    def precision_interval(self) -> tuple[float, float]:
        return wilson(self.right, self.right + self.false_alarms)

    @property
    def recall_interval(self) -> tuple[float, float]:
        return wilson(self.right, self.right + self.missed)


@dataclass(frozen=True, slots=True)
class Bin:
    """Items whose sum lies in one range."""

    low: int
    high: int
    """Inclusive."""
    items: int
    breaking: int

    @property
    def interval(self) -> tuple[float, float]:
        return wilson(self.breaking, self.items)


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A false alarm or a miss."""

    id: str
    text: str
    """Title or beginning of the text."""
    why: tuple[str, ...]
    """What was found; empty for a miss."""
    certain: bool
    borderline: bool


@dataclass(frozen=True, slots=True)
class Alarms:
    """Blindly drawn items with at least one false alarm."""

    wrong: int
    items: int

    @property
    def per_thousand(self) -> float:
        return 1_000 * self.wrong / self.items if self.items else 0.0

    @property
    def interval(self) -> tuple[float, float]:
        """Per thousand."""
        low, high = wilson(self.wrong, self.items)
        return 1_000 * low, 1_000 * high


BIN = 10
"""Points of a range."""
FEWEST = 10
"""Items of a range; smaller ones are joined with the next."""
LONGEST = 160
"""Code points of an item that a list of disagreements shows."""


def counts(judged: Sequence[Judged], sidebar: int, tier: Tier, *, strict: bool) -> Counts:
    """``strict`` leaves out items of which two moderators could differ. Items without a label are left out."""
    right = false_alarms = missed = rest = 0
    for each in _counted(judged, sidebar, strict=strict):
        breaks, fires = bool(each.labelled.labels[sidebar]), each.fires(sidebar, tier)
        right += breaks and fires
        false_alarms += fires and not breaks
        missed += breaks and not fires
        rest += not breaks and not fires
    return Counts(right, false_alarms, missed, rest)


def false_alarms(judged: Sequence[Judged], sidebar: int, *, strict: bool) -> list[Disagreement]:
    """Items of which the rules said more than the label, the certain ones first."""
    found = [
        _disagreement(each, each.said[sidebar])
        for each in _counted(judged, sidebar, strict=strict)
        if sidebar in each.said and not each.labelled.labels[sidebar]
    ]
    return sorted(found, key=lambda each: (not each.certain, each.id))


def misses(judged: Sequence[Judged], sidebar: int, *, strict: bool) -> list[Disagreement]:
    """Items of which the rules said nothing."""
    return [
        _disagreement(each, None)
        for each in _counted(judged, sidebar, strict=strict)
        if sidebar not in each.said and each.labelled.labels[sidebar]
    ]


def calibration(judged: Sequence[Judged], sidebar: int, *, strict: bool) -> list[Bin]:
    """How often items break the rule, by their points; empty for rules without a scored checker."""
    scored = sorted(
        (each.points[sidebar], bool(each.labelled.labels[sidebar]))
        for each in _counted(judged, sidebar, strict=strict)
        if sidebar in each.points
    )
    bins: list[Bin] = []
    for points, breaks in scored:
        low = points - points % BIN
        last = bins[-1] if bins else None
        if last is not None and (points <= last.high or last.items < FEWEST):
            bins[-1] = Bin(last.low, max(last.high, low + BIN - 1), last.items + 1, last.breaking + breaks)
        else:
            bins.append(Bin(low, low + BIN - 1, 1, int(breaks)))
    return bins


def random_alarms(judged: Sequence[Judged], tier: Tier) -> Alarms:
    """Of blindly drawn items. Where there is no label nobody found that the rule was broken: it counts as an alarm."""
    random = [each for each in judged if each.labelled.is_random]
    wrong = [each for each in random if any(each.fires(one, tier) and not each.labelled.labels[one] for one in LABELS)]
    return Alarms(len(wrong), len(random))


def differing(first: Sequence[Judged], second: Sequence[Judged]) -> list[tuple[Judged, Judged]]:
    """The items on which two rule sets do not say the same."""
    return [pair for pair in zip(first, second, strict=True) if _verdicts(pair[0]) != _verdicts(pair[1])]


def predictions(judged: Iterable[Judged]) -> Iterable[tuple[str, list[str]]]:
    """Of each item its id and the names of the written rules that fired."""
    for each in judged:
        yield each.labelled.id, [LABELS[sidebar] for sidebar in sorted(each.said)]


def _verdicts(judged: Judged) -> dict[int, bool]:
    return {sidebar: said.certain for sidebar, said in judged.said.items()}


def _counted(judged: Iterable[Judged], sidebar: int, *, strict: bool) -> list[Judged]:
    return [
        each
        for each in judged
        if each.labelled.labels.get(sidebar) is not None and not (strict and each.labelled.is_borderline)
    ]


def _disagreement(judged: Judged, said: Said | None) -> Disagreement:
    item = judged.labelled.item
    text = (item.title if isinstance(item, Post) else None) or item.body or ""
    shown = " ".join(text.split())
    shown = shown if len(shown) <= LONGEST else shown[: LONGEST - 1] + "…"
    why, certain = (said.why, said.certain) if said else ((), False)
    return Disagreement(judged.labelled.id, shown, why, certain, judged.labelled.is_borderline)


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None
