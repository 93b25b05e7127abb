"""People and communities: read, searched, banned, made moderators."""

from collections.abc import Iterator
from typing import Literal

import msgspec

from bot.sandbox.api.call import Call, Paged, Route, Routes, page_of
from bot.sandbox.deeds import found, people, permits, posts
from bot.sandbox.rates import Class
from bot.sandbox.refusal import Refusal
from bot.sandbox.rows import Comment, Post
from bot.sandbox.views import items
from bot.sandbox.views import people as views
from bot.sandbox.views.rows import Json
from bot.sandbox.views.site import site


class _Person(Paged):
    person_id: int | None = None
    username: str | None = None
    community_id: int | None = None
    sort: str = "New"


class _Community(msgspec.Struct):
    id: int | None = None
    name: str | None = None


class _Resolve(msgspec.Struct):
    q: str


class _Search(Paged):
    q: str = ""
    type_: Literal["All", "Comments", "Posts", "Communities", "Users", "Url"] = "All"
    community_id: int | None = None
    creator_id: int | None = None


class _Ban(msgspec.Struct):
    community_id: int
    person_id: int
    ban: bool
    remove_data: bool | None = None
    reason: str | None = None
    expires: int | None = None


class _BanFromSite(msgspec.Struct):
    person_id: int
    ban: bool
    reason: str | None = None


class _Seat(msgspec.Struct):
    community_id: int
    person_id: int
    added: bool


def person(call: Call) -> Json:
    asked, world, viewer = call.query(_Person), call.world, call.viewer
    row = found.person(world, asked.person_id, asked.username)
    written = (world.posts.rows[id_] for _, id_ in world.posts.of_person[row.id].newest())
    said = (world.comments.rows[id_] for _, id_ in world.comments.of_person[row.id].newest())
    theirs = page_of((each for each in written if _is_here(call, asked, each)), asked, "couldnt_get_posts")
    comments = page_of((each for each in said if _is_here(call, asked, each)), asked, "couldnt_get_comments")
    return {
        "person_view": views.person_view(world, row),
        "site": site(world),
        "comments": [items.comment_view(world, each, viewer) for each in comments],
        "posts": [items.post_view(world, each, viewer) for each in theirs],
        "moderates": views.moderates(world, row),
    }


def _is_here(call: Call, asked: _Person, row: Post | Comment) -> bool:
    """Posts that are gone are left out for all but admins and their author; comments come blanked."""
    if asked.community_id not in {None, row.community_id}:
        return False
    if not permits.may_see_community(call.world, call.viewer, row.community_id):
        return False
    is_ours = call.viewer is not None and (call.viewer.is_admin or call.viewer.id == row.creator_id)
    return isinstance(row, Comment) or row.is_shown or is_ours


def community(call: Call) -> Json:
    asked, world = call.query(_Community), call.world
    row = found.community(world, asked.id, asked.name)
    if not permits.may_see_community(world, call.viewer, row.id):
        raise Refusal("couldnt_find_community", 404)
    return {
        "community_view": views.community_view(world, row, call.viewer),
        "site": site(world),
        "moderators": views.moderators(world, row),
        "discussion_languages": [],
    }


def resolve(call: Call) -> Json:
    """Of this instance's things only: nothing is fetched from elsewhere."""
    asked, world, viewer = call.query(_Resolve), call.world, call.viewer
    if (post := world.posts.at(asked.q)) is not None and posts.may_see(world, viewer, post) and post.is_shown:
        return {"post": items.post_view(world, post, viewer)}
    if (comment := world.comments.at(asked.q)) is not None and comment.is_shown:
        return {"comment": items.comment_view(world, comment, viewer)}
    if (row := world.people.at(asked.q)) is not None:
        return {"person": views.person_view(world, row)}
    if (place := world.communities.at(asked.q)) is not None:
        return {"community": views.community_view(world, place, viewer)}
    raise Refusal("couldnt_find_object")


def search(call: Call) -> Json:
    """Removed and deleted things are left out."""
    asked, world, viewer = call.query(_Search), call.world, call.viewer
    page = "couldnt_get_posts"
    posts_ = page_of(_found_posts(call, asked), asked, page) if asked.type_ in {"All", "Posts", "Url"} else []
    comments = page_of(_found_comments(call, asked), asked, page) if asked.type_ in {"All", "Comments"} else []
    users = [each for each in world.people.rows.values() if asked.q.lower() in each.name.lower()]
    places = [each for each in world.communities.rows.values() if asked.q.lower() in each.name.lower()]
    return {
        "type_": asked.type_,
        "comments": [items.comment_view(world, each, viewer) for each in comments],
        "posts": [items.post_view(world, each, viewer) for each in posts_],
        "communities": [views.community_view(world, each, viewer) for each in places]
        if asked.type_ in {"All", "Communities"}
        else [],
        "users": [views.person_view(world, each) for each in users] if asked.type_ in {"All", "Users"} else [],
    }


def _found_posts(call: Call, asked: _Search) -> Iterator[Post]:
    rows = (call.world.posts.rows[id_] for _, id_ in call.world.posts.all.newest())
    said = asked.q.lower()
    return (
        each
        for each in rows
        if (said in each.name.lower() or said in (each.body or "").lower() or asked.q == each.url)
        and _is_wanted(call, asked, each)
    )


def _found_comments(call: Call, asked: _Search) -> Iterator[Comment]:
    rows = (call.world.comments.rows[id_] for _, id_ in call.world.comments.all.newest())
    return (each for each in rows if asked.q.lower() in each.content.lower() and _is_wanted(call, asked, each))


def _is_wanted(call: Call, asked: _Search, row: Post | Comment) -> bool:
    return (
        row.is_shown
        and asked.community_id in {None, row.community_id}
        and asked.creator_id in {None, row.creator_id}
        and permits.may_see_community(call.world, call.viewer, row.community_id)
    )


def ban(call: Call) -> Json:
    form, me = call.form(_Ban), call.me()
    change = people.Ban(form.ban, bool(form.remove_data), form.reason, form.expires)
    banned = people.ban_from_community(call.world, me, form.community_id, form.person_id, change)
    return {"person_view": views.person_view(call.world, banned), "banned": form.ban}


def ban_from_site(call: Call) -> Json:
    form, me = call.form(_BanFromSite), call.me()
    banned = people.ban_from_site(call.world, me, form.person_id, ban=form.ban, reason=form.reason)
    return {"person_view": views.person_view(call.world, banned), "banned": form.ban}


def seat(call: Call) -> Json:
    form, me = call.form(_Seat), call.me()
    people.seat(call.world, me, form.community_id, form.person_id, added=form.added)
    return {"moderators": views.moderators(call.world, call.world.communities.rows[form.community_id])}


ROUTES: Routes = {
    ("GET", "/user"): Route(person),
    ("GET", "/community"): Route(community),
    ("GET", "/resolve_object"): Route(resolve),
    ("GET", "/search"): Route(search, Class.SEARCH),
    ("POST", "/community/ban_user"): Route(ban),
    ("POST", "/community/mod"): Route(seat),
    ("POST", "/user/ban"): Route(ban_from_site),
}
