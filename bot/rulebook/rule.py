"""A rule and the book of all rules, after reading."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from bot.checks.check import Check
from bot.checks.hints import hint_of, left_by
from bot.domain.action import Action, Mode
from bot.domain.item import Item, Kind
from bot.matching.pattern import Spots
from bot.matching.scanner import Scanner
from bot.rulebook.diagnostic import Place
from bot.rulebook.places import Places
from bot.rulebook.templates import Template


class Disclosure(StrEnum):
    """What the author of an item may be told about a rule."""

    FULL = "full"
    """The rule, what was found, and what would have to be different."""
    RULE = "rule"
    """The rule and how to repair, but not what was found."""
    NOTHING = "nothing"
    """Not even that there is such a rule."""


@dataclass(frozen=True, slots=True)
class RuleTest:
    """One example beside a rule."""

    expect: str
    """``breaks``, ``keeps`` or ``doubt``."""
    item: Item
    now: datetime
    """When the item is judged; aware UTC."""
    place: Place
    history: tuple[Item, ...] = ()
    """Everything that was there before the item."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule, ready to be asked."""

    id: str
    title: str
    sidebar: int | None
    kinds: frozenset[Kind]
    communities: frozenset[str]
    """Full names; empty means every community."""
    when: Check
    unless: Check | None
    mode: Mode
    actions: tuple[Action, ...]
    reason: str
    repair: str
    """What the author can do to keep the item; for ``{{repair}}``."""
    appeal: str
    """How to appeal; for ``{{appeal}}``."""
    exempt_moderators: bool
    exempt_admins: bool
    disclose: Disclosure
    tests: tuple[RuleTest, ...]
    place: Place
    priority: int = 0
    """Rules with a higher number are asked first."""
    stop: bool = False
    """Whether a certain match keeps the rules after it from being asked."""
    act_on: int = 100
    """Of a hundred items, on how many the rule may do more than report."""
    unknown_reports: bool = False
    """Whether what cannot be told is left to a human by a report, instead of to nobody."""


@dataclass(frozen=True, slots=True)
class Rulebook:
    """All rules of an account, by priority and then in file order, and the one scan that serves them."""

    rules: tuple[Rule, ...]
    scanner: Scanner
    hash: str
    """Hex digest of everything that was read; changes when any rule, list or checker changes."""
    places: Places
    """Where each condition stands."""
    templates: tuple[Template, ...]
    """All named texts, in file order."""
    needs_history: bool = False
    """Whether a rule asks what was there before."""
    needs_reports: bool = False
    """Whether a rule asks how often an item was reported."""
    needs_look: frozenset[str] = frozenset()
    """Ids of the rules that ask what a picture shows."""
    needs_end: frozenset[str] = frozenset()
    """Ids of the rules that ask where a short link leads."""
    needs_page: frozenset[str] = frozenset()
    """Ids of the rules that ask what the linked page is, or says."""
    needs_above: bool = False
    """Whether a rule asks about the post above a comment."""
    hints: tuple[Spots, ...] = field(init=False, repr=False, compare=False)
    """Of each rule, where something must stand for it to hold; nothing for a rule that may hold without."""
    left_by: Callable[[int], Sequence[Rule]] = field(init=False, repr=False, compare=False)
    """The rules that the scan does not rule out, by the hints of which it has found something, as bits."""

    def __post_init__(self) -> None:
        hints = tuple(hint_of(rule.when) for rule in self.rules)
        object.__setattr__(self, "hints", hints)
        object.__setattr__(self, "left_by", left_by(self.rules, hints))
