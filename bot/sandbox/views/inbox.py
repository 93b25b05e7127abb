"""Private messages, mentions and replies."""

from bot.sandbox.rows import Message, Notice, Person
from bot.sandbox.views import items, rows
from bot.sandbox.views.rows import Json
from bot.sandbox.world import World


def message_view(world: World, row: Message) -> Json:
    return {
        "private_message": rows.message(row),
        "creator": rows.person(world.people.rows[row.creator_id]),
        "recipient": rows.person(world.people.rows[row.recipient_id]),
    }


def mention_view(world: World, row: Notice, viewer: Person) -> Json:
    return {"person_mention": _notice(row), **_about(world, row, viewer)}


def reply_view(world: World, row: Notice, viewer: Person) -> Json:
    return {"comment_reply": _notice(row), **_about(world, row, viewer)}


def _notice(row: Notice) -> Json:
    return {
        "id": row.id,
        "recipient_id": row.recipient_id,
        "comment_id": row.comment_id,
        "read": row.read,
        "published": row.published,
    }


def _about(world: World, row: Notice, viewer: Person) -> Json:
    recipient = rows.person(world.people.rows[row.recipient_id])
    return {**items.comment_view(world, world.comments.rows[row.comment_id], viewer), "recipient": recipient}
