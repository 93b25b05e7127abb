"""Reports with what they are about."""

from bot.domain.item import Kind
from bot.sandbox.rows import Person, Report
from bot.sandbox.views import items, rows
from bot.sandbox.views.rows import Json, present
from bot.sandbox.world import World


def report_view(world: World, row: Report, viewer: Person | None) -> Json:
    made = post_report_view if row.kind is Kind.POST else comment_report_view
    view = made(world, row, viewer)
    if row.resolver_id is not None:
        view["resolver"] = rows.person(world.people.rows[row.resolver_id])
    return view


def post_report_view(world: World, row: Report, viewer: Person | None) -> Json:
    post, reporter = world.posts.rows[row.item_id], world.people.rows[row.creator_id]
    original = {
        "original_post_name": row.original_name,
        "original_post_url": row.original_url,
        "original_post_body": row.original_text,
    }
    return {
        "post_report": _report(row, "post_id", original),
        "post": rows.post(post),
        "community": rows.community(world.communities.rows[row.community_id]),
        "creator": rows.person(reporter),
        "post_creator": rows.person(world.people.rows[post.creator_id]),
        "creator_banned_from_community": world.communities.is_banned(
            row.community_id, post.creator_id, world.clock.now()
        ),
        # Of a post report this says whether the viewer moderates, as the recordings have it.
        "creator_is_moderator": viewer is not None and world.communities.is_moderator(row.community_id, viewer.id),
        "creator_is_admin": world.people.rows[post.creator_id].is_admin,
        **items.post_marks(world, post, viewer),
        "counts": items.post_counts(world, post),
    }


def comment_report_view(world: World, row: Report, viewer: Person | None) -> Json:
    comment = world.comments.rows[row.item_id]
    writer = world.people.rows[comment.creator_id]
    return {
        "comment_report": _report(row, "comment_id", {"original_comment_text": row.original_text}),
        "comment": rows.comment(comment, blanked=items.is_blanked(comment, viewer)),
        "post": rows.post(world.posts.rows[comment.post_id]),
        "community": rows.community(world.communities.rows[row.community_id]),
        "creator": rows.person(world.people.rows[row.creator_id]),
        "comment_creator": rows.person(writer),
        "counts": items.comment_counts(world, comment),
        "creator_banned_from_community": world.communities.is_banned(row.community_id, writer.id, world.clock.now()),
        "creator_is_moderator": world.communities.is_moderator(row.community_id, writer.id),
        "creator_is_admin": writer.is_admin,
        "creator_blocked": False,
        "subscribed": "NotSubscribed",
        "saved": False,
    }


def _report(row: Report, item: str, original: Json) -> Json:
    return present(
        {
            "id": row.id,
            "creator_id": row.creator_id,
            item: row.item_id,
            **original,
            "reason": row.reason,
            "resolved": row.resolved,
            "resolver_id": row.resolver_id,
            "published": row.published,
            "updated": row.updated,
        }
    )
