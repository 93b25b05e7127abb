"""Posts: written, edited, removed, locked, featured."""

from dataclasses import dataclass, replace
from datetime import datetime

from bot.domain.item import Kind
from bot.sandbox.deeds import found, permits
from bot.sandbox.refusal import Refusal
from bot.sandbox.rows import ModAction, ModKind, Person, Post
from bot.sandbox.world import World


@dataclass(frozen=True, slots=True)
class PostText:
    """What an author writes; in an edit ``None`` leaves a field as it is."""

    name: str | None = None
    url: str | None = None
    body: str | None = None
    alt_text: str | None = None
    nsfw: bool | None = None
    language_id: int | None = None


def create(world: World, author: Person, community_id: int, text: PostText, published: datetime | None = None) -> Post:
    """``published`` is another time than now: what a remote server claims. The number is the next one all the same."""
    _check_text(text)
    community = found.community(world, community_id)
    permits.check_taking_part(world, author, community.id)
    at = published or world.clock.stamp()
    id_ = world.posts.next_id()
    post = Post(
        id=id_,
        name=world.without_slurs(text.name or ""),
        url=text.url or None,
        body=world.without_slurs(text.body) if text.body else None,
        alt_text=text.alt_text or None,
        nsfw=bool(text.nsfw),
        language_id=text.language_id or 0,
        creator_id=author.id,
        community_id=community.id,
        published=at,
        sorted_at=at,
        local=author.local_user_id is not None,
        ap_id=_global_id(world, author, id_),
    )
    world.posts.put(post)
    world.posts.read.add((author.id, id_))
    return post


def edit(world: World, author: Person, post_id: int, text: PostText) -> Post:
    """Keeps the post's place in New."""
    post = found.post(world, post_id)
    if post.creator_id != author.id:
        raise Refusal("no_post_edit_allowed")
    permits.check_taking_part(world, author, post.community_id)
    if text.name is not None:
        _check_text(text)
    edited = replace(
        post,
        name=world.without_slurs(text.name) if text.name is not None else post.name,
        url=(text.url or None) if text.url is not None else post.url,
        body=(world.without_slurs(text.body) or None) if text.body is not None else post.body,
        alt_text=(text.alt_text or None) if text.alt_text is not None else post.alt_text,
        nsfw=text.nsfw if text.nsfw is not None else post.nsfw,
        language_id=text.language_id if text.language_id is not None else post.language_id,
        updated=world.clock.stamp(),
    )
    world.posts.put(edited)
    return edited


def delete(world: World, author: Person, post_id: int, *, deleted: bool) -> Post:
    post = found.post(world, post_id)
    if post.creator_id != author.id:
        raise Refusal("no_post_edit_allowed")
    world.posts.put(replace(post, deleted=deleted))
    return world.posts.rows[post_id]


def remove(world: World, moderator: Person, post_id: int, *, removed: bool, reason: str | None) -> Post:
    """Or restore. Both resolve every report on the post, and repeating either logs again."""
    post = found.post(world, post_id)
    permits.check_taking_part(world, moderator, post.community_id)
    permits.check_moderator(world, moderator, post.community_id)
    permits.check_higher(world, moderator, post.community_id, post.creator_id)
    world.posts.put(replace(post, removed=removed))
    world.reports.resolve_all(Kind.POST, post.id, moderator.id, world.clock.stamp())
    _log(world, moderator, post, ModKind.REMOVE_POST, flag=removed, reason=reason)
    return world.posts.rows[post_id]


def lock(world: World, moderator: Person, post_id: int, *, locked: bool) -> Post:
    post = found.post(world, post_id)
    permits.check_taking_part(world, moderator, post.community_id)
    permits.check_moderator(world, moderator, post.community_id)
    world.posts.put(replace(post, locked=locked))
    _log(world, moderator, post, ModKind.LOCK_POST, flag=locked)
    return world.posts.rows[post_id]


def feature(world: World, moderator: Person, post_id: int, *, featured: bool, in_community: bool) -> Post:
    post = found.post(world, post_id)
    permits.check_taking_part(world, moderator, post.community_id)
    permits.check_moderator(world, moderator, post.community_id)
    if not in_community and not moderator.is_admin:
        raise Refusal("not_an_admin")
    changed = replace(post, featured_community=featured) if in_community else replace(post, featured_local=featured)
    world.posts.put(changed)
    _log(world, moderator, post, ModKind.FEATURE_POST, flag=featured, of_community=in_community)
    return changed


def mark_read(world: World, person: Person, post_id: int) -> None:
    """The post, and as many comments as it has now."""
    world.posts.read.add((person.id, post_id))
    world.posts.read_comments[person.id, post_id] = world.comments.shown_below_post[post_id]


def may_see(world: World, person: Person | None, post: Post) -> bool:
    if not permits.may_see_community(world, person, post.community_id):
        return False
    if permits.is_moderator(world, person, post.community_id):
        return True
    community = world.communities.rows[post.community_id]
    is_there = post.is_shown and not (community.removed or community.deleted)
    return is_there or (person is not None and person.id == post.creator_id)


def _check_text(text: PostText) -> None:
    if not 3 <= len((text.name or "").strip()) <= 200:
        raise Refusal("invalid_post_title")
    if len(text.body or "") > 50_000:
        raise Refusal("invalid_body_field")


def _global_id(world: World, author: Person, id_: int) -> str:
    if author.local_user_id is not None:
        return world.address(f"post/{id_}")
    home = author.actor_id.rsplit("/u/", 1)[0]
    return f"{home}/post/{1_000_000 + id_}"


def _log(
    world: World,
    moderator: Person,
    post: Post,
    kind: ModKind,
    *,
    flag: bool,
    reason: str | None = None,
    of_community: bool = True,
) -> None:
    world.modlog.add(
        ModAction(
            id=0,
            kind=kind,
            actor_id=moderator.id,
            when=world.clock.stamp(),
            flag=flag,
            community_id=post.community_id,
            post_id=post.id,
            person_id=post.creator_id,
            reason=reason,
            of_community=of_community,
        )
    )
