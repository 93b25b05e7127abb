"""Comments: written, edited, deleted, removed, distinguished."""

import re
from dataclasses import replace
from datetime import datetime

from bot.domain.item import Kind
from bot.sandbox.deeds import found, permits
from bot.sandbox.deeds.inbox import check_length
from bot.sandbox.refusal import Refusal
from bot.sandbox.rows import Comment, ModAction, ModKind, Notice, Person, Post
from bot.sandbox.world import World

_MENTION = re.compile(r"@([\w-]+)@([\w.:-]+[\w])")
_DEEPEST = 50


def create(
    world: World,
    author: Person,
    post_id: int,
    content: str,
    parent_id: int | None = None,
    published: datetime | None = None,
) -> Comment:
    """Tells the author of what it answers, and who is mentioned. ``published`` is what a remote server claims."""
    check_length(content)
    post = found.post(world, post_id)
    permits.check_taking_part(world, author, post.community_id)
    if not post.is_shown:
        raise Refusal("deleted")
    if post.locked and not permits.is_moderator(world, author, post.community_id):
        raise Refusal("locked")
    parent = _parent(world, post, parent_id)
    id_ = world.comments.next_id()
    comment = Comment(
        id=id_,
        creator_id=author.id,
        post_id=post.id,
        community_id=post.community_id,
        content=world.without_slurs(content),
        published=published or world.clock.stamp(),
        ap_id=_global_id(world, author, id_),
        path=f"{parent.path if parent is not None else '0'}.{id_}",
        local=author.local_user_id is not None,
    )
    world.comments.put(comment)
    _tell(world, comment, parent)
    world.posts.read_comments[author.id, post.id] = world.comments.shown_below_post[post.id]
    return comment


def edit(world: World, author: Person, comment_id: int, content: str) -> Comment:
    check_length(content)
    comment = _own(world, author, comment_id)
    permits.check_taking_part(world, author, comment.community_id)
    return _put(world, replace(comment, content=world.without_slurs(content), updated=world.clock.stamp()))


def delete(world: World, author: Person, comment_id: int, *, deleted: bool) -> Comment:
    return _put(world, replace(_own(world, author, comment_id), deleted=deleted))


def remove(world: World, moderator: Person, comment_id: int, *, removed: bool, reason: str | None) -> Comment:
    """Or restore. Both resolve every report on the comment, and repeating either logs again."""
    comment = found.comment(world, comment_id)
    permits.check_taking_part(world, moderator, comment.community_id)
    permits.check_moderator(world, moderator, comment.community_id)
    permits.check_higher(world, moderator, comment.community_id, comment.creator_id)
    if comment.deleted:
        raise Refusal("couldnt_update_comment")
    _put(world, replace(comment, removed=removed))
    world.reports.resolve_all(Kind.COMMENT, comment.id, moderator.id, world.clock.stamp())
    world.modlog.add(
        ModAction(
            id=0,
            kind=ModKind.REMOVE_COMMENT,
            actor_id=moderator.id,
            when=world.clock.stamp(),
            flag=removed,
            community_id=comment.community_id,
            comment_id=comment.id,
            person_id=comment.creator_id,
            reason=reason,
        )
    )
    return world.comments.rows[comment_id]


def distinguish(world: World, moderator: Person, comment_id: int, *, distinguished: bool) -> Comment:
    comment = found.comment(world, comment_id)
    if comment.creator_id != moderator.id:
        raise Refusal("no_comment_edit_allowed")
    permits.check_moderator(world, moderator, comment.community_id)
    return _put(world, replace(comment, distinguished=distinguished))


def recipients(world: World, comment: Comment) -> list[int]:
    """Accounts (not people) who are told of the comment."""
    person = _answered(world, comment)
    return [] if person is None or person.local_user_id is None else [person.local_user_id]


def may_see(world: World, person: Person | None, comment: Comment) -> bool:
    return permits.may_see_community(world, person, comment.community_id)


def _own(world: World, author: Person, comment_id: int) -> Comment:
    comment = found.comment(world, comment_id)
    if comment.creator_id != author.id:
        raise Refusal("no_comment_edit_allowed")
    return comment


def _put(world: World, comment: Comment) -> Comment:
    world.comments.put(comment)
    return comment


def _parent(world: World, post: Post, parent_id: int | None) -> Comment | None:
    if parent_id is None:
        return None
    parent = world.comments.rows.get(parent_id)
    if parent is None or parent.post_id != post.id:
        raise Refusal("couldnt_create_comment")
    if len(parent.above) + 1 >= _DEEPEST:
        raise Refusal("max_comment_depth_reached")
    return parent


def _answered(world: World, comment: Comment) -> Person | None:
    """Author of the comment above, or of the post; ``None`` when they talk to themselves."""
    above = comment.above
    row = world.comments.rows[above[-1]] if above else world.posts.rows[comment.post_id]
    return None if row.creator_id == comment.creator_id else world.people.rows[row.creator_id]


def _tell(world: World, comment: Comment, parent: Comment | None) -> None:
    for name, host in set(_MENTION.findall(comment.content)):
        person = world.people.named(name) if host == world.host else None
        if person is not None and person.id != comment.creator_id:
            world.mentions.put(Notice(world.mentions.next_id(), person.id, comment.id, world.clock.stamp()))
    answered = _answered(world, comment)
    if answered is not None:
        world.replies.put(Notice(world.replies.next_id(), answered.id, comment.id, world.clock.stamp()))
    if parent is not None:
        _mark_answered(world, comment.creator_id, parent)


def _mark_answered(world: World, person_id: int, parent: Comment) -> None:
    for notices in (world.mentions, world.replies):
        for notice in list(notices.newest(person_id, unread_only=True)):
            if notice.comment_id == parent.id:
                notices.put(replace(notice, read=True))


def _global_id(world: World, author: Person, id_: int) -> str:
    if author.local_user_id is not None:
        return world.address(f"comment/{id_}")
    home = author.actor_id.rsplit("/u/", 1)[0]
    return f"{home}/comment/{1_000_000 + id_}"
