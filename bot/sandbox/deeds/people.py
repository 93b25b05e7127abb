"""Accounts: made, logged in, banned, made moderators."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import islice

import pyotp

from bot.sandbox.deeds import found, permits
from bot.sandbox.refusal import Refusal
from bot.sandbox.rows import ModAction, ModKind, Person
from bot.sandbox.world import World

_REMOVED_COMMENTS = 10
"""A ban that removes content takes all posts, and the default page of comments."""


def log_in(world: World, name: str, password: str, code: str | None = None) -> str:
    """A new token. ``code`` is the second factor's."""
    person = world.people.named(name)
    if person is None or person.password is None or person.password != password:
        raise Refusal("incorrect_login", 401)
    if person.banned:
        raise Refusal("site_ban")
    if person.deleted:
        raise Refusal("deleted")
    if person.totp is not None:
        _check_code(world, person.totp, code)
    return world.people.new_token(person)


def _check_code(world: World, totp: str, code: str | None) -> None:
    if code is None:
        raise Refusal("missing_totp_token")
    if not pyotp.TOTP(totp).verify(code, for_time=world.clock.now()):
        raise Refusal("incorrect_totp_token")


@dataclass(frozen=True, slots=True)
class Ban:
    """A ban from a community, or with ``ban`` false its end."""

    ban: bool = True
    remove_data: bool = False
    """Remove what the person has written; happens also when a ban is lifted."""
    reason: str | None = None
    expires: int | None = None
    """Seconds since 1970; ``None`` for never."""


def ban_from_community(world: World, moderator: Person, community_id: int, person_id: int, ban: Ban) -> Person:
    found.community(world, community_id)
    person = found.person(world, person_id)
    permits.check_taking_part(world, moderator, community_id)
    permits.check_moderator(world, moderator, community_id)
    permits.check_higher(world, moderator, community_id, person_id)
    until = _expiry(world, ban.expires)
    if ban.ban:
        world.communities.bans[community_id, person_id] = until
    else:
        world.communities.bans.pop((community_id, person_id), None)
    if ban.remove_data:
        _remove_content(world, community_id, person_id)
    world.modlog.add(
        ModAction(
            id=0,
            kind=ModKind.BAN_FROM_COMMUNITY,
            actor_id=moderator.id,
            when=world.clock.stamp(),
            flag=ban.ban,
            community_id=community_id,
            person_id=person_id,
            reason=ban.reason,
            expires=until,
        )
    )
    return person


def ban_from_site(world: World, admin: Person, person_id: int, *, ban: bool, reason: str | None) -> Person:
    if not admin.is_admin:
        raise Refusal("not_an_admin")
    person = set_banned(world, found.person(world, person_id), banned=ban)
    world.modlog.add(
        ModAction(
            id=0,
            kind=ModKind.BAN,
            actor_id=admin.id,
            when=world.clock.stamp(),
            flag=ban,
            person_id=person_id,
            reason=reason,
        )
    )
    return person


def set_banned(world: World, person: Person, *, banned: bool) -> Person:
    """From the whole site. All tokens die, and do not come back with the end of the ban."""
    changed = replace(person, banned=banned)
    world.people.put(changed)
    world.people.revoke(person.id)
    return changed


def seat(world: World, moderator: Person, community_id: int, person_id: int, *, added: bool) -> None:
    """Make a moderator, or unmake one."""
    community = found.community(world, community_id)
    person = found.person(world, person_id)
    permits.check_moderator(world, moderator, community_id)
    permits.check_higher(world, moderator, community_id, person_id)
    seats = world.communities.moderators[community.id]
    if added and person.id not in seats:
        seats.append(person.id)
    elif not added and person.id in seats:
        seats.remove(person.id)
    world.modlog.add(
        ModAction(
            id=0,
            kind=ModKind.ADD_TO_COMMUNITY,
            actor_id=moderator.id,
            when=world.clock.stamp(),
            flag=not added,
            community_id=community_id,
            person_id=person_id,
        )
    )


def _expiry(world: World, expires: int | None) -> datetime | None:
    """More than ten years ahead is for ever."""
    if expires is None:
        return None
    now = world.clock.now()
    until = datetime.fromtimestamp(expires, UTC)
    if until < now:
        raise Refusal("ban_expiration_in_past")
    return None if until > now + timedelta(days=3652) else until


def _remove_content(world: World, community_id: int, person_id: int) -> None:
    now = world.clock.stamp()
    for _, id_ in list(world.posts.of_person[person_id].newest()):
        post = world.posts.rows[id_]
        if post.community_id == community_id:
            world.posts.put(replace(post, removed=True, updated=now))
    theirs = (world.comments.rows[id_] for _, id_ in world.comments.of_person[person_id].oldest())
    here = (each for each in theirs if each.community_id == community_id)
    for comment in list(islice(here, _REMOVED_COMMENTS)):
        world.comments.put(replace(comment, removed=True))
