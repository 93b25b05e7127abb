"""What shall be done about one item, and what shall not, with the reasons."""

from dataclasses import dataclass

from bot.domain.action import ActionKind
from bot.domain.item import Item


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do to one item."""

    kind: ActionKind
    text: str
    """Reason of a report or removal, text of a reply or message; without the reference code. Empty for a lock."""
    rules: tuple[str, ...]
    """Ids of the rules that asked for it, sorted."""


@dataclass(frozen=True, slots=True)
class Skipped:
    """Something a rule asked for that will not be done."""

    kind: ActionKind
    rules: tuple[str, ...]
    why: str


@dataclass(frozen=True, slots=True)
class Plan:
    """Steps in the order in which they are to be done."""

    item: Item
    steps: tuple[Step, ...] = ()
    held: tuple[Step, ...] = ()
    """Wanted and allowed, but over the budget for now."""
    skipped: tuple[Skipped, ...] = ()
