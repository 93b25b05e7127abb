"""Whether something that was sent has happened: what the server shows of it.

The proof is our reference in the text, or our account as its maker. Where neither is to be seen, it did not happen.
Everything here reads; nothing is sent again.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from pythorhead.types import ModlogActionType

from bot.domain.action import (
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
from bot.domain.item import Item, ItemRef, Kind, Post
from bot.engine.ports import BanEntry, Found, Gone, Order
from bot.lemmy import wire
from bot.lemmy.paging import PAGE, number, pages
from bot.lemmy.read import moment
from bot.lemmy.reports import Reports
from bot.lemmy.requestor import Endpoints

_RESTORED = "restored by a moderator"


@dataclass(frozen=True, slots=True)
class ReadBack:
    """Reads back as the person ``me``. Raises LemmyError, and ValueError for answers of another shape."""

    endpoints: Endpoints
    me: int
    item: Callable[[ItemRef], Item]
    """The item as it is now. Raises Gone."""

    def find(self, order: Order, since: datetime) -> Found:  # noqa: PLR0911 - one branch a kind of action
        if self._happened(order, since):
            return Found.DONE
        match order.action:
            case Message() | Notify() | Strike() | Hold(in_public=False):
                return Found.ABSENT
            case Lock():
                return self._left_to_do(ItemRef(Kind.POST, order.post_id), lambda post: post.is_locked)
            case Feature():
                return self._left_to_do(ItemRef(Kind.POST, order.post_id), _is_featured)
            case Report() | Reply() | Hold() | Remove():
                return self._left_to_do(order.ref, lambda _: False)
            case Restore():
                return Found.ABSENT if self.removed_by_us(order.ref) else Found.MOOT
            case Approve():
                return Found.MOOT if self._is_gone_for_good(order.ref) else Found.ABSENT
            case Ban():
                entry = self.latest_ban(order.community_id, order.author_id)
                return Found.MOOT if entry is not None and not entry.by_us and entry.at >= since else Found.ABSENT

    def restored_by_others(self, ref: ItemRef) -> Sequence[str]:
        """Why the item stands although it had been removed, as the modlog has it; newest first."""
        restored = [each for each in self._removals(ref) if not each.removed and each.mod_person_id != self.me]
        return [f"restored by a moderator: {each.reason[:200]}" if each.reason else _RESTORED for each in restored]

    def removed_by_us(self, ref: ItemRef) -> bool:
        """Whether the latest entry about the item is a removal, and ours."""
        latest = next(iter(self._removals(ref)), None)
        return latest is not None and latest.removed and latest.mod_person_id == self.me

    def latest_ban(self, community_id: str, person_id: str) -> BanEntry | None:
        latest = next(iter(self._bannings(community_id, person_id)), None)
        if latest is None:
            return None
        until = None if latest.expires is None else moment(latest.expires)
        return BanEntry(latest.banned, latest.mod_person_id == self.me, moment(latest.when_), until)

    def has_written(self, reference: str, since: datetime) -> bool:
        """Whether one of our private messages since then bears the reference."""
        return any(each.creator_id == self.me and reference in each.content for each in self._messages(since))

    def text_of_removed(self, comment: wire.Comment) -> str:
        """What a removed comment said: a moderator is shown no text, but the modlog has it."""
        kind = ModlogActionType.ModRemoveComment
        body = self.endpoints.modlog.get(comment_id=comment.id, type_=kind, limit=1)
        entries = wire.as_(wire.Modlog, body).removed_comments
        return next((each.comment.content for each in entries if each.comment is not None), comment.content)

    def _happened(self, order: Order, since: datetime) -> bool:  # noqa: C901, PLR0911 - one branch a kind of action
        match order.action:
            case Report():
                return Reports(self.endpoints, self.me).ours(order.ref) is not None
            case Reply() | Hold(in_public=True):
                return any(self._is_our_reply(each, order) for each in self._replies(order, since))
            case Message() | Notify() | Hold():
                return self.has_written(order.reference, since)
            case Lock():
                return any(each.locked and self._is_ours(each, since) for each in self._lockings(order.post_id))
            case Feature():
                return any(each.featured and self._is_ours(each, since) for each in self._featurings(order.post_id))
            case Remove():
                return any(each.removed and order.reference in each.reason for each in self._removals(order.ref))
            case Restore():
                return any(not each.removed and order.reference in each.reason for each in self._removals(order.ref))
            case Approve():
                return self._is_approved(order.ref)
            case Ban():
                entries = self._bannings(order.community_id, order.author_id)
                return any(each.banned and order.reference in each.reason for each in entries)
            case Strike():
                return False

    def _is_approved(self, ref: ItemRef) -> bool:
        """Nothing is left to do of it: no open report by others, and nothing to put back."""
        if self._is_gone_for_good(ref):
            return False
        return not Reports(self.endpoints, self.me).open_by_others(ref) and not self.removed_by_us(ref)

    def _is_gone_for_good(self, ref: ItemRef) -> bool:
        try:
            return self.item(ref).is_deleted
        except Gone:
            return True

    def _left_to_do(self, ref: ItemRef, as_wanted: Callable[[Item], bool]) -> Found:
        try:
            item = self.item(ref)
        except Gone:
            return Found.MOOT
        return Found.MOOT if item.is_removed or item.is_deleted or as_wanted(item) else Found.ABSENT

    def _is_our_reply(self, comment: wire.Comment, order: Order) -> bool:
        """One whose text is blanked, because somebody removed it at once, counts too: it is not sent twice."""
        blanked = comment.removed or comment.deleted
        return comment.creator_id == self.me and (blanked or order.reference in comment.content)

    def _is_ours(self, entry: wire.Locking | wire.Featuring, since: datetime) -> bool:
        """Neither has a reason in 0.19, so the time has to do."""
        return entry.mod_person_id == self.me and moment(entry.when_) >= since

    def _removals(self, ref: ItemRef) -> list[wire.Removal]:
        modlog = self.endpoints.modlog
        if ref.kind is Kind.POST:
            body = modlog.get(post_id=number(ref.id), type_=ModlogActionType.ModRemovePost, limit=PAGE)
            return [each.mod_remove_post for each in wire.as_(wire.Modlog, body).removed_posts]
        body = modlog.get(comment_id=number(ref.id), type_=ModlogActionType.ModRemoveComment, limit=PAGE)
        return [each.mod_remove_comment for each in wire.as_(wire.Modlog, body).removed_comments]

    def _lockings(self, post_id: str) -> list[wire.Locking]:
        kind = ModlogActionType.ModLockPost
        body = self.endpoints.modlog.get(post_id=number(post_id), type_=kind, limit=PAGE)
        return [each.mod_lock_post for each in wire.as_(wire.Modlog, body).locked_posts]

    def _featurings(self, post_id: str) -> list[wire.Featuring]:
        kind = ModlogActionType.ModFeaturePost
        body = self.endpoints.modlog.get(post_id=number(post_id), type_=kind, limit=PAGE)
        return [each.mod_feature_post for each in wire.as_(wire.Modlog, body).featured_posts]

    def _bannings(self, community_id: str, person_id: str) -> list[wire.Banning]:
        body = self.endpoints.requestor.get(
            "/modlog",
            community_id=number(community_id),
            other_person_id=number(person_id),
            type_=ModlogActionType.ModBanFromCommunity,
            limit=PAGE,
        )
        return [each.mod_ban_from_community for each in wire.as_(wire.Modlog, body).banned_from_community]

    def _replies(self, order: Order, since: datetime) -> Iterator[wire.Comment]:
        """Comments below the item since then. Without ``type_`` Lemmy would leave out those of other instances."""
        parent = number(order.ref.id) if order.ref.kind is Kind.COMMENT else None

        def page_of(page: int) -> list[wire.Comment]:
            body = self.endpoints.requestor.get(
                "/comment/list",
                post_id=number(order.post_id),
                parent_id=parent,
                type_="All",
                sort="New",
                limit=PAGE,
                page=page,
            )
            return [each.comment for each in wire.as_(wire.CommentList, body).comments]

        for comments in pages(page_of):
            recent = [each for each in comments if moment(each.published) >= since]
            yield from recent
            if not recent:
                return

    def _messages(self, since: datetime) -> Iterator[wire.Message]:
        def page_of(page: int) -> list[wire.Message]:
            body = self.endpoints.message.list(unread_only=False, page=page, limit=PAGE)
            return [each.private_message for each in wire.as_(wire.MessageList, body).private_messages]

        for messages in pages(page_of):
            recent = [each for each in messages if moment(each.published) >= since]
            yield from recent
            if not recent:
                return


def _is_featured(item: Item) -> bool:
    return isinstance(item, Post) and item.is_featured
