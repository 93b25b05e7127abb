"""Things by their number, or Lemmy's word for not finding them."""

from typing import TypeVar

from bot.sandbox.refusal import Refusal
from bot.sandbox.rows import Comment, Community, Person, Post
from bot.sandbox.world import World

RowT = TypeVar("RowT")


def post(world: World, id_: int) -> Post:
    return _found(world.posts.rows.get(id_), Refusal("couldnt_find_post"))


def comment(world: World, id_: int) -> Comment:
    return _found(world.comments.rows.get(id_), Refusal("couldnt_find_comment"))


def person(world: World, id_: int | None = None, name: str | None = None) -> Person:
    """By id, or else by ``name`` or ``name@host``."""
    missing = Refusal("couldnt_find_person", 404)
    if id_ is not None:
        return _found(world.people.rows.get(id_), missing)
    local, _, host = (name or "").partition("@")
    by_name = world.people.named(local) if host in {"", world.host} else world.people.at(f"https://{host}/u/{local}")
    return _found(by_name, missing)


def community(world: World, id_: int | None = None, name: str | None = None) -> Community:
    """By id, or else by ``name`` or ``name@host``."""
    missing = Refusal("couldnt_find_community", 404)
    if id_ is not None:
        return _found(world.communities.rows.get(id_), missing)
    local, _, host = (name or "").partition("@")
    at = world.communities
    return _found(at.named(local) if host in {"", world.host} else at.at(f"https://{host}/c/{local}"), missing)


def _found(row: RowT | None, missing: Refusal) -> RowT:
    if row is None:
        raise missing
    return row
