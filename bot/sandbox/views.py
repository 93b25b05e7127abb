"""The world as Lemmy 0.19's JSON. What is not set is left out, never null."""

from datetime import UTC, datetime
from typing import Any

from bot.sandbox.world import Comment, Community, Entry, Message, Person, Post, Report, World

Json = dict[str, Any]


def stamp(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def _set(**values: Any) -> Json:
    return {
        key: stamp(value) if isinstance(value, datetime) else value
        for key, value in values.items()
        if value is not None
    }


def person(world: World, row: Person) -> Json:
    return _set(
        id=row.id,
        name=row.name,
        display_name=row.display_name,
        banned=row.banned,
        published=row.published,
        actor_id=f"http://{row.host}/u/{row.name}",
        bio=row.bio,
        local=row.host == world.host,
        deleted=False,
        bot_account=row.is_bot,
        instance_id=1,
    )


def person_view(world: World, row: Person) -> Json:
    counts = {
        "person_id": row.id,
        "post_count": sum(each.creator_id == row.id for each in world.posts.values()),
        "comment_count": sum(each.creator_id == row.id for each in world.comments.values()),
    }
    return {"person": person(world, row), "counts": counts, "is_admin": row.is_admin}


def community(world: World, row: Community) -> Json:
    return _set(
        id=row.id,
        name=row.name,
        title=row.name.title(),
        description="The rules stand in the sidebar.",
        removed=False,
        published=row.published,
        deleted=False,
        nsfw=False,
        actor_id=f"http://{world.host}/c/{row.name}",
        local=True,
        hidden=False,
        posting_restricted_to_mods=False,
        instance_id=1,
        visibility="LocalOnly" if row.local_only else "Public",
    )


def community_view(world: World, row: Community, me: Person | None) -> Json:
    counts = {
        "community_id": row.id,
        "subscribers": 1,
        "posts": sum(each.community_id == row.id for each in world.posts.values()),
        "comments": 0,
        "published": stamp(row.published),
        "users_active_day": 0,
        "users_active_week": 0,
        "users_active_month": 0,
        "users_active_half_year": 0,
        "subscribers_local": 1,
    }
    return {
        "community": community(world, row),
        "subscribed": "NotSubscribed",
        "blocked": False,
        "counts": counts,
        "banned_from_community": bool(me and me.id in row.banned),
    }


def moderators(world: World, row: Community) -> list[Json]:
    return [
        {"community": community(world, row), "moderator": person(world, world.people[each])} for each in row.moderators
    ]


def post(row: Post) -> Json:
    return _set(
        id=row.id,
        name=row.name,
        url=row.url,
        body=row.body,
        creator_id=row.creator_id,
        community_id=row.community_id,
        removed=row.removed,
        locked=row.locked,
        published=row.published,
        updated=row.updated,
        deleted=row.deleted,
        nsfw=row.nsfw,
        embed_title=row.embed_title,
        embed_description=row.embed_description,
        url_content_type=row.url_content_type,
        alt_text=row.alt_text,
        ap_id=row.ap_id,
        local=True,
        language_id=row.language_id,
        featured_community=row.featured_community,
        featured_local=row.featured_local,
    )


def post_counts(world: World, row: Post) -> Json:
    below = [each for each in world.comments.values() if each.post_id == row.id]
    return {
        "post_id": row.id,
        "comments": len(below),
        "score": row.score,
        "upvotes": row.score,
        "downvotes": 0,
        "published": stamp(row.published),
        "newest_comment_time": stamp(max((each.published for each in below), default=row.published)),
    }


def post_view(world: World, row: Post, me: Person | None) -> Json:
    return {
        "post": post(row),
        "creator": person(world, world.people[row.creator_id]),
        "community": community(world, world.communities[row.community_id]),
        **_standing(world, row.creator_id, row.community_id, me),
        "counts": post_counts(world, row),
        "subscribed": "NotSubscribed",
        "saved": False,
        "read": False,
        "hidden": False,
        "creator_blocked": False,
        "unread_comments": 0,
    }


def comment(row: Comment) -> Json:
    return _set(
        id=row.id,
        creator_id=row.creator_id,
        post_id=row.post_id,
        content="" if row.removed or row.deleted else row.content,
        removed=row.removed,
        published=row.published,
        updated=row.updated,
        deleted=row.deleted,
        ap_id=row.ap_id,
        local=True,
        path=row.path,
        distinguished=row.distinguished,
        language_id=row.language_id,
    )


def comment_counts(row: Comment) -> Json:
    return {
        "comment_id": row.id,
        "score": row.score,
        "upvotes": row.score,
        "downvotes": 0,
        "published": stamp(row.published),
        "child_count": 0,
    }


def comment_view(world: World, row: Comment, me: Person | None) -> Json:
    above = world.posts[row.post_id]
    return {
        "comment": comment(row),
        "creator": person(world, world.people[row.creator_id]),
        "post": post(above),
        "community": community(world, world.communities[above.community_id]),
        "counts": comment_counts(row),
        **_standing(world, row.creator_id, above.community_id, me),
        "subscribed": "NotSubscribed",
        "saved": False,
        "creator_blocked": False,
    }


def _standing(world: World, creator_id: int, community_id: int, me: Person | None) -> Json:
    row = world.communities[community_id]
    return {
        "creator_banned_from_community": creator_id in row.banned,
        "banned_from_community": bool(me and me.id in row.banned),
        "creator_is_moderator": creator_id in row.moderators,
        "creator_is_admin": world.people[creator_id].is_admin,
    }


def post_report_view(world: World, report: Report) -> Json:
    row = world.posts[report.item_id]
    name, url, body = report.original
    told = _set(
        id=report.id,
        creator_id=report.creator_id,
        post_id=row.id,
        original_post_name=name,
        original_post_url=url,
        original_post_body=body,
        reason=report.reason,
        resolved=report.resolved,
        resolver_id=report.resolver_id,
        published=report.published,
        updated=report.published if report.resolver_id else None,
    )
    view = {
        "post_report": told,
        "post": post(row),
        "post_creator": person(world, world.people[row.creator_id]),
        "read": False,
        "hidden": False,
        "unread_comments": 0,
        "counts": post_counts(world, row),
    }
    return view | _report_common(world, report, row.creator_id, row.community_id)


def comment_report_view(world: World, report: Report) -> Json:
    row = world.comments[report.item_id]
    above = world.posts[row.post_id]
    told = _set(
        id=report.id,
        creator_id=report.creator_id,
        comment_id=row.id,
        original_comment_text=report.original[0],
        reason=report.reason,
        resolved=report.resolved,
        resolver_id=report.resolver_id,
        published=report.published,
        updated=report.published if report.resolver_id else None,
    )
    view = {
        "comment_report": told,
        "comment": comment(row),
        "post": post(above),
        "comment_creator": person(world, world.people[row.creator_id]),
        "counts": comment_counts(row),
    }
    return view | _report_common(world, report, row.creator_id, above.community_id)


def _report_common(world: World, report: Report, creator_id: int, community_id: int) -> Json:
    standing = _standing(world, creator_id, community_id, None)
    del standing["banned_from_community"]
    resolver = world.people[report.resolver_id] if report.resolver_id else None
    return {
        "community": community(world, world.communities[community_id]),
        "creator": person(world, world.people[report.creator_id]),
        **standing,
        "creator_blocked": False,
        "subscribed": "NotSubscribed",
        "saved": False,
        **({"resolver": person(world, resolver)} if resolver else {}),
    }


def message_view(world: World, row: Message) -> Json:
    return {
        "private_message": {
            "id": row.id,
            "creator_id": row.creator_id,
            "recipient_id": row.recipient_id,
            "content": row.content,
            "deleted": False,
            "read": row.read,
            "published": stamp(row.published),
            "ap_id": f"http://{world.host}/private_message/{row.id}",
            "local": True,
            "removed": False,
        },
        "creator": person(world, world.people[row.creator_id]),
        "recipient": person(world, world.people[row.recipient_id]),
    }


MODLOG = {
    "ModRemovePost": "removed_posts",
    "ModLockPost": "locked_posts",
    "ModFeaturePost": "featured_posts",
    "ModRemoveComment": "removed_comments",
    "ModRemoveCommunity": "removed_communities",
    "ModBanFromCommunity": "banned_from_community",
    "ModBan": "banned",
    "ModAddCommunity": "added_to_community",
    "ModTransferCommunity": "transferred_to_community",
    "ModAdd": "added",
    "AdminPurgePerson": "admin_purged_persons",
    "AdminPurgeCommunity": "admin_purged_communities",
    "AdminPurgePost": "admin_purged_posts",
    "AdminPurgeComment": "admin_purged_comments",
    "ModHideCommunity": "hidden_communities",
}
"""Kinds of entries, and the lists in which the answer has them."""


def entry(world: World, row: Entry, *, names: bool) -> Json:
    """One line of the modlog; moderators' names only for those who may see them."""
    base = {"id": row.id, "mod_person_id": row.moderator_id, "when_": row.when, "reason": row.reason}
    view: Json = {"moderator": person(world, world.people[row.moderator_id])} if names else {}
    view["community"] = community(world, world.communities[row.community_id])
    match row.kind:
        case "ModRemovePost":
            told = _set(**base, post_id=row.subject, removed=row.value)
            return view | {"mod_remove_post": told, "post": post(world.posts[row.subject])}
        case "ModLockPost":
            told = _set(**base, post_id=row.subject, locked=row.value)
            return view | {"mod_lock_post": told, "post": post(world.posts[row.subject])}
        case "ModFeaturePost":
            told = _set(**base, post_id=row.subject, featured=row.value, is_featured_community=row.is_community)
            return view | {"mod_feature_post": told, "post": post(world.posts[row.subject])}
        case "ModRemoveComment":
            return view | _removed_comment(world, row, base)
        case _:
            return view | _person_entry(world, row, base)


def _removed_comment(world: World, row: Entry, base: Json) -> Json:
    subject = world.comments[row.subject]
    return {
        "mod_remove_comment": _set(**base, comment_id=row.subject, removed=row.value),
        "comment": comment(subject) | {"content": subject.content},
        "commenter": person(world, world.people[subject.creator_id]),
        "post": post(world.posts[subject.post_id]),
    }


def _person_entry(world: World, row: Entry, base: Json) -> Json:
    subject = person(world, world.people[row.subject])
    told = base | {"other_person_id": row.subject, "community_id": row.community_id}
    if row.kind == "ModBanFromCommunity":
        return {"mod_ban_from_community": _set(**told, banned=row.value), "banned_person": subject}
    return {"mod_add_community": _set(**told, removed=row.value), "modded_person": subject}
