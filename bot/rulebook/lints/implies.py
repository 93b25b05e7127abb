"""Whether one condition can only hold where another does, as far as their settings tell. Never says so wrongly."""

import math
from collections.abc import Mapping
from dataclasses import dataclass

from bot.checks.author_history import WrittenHere
from bot.checks.body_length import BodyLength
from bot.checks.check import Check
from bot.checks.combine import All, Any, NoneOf, Not
from bot.checks.domain import DomainSearch
from bot.checks.facts import FlagIs, NumberIs
from bot.checks.language import Language
from bot.checks.parent_post import ParentPost
from bot.checks.setting import Comparison
from bot.checks.text_search import TextSearch
from bot.matching.pattern import Pattern, Placement
from bot.matching.words import fold
from bot.text.urls import is_under

_OPPOSITES: Mapping[str, str] = {"<": ">=", "<=": ">", ">": "<=", ">=": "<"}


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number that conditions compare, by what it counts."""

    name: object
    is_whole: bool
    least: float = 0


@dataclass(frozen=True, slots=True)
class Range:
    """The numbers for which a comparison holds, from ``low`` to ``high``."""

    low: float
    high: float
    low_is_in: bool = True
    high_is_in: bool = True

    @property
    def is_empty(self) -> bool:
        return self.low > self.high or (self.low == self.high and not (self.low_is_in and self.high_is_in))

    def within(self, other: "Range") -> bool:
        low_fits = self.low > other.low or (self.low == other.low and (other.low_is_in or not self.low_is_in))
        high_fits = self.high < other.high or (self.high == other.high and (other.high_is_in or not self.high_is_in))
        return low_fits and high_fits

    def common(self, other: "Range") -> "Range":
        low = max(self.low, other.low)
        high = min(self.high, other.high)
        return Range(
            low,
            high,
            all(each.low_is_in for each in (self, other) if each.low == low),
            all(each.high_is_in for each in (self, other) if each.high == high),
        )


def quantity(check: Check) -> tuple[Quantity, Comparison] | None:
    """What a condition compares, and with what; ``None`` for a condition that compares no number."""
    match check:
        case NumberIs(number=number, wanted=wanted):
            least = -math.inf if check.key == "score" else 0
            return Quantity(number.about, not number.is_age, least), wanted
        case BodyLength(longer=longer, limit=limit):
            return Quantity("body", is_whole=True), Comparison(">" if longer else "<", limit)
        case WrittenHere(kinds=kinds, wanted=wanted):
            return Quantity(kinds, is_whole=True), wanted
        case _:
            return None


def numbers(what: Quantity, wanted: Comparison, *, holds: bool = True) -> Range | None:
    """The range in which a comparison holds, or does not; ``None`` for all but one number."""
    sign = wanted.sign if holds else _OPPOSITES.get(wanted.sign, "!=")
    number, step = wanted.number, 1 if what.is_whole else 0
    match sign:
        case "<":
            return Range(what.least, number - step, high_is_in=what.is_whole)
        case "<=":
            return Range(what.least, number)
        case ">":
            return Range(number + step, math.inf, low_is_in=what.is_whole)
        case ">=":
            return Range(number, math.inf)
        case "!=":
            return None
        case _:
            return Range(max(number, what.least), number)


def implies(one: Check, other: Check) -> bool:
    """Whether ``other`` holds wherever ``one`` does."""
    match one, other:
        case _, All():
            return all(implies(one, each) for each in other.inner)
        case Any(), _:
            return all(implies(each, other) for each in one.inner)
        case All(), _ if any(implies(each, other) for each in one.inner):
            return True
        case _, Any():
            return any(implies(one, each) for each in other.inner)
        case _:
            return _plain_implies(_positive(one), _positive(other))


def _positive(check: Check) -> Check:
    """``none`` of several conditions is "not any of them"."""
    return Not(check.key, Any(check.key, check.inner)) if isinstance(check, NoneOf) else check


def _plain_implies(one: Check, other: Check) -> bool:
    match one, other:
        case Not(), Not():
            holds = implies(other.inner, one.inner)
        case ParentPost(), ParentPost():
            holds = implies(one.inner, other.inner)
        case TextSearch(), TextSearch():
            fits = set(one.fields) <= set(other.fields)
            holds = fits and all(covers(other.wanted, each) for each in one.wanted)
        case DomainSearch(), DomainSearch() if one.field == other.field:
            holds = all(any(is_under(each, above) for above in other.domains) for each in one.domains)
        case Language(), Language():
            holds = one.numbers <= other.numbers
        case FlagIs(), FlagIs():
            holds = one.flag is other.flag and one.wanted is other.wanted
        case _:
            holds = _compares_within(one, other) or (type(one) is type(other) and one == other)
    return holds


def covers(wanted: frozenset[Pattern], pattern: Pattern) -> bool:
    """Whether one of the patterns stands wherever this one does."""
    return pattern in wanted or any(_is_wider(each, pattern) for each in wanted if not each.regex)


def _is_wider(wide: Pattern, pattern: Pattern) -> bool:
    """A value anywhere in the text is found wherever a longer value with it is."""
    if pattern.regex or (wide.case_sensitive and not pattern.case_sensitive):
        return False
    if wide.case_sensitive:
        return wide.placement is Placement.INCLUDES and wide.value in pattern.value
    if wide.placement in {Placement.INCLUDES, pattern.placement} and fold(wide.value) == fold(pattern.value):
        return True
    return wide.placement is Placement.INCLUDES and fold(wide.value) in fold(pattern.value)


def _compares_within(one: Check, other: Check) -> bool:
    first, second = quantity(one), quantity(other)
    if first is None or second is None or first[0] != second[0]:
        return False
    inner, outer = numbers(*first), numbers(*second)
    return inner is not None and outer is not None and inner.within(outer)
