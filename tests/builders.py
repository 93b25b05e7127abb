"""Short ways to make values for tests."""

from datetime import UTC, datetime, timedelta

from bot.domain.action import (
    Action,
    Approve,
    Ban,
    Feature,
    Hold,
    Lock,
    Message,
    Mode,
    Notify,
    Remove,
    Reply,
    Report,
    Restore,
    Strike,
)
from bot.domain.answer import Evidence, Yes
from bot.domain.item import Author, Comment, Community, Post
from bot.domain.verdict import Match

AN_ACTION = {
    action.kind: action
    for action in (
        Report(),
        Hold(timedelta(hours=6), "Please repair it.", in_public=False),
        Reply("Hello"),
        Lock(),
        Feature(),
        Remove(),
        Restore(),
        Approve(),
        Strike(1, 90),
        Ban(3),
        Message("Hello"),
        Notify(),
    )
}
"""One of each kind."""
NOON = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
TECHNOLOGY = Community(id="2", name="technology", host="lemmy.test")
BOB = Author(id="7", name="bob", instance="lemmy.test", is_moderator=False, is_admin=False, is_bot=False)


def a_post(**changes: object) -> Post:
    """A complete, settled, blameless post."""
    facts: dict[str, object] = {
        "id": "1",
        "title": "A new kernel is out",
        "body": "",
        "url": "https://news.example/kernel",
        "alt_text": "",
        "link_title": "A new kernel is out",
        "link_description": "",
        "link_type": "text/html",
        "thumbnail": "",
        "author": BOB,
        "community": TECHNOLOGY,
        "published": NOON,
        "updated": NOON,
        "score": 1,
        "is_nsfw": False,
        "language": 37,
        "address": "https://lemmy.test/post/1",
    }
    return Post(**(facts | changes))  # type: ignore[arg-type]


def a_comment(**changes: object) -> Comment:
    """A complete, blameless reply to post 1."""
    facts: dict[str, object] = {
        "id": "1",
        "body": "It boots faster here.",
        "author": BOB,
        "community": TECHNOLOGY,
        "post_id": "1",
        "post": a_post(author=Author(id="8")),
        "parent_id": "",
        "depth": 1,
        "published": NOON,
        "updated": NOON,
        "score": 1,
        "language": 37,
        "address": "https://lemmy.test/comment/1",
    }
    return Comment(**(facts | changes))  # type: ignore[arg-type]


def a_match(
    *actions: Action, rule: str = "no-ads", mode: Mode = Mode.ACT, certain: bool = True, **changes: object
) -> Match:
    """A rule that matched and may act."""
    facts: dict[str, object] = {
        "rule": rule,
        "sidebar": 6,
        "title": "No advertisements",
        "reason": "Rule 6: advertisement",
        "answer": Yes((Evidence("title", 0, 3, "buy", "sales-talk"),), certain, "" if certain else "it may be free"),
        "mode": mode,
        "actions": actions,
    }
    return Match(**(facts | changes))  # type: ignore[arg-type]
