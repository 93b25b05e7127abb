"""People and communities with their numbers."""

from bot.sandbox.rows import Community, Person
from bot.sandbox.views import rows
from bot.sandbox.views.rows import Json
from bot.sandbox.world import World


def person_view(world: World, row: Person) -> Json:
    counts = {
        "person_id": row.id,
        "post_count": world.posts.shown_by_person[row.id],
        "comment_count": world.comments.shown_by_person[row.id],
    }
    return {"person": rows.person(row), "counts": counts, "is_admin": row.is_admin}


def community_view(world: World, row: Community, viewer: Person | None) -> Json:
    followers = 1  # whoever founded it
    counts = {
        "community_id": row.id,
        "subscribers": followers,
        "posts": world.posts.shown_in_community[row.id],
        "comments": world.comments.shown_in_community[row.id],
        "published": row.published,
        **active_users(),
        "subscribers_local": followers,
    }
    banned = viewer is not None and world.communities.is_banned(row.id, viewer.id, world.clock.now())
    return {
        "community": rows.community(row),
        "subscribed": "NotSubscribed",
        "blocked": False,
        "counts": counts,
        "banned_from_community": banned,
    }


def moderators(world: World, row: Community) -> list[Json]:
    """In order of seniority."""
    return [seat(row, world.people.rows[id_]) for id_ in world.communities.moderators[row.id]]


def seat(community: Community, moderator: Person) -> Json:
    return {"community": rows.community(community), "moderator": rows.person(moderator)}


def moderates(world: World, person: Person) -> list[Json]:
    return [seat(each, person) for each in world.communities.moderated_by(person.id)]


def active_users() -> Json:
    return dict.fromkeys(("users_active_day", "users_active_week", "users_active_month", "users_active_half_year"), 0)
