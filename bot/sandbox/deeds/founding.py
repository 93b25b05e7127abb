"""What is there before anybody acts: people and communities."""

from dataclasses import replace
from datetime import datetime

from bot.sandbox.rows import Community, Person
from bot.sandbox.world import World


def person(
    world: World,
    name: str,
    *,
    password: str | None = None,
    totp: str | None = None,
    created: datetime | None = None,
    is_admin: bool = False,
    bot_account: bool = False,
) -> Person:
    """``name@host`` lives on another instance. Without a password nobody can log in."""
    local, _, host = name.partition("@")
    is_local = host in {"", world.host}
    made = Person(
        id=world.people.next_id(),
        name=local,
        actor_id=world.address(f"u/{local}") if is_local else f"https://{host}/u/{local}",
        published=created or world.clock.stamp(),
        local_user_id=world.people.next_local_user_id() if is_local else None,
        password=password,
        totp=totp,
        is_admin=is_admin,
        bot_account=bot_account,
    )
    world.people.put(made)
    return made


def describe(world: World, of: Person, *, display_name: str | None, bio: str | None) -> Person:
    described = replace(of, display_name=display_name, bio=bio)
    world.people.put(described)
    return described


def community(
    world: World,
    name: str,
    moderators: list[Person],
    *,
    title: str | None = None,
    description: str | None = None,
    local_only: bool = False,
) -> Community:
    """``moderators`` in order of seniority."""
    made = Community(
        id=world.communities.next_id(),
        name=name,
        title=title or name.capitalize(),
        actor_id=world.address(f"c/{name}"),
        published=world.clock.stamp(),
        description=description,
        local_only=local_only,
    )
    world.communities.put(made)
    world.communities.moderators[made.id] = [each.id for each in moderators]
    return made
