"""What may have happened between the plan and its execution, and forbids an action now.

A human's decision stands, and a ban or strike must not rest on what a human has taken back.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.action import (
    ActionKind,
    Approve,
    Ban,
    Feature,
    Hold,
    Lock,
    Message,
    Notify,
    Remove,
    Reply,
    Report,
    Restore,
    Strike,
)
from bot.domain.item import Item, Post
from bot.engine.ports import BanEntry, Gone, Intent, Ledger, Lemmy, Order

STALE = timedelta(seconds=60)
"""A report older than this is checked against the item's present state before it is sent; all else always is."""
LONGER = timedelta(hours=1)
"""By so much a ban must outlast one of ours to take its place: several items of one wave deserve one ban."""
AFTER_A_REMOVAL = frozenset({ActionKind.MESSAGE, ActionKind.STRIKE, ActionKind.BAN})
"""What a rule that removes asks for besides is not done when the removal failed."""


@dataclass(frozen=True, slots=True)
class Present:
    """One account's view of the present. Raises LemmyError when the present cannot be read."""

    account: str
    lemmy: Lemmy
    ledger: Ledger
    now: datetime

    def objection(self, intent: Intent) -> str:
        """Why the action is not to be sent any more, or nothing."""
        stale = intent.attempt > 0 or self.now - intent.planned_at > STALE
        if intent.step.kind is ActionKind.REPORT and not stale:
            return ""
        try:
            item = self.lemmy.item(intent.order.ref)
        except Gone as error:
            return error.word
        if item.is_deleted:
            return "deleted by its author"
        return self._removed(intent, item) or self._human(intent) or self._unfit(intent, item)

    def _removed(self, intent: Intent, item: Item) -> str:
        """What comes after our own removal goes only with it; somebody else's removal leaves nothing to do."""
        ref = intent.order.ref
        is_ours = ActionKind.REMOVE in self.ledger.done(self.account, ref)
        if item.is_removed and not is_ours:
            return "already removed"
        was_tried = ActionKind.REMOVE in self.ledger.taken(self.account, ref)
        if intent.step.kind in AFTER_A_REMOVAL and was_tried and not is_ours:
            return "the removal before it did not happen"
        return ""

    def _human(self, intent: Intent) -> str:
        decisions = self.lemmy.human_decisions(intent.order.ref)
        if not decisions:
            return ""
        self.ledger.mark_human_decided(self.account, intent.order.ref, decisions[0], self.now)
        return decisions[0]

    def _unfit(self, intent: Intent, item: Item) -> str:
        """Why the item as it is now, or its author, does not fit the action, or nothing."""
        match intent.step.action:
            case Restore():
                return self._unrestorable(intent.order, item)
            case Approve():
                return self._unrestorable(intent.order, item) if item.is_removed else ""
            case Ban() as ban:
                return self._unbannable(ban, intent.order, item) or self._struck_wrongly(intent)
            case Feature():
                return "already featured" if isinstance(item, Post) and item.is_featured else ""
            case Lock():
                return "already locked" if item.is_locked else ""
            case Report() | Hold() | Reply() | Remove() | Strike() | Message() | Notify():
                return ""

    def _unrestorable(self, order: Order, item: Item) -> str:
        if not item.is_removed:
            return "it is not removed"
        return "" if self.lemmy.removed_by_us(order.ref) else "somebody else has removed it as well"

    def _unbannable(self, ban: Ban, order: Order, item: Item) -> str:
        """A ban never shortens or replaces another, and never comes after a human has lifted one."""
        author = item.author
        if author.is_moderator is not False or author.is_admin is not False:
            return "moderators and admins are never banned"
        entry = self.lemmy.latest_ban(order.community_id, order.author_id)
        if entry is not None and not entry.banned:
            lifted = not entry.by_us and (item.published is None or entry.at >= item.published)
            return "a moderator has lifted a ban of the author since" if lifted else ""
        if entry is None or (entry.until is not None and entry.until <= self.now):
            return "banned already, and the modlog does not say by whom" if author.is_banned else ""
        return self._weaker(ban, entry)

    def _weaker(self, ban: Ban, entry: BanEntry) -> str:
        """Why a ban in force stays as it is; only our own may be made longer."""
        if not entry.by_us:
            return "a moderator has banned the author already"
        if entry.until is not None and (ban.days is None or self.now + timedelta(days=ban.days) > entry.until + LONGER):
            return ""
        return "banned already, for as long"

    def _struck_wrongly(self, intent: Intent) -> str:
        """The ban may rest on a strike for an item that a human has restored; one not noticed before is noticed now."""
        community_id, author_id = intent.order.community_id, intent.order.author_id
        for ref in self.ledger.struck_items(self.account, community_id, author_id, self.now):
            if decisions := self.lemmy.human_decisions(ref):
                self.ledger.mark_human_decided(self.account, ref, decisions[0], self.now)
        if self.ledger.taken_back(self.account, community_id, author_id, intent.planned_at):
            return "a strike of the author was taken back since"
        return ""
