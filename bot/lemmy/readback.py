"""Whether something that was sent has happened: what the server shows of it.

The proof is our reference in the text, or our account as its maker. Where neither is to be seen, it did not happen.
Everything here reads; nothing is sent again.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from pythorhead.types import ModlogActionType

from bot.domain.action import ActionKind
from bot.domain.item import Item, ItemRef, Kind
from bot.engine.ports import Found, Gone, Order, Refused
from bot.lemmy import wire
from bot.lemmy.read import moment
from bot.lemmy.requestor import Endpoints

PAGE = 50
MOST_PAGES = 20
"""A post with more than a thousand newer comments, or reports, is not read to its end."""
RowT = TypeVar("RowT")
_RESTORED = "restored by a moderator"


def number(id_: str) -> int:
    """Lemmy's own form of an id. Raises Refused for one that no Lemmy has given."""
    if re.fullmatch(r"[0-9]{1,18}", id_) is None:
        raise Refused("not_a_number", f"{id_[:40]!r} is no id of an item or person")
    return int(id_)


@dataclass(frozen=True, slots=True)
class ReadBack:
    """Reads back as the person ``me``. Raises LemmyError, and ValueError for answers of another shape."""

    endpoints: Endpoints
    me: int
    item: Callable[[ItemRef], Item]
    """The item as it is now. Raises Gone."""

    def find(self, order: Order, since: datetime) -> Found:
        if self._happened(order, since):
            return Found.DONE
        match order.kind:
            case ActionKind.MESSAGE:
                return Found.ABSENT
            case ActionKind.LOCK:
                return self._left_to_do(ItemRef(Kind.POST, order.post_id), lambda post: post.is_locked)
            case ActionKind.REPORT | ActionKind.REPLY | ActionKind.REMOVE:
                return self._left_to_do(order.ref, lambda _: False)

    def report_by_us(self, ref: ItemRef) -> int | None:
        """Number of our report on the item, resolved or not; there is never more than one."""
        for reports in _pages(lambda page: self._reports(ref, page)):
            for report in reports:
                if report.creator_id == self.me:
                    return report.id
        return None

    def restored_by_others(self, ref: ItemRef) -> Sequence[str]:
        """Why the item stands although it had been removed, as the modlog has it; newest first."""
        restored = [each for each in self._removals(ref) if not each.removed and each.mod_person_id != self.me]
        return [f"restored by a moderator: {each.reason[:200]}" if each.reason else _RESTORED for each in restored]

    def _happened(self, order: Order, since: datetime) -> bool:
        match order.kind:
            case ActionKind.REPORT:
                return self.report_by_us(order.ref) is not None
            case ActionKind.REPLY:
                return any(self._is_our_reply(each, order) for each in self._replies(order, since))
            case ActionKind.LOCK:
                return any(self._is_our_lock(each, since) for each in self._lockings(order.post_id))
            case ActionKind.REMOVE:
                return any(each.removed and order.reference in each.reason for each in self._removals(order.ref))
            case ActionKind.MESSAGE:
                return any(self._is_our_message(each, order) for each in self._messages(since))

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

    def _is_our_lock(self, locking: wire.Locking, since: datetime) -> bool:
        """A lock has no reason in 0.19, so the time has to do."""
        return locking.locked and locking.mod_person_id == self.me and moment(locking.when_) >= since

    def _is_our_message(self, message: wire.Message, order: Order) -> bool:
        return message.creator_id == self.me and order.reference in message.content

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

    def _reports(self, ref: ItemRef, page: int) -> list[wire.Report]:
        get = self.endpoints.requestor.get
        if ref.kind is Kind.POST:
            body = get("/post/report/list", post_id=number(ref.id), unresolved_only=False, limit=PAGE, page=page)
            return [each.post_report for each in wire.as_(wire.PostReportList, body).post_reports]
        body = get("/comment/report/list", comment_id=number(ref.id), unresolved_only=False, limit=PAGE, page=page)
        return [each.comment_report for each in wire.as_(wire.CommentReportList, body).comment_reports]

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

        for comments in _pages(page_of):
            recent = [each for each in comments if moment(each.published) >= since]
            yield from recent
            if not recent:
                return

    def _messages(self, since: datetime) -> Iterator[wire.Message]:
        def page_of(page: int) -> list[wire.Message]:
            body = self.endpoints.message.list(unread_only=False, page=page, limit=PAGE)
            return [each.private_message for each in wire.as_(wire.MessageList, body).private_messages]

        for messages in _pages(page_of):
            recent = [each for each in messages if moment(each.published) >= since]
            yield from recent
            if not recent:
                return


def _pages(page_of: Callable[[int], list[RowT]]) -> Iterator[list[RowT]]:
    for page in range(1, MOST_PAGES + 1):
        rows = page_of(page)
        if rows:
            yield rows
        if len(rows) < PAGE:
            return
