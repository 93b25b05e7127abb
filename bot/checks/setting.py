"""What a check is given by whoever wrote the rule, and how plain values are read from it."""

import math
import operator
import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

Setting = object
"""A text as written, a tuple of settings, or a mapping from texts to settings."""

_OPERATORS: Mapping[str, Callable[[float, float], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "=": operator.eq,
    "==": operator.eq,
    "": operator.eq,
}
_COMPARISON = re.compile(r"(?P<sign>[<>]=?|==?|) *(?P<number>-?(?:0|[1-9][0-9]{0,8}))(?: *(?P<unit>[a-z]+))?")
_UNITS = {
    "minute": timedelta(minutes=1),
    "hour": timedelta(hours=1),
    "day": timedelta(days=1),
    "week": timedelta(weeks=1),
    "month": timedelta(days=30),
    "year": timedelta(days=365),
}
_NO_SPAN = timedelta()
_FEW = 3
"""Values that are named one by one …"""
_LONGEST_WORDS = 24
"""… each in so many code points."""


def span_words(seconds: float) -> str:
    """A span of time as a rule writes it, as in ``5 days``."""
    span = timedelta(seconds=seconds)
    for name in ("year", "day", "hour", "minute"):
        if span % _UNITS[name] == _NO_SPAN:
            count = span // _UNITS[name]
            return f"{count} {name}{'' if count == 1 else 's'}"
    return f"{seconds:g} seconds"


class SettingError(Exception):
    """A setting that cannot be used: what is wrong and the cure.

    ``path`` leads to the value inside the setting; with ``at_key``, the last key of it is what is wrong. ``instead`` is
    what was surely meant; empty where only a human knows.
    """

    def __init__(
        self, message: str, cure: str, path: tuple[int | str, ...] = (), *, at_key: bool = False, instead: str = ""
    ) -> None:
        super().__init__(message)
        self.message = message
        self.cure = cure
        self.path = path
        self.at_key = at_key
        self.instead = instead


@dataclass(frozen=True, slots=True)
class Comparison:
    """``"< 5"``: a sign and a number."""

    sign: str
    number: float

    def holds(self, value: float) -> bool:
        return _OPERATORS[self.sign](value, self.number)

    def holds_between(self, low: float, high: float | None) -> bool | None:
        """For a value of which only bounds are known; ``None`` when it depends. ``high`` may be missing."""
        top = math.inf if high is None else high
        if low == top:
            return self.holds(low)
        if self.sign in {"", "=", "=="}:
            return None if low <= self.number <= top else False
        at_low, at_top = self.holds(low), self.holds(top)
        return at_low if at_low == at_top else None


def flag(setting: object) -> bool:
    """``true`` or ``false``."""
    if not isinstance(setting, str) or setting not in {"true", "false"}:
        raise SettingError(f"must be true or false, not {shown(setting)}", "write `true` or `false`")
    return setting == "true"


def comparison(setting: object) -> Comparison:
    """A number with a sign; without one it means *equals*."""
    found = _COMPARISON.fullmatch(setting.strip()) if isinstance(setting, str) else None
    if found is None or found["unit"]:
        raise SettingError(f"must compare a number, not {shown(setting)}", 'write a sign and a number, as in `"< 5"`')
    return Comparison(found["sign"], float(found["number"]))


def age_comparison(setting: object) -> Comparison:
    """A span of time with a sign, in days when no unit is named; the number of the result is in seconds."""
    found = _COMPARISON.fullmatch(setting.strip().lower()) if isinstance(setting, str) else None
    unit = _UNITS.get((found["unit"] or "day").removesuffix("s")) if found else None
    if found is None or unit is None:
        raise SettingError(
            f"must compare a span of time, not {shown(setting)}",
            'write a sign, a number and minutes, hours, days, weeks, months or years, as in `"> 30 days"`',
        )
    return Comparison(found["sign"], float(found["number"]) * unit.total_seconds())


def length(setting: object) -> int:
    """A number of code points."""
    if not isinstance(setting, str) or not re.fullmatch(r"0|[1-9][0-9]{0,6}", setting.strip()):
        raise SettingError(f"must be a whole number, not {shown(setting)}", "write digits only, as in `200`")
    return int(setting)


def texts(setting: object) -> tuple[str, ...]:
    """One text or a list of texts, none of them empty."""
    return tuple(text for _, text in numbered_texts(setting))


def numbered_texts(setting: object) -> Iterator[tuple[tuple[int, ...], str]]:
    """The same, each with the path that leads to it."""
    if isinstance(setting, tuple):
        if not setting:
            raise SettingError("an empty list matches nothing", "name at least one value, or take the key out")
        for place, each in enumerate(setting):
            if not isinstance(each, str) or not each.strip():
                raise SettingError(f"must be a text, not {shown(each)}", "write one text for each entry", (place,))
            yield (place,), each
    elif isinstance(setting, str) and setting.strip():
        yield (), setting
    else:
        raise SettingError(f"must be a text or a list of texts, not {shown(setting)}", "name what to look for")


def group(setting: object, known: tuple[str, ...]) -> Mapping[str, object]:
    """A group of keys, all of them known."""
    if not isinstance(setting, Mapping):
        raise SettingError(f"must be a group of keys, not {shown(setting)}", "write `{}` for the settings of the file")
    for key in setting:
        if key not in known:
            names = ", ".join(f"`{each}`" for each in known)
            raise SettingError(f"unknown setting `{key}`", f"known here: {names}", (key,), at_key=True)
    return setting


def compared(found: Mapping[str, object], name: str, default: Comparison) -> Comparison:
    """The comparison of a number under this key."""
    return _named(found, name, comparison) if name in found else default


def percentage(found: Mapping[str, object], name: str) -> Comparison:
    """A comparison in per cent, as in ``"> 50%"``; the number is between 0 and 100."""
    setting = found[name]
    if not isinstance(setting, str) or not setting.strip().endswith("%"):
        raise SettingError(f"`{name}` must compare a percentage, not {shown(setting)}", 'write `"> 50%"`', (name,))
    return _named({name: setting.strip().removesuffix("%")}, name, comparison)


def span(found: Mapping[str, object], name: str, default: timedelta) -> timedelta:
    """A span of time under this key, such as ``7 days``."""
    if name not in found:
        return default
    wanted = _named(found, name, age_comparison)
    if wanted.sign or wanted.number <= 0:
        raise SettingError(f"`{name}` must be a span of time, not {shown(found[name])}", "write `7 days`", (name,))
    return timedelta(seconds=wanted.number)


def choice(found: Mapping[str, object], name: str, known: Sequence[str]) -> str:
    """One of the known words under this key; the first of them when it is not there."""
    setting = found.get(name, known[0])
    if not isinstance(setting, str) or setting not in known:
        names = ", ".join(f"`{each}`" for each in known)
        raise SettingError(f"`{name}` cannot be {shown(setting)}", f"known here: {names}", (name,))
    return setting


def _named(found: Mapping[str, object], name: str, read: Callable[[object], Comparison]) -> Comparison:
    try:
        return read(found[name])
    except SettingError as error:
        raise SettingError(f"`{name}` {error.message}", error.cure, (name,)) from None


def some_words(values: Collection[str]) -> str:
    """The first few of many values, and how many more there are."""
    first = sorted(values)[:_FEW]
    more = f" and {len(values) - len(first)} more" if len(values) > len(first) else ""
    named = (value if len(value) <= _LONGEST_WORDS else value[: _LONGEST_WORDS - 1] + "…" for value in first)
    return ", ".join(f"“{value}”" for value in named) + more


def shown(setting: object) -> str:
    """A setting in a message."""
    if isinstance(setting, str):
        return f"`{setting[:60]}`" if setting.strip() else "nothing"
    return "a list" if isinstance(setting, tuple) else "a group of keys"
