"""Private messages, and marking them, mentions and replies as read."""

from dataclasses import replace

from bot.sandbox.refusal import Refusal
from bot.sandbox.rows import Message, Notice, Person
from bot.sandbox.tables.inbox import Notices
from bot.sandbox.world import World

_LONGEST = 10_000


def check_length(content: str) -> None:
    """Lemmy counts UTF-16 units."""
    if not content.strip() or len(content.encode("utf-16-le")) // 2 > _LONGEST:
        raise Refusal("invalid_body_field")


def send(world: World, sender: Person, recipient_id: int, content: str) -> Message:
    check_length(content)
    if (recipient_id, sender.id) in world.people.blocks:
        raise Refusal("person_is_blocked")
    if recipient_id not in world.people.rows:
        raise Refusal("couldnt_create_private_message")
    id_ = world.messages.next_id()
    message = Message(
        id=id_,
        creator_id=sender.id,
        recipient_id=recipient_id,
        content=world.without_slurs(content),
        published=world.clock.stamp(),
        ap_id=world.address(f"private_message/{id_}"),
    )
    world.messages.put(message)
    return message


def mark_message(world: World, recipient: Person, id_: int, *, read: bool) -> Message:
    message = world.messages.rows.get(id_)
    if message is None or message.recipient_id != recipient.id:
        raise Refusal("couldnt_update_private_message")
    marked = replace(message, read=read)
    world.messages.put(marked)
    return marked


def mark_notice(notices: Notices, recipient: Person, id_: int, word: str, *, read: bool) -> Notice:
    """``word`` is what is said when there is no such notice, or it is somebody else's."""
    notice = notices.rows.get(id_)
    if notice is None or notice.recipient_id != recipient.id:
        raise Refusal(word)
    marked = replace(notice, read=read)
    notices.put(marked)
    return marked
