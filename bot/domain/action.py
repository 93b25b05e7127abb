"""What a rule may ask for. Only the plan decides, and only the executor does."""

from dataclasses import dataclass
from datetime import timedelta
from enum import IntEnum, StrEnum
from typing import ClassVar


class ActionKind(StrEnum):
    """Kinds of actions, in the order in which several on one item are done.

    Lemmy refuses a report of, and a reply to, something that is already removed; so those come first. A new kind has a
    class below; the type checker then names every place that has to know it.
    """

    REPORT = "report"
    HOLD = "hold"
    REPLY = "reply"
    LOCK = "lock"
    FEATURE = "feature"
    REMOVE = "remove"
    RESTORE = "restore"
    APPROVE = "approve"
    STRIKE = "strike"
    BAN = "ban"
    MESSAGE = "message"
    NOTIFY = "notify"


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

    kind: ClassVar = ActionKind.REPORT


@dataclass(frozen=True, slots=True)
class Remove:
    """Remove the item."""

    kind: ClassVar = ActionKind.REMOVE


@dataclass(frozen=True, slots=True)
class Lock:
    """Close the post to further comments."""

    kind: ClassVar = ActionKind.LOCK


@dataclass(frozen=True, slots=True)
class Feature:
    """Keep the post on top of its community."""

    kind: ClassVar = ActionKind.FEATURE


@dataclass(frozen=True, slots=True)
class Restore:
    """Put back an item that Warden itself removed."""

    kind: ClassVar = ActionKind.RESTORE


@dataclass(frozen=True, slots=True)
class Approve:
    """Let the item stand: resolve its reports, put back what Warden removed, and leave it alone from then on."""

    kind: ClassVar = ActionKind.APPROVE


@dataclass(frozen=True, slots=True)
class Ban:
    """Keep the author out of the community. What the author wrote stays."""

    kind: ClassVar = ActionKind.BAN

    days: int | None
    """``None`` for good."""


@dataclass(frozen=True, slots=True)
class Strike:
    """Hold something against the author, for a while."""

    kind: ClassVar = ActionKind.STRIKE

    points: int
    days: int
    """After so many days the points are forgotten."""


@dataclass(frozen=True, slots=True)
class Notify:
    """Tell the moderators, in private."""

    kind: ClassVar = ActionKind.NOTIFY

    text: str = ""
    """Template for what the moderators are told; empty: the item, the rules and their reasons."""


@dataclass(frozen=True, slots=True)
class Hold:
    """Ask the author for a repair, wait, look again; only then comes the rest of what the rule asks for."""

    kind: ClassVar = ActionKind.HOLD

    wait: timedelta
    text: str
    """Template."""
    in_public: bool
    """Whether it is asked below the item, or else by a private message."""


@dataclass(frozen=True, slots=True)
class Reply:
    """Answer in public below the item."""

    kind: ClassVar = ActionKind.REPLY

    text: str
    """Template."""


@dataclass(frozen=True, slots=True)
class Message:
    """Write to the author in private."""

    kind: ClassVar = ActionKind.MESSAGE

    text: str
    """Template."""


Action = Report | Hold | Reply | Lock | Feature | Remove | Restore | Approve | Strike | Ban | Message | Notify
