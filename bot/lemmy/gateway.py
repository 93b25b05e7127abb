"""The engine's port to one account on a Lemmy 0.19 instance."""

import re
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta

from pythorhead.types import CommentSortType, FeatureType, ListingType, SortType

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
from bot.domain.item import Item, ItemRef, Kind
from bot.engine.ports import (
    BanEntry,
    Found,
    Identity,
    LemmyError,
    Listed,
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
from bot.lemmy.paging import PAGE, number
from bot.lemmy.readback import ReadBack
from bot.lemmy.reports import Reports
from bot.lemmy.requestor import Endpoints, LemmyRequestor
from bot.lemmy.session import Session, reading

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

    def look(self, ref: ItemRef) -> Listed:
        me = self._confirmed()
        with self._reading_as_us():
            return self._look(ref, me)

    def open_reports(self) -> Mapping[ItemRef, int] | None:
        me = self._confirmed()
        with self._reading_as_us():
            return Reports(self._endpoints, me).counts()

    def removed_by_us(self, ref: ItemRef) -> bool:
        me = self._confirmed()
        with self._reading_as_us():
            return self._read_back(me).removed_by_us(ref)

    def latest_ban(self, community_id: str, person_id: str) -> BanEntry | None:
        me = self._confirmed()
        with self._reading_as_us():
            return self._read_back(me).latest_ban(community_id, person_id)

    def perform(self, order: Order) -> Receipt:
        try:
            me = self._confirmed()
        except NotUnderstood as error:
            raise Unreachable(f"nothing was sent: {error}") from None
        try:
            with self._acknowledged():
                return self._send(order, me)
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

    def write_once(self, to: str, text: str, reference: str, since: datetime) -> None:
        """Send a private message to a full name, unless one that bears the reference was sent since. Raises LemmyError.

        ``text`` bears the reference.
        """
        me = self._confirmed()
        with self._reading_as_us():
            if self._read_back(me).has_written(reference, since):
                return
            person = self._person(to)
        with self._acknowledged():
            wire.as_(wire.MessageAnswer, self._endpoints.message.create(text, person))

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

    def _look(self, ref: ItemRef, me: int) -> Listed:
        if ref.kind is Kind.POST:
            answer = wire.as_(wire.PostAnswer, self._endpoints.post.get(number(ref.id)))
            return read.listed_post(answer.post_view, self._requestor.dated())
        view = wire.as_(wire.CommentAnswer, self._endpoints.comment.get(number(ref.id))).comment_view
        if view.comment.removed and not view.comment.content:
            view.comment.content = self._read_back(me).text_of_removed(view.comment)
        return read.listed_comment(view)

    def _read_back(self, me: int) -> ReadBack:
        return ReadBack(self._endpoints, me, self._item)

    def _report_that_is_there(self, order: Order, me: int) -> Receipt:
        try:
            with self._reading_as_us():
                ours = Reports(self._endpoints, me).ours(order.ref)
        except Refused:
            raise
        except LemmyError as error:
            raise Unclear(f"the report list could not be read: {error}") from None
        if ours is None:
            raise Refused("couldnt_create_report")
        return Receipt(str(ours))

    def _send(self, order: Order, me: int) -> Receipt:  # noqa: C901, PLR0911 - one branch a kind of action
        match order.action:
            case Report():
                return self._report(order)
            case Reply() | Hold(in_public=True):
                return self._reply(order)
            case Message() | Hold():
                return self._message(order, number(order.author_id))
            case Notify():
                return self._message(order, self._person(order.to))
            case Lock():
                return self._lock(order)
            case Feature():
                return self._feature(order)
            case Remove():
                return self._remove(order, removed=True)
            case Restore():
                return self._remove(order, removed=False)
            case Approve():
                return self._approve(order, me)
            case Ban(days=days):
                return self._ban(order, days)
            case Strike():
                return Receipt()  # is kept in the ledger; the server is told nothing

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

    def _feature(self, order: Order) -> Receipt:
        body = self._endpoints.post.feature(number(order.post_id), feature=True, feature_type=FeatureType.Community)
        return _done(wire.as_(wire.PostAnswer, body).post_view.post.featured_community)

    def _remove(self, order: Order, *, removed: bool) -> Receipt:
        id_, ends = number(order.ref.id), self._endpoints
        if order.ref.kind is Kind.POST:
            post_answer = wire.as_(wire.PostAnswer, ends.post.remove(id_, removed=removed, reason=order.text))
            return _done(post_answer.post_view.post.removed is removed)
        answer = wire.as_(wire.CommentAnswer, ends.comment.remove(id_, removed=removed, reason=order.text))
        return _done(answer.comment_view.comment.removed is removed)

    def _approve(self, order: Order, me: int) -> Receipt:
        """Several requests; each looks first whether it is needed, so the whole may be sent again."""
        reports = Reports(self._endpoints, me)
        for report in reports.open_by_others(order.ref):
            _done(reports.resolve(order.ref.kind, report))
        return self._remove(order, removed=False) if self._read_back(me).removed_by_us(order.ref) else Receipt()

    def _ban(self, order: Order, days: int | None) -> Receipt:
        """Content is never removed along: Lemmy 0.19 would remove ten comments, and log none of it."""
        expires = None if days is None else int((self._requestor.dated() + timedelta(days=days)).timestamp())
        body = self._endpoints.community.ban_user(
            ban=True,
            expires=expires,
            person_id=number(order.author_id),
            community_id=number(order.community_id),
            reason=order.text,
        )
        return _done(wire.as_(wire.BanAnswer, body).banned)

    def _message(self, order: Order, recipient: int) -> Receipt:
        body = self._endpoints.message.create(order.text, recipient)
        return Receipt(str(wire.as_(wire.MessageAnswer, body).private_message_view.private_message.id))

    def _person(self, full_name: str) -> int:
        """Raises Gone when nobody is called so."""
        with reading():
            body = self._requestor.get("/user", username=full_name, limit=1)
            return wire.as_(wire.PersonAnswer, body).person_view.person.id


def _done(as_wanted: bool) -> Receipt:
    if not as_wanted:
        raise Unclear("the server agrees, but shows the item as it was")
    return Receipt()
