"""What the engine needs from the outside world, and what may go wrong there.

Everything that a Lemmy server or the way to it can do arrives as one of these::

    LemmyError
    ├── Unreachable      the request was never received: repeat when the server is back
    ├── RateLimited      refused before anything happened: wait
    ├── NotLoggedIn      the token is not accepted; nothing happened
    ├── Refused          a clear "no" with Lemmy's error word: record it and go on
    │   └── Gone         the item, person or community is not there (any more)
    ├── Unclear          a write without a clear answer: it may have happened; never repeat, read back
    └── NotUnderstood    an answer that is no Lemmy answer (HTML, other shapes): reads may be repeated
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Protocol

from bot.domain.action import Action, ActionKind
from bot.domain.destination import Destination
from bot.domain.history import History
from bot.domain.item import Item, ItemRef, Kind, Post
from bot.domain.picture import Picture
from bot.domain.plan import Plan, Step
from bot.domain.verdict import Verdict


class LemmyError(Exception):
    """Something between us and the server, or the server itself, did not do what was asked."""


class Unreachable(LemmyError):
    """The request was never received."""


class RateLimited(LemmyError):
    """Too many requests from this address; the request was not carried out."""


class NotLoggedIn(LemmyError):
    """The server does not know us (any more); nothing was done."""


class Refused(LemmyError):
    """A clear refusal. ``word`` is Lemmy's error word, for example ``not_a_mod_or_admin``."""

    def __init__(self, word: str, detail: str = "") -> None:
        super().__init__(f"{word}: {detail}" if detail else word)
        self.word = word


class Gone(Refused):
    """What was asked for is not there."""


class Unclear(LemmyError):
    """A write whose outcome is not known."""


class NotUnderstood(LemmyError):
    """An answer that could not be read."""


@dataclass(frozen=True, slots=True)
class Identity:
    """Who the server says we are. Never judge a list that was read without one."""

    person_id: str
    name: str
    moderates: Mapping[str, str]
    """Full community name (``name@host``) of each moderated community → its local id."""
    server_time: datetime
    """From the answer's Date header."""
    warnings: tuple[str, ...] = ()
    """Settings of the account that hide content (blocks and the like), for the operator."""
    sidebars: Mapping[str, str] = field(default_factory=dict)
    """Full name of each moderated community → its sidebar in Markdown; empty when it has none."""


@dataclass(frozen=True, slots=True)
class Listed:
    """One item in a list, with what polling needs to know of it."""

    item: Item
    community_id: str
    number: int
    """Local id of the item. Grows with insertion, so a late arrival has a high number and an old sort key."""
    sort_key: datetime
    """What the server sorts New by; sent by remote servers, so it may lie in the past or the future."""
    content_hash: str
    """Changes when the author's text, or the link's metadata, changes."""
    pinned: bool
    """Featured for the whole site: listed first whatever its age."""


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a list, newest first."""

    listed: tuple[Listed, ...]
    next: str | None
    """Token for the following page; ``None`` at the end."""
    server_time: datetime


@dataclass(frozen=True, slots=True)
class Receipt:
    """The server's clear answer to a write."""

    remote_id: str = ""
    """Number of the report, comment or message that was made; empty for the others."""


@dataclass(frozen=True, slots=True)
class Order:
    """One step as it is sent: addressed, and with its reference code inside the text."""

    ref: ItemRef
    action: Action
    text: str
    """Final text, reference included; may be empty."""
    reference: str
    """``w-`` and six characters; found again in the modlog, report list, comments or messages."""
    post_id: str
    """The post to reply below, to lock or to feature (the item itself, or the post above a comment)."""
    author_id: str
    """The person to message, to ban or to give a strike."""
    community_id: str = ""
    """Where the item is."""
    to: str = ""
    """Full name of the moderator to tell; empty for everything else."""

    @property
    def kind(self) -> ActionKind:
        return self.action.kind


class Found(StrEnum):
    """What reading back says about an order that was sent."""

    DONE = "done"
    """The server shows our reference, or our report."""
    ABSENT = "absent"
    """It did not happen."""
    MOOT = "moot"
    """It did not happen, and there is nothing left to do: the item is gone or already as wanted."""


@dataclass(frozen=True, slots=True)
class BanEntry:
    """The latest word on a person in a community's modlog."""

    banned: bool
    """``False``: the ban was lifted."""
    by_us: bool
    at: datetime
    until: datetime | None
    """``None``: for good."""


class Lemmy(Protocol):
    """One account on one instance. Raises LemmyError; every method may block for the length of its time limit."""

    def identity(self) -> Identity:
        """Who we are now. Raises NotLoggedIn when the server treats us as a stranger."""

    def page(self, kind: Kind, token: str | None) -> Page:
        """One page of everything that this account moderates, newest first; ``token`` is ``Page.next``."""

    def item(self, ref: ItemRef) -> Item:
        """One item as it is now. Raises Gone."""

    def look(self, ref: ItemRef) -> Listed:
        """The same as a list would show it, but in full also when it is removed. Raises Gone."""

    def open_reports(self) -> Mapping[ItemRef, int] | None:
        """How many open reports by others there are on each item; ``None`` when not all of them can be read."""

    def removed_by_us(self, ref: ItemRef) -> bool:
        """Whether the latest word on the item in the modlog is a removal, and ours."""

    def latest_ban(self, community_id: str, person_id: str) -> BanEntry | None:
        """The latest word on the person in the community's modlog; ``None`` when there is none."""

    def perform(self, order: Order) -> Receipt:
        """Do it, once. Raises Unclear when it may or may not have happened."""

    def find(self, order: Order, since: datetime) -> Found:
        """Read back whether an order sent at ``since`` or later has happened."""

    def human_decisions(self, ref: ItemRef) -> Sequence[str]:
        """Reasons why a human's decision on this item stands (restored, approved); empty when there is none."""


@dataclass(frozen=True, slots=True)
class Rate:
    """At most so many of a kind in a span of time."""

    count: int
    per: timedelta


Budget = Mapping[ActionKind, Rate]
"""A kind that is absent has no budget: nothing of that kind is ever done."""


@dataclass(frozen=True, slots=True)
class Start:
    """Where the watch over a community began; what was there before is history and is never judged."""

    at: datetime
    """Items sorted before this time are history …"""
    number: int
    """… unless their number is higher: then they arrived later."""


class Reason(StrEnum):
    """Why an item waits to be judged."""

    NEW = "new"
    EDITED = "edited"
    SETTLED = "settled"
    """The link's metadata has arrived, or will not any more."""
    RULES = "rules"
    HELD = "held"
    """Its author was asked for a repair, or the time for it is over."""
    REMOVED = "removed"
    """We removed it some time ago; a rule may want it back."""
    REPORTED = "reported"
    STRUCK = "struck"
    """It has cost its author a strike."""


@dataclass(frozen=True, slots=True)
class Again:
    """When to judge an item once more, and why."""

    at: datetime
    reason: Reason


@dataclass(frozen=True, slots=True)
class Waiting:
    """An item in the queue."""

    listed: Listed
    reason: Reason
    due: datetime
    attempts: int
    """How often judging it has failed."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What was concluded about an item, by which rules."""

    verdict: Verdict
    plan: Plan
    rulebook_hash: str


class IntentState(StrEnum):
    """Life of an intent: planned → sending → done, refused, moot; or, given up after three tries, for a human."""

    PLANNED = "planned"
    SENDING = "sending"
    DONE = "done"
    REFUSED = "refused"
    MOOT = "moot"
    GIVEN_UP = "given_up"


@dataclass(frozen=True, slots=True)
class Intent:
    """A step that is written down before it is done."""

    id: int
    account: str
    step: Step
    order: Order
    state: IntentState
    attempt: int
    """How often its sending was begun."""
    missed: int
    """How often it was sent and, read back, had not happened."""
    planned_at: datetime
    sent_at: datetime | None


@dataclass(frozen=True, slots=True)
class Asked:
    """A question to the author of an item: please repair it."""

    state: IntentState
    ago: timedelta
    """Since it was delivered; zero before."""
    rules: tuple[str, ...]
    """For which rules."""


class Ledger(Protocol):
    """What is remembered, per account. Each method is one durable transaction. Times come from the caller's clock.

    ``account`` is ``name@instance`` of the bot.
    """

    def floor(self, account: str, kind: Kind) -> datetime | None:
        """Newest sort key up to which a complete pass has read; ``None`` before the first."""

    def start(self, account: str, kind: Kind, community_id: str) -> Start | None:
        """Where the watch over this community began; ``None`` when it has not."""

    def begin_watch(self, account: str, kind: Kind, community_id: str, start: Start) -> None:
        """Remember where the watch begins; the first call counts, later ones change nothing."""

    def unseen(self, account: str, listed: Sequence[Listed]) -> int:
        """How many of these were never recorded, or have another content hash than recorded."""

    def record(self, account: str, listed: Sequence[Listed], now: datetime) -> int:
        """Remember sightings: unseen and changed items join the queue, due now. Returns how many did.

        The stored snapshot is always the latest. Items that are removed or deleted are closed: they leave the queue.
        """

    def complete_pass(self, account: str, kind: Kind, floor: datetime) -> None:
        """Move the floor forward; it never moves back."""

    def swept(self, account: str, kind: Kind, depth: timedelta) -> datetime | None:
        """When the last complete sweep of this depth ended; ``None`` when there was none."""

    def mark_swept(self, account: str, kind: Kind, depth: timedelta, now: datetime) -> None:
        """A sweep of this depth is complete."""

    def has_history(self, account: str, kind: Kind) -> bool:
        """Whether anything of this kind was ever seen."""

    def due(self, account: str, now: datetime, limit: int) -> Sequence[Waiting]:
        """Items to judge now, oldest first."""

    def decide(
        self,
        account: str,
        waiting: Waiting,
        decision: Decision,
        orders: Sequence[Order],
        now: datetime,
        again: Again | None,
    ) -> None:
        """Store the decision with its evidence and take the item off the queue.

        ``orders`` belong to ``plan.steps + plan.held``, in that order; empty when nothing may be sent. They replace
        the item's intents that are still only planned: what an earlier version deserved is not done to a later one.
        With ``again`` the item stays in the queue, due then.
        """

    def refresh(self, account: str, listed: Listed, now: datetime) -> None:
        """Remember how one item looked when it was read by itself, in full. The queue stays as it is."""

    def defer(self, account: str, waiting: Waiting, until: datetime | None) -> None:
        """Leave the item in the queue until then, or with ``None`` take it off, without judging it."""

    def history(self, account: str, item: Item) -> History | None:
        """What was recorded of the time before the item was published; ``None`` when its time is not known."""

    def picture(self, account: str, ref: ItemRef, address: str) -> Picture | None:
        """What was seen in the item's picture at this address; ``None`` when nobody has looked there."""

    def keep_picture(self, account: str, ref: ItemRef, address: str, seen: Picture, now: datetime) -> None:
        """Remember what was seen, in place of what was seen before."""

    def destination(self, account: str, ref: ItemRef, address: str) -> Destination | None:
        """Where the item's link to this address was found to lead; ``None`` when nobody has followed it."""

    def keep_destination(self, account: str, ref: ItemRef, address: str, found: Destination, now: datetime) -> None:
        """Remember where it leads, in place of what was found before."""

    def judging_failed(self, account: str, waiting: Waiting, error: str, now: datetime) -> bool:
        """Count a failure; after the third the item is set aside. Returns whether it was."""

    def record_reports(self, account: str, open_: Mapping[ItemRef, int], now: datetime) -> int:
        """Remember all open reports. Items with more of them than before join the queue; returns how many did."""

    def reports(self, account: str, ref: ItemRef) -> int | None:
        """Open reports by others on this item; ``None`` when nobody has looked."""

    def strikes(self, account: str, community_id: str, person_id: str, now: datetime) -> int:
        """Points of the person in this community that are neither forgotten nor taken back."""

    def struck_items(self, account: str, community_id: str, person_id: str, now: datetime) -> Sequence[ItemRef]:
        """The items for which the person has them."""

    def taken_back(self, account: str, community_id: str, person_id: str, since: datetime) -> bool:
        """Whether a strike of the person was taken back then or later."""

    def strike(self, intent: Intent, now: datetime) -> None:
        """Give the strike, and settle its intent as done; the item joins the queue."""

    def asked(self, account: str, ref: ItemRef, now: datetime) -> Asked | None:
        """How far it is with asking the author for a repair; ``None`` when that was never begun."""

    def told(self, account: str, ref: ItemRef) -> frozenset[str]:
        """The moderators to whom a note about this item was sent, or may have been."""

    def approved(self, account: str, ref: ItemRef) -> bool:
        """Whether a rule has approved the item, and its text is still the same."""

    def removed_at(self, account: str, ref: ItemRef) -> datetime | None:
        """When we removed it; ``None`` when we did not."""

    def done(self, account: str, ref: ItemRef) -> frozenset[ActionKind]:
        """Kinds of action that this account is known to have done to the item."""

    def taken(self, account: str, ref: ItemRef) -> frozenset[ActionKind]:
        """Kinds of action that were ever sent to, or settled on, this item; planned ones can still be thought over."""

    def remaining(self, budget: Budget, now: datetime) -> Mapping[ActionKind, int]:
        """How many of each kind the budget still allows, over all accounts; absent kinds stay absent."""

    def planned(self, account: str, now: datetime) -> Sequence[Intent]:
        """Intents to send now, in order; none whose predecessor on the same item is not settled.

        A note to the moderators waits for nothing.
        """

    def begin(self, intent: Intent, budget: Budget, now: datetime) -> bool:
        """Planned → sending, taking the budget in the same transaction. ``False``: no budget left, nothing changed."""

    def settle(self, intent: Intent, state: IntentState, detail: str, now: datetime) -> None:
        """Sending (or planned) → a final state. ``detail`` is the remote id or Lemmy's error word.

        What follows from it is remembered in the same breath: a removed item is closed, and due again in a while; an
        approved one is left alone, and its strikes are taken back; when the author was asked, or could not be, the item
        joins the queue.
        """

    def postpone(self, intent: Intent, until: datetime, *, missed: bool = False) -> None:
        """Sending → planned again: it certainly did not happen. Gives the budget back.

        ``missed`` counts the try: it was sent, and read back it was not there.
        """

    def unsettled(self, account: str, sent_before: datetime) -> Sequence[Intent]:
        """Intents in state sending that were sent before then: to be read back."""

    def human_decided(self, account: str, ref: ItemRef) -> str:
        """Why this item is left alone because a human decided on it; empty when none did."""

    def mark_human_decided(self, account: str, ref: ItemRef, why: str, now: datetime) -> None:
        """From now on this item is left alone, and the strikes for it are taken back."""


class Eyes(Protocol):
    """Where what pictures show comes from. May block for the length of its time limits."""

    def look(self, post: Post, address: str) -> Picture | None:
        """Look into a post's picture. ``None`` when it cannot be had now but perhaps later. Raises nothing."""


class LinkResolver(Protocol):
    """Where it comes from where links lead, and what is there. May block for the length of its time limits."""

    def resolve(self, post: Post) -> Destination | None:
        """Follow the post's link. ``None`` when that is not done, or not now but perhaps later. Raises nothing."""


class Clock(Protocol):
    """Time. ``now`` is aware UTC."""

    def now(self) -> datetime: ...


class Journal(Protocol):
    """Where the engine tells what it does: one call an event, for the operator's log."""

    def event(self, name: str, /, **facts: object) -> None: ...


Stop = Callable[[], bool]
"""Asked before every send: must all acting stop now?"""
