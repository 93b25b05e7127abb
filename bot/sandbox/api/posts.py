"""Posts: listed, read, written, moderated."""

from collections.abc import Iterator
from itertools import chain
from typing import Literal

import msgspec

from bot.sandbox.api.call import Call, Paged, Route, Routes, page_of
from bot.sandbox.deeds import found, permits, posts
from bot.sandbox.deeds.posts import PostText
from bot.sandbox.rates import Class
from bot.sandbox.refusal import Refusal
from bot.sandbox.rows import Post
from bot.sandbox.tables.timeline import Key, Timeline, together
from bot.sandbox.views import items, people
from bot.sandbox.views.rows import Json

Listing = Literal["All", "Local", "Subscribed", "ModeratorView"]
Sort = Literal[
    "Active", "Hot", "New", "Old", "Scaled", "Controversial", "MostComments", "NewComments",
    "TopHour", "TopSixHour", "TopTwelveHour", "TopDay", "TopWeek", "TopMonth", "TopThreeMonths", "TopSixMonths",
    "TopNineMonths", "TopYear", "TopAll",
]  # fmt: skip
"""All but Old list newest first here."""


class _List(Paged):
    type_: Listing = "Local"
    sort: Sort = "Active"
    community_id: int | None = None
    community_name: str | None = None
    page_cursor: str | None = None
    show_nsfw: bool | None = None
    show_read: bool | None = None
    show_hidden: bool | None = None


class _Get(msgspec.Struct):
    id: int | None = None
    comment_id: int | None = None


class _Create(msgspec.Struct):
    name: str
    community_id: int
    url: str | None = None
    body: str | None = None
    alt_text: str | None = None
    nsfw: bool | None = None
    language_id: int | None = None


class _Edit(msgspec.Struct):
    post_id: int
    name: str | None = None
    url: str | None = None
    body: str | None = None
    alt_text: str | None = None
    nsfw: bool | None = None
    language_id: int | None = None


class _Delete(msgspec.Struct):
    post_id: int
    deleted: bool


class _Remove(msgspec.Struct):
    post_id: int
    removed: bool
    reason: str | None = None


class _Lock(msgspec.Struct):
    post_id: int
    locked: bool


class _Feature(msgspec.Struct):
    post_id: int
    featured: bool
    feature_type: Literal["Community", "Local"]


def list_(call: Call) -> Json:
    asked = call.query(_List)
    page = page_of(_listed(call, asked), asked, "couldnt_get_posts")
    answer: Json = {"posts": [items.post_view(call.world, each, call.viewer) for each in page]}
    return answer | ({"next_page": f"P{page[-1].id:x}"} if page else {})


def get(call: Call) -> Json:
    asked, world = call.query(_Get), call.world
    id_ = asked.id
    if asked.comment_id is not None:
        id_ = found.comment(world, asked.comment_id).post_id
    post = world.posts.rows.get(id_ or 0)
    if post is None or not posts.may_see(world, call.viewer, post):
        raise Refusal("couldnt_find_post")
    community = world.communities.rows[post.community_id]
    answer = {
        "post_view": items.post_view(world, post, call.viewer),
        "community_view": people.community_view(world, community, call.viewer),
        "moderators": people.moderators(world, community),
        "cross_posts": [],
    }
    if call.viewer is not None:
        posts.mark_read(world, call.viewer, post.id)
    return answer


def create(call: Call) -> Json:
    form, me = call.form(_Create), call.me()
    text = PostText(form.name, form.url, form.body, form.alt_text, form.nsfw, form.language_id)
    return _answer(call, posts.create(call.world, me, form.community_id, text))


def edit(call: Call) -> Json:
    form, me = call.form(_Edit), call.me()
    text = PostText(form.name, form.url, form.body, form.alt_text, form.nsfw, form.language_id)
    return _answer(call, posts.edit(call.world, me, form.post_id, text))


def delete(call: Call) -> Json:
    form, me = call.form(_Delete), call.me()
    return _answer(call, posts.delete(call.world, me, form.post_id, deleted=form.deleted))


def remove(call: Call) -> Json:
    form, me = call.form(_Remove), call.me()
    return _answer(call, posts.remove(call.world, me, form.post_id, removed=form.removed, reason=form.reason))


def lock(call: Call) -> Json:
    form, me = call.form(_Lock), call.me()
    return _answer(call, posts.lock(call.world, me, form.post_id, locked=form.locked))


def feature(call: Call) -> Json:
    form, me = call.form(_Feature), call.me()
    here = form.feature_type == "Community"
    return _answer(call, posts.feature(call.world, me, form.post_id, featured=form.featured, in_community=here))


def _answer(call: Call, post: Post) -> Json:
    return {"post_view": items.post_view(call.world, post, call.viewer)}


def _listed(call: Call, asked: _List) -> Iterator[Post]:
    world, community_id = call.world, None
    if asked.community_id is not None or asked.community_name is not None:
        community_id = _community_id(call, asked)
    ids = _in_order(call, asked, community_id, _after(call, asked))
    listed = (world.posts.rows[each] for each in ids)
    return (each for each in listed if _is_listed(call, asked, each))


def _community_id(call: Call, asked: _List) -> int:
    try:
        return found.community(call.world, asked.community_id, asked.community_name).id
    except Refusal:
        raise Refusal("unknown", 404, "Record not found") from None


def _after(call: Call, asked: _List) -> Post | None:
    """The last post that was had already."""
    if asked.page_cursor is None:
        return None
    try:
        return call.world.posts.rows[int(asked.page_cursor.removeprefix("P"), 16)]
    except (ValueError, KeyError):
        raise Refusal("unknown", message="Could not parse pagination token") from None


def _in_order(call: Call, asked: _List, community_id: int | None, after: Post | None) -> Iterator[int]:
    """Featured ones first, whatever their age: of the whole site, or within a community that community's."""
    world, oldest_first = call.world, asked.sort == "Old"
    scope = _scope(call, asked, community_id)

    def is_first(post: Post) -> bool:
        return post.featured_local if community_id is None else post.featured_community

    first = [each for each in (world.posts.rows[id_] for id_ in world.posts.featured) if is_first(each)]
    keys = sorted(((each.sorted_at, each.id) for each in first if _is_in(call, scope, each)), reverse=not oldest_first)
    first_ids = {id_ for _, id_ in keys}
    start: Key | None = None
    if after is not None and is_first(after):
        keys = keys[keys.index((after.sorted_at, after.id)) + 1 :] if after.id in first_ids else []
    elif after is not None:
        keys, start = [], (after.sorted_at, after.id)
    rest = together(scope, start, oldest_first=oldest_first)
    return chain((id_ for _, id_ in keys), (id_ for id_ in rest if id_ not in first_ids))


def _scope(call: Call, asked: _List, community_id: int | None) -> list[Timeline]:
    """A community that is asked for by name or number replaces the listing type. Nobody moderates everything."""
    table, viewer = call.world.posts, call.viewer
    if community_id is not None:
        return [table.of_community[community_id]]
    if asked.type_ == "Subscribed" and viewer is not None:
        return []
    if asked.type_ == "ModeratorView" and viewer is not None:
        return [table.of_community[each.id] for each in call.world.communities.moderated_by(viewer.id)]
    return [table.all]


def _is_in(call: Call, scope: list[Timeline], post: Post) -> bool:
    return call.world.posts.all in scope or call.world.posts.of_community[post.community_id] in scope


def _is_listed(call: Call, asked: _List, post: Post) -> bool:
    world, viewer = call.world, call.viewer
    community = world.communities.rows[post.community_id]
    if not post.is_shown or community.removed or community.deleted:
        return False
    if asked.type_ == "Local" and not community.local:
        return False
    return permits.may_see_community(world, viewer, community.id) and not _is_hidden(call, asked, post)


def _is_hidden(call: Call, asked: _List, post: Post) -> bool:
    """By the settings of the account, where the question does not override them."""
    viewer = call.viewer
    settings = viewer.settings if viewer is not None else None
    shows_nsfw = asked.show_nsfw if asked.show_nsfw is not None else settings is not None and settings.show_nsfw
    if post.nsfw and not shows_nsfw:
        return True
    if viewer is None or settings is None:
        return False
    if not settings.show_bot_accounts and call.world.people.rows[post.creator_id].bot_account:
        return True
    shows_read = asked.show_read if asked.show_read is not None else settings.show_read_posts
    return not shows_read and (viewer.id, post.id) in call.world.posts.read


ROUTES: Routes = {
    ("GET", "/post/list"): Route(list_),
    ("GET", "/post"): Route(get),
    ("POST", "/post"): Route(create, Class.POST),
    ("PUT", "/post"): Route(edit),
    ("POST", "/post/delete"): Route(delete),
    ("POST", "/post/remove"): Route(remove),
    ("POST", "/post/lock"): Route(lock),
    ("POST", "/post/feature"): Route(feature),
}
