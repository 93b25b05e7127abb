"""A question that no single word decides: weighted signals and two bands.

Three-valued sums: what is certainly there counts from below, what may be there counts from above. The answer is

* *No* when a signal that is needed does not hold, when a clearing signal holds, or when even everything that may be
  there stays under the doubtful band;
* *certain* when what is certainly there reaches the certain band, and no doubt signal holds or may hold;
* *doubtful* when what is there, doubtful signals included, reaches the doubtful band;
* *Unknown* otherwise, and whenever it is not known whether a signal that may clear holds, or one that is needed.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from itertools import chain

from bot.checks.check import Check, Subject
from bot.checks.hints import Hint, is_complete, is_ruled_out
from bot.checks.learned import Learned
from bot.checks.points import NO_POINTS, Points, certain_points, doubtful_points, sum_of, unknown_points
from bot.checks.setting import SettingError, group, length, numbered_texts
from bot.domain.answer import Answer, Evidence, No, Strength, Unknown, Yes, doubtful, every
from bot.matching.hits import Spots
from bot.matching.pattern import Pattern

MOST_SHOWN = 40
"""Pieces of evidence that one checker gives."""


class Effect(StrEnum):
    """What a signal does."""

    WEIGHT = "weight"
    NEEDS = "needs"
    CLEARS = "clears"
    DOUBT = "doubt"


@dataclass(frozen=True, slots=True)
class Bands:
    """Sums of weights from which the answer is a doubtful and a certain Yes."""

    doubtful: int
    certain: int


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
    hint: Hint = ()
    """What must stand in the item for it to hold."""
    in_favour: int = field(init=False, repr=False, compare=False)
    """What it adds at most."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "in_favour", max(0, self.weight))

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
        if not isinstance(answer, Yes):
            return answer
        speaks_for = self.effect is Effect.NEEDS or (self.effect is Effect.WEIGHT and self.weight > 0)
        strength = Strength.WEAK if speaks_for else Strength.CLEARING
        evidence = [
            Evidence(each.field, each.start, each.end, each.text, self.id, strength) for each in answer.evidence
        ]
        found = evidence or (Evidence("item", None, None, "", self.id, strength),)
        return Yes(tuple(found), answer.certain, answer.doubt)

    def points(self, subject: Subject) -> Points:
        """What it adds to the sum."""
        match self.answer(subject):
            case Yes(evidence=evidence, certain=True):
                return certain_points(self.weight, evidence)
            case Yes(evidence=evidence):
                return doubtful_points(self.weight, evidence)
            case Unknown(why):
                return unknown_points(min(self.weight, 0), self.in_favour, why)
            case No():
                return NO_POINTS

    def patterns(self) -> Iterable[Pattern]:
        return self.check.patterns()

    def parts(self) -> tuple[Check, ...]:
        return (self.check,)


@dataclass(frozen=True, slots=True)
class Scored:
    """A checker from a YAML file."""

    key: str
    about: str
    signals: tuple[Signal | Learned, ...]
    bands: Bands
    _having: Mapping[Effect, tuple[Signal, ...]] = field(init=False, repr=False, compare=False)
    _always: tuple[Signal, ...] = field(init=False, repr=False, compare=False)
    """Signals with points that the scan cannot rule out …"""
    _hinted: tuple[Signal, ...] = field(init=False, repr=False, compare=False)
    """… and those that it can."""
    _ranks: Mapping[str, int] = field(init=False, repr=False, compare=False)
    """The weightier a signal, the sooner it is asked: its answer is the likeliest to decide."""
    hint: Hint = field(init=False, repr=False, compare=False)
    """What all the signals that are needed cannot do without."""
    _first_hints: tuple[Spots, ...] = field(init=False, repr=False, compare=False)
    _learned: tuple[Learned, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Sorts the signals once: they are asked for every item."""
        signals = [each for each in self.signals if isinstance(each, Signal)]
        having = {effect: tuple(each for each in signals if each.does(effect)) for effect in Effect}
        object.__setattr__(self, "_having", having)
        object.__setattr__(self, "hint", tuple(chain.from_iterable(each.hint for each in having[Effect.NEEDS])))
        object.__setattr__(self, "_always", tuple(each for each in having[Effect.WEIGHT] if not each.hint))
        object.__setattr__(self, "_hinted", tuple(each for each in having[Effect.WEIGHT] if each.hint))
        by_weight = sorted((*self._always, *self._hinted), key=lambda each: -abs(each.weight))
        object.__setattr__(self, "_ranks", {each.id: rank for rank, each in enumerate(by_weight)})
        object.__setattr__(self, "_first_hints", tuple(each.hint[0] for each in self._hinted))
        object.__setattr__(self, "_learned", tuple(each for each in self.signals if isinstance(each, Learned)))

    def answer(self, subject: Subject) -> Answer:
        if is_ruled_out(self.hint, subject):
            return No()
        needed = every(signal.check.answer(subject) for signal in self.having(Effect.NEEDS))
        if isinstance(needed, No):
            return needed
        answer = self._summed(subject)
        if isinstance(answer, No):
            return answer
        cleared = [(signal.id, signal.check.answer(subject)) for signal in self.having(Effect.CLEARS)]
        if any(isinstance(each, Yes) and each.certain for _, each in cleared):
            return No()
        open_questions = [needed.why] if isinstance(needed, Unknown) else []
        open_questions += [f"whether “{name}” clears it cannot be told" for name, each in cleared if each != No()]
        if open_questions:
            return Unknown("; ".join(open_questions))
        is_sure = isinstance(needed, Yes) and needed.certain
        return self._doubted(answer if is_sure else doubtful(answer, "what it needs is in doubt"), subject)

    def patterns(self) -> Iterable[Pattern]:
        for signal in self.signals:
            yield from signal.patterns()

    def parts(self) -> tuple[Check, ...]:
        return self.signals

    def asked(self) -> str:
        return f"(doubtful from {self.bands.doubtful}, certain from {self.bands.certain})"

    def actual(self, subject: Subject) -> str:
        """The sum of what holds, whatever clears or casts doubt on it."""
        points = self.sum(subject).present
        band = "certain" if points >= self.bands.certain else "doubtful" if points >= self.bands.doubtful else "no"
        return f"{points} of {self.bands.certain}: {band}"

    def sum(self, subject: Subject) -> Points:
        """All points together, whatever clears or casts doubt on them."""
        return _total((*self._always, *self._likely(subject), *self._learned), subject)

    def having(self, effect: Effect) -> Iterable[Signal]:
        """The signals that do this."""
        return self._having[effect]

    def overridden(self, key: str, setting: object) -> "Scored":
        """With the settings of one rule: ``bands`` and ``without``. Raises SettingError."""
        given = group(setting, ("bands", "without"))
        bands = read_bands(given["bands"], self.bands, ("bands",)) if "bands" in given else self.bands
        left_out = set()
        known = {signal.id for signal in self.signals}
        for path, name in numbered_texts(given["without"]) if "without" in given else ():
            if name not in known:
                raise SettingError(
                    f"`{self.key}` has no signal `{name}`", f"known: {', '.join(sorted(known))}", ("without", *path)
                )
            left_out.add(name)
        return Scored(key, self.about, tuple(each for each in self.signals if each.id not in left_out), bands)

    def _summed(self, subject: Subject) -> Answer:
        """Most items end before all signals are asked: as soon as what is left cannot reach the doubtful band."""
        signals = (*self._always, *self._likely(subject))
        in_reach = sum([each.at_most(subject) for each in self._learned]) + sum([each.in_favour for each in signals])
        points: dict[str, Points] = {}
        for signal in sorted(signals, key=self._rank):
            if in_reach < self.bands.doubtful:
                return No()
            said = points[signal.id] = signal.points(subject)
            in_reach += said.most - signal.in_favour
        if in_reach < self.bands.doubtful:
            return No()
        total = sum_of([points[signal.id] for signal in signals]) + _total(self._learned, subject)
        if total.most < self.bands.doubtful:
            return No()
        if total.present < self.bands.doubtful:
            return Unknown("; ".join(dict.fromkeys(total.unknown)))
        shown = total.evidence[:MOST_SHOWN]
        if total.least >= self.bands.certain:
            return Yes(shown)
        return Yes(shown, certain=False, doubt=f"{total.present} of {self.bands.certain} points")

    def _rank(self, signal: Signal) -> int:
        return self._ranks[signal.id]

    def _likely(self, subject: Subject) -> Sequence[Signal]:
        """Those of the hinted signals that the scan does not rule out."""
        if not is_complete(subject):
            return self._hinted
        likely = (self._hinted[place] for place in sorted(subject.hits.touched(self._first_hints)))
        return [each for each in likely if len(each.hint) == 1 or not is_ruled_out(each.hint, subject)]

    def _doubted(self, answer: Answer, subject: Subject) -> Answer:
        for signal in self.having(Effect.DOUBT):
            if not isinstance(answer, Yes):
                return answer
            match signal.answer(subject):
                case Yes(evidence):
                    held = replace(answer, evidence=answer.evidence + evidence)
                    return doubtful(held, f"it may be all right: {signal.id.replace('-', ' ')}")
                case Unknown() if answer.certain:
                    answer = doubtful(answer, f"whether “{signal.id}” holds cannot be told")
                case _:
                    pass
        return answer


def _total(signals: Iterable[Signal | Learned], subject: Subject) -> Points:
    return sum_of(signal.points(subject) for signal in signals)


def read_bands(setting: object, default: Bands | None = None, path: tuple[str, ...] = ()) -> Bands:
    """``{doubtful: 3, certain: 6}``. Raises SettingError."""
    given = group(setting, ("doubtful", "certain"))
    values = {}
    for name in ("doubtful", "certain"):
        if name in given:
            try:
                values[name] = length(given[name])
            except SettingError as error:
                raise SettingError(f"`{name}` {error.message}", error.cure, (*path, name)) from None
        elif default is None:
            raise SettingError(f"`bands` lacks `{name}`", "write `bands: {doubtful: 3, certain: 6}`", path)
        else:
            values[name] = getattr(default, name)
    bands = Bands(**values)
    if not 1 <= bands.doubtful <= bands.certain:
        raise SettingError(
            "the bands must be at least 1, and `certain` not under `doubtful`",
            "write `bands: {doubtful: 3, certain: 6}`",
            path,
        )
    return bands
