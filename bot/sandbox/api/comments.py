"""Comments: listed, read, written, moderated."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Literal

import msgspec

from bot.sandbox.api.call import Call, Paged, Route, Routes, page_of
from bot.sandbox.api.posts import Listing
from bot.sandbox.deeds import comments, found, inbox, permits
from bot.sandbox.rates import Class
from bot.sandbox.refusal import Refusal
from bot.sandbox.rows import Comment
from bot.sandbox.tables.timeline import Timeline, together
from bot.sandbox.views import items
from bot.sandbox.views.inbox import reply_view
from bot.sandbox.views.rows import Json

_TREE = 300
"""Comments in an answer that is limited by depth; ``limit`` and ``page`` are ignored then."""


class _List(Paged):
    type_: Listing = "Local"
    sort: Literal["Hot", "Top", "New", "Old", "Controversial"] = "Hot"
    max_depth: int | None = None
    community_id: int | None = None
    community_name: str | None = None
    post_id: int | None = None
    parent_id: int | None = None


class _Get(msgspec.Struct):
    id: int


class _Create(msgspec.Struct):
    content: str
    post_id: int
    parent_id: int | None = None
    language_id: int | None = None


class _Edit(msgspec.Struct):
    comment_id: int
    content: str | None = None


class _Delete(msgspec.Struct):
    comment_id: int
    deleted: bool


class _Remove(msgspec.Struct):
    comment_id: int
    removed: bool
    reason: str | None = None


class _Distinguish(msgspec.Struct):
    comment_id: int
    distinguished: bool


class _MarkReply(msgspec.Struct):
    comment_reply_id: int
    read: bool


def list_(call: Call) -> Json:
    asked = call.query(_List)
    found_ = _listed(call, asked)
    page = _tree(found_, asked.max_depth) if asked.max_depth else page_of(found_, asked, "couldnt_get_comments")
    return {"comments": [items.comment_view(call.world, each, call.viewer) for each in page]}


def get(call: Call) -> Json:
    asked = call.query(_Get)
    comment = found.comment(call.world, asked.id)
    if not comments.may_see(call.world, call.viewer, comment):
        raise Refusal("couldnt_find_comment")
    return _answer(call, comment, [])


def create(call: Call) -> Json:
    form, me = call.form(_Create), call.me()
    comment = comments.create(call.world, me, form.post_id, form.content, form.parent_id)
    return _told(call, comment)


def edit(call: Call) -> Json:
    form, me = call.form(_Edit), call.me()
    return _told(call, comments.edit(call.world, me, form.comment_id, form.content or ""))


def delete(call: Call) -> Json:
    form, me = call.form(_Delete), call.me()
    return _told(call, comments.delete(call.world, me, form.comment_id, deleted=form.deleted))


def remove(call: Call) -> Json:
    form, me = call.form(_Remove), call.me()
    return _told(call, comments.remove(call.world, me, form.comment_id, removed=form.removed, reason=form.reason))


def distinguish(call: Call) -> Json:
    form, me = call.form(_Distinguish), call.me()
    comment = comments.distinguish(call.world, me, form.comment_id, distinguished=form.distinguished)
    return _answer(call, comment, [])


def mark_reply(call: Call) -> Json:
    form, me = call.form(_MarkReply), call.me()
    word = "couldnt_update_comment"
    notice = inbox.mark_notice(call.world.replies, me, form.comment_reply_id, word, read=form.read)
    return {"comment_reply_view": reply_view(call.world, notice, me)}


def _told(call: Call, comment: Comment) -> Json:
    return _answer(call, comment, comments.recipients(call.world, comment))


def _answer(call: Call, comment: Comment, recipients: list[int]) -> Json:
    return {"comment_view": items.comment_view(call.world, comment, call.viewer), "recipient_ids": recipients}


def _listed(call: Call, asked: _List) -> Iterator[Comment]:
    """Removed and deleted ones stay in the list."""
    rows = call.world.comments.rows
    ids = together(_scope(call, asked), oldest_first=asked.sort == "Old")
    listed: Iterator[Comment] = (rows[each] for each in ids)
    if asked.parent_id is not None:
        path = found.comment(call.world, asked.parent_id).path
        listed = (each for each in listed if f"{each.path}.".startswith(f"{path}."))
    return (each for each in listed if permits.may_see_community(call.world, call.viewer, each.community_id))


def _scope(call: Call, asked: _List) -> list[Timeline]:
    """Unlike that of posts, nobody's moderator view is empty."""
    table = call.world.comments
    if asked.parent_id is not None:
        return [table.of_post[found.comment(call.world, asked.parent_id).post_id]]
    if asked.post_id is not None:
        return [table.of_post[asked.post_id]]
    if asked.community_id is not None or asked.community_name is not None:
        try:
            return [table.of_community[found.community(call.world, asked.community_id, asked.community_name).id]]
        except Refusal:
            raise Refusal("unknown", 404, "Record not found") from None
    if asked.type_ == "ModeratorView":
        mine = call.world.communities.moderated_by(call.viewer.id) if call.viewer is not None else []
        return [table.of_community[each.id] for each in mine]
    return [] if asked.type_ == "Subscribed" else [table.all]


def _tree(listed: Iterable[Comment], depth: int) -> list[Comment]:
    """Branch by branch, in each the listed order."""
    near = [each for each in listed if len(each.above) < depth]
    return list(islice(sorted(near, key=lambda each: each.above), _TREE))


ROUTES: Routes = {
    ("GET", "/comment/list"): Route(list_),
    ("GET", "/comment"): Route(get),
    ("POST", "/comment"): Route(create, Class.COMMENT),
    ("PUT", "/comment"): Route(edit),
    ("POST", "/comment/delete"): Route(delete),
    ("POST", "/comment/remove"): Route(remove),
    ("POST", "/comment/distinguish"): Route(distinguish),
    ("POST", "/comment/mark_as_read"): Route(mark_reply),
}
