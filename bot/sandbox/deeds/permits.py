"""Who may do what."""

from bot.sandbox.refusal import Refusal
from bot.sandbox.rows import Person
from bot.sandbox.world import World


def is_moderator(world: World, person: Person | None, community_id: int) -> bool:
    """Or an admin."""
    if person is None:
        return False
    return person.is_admin or world.communities.is_moderator(community_id, person.id)


def moderates_anything(world: World, person: Person | None) -> bool:
    return person is not None and (person.is_admin or bool(world.communities.moderated_by(person.id)))


def check_taking_part(world: World, person: Person, community_id: int) -> None:
    """Banned people do not, and nobody does in a community that is gone."""
    community = world.communities.rows[community_id]
    if community.removed or community.deleted:
        raise Refusal("deleted")
    if world.communities.is_banned(community_id, person.id, world.clock.now()):
        raise Refusal("banned_from_community")


def check_moderator(world: World, person: Person, community_id: int) -> None:
    if not is_moderator(world, person, community_id):
        raise Refusal("not_a_mod_or_admin")


def check_higher(world: World, person: Person, community_id: int, target_id: int) -> None:
    """Over another moderator one must be senior; over an admin, an admin."""
    if person.is_admin or person.id == target_id:
        return
    if world.people.rows[target_id].is_admin:
        raise Refusal("not_higher_mod")
    seniority = world.communities.moderators[community_id]
    if target_id in seniority and seniority.index(target_id) < seniority.index(person.id):
        raise Refusal("not_higher_mod")


def may_see_community(world: World, person: Person | None, community_id: int) -> bool:
    community = world.communities.rows[community_id]
    return person is not None or not community.local_only
