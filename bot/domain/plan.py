"""What shall be done about one item, and what shall not, with the reasons."""

from dataclasses import dataclass
from datetime import timedelta

from bot.domain.action import Action, ActionKind
from bot.domain.item import Item


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do to one item."""

    action: Action
    """As merged: of several wishes for the kind, the strongest."""
    text: str
    """Reason of a report, removal or ban, text of an answer or message; without the reference code. May be empty."""
    rules: tuple[str, ...]
    """Ids of the rules that asked for it, sorted."""
    to: str = ""
    """Full name of the moderator who is told; empty for everything else."""

    @property
    def kind(self) -> ActionKind:
        return self.action.kind


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
    wait: timedelta | None = None
    """How long until the item is to be judged again, because its author was given time; ``None``: not at all."""
