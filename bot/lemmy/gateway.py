"""The engine's port to one account on a Lemmy 0.19 instance."""

import re
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime

from pythorhead.types import CommentSortType, ListingType, SortType

from bot.domain.action import ActionKind
from bot.domain.item import Item, ItemRef, Kind
from bot.engine.ports import (
    Found,
    Identity,
    LemmyError,
    NotLoggedIn,
    NotUnderstood,
    Order,
    Page,
    Receipt,
    Refused,
    Unclear,
    Unreachable,
)
from bot.http.client import Client
from bot.lemmy import read, wire
from bot.lemmy.account import Account
from bot.lemmy.readback import ReadBack, number
from bot.lemmy.requestor import Endpoints, LemmyRequestor
from bot.lemmy.session import Session, reading

PAGE = 50
"""Items a page; the most that Lemmy gives."""
LAST_COMMENT_PAGE = 100
"""Lemmy lists comments by page number only, and no further."""

_CURSOR = re.compile(r"[A-Za-z0-9]{1,32}")


class LemmyV3:
    """Implements ``bot.engine.ports.Lemmy``. For one thread; raises LemmyError and nothing else.

    Nothing is asked in a stranger's name: whatever is called first logs in, and after the server has once not known us
    the next call confirms who we are before it does anything.
    """

    def __init__(self, account: Account, client: Client, clock: Callable[[], float] = time.monotonic) -> None:
        """``clock`` counts seconds, for pauses between logins. Goes to the network only when something is asked."""
        self._endpoints = Endpoints(LemmyRequestor(client))
        self._requestor = self._endpoints.requestor
        self._session = Session(account, self._endpoints, clock)
        self._me: int | None = None
        """Our person's number; ``None`` when it has to be confirmed first."""

    def apply_settings(self) -> None:
        """Set what would hide content from us. Marks the account as a bot."""
        self._confirmed()
        with self._acknowledged():
            answer = self._endpoints.user.save_user_settings(
                bot_account=True, show_nsfw=True, show_bot_accounts=True, show_read_posts=True, discussion_languages=[]
            )
            wire.as_(wire.Success, answer)

    def identity(self) -> Identity:
        self._me = None
        user = self._session.confirm()
        with reading():
            server_time = self._requestor.dated()
            moderated = {read.community(each.community): each.community.description for each in user.moderates}
            person = user.local_user_view.person
            identity = Identity(
                person_id=str(person.id),
                name=person.name,
                moderates={each.full_name: each.id for each in moderated if each.full_name and each.id},
                server_time=server_time,
                warnings=tuple(self._warnings(user)),
                sidebars={each.full_name: sidebar for each, sidebar in moderated.items() if each.full_name},
            )
        self._me = person.id
        return identity

    def page(self, kind: Kind, token: str | None) -> Page:
        with self._reading_as_us():
            return self._posts(token) if kind is Kind.POST else self._comments(token)

    def item(self, ref: ItemRef) -> Item:
        with self._reading_as_us():
            return self._item(ref)

    def perform(self, order: Order) -> Receipt:
        try:
            me = self._confirmed()
        except NotUnderstood as error:
            raise Unreachable(f"nothing was sent: {error}") from None
        try:
            with self._acknowledged():
                return self._send(order)
        except Refused as error:
            if error.word != "couldnt_create_report":
                raise
        # Lemmy says so when we have reported the item already, and when its database failed.
        return self._report_that_is_there(order, me)

    def find(self, order: Order, since: datetime) -> Found:
        me = self._confirmed()
        with self._reading_as_us():
            return self._read_back(me).find(order, since)

    def human_decisions(self, ref: ItemRef) -> Sequence[str]:
        me = self._confirmed()
        with self._reading_as_us():
            return self._read_back(me).restored_by_others(ref)

    def _confirmed(self) -> int:
        """Our person's number, asked for when the server may not know us."""
        if self._me is None:
            try:
                self.identity()
            except Refused as error:
                # Said of us, it must not be taken for an answer about an item.
                raise NotUnderstood(f"the server does not say who we are: {error}") from None
        assert self._me is not None
        return self._me

    @contextmanager
    def _reading_as_us(self) -> Iterator[None]:
        self._confirmed()
        with self._noticing_strangeness(), reading():
            yield

    @contextmanager
    def _acknowledged(self) -> Iterator[None]:
        """A write's answer of another shape says that something was done, but not what."""
        with self._noticing_strangeness():
            try:
                yield
            except (ValueError, OverflowError) as error:
                raise Unclear(str(error)[:200]) from None

    @contextmanager
    def _noticing_strangeness(self) -> Iterator[None]:
        try:
            yield
        except NotLoggedIn:
            self._me = None
            raise

    def _warnings(self, user: wire.MyUser) -> Iterator[str]:
        if self._session.complaint:
            yield self._session.complaint
        for what, blocked in (
            ("people", user.person_blocks),
            ("communities", user.community_blocks),
            ("instances", user.instance_blocks),
        ):
            if blocked:
                yield f"the account blocks {len(blocked)} {what}, which hides replies and content; unblock them"
        settings = user.local_user_view.local_user
        if not (settings.show_nsfw and settings.show_bot_accounts and settings.show_read_posts):
            yield "the account's settings hide NSFW items, bots' items or read posts"
        if user.discussion_languages:
            yield "the account is narrowed to some languages, which hides items"

    def _posts(self, cursor: str | None) -> Page:
        if cursor is not None and not _CURSOR.fullmatch(cursor):
            raise Refused("not_a_cursor", "pages follow each other by what the server gave")
        body = self._requestor.get(
            "/post/list",
            type_=ListingType.ModeratorView,
            sort=SortType.New,
            limit=PAGE,
            show_nsfw=True,
            show_read=True,
            show_hidden=True,
            page_cursor=cursor,
        )
        server_time, answer = self._requestor.dated(), wire.as_(wire.PostList, body)
        listed = tuple(read.listed_post(view, server_time) for view in answer.posts)
        return Page(listed, answer.next_page if listed else None, server_time)

    def _comments(self, token: str | None) -> Page:
        page = 1 if token is None else number(token)
        body = self._requestor.get(
            "/comment/list", type_=ListingType.ModeratorView, sort=CommentSortType.New, limit=PAGE, page=page
        )
        server_time, answer = self._requestor.dated(), wire.as_(wire.CommentList, body)
        listed = tuple(read.listed_comment(view) for view in answer.comments)
        return Page(listed, str(page + 1) if listed and page < LAST_COMMENT_PAGE else None, server_time)

    def _item(self, ref: ItemRef) -> Item:
        if ref.kind is Kind.POST:
            answer = wire.as_(wire.PostAnswer, self._endpoints.post.get(number(ref.id)))
            return read.post(answer.post_view, self._requestor.dated())
        return read.comment(wire.as_(wire.CommentAnswer, self._endpoints.comment.get(number(ref.id))).comment_view)

    def _read_back(self, me: int) -> ReadBack:
        return ReadBack(self._endpoints, me, self._item)

    def _report_that_is_there(self, order: Order, me: int) -> Receipt:
        try:
            with self._reading_as_us():
                ours = self._read_back(me).report_by_us(order.ref)
        except Refused:
            raise
        except LemmyError as error:
            raise Unclear(f"the report list could not be read: {error}") from None
        if ours is None:
            raise Refused("couldnt_create_report")
        return Receipt(str(ours))

    def _send(self, order: Order) -> Receipt:
        match order.kind:
            case ActionKind.REPORT:
                return self._report(order)
            case ActionKind.REPLY:
                return self._reply(order)
            case ActionKind.LOCK:
                return self._lock(order)
            case ActionKind.REMOVE:
                return self._remove(order)
            case ActionKind.MESSAGE:
                return self._message(order)

    def _report(self, order: Order) -> Receipt:
        id_, ends = number(order.ref.id), self._endpoints
        if order.ref.kind is Kind.POST:
            post_report = wire.as_(wire.PostReportAnswer, ends.post.report(id_, order.text)).post_report_view
            return Receipt(str(post_report.post_report.id))
        answer = wire.as_(wire.CommentReportAnswer, ends.comment.report(id_, order.text))
        return Receipt(str(answer.comment_report_view.comment_report.id))

    def _reply(self, order: Order) -> Receipt:
        parent = number(order.ref.id) if order.ref.kind is Kind.COMMENT else None
        body = self._endpoints.comment.create(number(order.post_id), order.text, parent_id=parent)
        return Receipt(str(wire.as_(wire.CommentAnswer, body).comment_view.comment.id))

    def _lock(self, order: Order) -> Receipt:
        body = self._endpoints.post.lock(number(order.post_id), locked=True)
        return _done(wire.as_(wire.PostAnswer, body).post_view.post.locked)

    def _remove(self, order: Order) -> Receipt:
        id_, ends = number(order.ref.id), self._endpoints
        if order.ref.kind is Kind.POST:
            removed_post = wire.as_(wire.PostAnswer, ends.post.remove(id_, removed=True, reason=order.text))
            return _done(removed_post.post_view.post.removed)
        answer = wire.as_(wire.CommentAnswer, ends.comment.remove(id_, removed=True, reason=order.text))
        return _done(answer.comment_view.comment.removed)

    def _message(self, order: Order) -> Receipt:
        body = self._endpoints.message.create(order.text, number(order.author_id))
        return Receipt(str(wire.as_(wire.MessageAnswer, body).private_message_view.private_message.id))


def _done(as_wanted: bool) -> Receipt:
    if not as_wanted:
        raise Unclear("the server agrees, but shows the item as it was")
    return Receipt()
