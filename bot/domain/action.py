"""What a rule may ask for. Only the plan decides, and only the executor does."""

from dataclasses import dataclass
from enum import IntEnum, StrEnum


class ActionKind(StrEnum):
    """Kinds of actions, in the order in which several on one item are done.

    Lemmy refuses a report of, and a reply to, something that is already removed; so those come first.
    """

    REPORT = "report"
    REPLY = "reply"
    LOCK = "lock"
    REMOVE = "remove"
    MESSAGE = "message"


ORDER = {kind: place for place, kind in enumerate(ActionKind)}


class Mode(IntEnum):
    """How far a rule may go; each mode allows what the ones before it do."""

    SHADOW = 0
    """Record only."""
    NOTIFY = 1
    """Tell the moderators."""
    REPORT = 2
    """File a report."""
    ACT = 3
    """Do what the rule says."""


@dataclass(frozen=True, slots=True)
class Report:
    """File a Lemmy report, for a human."""


@dataclass(frozen=True, slots=True)
class Remove:
    """Remove the item."""


@dataclass(frozen=True, slots=True)
class Lock:
    """Close the post to further comments."""


@dataclass(frozen=True, slots=True)
class Reply:
    """Answer in public below the item."""

    text: str
    """Template."""


@dataclass(frozen=True, slots=True)
class Message:
    """Write to the author in private."""

    text: str
    """Template."""


Action = Report | Remove | Lock | Reply | Message


def kind_of(action: Action) -> ActionKind:
    match action:
        case Report():
            return ActionKind.REPORT
        case Remove():
            return ActionKind.REMOVE
        case Lock():
            return ActionKind.LOCK
        case Reply():
            return ActionKind.REPLY
        case Message():
            return ActionKind.MESSAGE
