"""Posts and comments with all that is around them, as one viewer sees them."""

from bot.sandbox.rows import Comment, Person, Post
from bot.sandbox.views import rows
from bot.sandbox.views.rows import Json
from bot.sandbox.world import World


def post_view(world: World, row: Post, viewer: Person | None) -> Json:
    creator, community_id = world.people.rows[row.creator_id], row.community_id
    view = {
        "post": rows.post(row),
        "creator": rows.person(creator),
        "community": rows.community(world.communities.rows[community_id]),
        "creator_banned_from_community": _is_banned(world, community_id, creator.id),
        "banned_from_community": viewer is not None and _is_banned(world, community_id, viewer.id),
        "creator_is_moderator": world.communities.is_moderator(community_id, creator.id),
        "creator_is_admin": creator.is_admin,
        "counts": post_counts(world, row),
        **post_marks(world, row, viewer),
    }
    return view | _vote(row, viewer)


def post_counts(world: World, row: Post) -> Json:
    return {
        "post_id": row.id,
        "comments": world.comments.shown_below_post[row.id],
        "score": row.upvotes - row.downvotes,
        "upvotes": row.upvotes,
        "downvotes": row.downvotes,
        "published": row.sorted_at,
        "newest_comment_time": world.comments.newest_below_post.get(row.id, row.sorted_at),
    }


def post_marks(world: World, row: Post, viewer: Person | None) -> Json:
    """What lies between the viewer and the post."""
    comments = world.comments.shown_below_post[row.id]
    seen = 0 if viewer is None else world.posts.read_comments.get((viewer.id, row.id), 0)
    return {
        "subscribed": "NotSubscribed",
        "saved": False,
        "read": viewer is not None and (viewer.id, row.id) in world.posts.read,
        "hidden": False,
        "creator_blocked": _is_blocked(world, viewer, row.creator_id),
        "unread_comments": comments - seen,
    }


def comment_view(world: World, row: Comment, viewer: Person | None) -> Json:
    creator, community_id = world.people.rows[row.creator_id], row.community_id
    view = {
        "comment": rows.comment(row, blanked=is_blanked(row, viewer)),
        "creator": rows.person(creator),
        "post": rows.post(world.posts.rows[row.post_id]),
        "community": rows.community(world.communities.rows[community_id]),
        "counts": comment_counts(world, row),
        "creator_banned_from_community": _is_banned(world, community_id, creator.id),
        "banned_from_community": viewer is not None and _is_banned(world, community_id, viewer.id),
        "creator_is_moderator": world.communities.is_moderator(community_id, creator.id),
        "creator_is_admin": creator.is_admin,
        "subscribed": "NotSubscribed",
        "saved": False,
        "creator_blocked": _is_blocked(world, viewer, creator.id),
    }
    return view | _vote(row, viewer)


def comment_counts(world: World, row: Comment) -> Json:
    return {
        "comment_id": row.id,
        "score": row.upvotes - row.downvotes,
        "upvotes": row.upvotes,
        "downvotes": row.downvotes,
        "published": row.published,
        "child_count": world.comments.below[row.id],
    }


def is_blanked(row: Comment, viewer: Person | None) -> bool:
    """Of removed and deleted comments only admins see the text; moderators do not."""
    return not row.is_shown and not (viewer is not None and viewer.is_admin)


def _is_banned(world: World, community_id: int, person_id: int) -> bool:
    return world.communities.is_banned(community_id, person_id, world.clock.now())


def _is_blocked(world: World, viewer: Person | None, person_id: int) -> bool:
    return viewer is not None and (viewer.id, person_id) in world.people.blocks


def _vote(row: Post | Comment, viewer: Person | None) -> Json:
    """Whoever writes something votes for it."""
    return {"my_vote": 1} if viewer is not None and viewer.id == row.creator_id else {}
