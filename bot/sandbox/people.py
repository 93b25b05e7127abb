"""What people do to the world: write, edit, report, moderate. Each function is one transaction, or a Refusal."""

import secrets
from datetime import datetime

from bot.sandbox.world import Comment, Community, Message, Person, Post, Refusal, Report, World, next_id

LONGEST_REASON = 1_000
LONGEST_COMMENT = 10_000


def add_person(world: World, name: str, password: str = "", **facts: object) -> Person:
    known = {"published": world.now(), "host": world.host} | facts
    person = Person(next_id(world.people), name, password=password, **known)  # type: ignore[arg-type]
    world.people[person.id] = person
    return person


def add_community(world: World, name: str, moderators: list[int], *, local_only: bool = False) -> Community:
    community = Community(next_id(world.communities), name, world.now(), moderators, local_only=local_only)
    world.communities[community.id] = community
    return community


def write_post(world: World, creator: Person, community_id: int, name: str, **facts: object) -> Post:
    """``published`` in the past makes it an item that arrives late from another instance."""
    number = next_id(world.posts)
    known = {"published": world.now(), "ap_id": f"http://{world.host}/post/{number}"} | facts
    post = Post(number, name, creator.id, community_id, **known)  # type: ignore[arg-type]
    world.posts[number] = post
    return post


def add_comment(
    world: World, creator: Person, post_id: int, content: str, parent: Comment | None = None, **facts: object
) -> Comment:
    number = next_id(world.comments)
    known = {"published": world.now(), "ap_id": f"http://{world.host}/comment/{number}"} | facts
    path = f"{parent.path if parent else '0'}.{number}"
    comment = Comment(number, content, creator.id, post_id, path, **known)  # type: ignore[arg-type]
    world.comments[number] = comment
    return comment


def log_in(world: World, name: str, password: str) -> str:
    person = world.person_named(name)
    if person is None or not person.password or not secrets.compare_digest(person.password, password):
        raise Refusal("incorrect_login", 401)
    if person.banned:
        raise Refusal("site_ban")
    token = f"sandbox.{person.id}.{secrets.token_hex(16)}"
    world.tokens[token] = person.id
    return token


def find_post(world: World, number: int) -> Post:
    if number not in world.posts:
        raise Refusal("couldnt_find_post")
    return world.posts[number]


def find_comment(world: World, number: int) -> Comment:
    if number not in world.comments:
        raise Refusal("couldnt_find_comment")
    return world.comments[number]


def read_post(world: World, me: Person | None, number: int) -> Post:
    """A post that may be seen."""
    post = find_post(world, number)
    hidden = (post.removed or post.deleted) and not world.may_moderate(me, post.community_id)
    if hidden and not (me and me.id == post.creator_id):
        raise Refusal("couldnt_find_post")
    return post


def check_reason(world: World, reason: str) -> None:
    if not reason.strip():
        raise Refusal("report_reason_required")
    if len(reason) > LONGEST_REASON:
        raise Refusal("report_too_long")
    check_slurs(world, reason)


def check_slurs(world: World, text: str) -> None:
    if any(slur in text.lower() for slur in world.slurs):
        raise Refusal("slurs")


def report_post(world: World, me: Person, number: int, reason: str) -> Report:
    check_reason(world, reason)
    post = find_post(world, number)
    if post.deleted or post.removed or world.communities[post.community_id].local_only:
        raise Refusal("couldnt_find_post")
    return _report(world, me, world.post_reports, post.id, (post.name, post.url, post.body), reason)


def report_comment(world: World, me: Person, number: int, reason: str) -> Report:
    check_reason(world, reason)
    comment = find_comment(world, number)
    if comment.deleted or comment.removed:
        raise Refusal("deleted")
    return _report(world, me, world.comment_reports, comment.id, (comment.content, None, None), reason)


def _report(
    world: World,
    me: Person,
    reports: dict[int, Report],
    item_id: int,
    original: tuple[str, str | None, str | None],
    reason: str,
) -> Report:
    """One report per person and item, for ever."""
    if any(each.creator_id == me.id and each.item_id == item_id for each in reports.values()):
        raise Refusal("couldnt_create_report")
    report = Report(next_id(reports), me.id, item_id, original, reason, world.now())
    reports[report.id] = report
    return report


def resolve_report(world: World, me: Person, report: Report, community_id: int, *, resolved: bool) -> None:
    check_moderator(world, me, community_id)
    report.resolved = resolved
    report.resolver_id = me.id


def check_moderator(world: World, me: Person, community_id: int) -> None:
    if not world.may_moderate(me, community_id):
        raise Refusal("not_a_mod_or_admin")


def check_higher(world: World, me: Person, other_id: int, community_id: int) -> None:
    """Nobody acts on a more senior moderator."""
    order = world.communities[community_id].moderators
    if not me.is_admin and other_id in order and order.index(other_id) < order.index(me.id):
        raise Refusal("not_higher_mod")


def remove_post(world: World, me: Person, number: int, removed: bool, reason: object) -> Post:
    """Removing again is not refused: it is written into the modlog once more."""
    post = find_post(world, number)
    check_moderator(world, me, post.community_id)
    check_higher(world, me, post.creator_id, post.community_id)
    post.removed = removed
    world.log("ModRemovePost", me, post.id, post.community_id, removed, reason)
    _resolve_all(world.post_reports, post.id, me)
    return post


def remove_comment(world: World, me: Person, number: int, removed: bool, reason: object) -> Comment:
    comment = find_comment(world, number)
    community_id = world.posts[comment.post_id].community_id
    check_moderator(world, me, community_id)
    check_higher(world, me, comment.creator_id, community_id)
    if comment.deleted:
        raise Refusal("couldnt_update_comment")
    comment.removed = removed
    world.log("ModRemoveComment", me, comment.id, community_id, removed, reason)
    _resolve_all(world.comment_reports, comment.id, me)
    return comment


def _resolve_all(reports: dict[int, Report], item_id: int, me: Person) -> None:
    for report in reports.values():
        if report.item_id == item_id:
            report.resolved = True
            report.resolver_id = me.id


def lock_post(world: World, me: Person, number: int, locked: bool) -> Post:
    post = find_post(world, number)
    check_moderator(world, me, post.community_id)
    post.locked = locked
    world.log("ModLockPost", me, post.id, post.community_id, locked, None)
    return post


def feature_post(world: World, me: Person, number: int, featured: bool, where: str) -> Post:
    post = find_post(world, number)
    check_moderator(world, me, post.community_id)
    if where == "Local" and not me.is_admin:
        raise Refusal("not_an_admin")
    if where == "Local":
        post.featured_local = featured
    else:
        post.featured_community = featured
    world.log("ModFeaturePost", me, post.id, post.community_id, featured, None).is_community = where != "Local"
    return post


def reply(world: World, me: Person, post_id: int, content: str, parent_id: int | None) -> Comment:
    check_slurs(world, content)
    if not content.strip() or len(content) > LONGEST_COMMENT:
        raise Refusal("invalid_body_field")
    post = read_post(world, me, post_id)
    if me.id in world.communities[post.community_id].banned:
        raise Refusal("person_is_banned_from_community")
    if post.locked and not world.may_moderate(me, post.community_id):
        raise Refusal("locked")
    parent = find_comment(world, parent_id) if parent_id is not None else None
    if post.removed or post.deleted or (parent and (parent.removed or parent.deleted)):
        raise Refusal("deleted")
    return add_comment(world, me, post_id, content, parent)


def send_message(world: World, me: Person, recipient_id: int, content: str) -> Message:
    check_slurs(world, content)
    if recipient_id not in world.people:
        raise Refusal("couldnt_create_private_message")
    if me.id in world.people[recipient_id].blocks:
        raise Refusal("person_is_blocked")
    message = Message(next_id(world.messages), me.id, recipient_id, content, world.now())
    world.messages[message.id] = message
    return message


def ban(
    world: World, me: Person, community_id: int, person_id: int, banned: bool, reason: object, expires: datetime | None
) -> None:
    check_moderator(world, me, community_id)
    check_higher(world, me, person_id, community_id)
    if expires is not None and expires < world.now():
        raise Refusal("ban_expiration_in_past")
    community = world.communities[community_id]
    (community.banned.add if banned else community.banned.discard)(person_id)
    world.log("ModBanFromCommunity", me, person_id, community_id, banned, reason)


def remove_data(world: World, me: Person, community_id: int, person_id: int, removed: bool, reason: object) -> None:
    """What a ban with ``remove_data`` does to all that the person wrote; an unban takes it back."""
    for post in world.posts.values():
        if post.creator_id == person_id and post.community_id == community_id:
            post.removed = removed
            world.log("ModRemovePost", me, post.id, community_id, removed, reason)
    for comment in world.comments.values():
        if comment.creator_id == person_id and world.posts[comment.post_id].community_id == community_id:
            comment.removed = removed


def edit(item: Post | Comment, now: datetime, **changes: object) -> None:
    for name, value in changes.items():
        setattr(item, name, value)
    item.updated = now
