"""Which of our rules enforce something else than what is written now, in words for moderators."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.rulebook.rule import Rule
from bot.text.drift import Change, Fate, changes
from bot.text.sidebar import WrittenRule

LONGEST_QUOTE = 400
"""Characters of a written rule that are quoted."""


@dataclass(frozen=True, slots=True)
class Drift:
    """One rule of ours, and what became of the written rule that it enforces."""

    rule: str
    """Its id."""
    change: Change

    def what(self) -> str:
        """What happened, with both versions."""
        before, now = self.change.before, self.change.now
        said = f"Rule {self.rule} enforces number {before.number}, which said “{_quoted(before)}”."
        if now is None:
            return f"{said} It is not written any more; {self._instead()}."
        if self.change.fate is Fate.MOVED:
            return f"{said} It is number {now.number} now: “{_quoted(now)}”; {self._instead()}."
        return f"{said} It says now “{_quoted(now)}”."

    def cure(self) -> str:
        """What a moderator should do."""
        if self.change.now is None:
            return "take the rule out, or give it the number of a written rule that it enforces"
        if self.change.fate is Fate.MOVED:
            return f"write `sidebar: {self.change.now.number}`, and see whether its `reason` names the old number"
        return "see whether the rule still does what is written"

    def _instead(self) -> str:
        number, other = self.change.before.number, self.change.instead
        return f"{number} says “{_quoted(other)}”" if other else f"there is no {number}"


@dataclass(frozen=True, slots=True)
class SidebarDrift:
    """What a moderator is told when the sidebar of a community was rewritten below our rules."""

    account: str
    community: str
    """Full name."""
    drifts: tuple[Drift, ...]
    since: datetime
    """When the sidebar was first read as it was before; aware UTC."""

    @property
    def key(self) -> str:
        """The same for the same news, so that whoever passes it on can see that it was passed on already."""
        parts = [self.account, self.community, self.since.isoformat(), *(each.what() for each in self.drifts)]
        return hashlib.sha256("\0".join(parts).encode("utf-8", "replace")).hexdigest()

    def text(self) -> str:
        """Plain text, a line for each rule."""
        lines = [f"{each.what()} Cure: {each.cure()}." for each in self.drifts]
        return "\n".join([f"The sidebar of {self.community} has changed.", *lines])


def drifts(
    rules: Sequence[Rule], community: str, before: Sequence[WrittenRule], now: Sequence[WrittenRule]
) -> tuple[Drift, ...]:
    """The rules that are in force in a community and whose written rule was changed, moved or taken out."""
    became = {each.before.number: each for each in changes(before, now) if each.fate is not Fate.KEPT}
    return tuple(_drifts(rules, community, became))


def _drifts(rules: Sequence[Rule], community: str, became: dict[int, Change]) -> Iterator[Drift]:
    for rule in rules:
        if rule.sidebar in became and (not rule.communities or community in rule.communities):
            yield Drift(rule.id, became[rule.sidebar])


def _quoted(written: WrittenRule) -> str:
    text = written.text
    return text if len(text) <= LONGEST_QUOTE else text[: LONGEST_QUOTE - 1] + "…"
