"""What became of written rules when somebody rewrote the sidebar.

A rule is followed by what it says, not by its number: taking out rule 3 moves all that come after it.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot.text.overlap import likeness
from bot.text.sidebar import WrittenRule

ALIKE = 0.4
"""Likeness from which a text elsewhere is taken for the same rule in other words. Below it a text is still taken for
the same rule when both bear the same number and have anything in common."""
_BETWEEN_WORDS = re.compile(r"\W+")


class Fate(StrEnum):
    """What became of one written rule."""

    KEPT = "kept"
    """The same words at the same number; signs, capitals and blanks do not count."""
    CHANGED = "changed"
    MOVED = "moved"
    """It has another number now, and perhaps other words."""
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class Change:
    """One written rule before and after."""

    before: WrittenRule
    now: WrittenRule | None
    """What it has become; ``None`` when it is gone."""
    instead: WrittenRule | None = None
    """What bears its number now, when that is another rule."""

    @property
    def fate(self) -> Fate:
        if self.now is None:
            return Fate.GONE
        if self.now.number != self.before.number:
            return Fate.MOVED
        return Fate.KEPT if _bare(self.now.text) == _bare(self.before.text) else Fate.CHANGED


def changes(before: Sequence[WrittenRule], now: Sequence[WrittenRule]) -> tuple[Change, ...]:
    """What became of each rule, in the order in which they stood."""
    heirs = _heirs(before, now)
    numbers = {each.number: each for each in now}
    return tuple(_change(each, heirs.get(each.number), numbers.get(each.number)) for each in before)


def added(before: Sequence[WrittenRule], now: Sequence[WrittenRule]) -> tuple[WrittenRule, ...]:
    """The rules that nothing before has become."""
    known = {heir.number for heir in _heirs(before, now).values()}
    return tuple(each for each in now if each.number not in known)


def _change(before: WrittenRule, now: WrittenRule | None, there: WrittenRule | None) -> Change:
    return Change(before, now, there if there != now else None)


def _heirs(before: Sequence[WrittenRule], now: Sequence[WrittenRule]) -> dict[int, WrittenRule]:
    """By number before; each rule of now once. The likest pairs find each other first, and at the same number first."""
    heirs: dict[int, WrittenRule] = {}
    taken: set[int] = set()
    for _, one, other in sorted(_pairs(before, now), key=lambda pair: pair[0]):
        if one.number not in heirs and other.number not in taken:
            heirs[one.number] = other
            taken.add(other.number)
    return heirs


def _pairs(
    before: Sequence[WrittenRule], now: Sequence[WrittenRule]
) -> Iterator[tuple[tuple[bool, float, bool, int, int], WrittenRule, WrittenRule]]:
    """All pairs that may be one rule, with what they are sorted by: sure ones first."""
    for one in before:
        for other in now:
            stays = one.number == other.number
            like = 1.0 if _bare(one.text) == _bare(other.text) else likeness(one.text, other.text) * 0.99
            if like >= ALIKE or (stays and like > 0):
                yield (like < ALIKE, -like, not stays, one.number, other.number), one, other


def _bare(text: str) -> str:
    return _BETWEEN_WORDS.sub(" ", text).strip().casefold()
