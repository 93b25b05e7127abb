"""What the rules say about one item. What is then done is a plan, and what happened is the ledger's business."""

from dataclasses import dataclass

from bot.domain.action import Action, Mode
from bot.domain.answer import Yes
from bot.domain.item import Item


@dataclass(frozen=True, slots=True)
class Match:
    """A rule that matched, with what it asks for."""

    rule: str
    """Stable id of the rule."""
    sidebar: int | None
    """Number of the written rule it enforces."""
    title: str
    reason: str
    """What the report and the modlog will say; never quotes the item."""
    answer: Yes
    mode: Mode
    actions: tuple[Action, ...]
    repair: str = ""
    """What the author can do to keep the item."""
    appeal: str = ""
    """How the author can appeal."""
    exempt_moderators: bool = True
    exempt_admins: bool = True
    sampled_out: bool = False
    """Whether the item is not among those on which the rule may do more than report (`act_on`)."""
    priority: int = 0
    """Between rules that contradict each other, the higher one wins."""


@dataclass(frozen=True, slots=True)
class Undecided:
    """A rule whose answer is Unknown; it never acts."""

    rule: str
    sidebar: int | None
    why: str


@dataclass(frozen=True, slots=True)
class Broken:
    """A rule that raised; it never acts and never stops the others."""

    rule: str
    error: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """Everything the rules say about one item, in the order of the rule files."""

    item: Item
    matches: tuple[Match, ...] = ()
    undecided: tuple[Undecided, ...] = ()
    broken: tuple[Broken, ...] = ()
