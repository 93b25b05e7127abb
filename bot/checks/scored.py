"""A question that no single word decides: weighted signals and two bands.

Three-valued sums: what is certainly there counts from below, what may be there counts from above. The answer is

* *No* when a signal that is needed does not hold, when a clearing signal holds, or when even everything that may be
  there stays under the doubtful band;
* *certain* when what is certainly there reaches the certain band, and no doubt signal holds or may hold;
* *doubtful* when what is there, doubtful signals included, reaches the doubtful band;
* *Unknown* otherwise, and whenever it is not known whether a signal that may clear holds, or one that is needed.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from bot.checks.check import Check, Plain, Subject
from bot.checks.hints import hint_of_all, left_by
from bot.checks.learned import Learned
from bot.checks.points import Points, sum_of
from bot.checks.setting import SettingError, group, length, numbered_texts
from bot.checks.signal import Effect, Signal
from bot.domain.answer import CERTAIN, NO, UNKNOWN, Answer, No, Truth, Unknown, Yes, doubtful, every
from bot.matching.pattern import Pattern, Spots

MOST_SHOWN = 40
"""Pieces of evidence that one checker gives."""


@dataclass(frozen=True, slots=True)
class Bands:
    """Sums of weights from which the answer is a doubtful and a certain Yes."""

    doubtful: int
    certain: int


class _Left(NamedTuple):
    """What is left to be asked about an item that may reach a band."""

    held: Sequence[Signal]
    """The signals with points that hold or may hold."""
    needed: Truth
    """Of all that is needed."""
    may_clear: Sequence[Signal]


@dataclass(frozen=True, slots=True)
class Scored(Plain):
    """A checker from a YAML file."""

    key: str
    about: str
    signals: tuple[Signal | Learned, ...]
    bands: Bands
    hint: Spots = field(init=False, repr=False, compare=False)
    """What all the signals that are needed cannot do without."""
    _needs: tuple[Signal, ...] = field(init=False, repr=False, compare=False)
    _clears: tuple[Signal, ...] = field(init=False, repr=False, compare=False)
    _doubts: tuple[Signal, ...] = field(init=False, repr=False, compare=False)
    _learned: tuple[Learned, ...] = field(init=False, repr=False, compare=False)
    _weighed: tuple[Signal, ...] = field(init=False, repr=False, compare=False)
    """Those with points; the weightier, the sooner it is asked: its answer is the likeliest to decide."""
    _hints: tuple[Spots, ...] = field(init=False, repr=False, compare=False)
    """Where something must stand for each of them to hold; nothing for those that may hold without."""
    _left_by: Callable[[int], Sequence[Signal]] = field(init=False, repr=False, compare=False)
    """Those that the scan does not rule out, by the hints of which it has found something, as bits."""
    _order: Mapping[str, int] = field(init=False, repr=False, compare=False)
    """In which their evidence is shown."""

    def __post_init__(self) -> None:
        """Sorts the signals once: they are asked for every item."""
        for name, effect in (("_needs", Effect.NEEDS), ("_clears", Effect.CLEARS), ("_doubts", Effect.DOUBT)):
            object.__setattr__(self, name, self.having(effect))
        weighed = sorted(self.having(Effect.WEIGHT), key=lambda each: -abs(each.weight))
        hints = tuple(each.hint for each in weighed)
        object.__setattr__(self, "hint", hint_of_all(self._needs))
        object.__setattr__(self, "_learned", tuple(each for each in self.signals if isinstance(each, Learned)))
        object.__setattr__(self, "_weighed", tuple(weighed))
        object.__setattr__(self, "_left_by", left_by(weighed, hints))
        in_order = sorted(self.having(Effect.WEIGHT), key=lambda each: bool(each.hint))
        object.__setattr__(self, "_order", {each.id: place for place, each in enumerate(in_order)})
        object.__setattr__(self, "_hints", hints)

    def answer(self, subject: Subject) -> Answer:
        """Most items end in No. That is found out without evidence, which is gathered for the others."""
        left = self._left(subject)
        answer = No() if left is None else self._summed(left.held, subject)
        if left is None or isinstance(answer, No):
            return answer
        questions = self._open_questions(left, subject)
        if questions:
            return Unknown("; ".join(questions))
        is_sure = left.needed is CERTAIN
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
        return self._total(self._likely(subject), [each.points(subject) for each in self._learned], subject)

    def having(self, effect: Effect) -> tuple[Signal, ...]:
        """The signals that do this."""
        return tuple(each for each in self.signals if isinstance(each, Signal) and each.does(effect))

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

    def _left(self, subject: Subject) -> _Left | None:
        """What there is to ask further; ``None`` where the answer is No: something that is needed does not hold, the
        doubtful band is out of reach, or a signal clears the item."""
        needed = CERTAIN
        for signal in self._needs:
            truth = signal.check.truth(subject)
            if truth is NO:
                return None
            needed = min(needed, truth)
        held = self._held(subject)
        if held is None:
            return None
        may_clear = []
        for signal in self._clears:
            truth = signal.check.truth(subject)
            if truth is CERTAIN:
                return None
            if truth is not NO:
                may_clear.append(signal)
        return _Left(held, needed, may_clear)

    def _held(self, subject: Subject) -> Sequence[Signal] | None:
        """The signals with points that hold or may hold; ``None`` where the doubtful band is out of reach."""
        doubtful_from = self.bands.doubtful
        likely = self._likely(subject)
        in_reach = sum([each.at_most(subject) for each in self._learned]) + sum([each.in_favour for each in likely])
        held = []
        for signal in likely:
            if in_reach < doubtful_from:
                return None
            truth = signal.check.truth(subject)
            in_reach += signal.most[truth] - signal.in_favour
            if truth is not NO:
                held.append(signal)
        return held if in_reach >= doubtful_from else None

    def _likely(self, subject: Subject) -> Sequence[Signal]:
        """The signals with points that the scan does not rule out."""
        return self._left_by(subject.hits.touched(self._hints)) if subject.texts.tell_all else self._weighed

    def _open_questions(self, left: _Left, subject: Subject) -> list[str]:
        """Why it cannot be told; the reasons of what is needed are asked for where there are any."""
        said = every(signal.check.answer(subject) for signal in self._needs) if left.needed is UNKNOWN else None
        return ([said.why] if isinstance(said, Unknown) else []) + [
            f"whether “{signal.id}” clears it cannot be told" for signal in left.may_clear
        ]

    def _summed(self, held: Sequence[Signal], subject: Subject) -> Answer:
        """By the points alone."""
        learned = [each.points(subject) for each in self._learned]
        if sum([each.most for each in learned]) + sum([each.in_favour for each in held]) < self.bands.doubtful:
            return No()
        total = self._total(held, learned, subject)
        if total.most < self.bands.doubtful:
            return No()
        if total.present < self.bands.doubtful:
            return Unknown("; ".join(dict.fromkeys(total.unknown)))
        shown = total.evidence[:MOST_SHOWN]
        if total.least >= self.bands.certain:
            return Yes(shown)
        return Yes(shown, certain=False, doubt=f"{total.present} of {self.bands.certain} points")

    def _total(self, signals: Iterable[Signal], learned: Iterable[Points], subject: Subject) -> Points:
        in_order = sorted(signals, key=self._place)
        return sum_of([*[each.points(subject) for each in in_order], *learned])

    def _place(self, signal: Signal) -> int:
        return self._order[signal.id]

    def _doubted(self, answer: Answer, subject: Subject) -> Answer:
        for signal in self._doubts:
            if not isinstance(answer, Yes):
                return answer
            if signal.check.truth(subject) is NO:
                continue
            match signal.answer(subject):
                case Yes(evidence):
                    held = replace(answer, evidence=answer.evidence + evidence)
                    return doubtful(held, f"it may be all right: {signal.id.replace('-', ' ')}")
                case Unknown() if answer.certain:
                    answer = doubtful(answer, f"whether “{signal.id}” holds cannot be told")
                case _:
                    pass
        return answer


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
