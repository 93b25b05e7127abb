"""The world in which the answers of a real Lemmy were recorded: the same people, numbers and texts.

``alice`` founded technology, and backroom for local people only; ``warden`` moderates both with her. ``carol`` runs
gardening. The others post.
"""

from dataclasses import replace
from datetime import UTC, datetime

from bot.sandbox.clock import WorldClock
from bot.sandbox.deeds import comments, people, posts
from bot.sandbox.rows import Community, Person, Settings
from bot.sandbox.world import World

SITE = "http://lemmy.test:8536"
PASSWORD = "password"  # noqa: S105 - of a world in memory
RECORDED = datetime(2026, 11, 23, 18, 42, 11, tzinfo=UTC)
"""The clock stands still there, for what was asked mentions times."""
ALICE, WARDEN, BOB, CAROL, DAVE, ERIN, SELLER = 3, 4, 5, 6, 7, 8, 9
_NAMES = {
    2: "admin",
    ALICE: "alice",
    WARDEN: "warden",
    BOB: "bob",
    CAROL: "carol",
    DAVE: "dave",
    ERIN: "erin",
    SELLER: "seller",
}
_TECHNOLOGY, _GARDENING, _BACKROOM = 2, 3, 4
_POSTS: tuple[tuple[int, int, posts.PostText], ...] = (
    (
        BOB,
        _TECHNOLOGY,
        posts.PostText(
            "OpenSSL 4 drops legacy ciphers",
            "https://example.org/openssl-4?ref=abc&id=7",
            "See [the notes](https://example.org/n).",
        ),
    ),
    (
        BOB,
        _TECHNOLOGY,
        posts.PostText("Is anyone else tired of this?", body="**bold** text\n\n> a quote\n\n```\ncode\n```"),
    ),
    (
        CAROL,
        _TECHNOLOGY,
        posts.PostText("Screenshot of an article", "https://example.org/shot.png", alt_text="a headline"),
    ),
    (
        SELLER,
        _TECHNOLOGY,
        posts.PostText("50 % off our gadget", "https://shop.example/deal?tag=me-21", "Use code SAVE50"),
    ),
    (DAVE, _TECHNOLOGY, posts.PostText("Nsfw link", "https://example.org/x", nsfw=True)),
    (ALICE, _TECHNOLOGY, posts.PostText("Weekly thread")),
    (DAVE, _TECHNOLOGY, posts.PostText("To be locked")),
    (ERIN, _TECHNOLOGY, posts.PostText("To be removed")),
    (ERIN, _TECHNOLOGY, posts.PostText("To be deleted")),
    (DAVE, _GARDENING, posts.PostText("Tomatoes")),
    (DAVE, _BACKROOM, posts.PostText("Back room")),
    (ALICE, _TECHNOLOGY, posts.PostText("By the senior moderator")),
    (BOB, _TECHNOLOGY, posts.PostText("abc")),
)
_COMMENTS: tuple[tuple[int, int, int | None, str], ...] = (
    (CAROL, 1, None, "First [link](https://example.org/a)."),
    (BOB, 1, 1, "Reply to carol"),
    (WARDEN, 1, 2, "From the bot"),
    (SELLER, 1, None, "buy now https://shop.example/a"),
    (ERIN, 2, None, "to be deleted"),
    (DAVE, 10, None, "in the garden"),
    (DAVE, 1, None, "@warden@lemmy.test:8536 why was this removed?"),
    (DAVE, 1, 3, "a reply to the bot"),
)


def recorded_world() -> World:
    """As it was when the first call was made; what others did between the calls is not in it."""
    world = World(SITE, slurs="(badword|worseword)", clock=WorldClock(lambda: RECORDED))
    for id_, name in _NAMES.items():
        _person(world, id_, name)
    _community(world, _TECHNOLOGY, "technology", [ALICE, WARDEN], "Rules:\n1. All Lemmy rules apply\n7. No crypto")
    _community(world, _GARDENING, "gardening", [CAROL])
    _community(world, _BACKROOM, "backroom", [ALICE, WARDEN])
    for author, community_id, text in _POSTS:
        posts.create(world, world.people.rows[author], community_id, text)
    for author, post_id, parent_id, content in _COMMENTS:
        comments.create(world, world.people.rows[author], post_id, content, parent_id)
    posts.delete(world, world.people.rows[ERIN], 9, deleted=True)
    comments.delete(world, world.people.rows[ERIN], 5, deleted=True)
    posts.feature(world, world.people.rows[ALICE], 6, featured=True, in_community=True)
    return world


def _person(world: World, id_: int, name: str) -> None:
    person = Person(
        id=id_,
        name=name,
        actor_id=world.address(f"u/{name}"),
        published=world.clock.stamp(),
        local_user_id=id_ - 1,
        password=PASSWORD,
        is_admin=name == "admin",
        settings=Settings(show_nsfw=True),
    )
    if name == "carol":
        person = replace(person, display_name="Carol C.", bio="hello", matrix_user_id="@carol:example.org")
    world.people.put(person)


def _community(world: World, id_: int, name: str, moderators: list[int], description: str | None = None) -> None:
    community = Community(
        id=id_,
        name=name,
        title=name.capitalize(),
        actor_id=world.address(f"c/{name}"),
        published=world.clock.stamp(),
        description=description,
        local_only=name == "backroom",
    )
    world.communities.put(community)
    world.communities.moderators[id_] = moderators[:1]
    for moderator in moderators[1:]:
        people.seat(world, world.people.rows[moderators[0]], id_, moderator, added=True)
