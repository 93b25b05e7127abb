"""The modlog: fifteen arrays, of which the sandbox fills seven.

Posts and comments stand there with their full text, removed ones too, whoever asks.
"""

from collections.abc import Callable, Mapping

from bot.sandbox.rows import ModAction, ModKind
from bot.sandbox.views import rows
from bot.sandbox.views.rows import Json, present
from bot.sandbox.world import World

EMPTY = (
    "removed_communities",
    "transferred_to_community",
    "added",
    "admin_purged_persons",
    "admin_purged_communities",
    "admin_purged_posts",
    "admin_purged_comments",
    "hidden_communities",
)
ARRAYS: Mapping[ModKind, str] = {
    ModKind.REMOVE_POST: "removed_posts",
    ModKind.LOCK_POST: "locked_posts",
    ModKind.FEATURE_POST: "featured_posts",
    ModKind.REMOVE_COMMENT: "removed_comments",
    ModKind.BAN_FROM_COMMUNITY: "banned_from_community",
    ModKind.BAN: "banned",
    ModKind.ADD_TO_COMMUNITY: "added_to_community",
}


def entry(world: World, row: ModAction, *, names_moderator: bool) -> Json:
    view = _VIEWS[row.kind](world, row)
    if names_moderator:
        view["moderator"] = rows.person(world.people.rows[row.actor_id])
    return view


def _removed_post(world: World, row: ModAction) -> Json:
    about = {"post_id": row.post_id, "reason": row.reason, "removed": row.flag}
    return {"mod_remove_post": _action(row, about), **_post(world, row)}


def _locked_post(world: World, row: ModAction) -> Json:
    return {"mod_lock_post": _action(row, {"post_id": row.post_id, "locked": row.flag}), **_post(world, row)}


def _featured_post(world: World, row: ModAction) -> Json:
    about = {"post_id": row.post_id, "featured": row.flag, "is_featured_community": row.of_community}
    return {"mod_feature_post": _action(row, about), **_post(world, row)}


def _removed_comment(world: World, row: ModAction) -> Json:
    assert row.comment_id is not None
    comment = world.comments.rows[row.comment_id]
    about = {"comment_id": row.comment_id, "reason": row.reason, "removed": row.flag}
    return {
        "mod_remove_comment": _action(row, about),
        "comment": rows.comment(comment, blanked=False),
        "commenter": rows.person(world.people.rows[comment.creator_id]),
        "post": rows.post(world.posts.rows[comment.post_id]),
        **_community(world, row),
    }


def _banned_from_community(world: World, row: ModAction) -> Json:
    about = {"community_id": row.community_id, **_ban(row)}
    banned = _person(world, row)
    return {"mod_ban_from_community": _action(row, about), **_community(world, row), "banned_person": banned}


def _banned(world: World, row: ModAction) -> Json:
    return {"mod_ban": _action(row, _ban(row)), "banned_person": _person(world, row)}


def _added_to_community(world: World, row: ModAction) -> Json:
    about = {"other_person_id": row.person_id, "community_id": row.community_id, "removed": row.flag}
    return {"mod_add_community": _action(row, about), **_community(world, row), "modded_person": _person(world, row)}


_VIEWS: Mapping[ModKind, Callable[[World, ModAction], Json]] = {
    ModKind.REMOVE_POST: _removed_post,
    ModKind.LOCK_POST: _locked_post,
    ModKind.FEATURE_POST: _featured_post,
    ModKind.REMOVE_COMMENT: _removed_comment,
    ModKind.BAN_FROM_COMMUNITY: _banned_from_community,
    ModKind.BAN: _banned,
    ModKind.ADD_TO_COMMUNITY: _added_to_community,
}


def _action(row: ModAction, about: Json) -> Json:
    return present({"id": row.id, "mod_person_id": row.actor_id, **about, "when_": row.when})


def _ban(row: ModAction) -> Json:
    return {"other_person_id": row.person_id, "reason": row.reason, "banned": row.flag, "expires": row.expires}


def _post(world: World, row: ModAction) -> Json:
    assert row.post_id is not None
    return {"post": rows.post(world.posts.rows[row.post_id]), **_community(world, row)}


def _community(world: World, row: ModAction) -> Json:
    assert row.community_id is not None
    return {"community": rows.community(world.communities.rows[row.community_id])}


def _person(world: World, row: ModAction) -> Json:
    assert row.person_id is not None
    return rows.person(world.people.rows[row.person_id])
