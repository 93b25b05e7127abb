"""A community with people who keep its rules, and people who do not. All made up."""

from dataclasses import dataclass
from datetime import timedelta

from bot.sandbox.deeds import comments, founding, posts
from bot.sandbox.rows import Person, Post
from bot.sandbox.world import World

SIDEBAR = """Technology, and what it does to people.

## Rules

1. The rules of the instance apply here too.
2. No low effort posts.
3. No hate and no gore.
4. Link the article or an archived copy of it as your source, not a screenshot.
5. No rants about the bosses of big companies.
6. No advertisements. Ask a moderator first.
7. No crypto, unless it is essential.
"""


@dataclass(frozen=True, slots=True)
class Written:
    """A post, and who wrote it how long ago."""

    author: str
    minutes: int
    text: posts.PostText


POSTS = (
    Written("bob", 1_900, posts.PostText("Weekly thread: what are you building?", body="Share and be kind.")),
    Written("bob", 55, posts.PostText("Kernel 7 released", "https://lists.example.org/kernel/7/announce")),
    Written(
        "carol", 50, posts.PostText("A kernel for small boards, measured", "https://lab.example.org/boards/kernel")
    ),
    Written(
        "moonshot",
        45,
        posts.PostText(
            "Solana presale is live, 100x guaranteed", "https://coin.example.com/presale", "Bitcoin wallets welcome."
        ),
    ),
    Written(
        "dealhunter",
        40,
        posts.PostText(
            "50% off all cables with coupon code CABLE50", "https://cables.example.com/deals/?aff=12", "Order now!"
        ),
    ),
    Written(
        "dave",
        35,
        posts.PostText("A study of bitcoin miners: who mines, and what they earn", "https://lab.example.org/wallets"),
    ),
    Written(
        "erin", 30, posts.PostText("Screenshot of the minister's post on encryption", "https://pics.example.org/m.png")
    ),
    Written(
        "frank", 25, posts.PostText("Elon Musk slams a rival founder on his own network", "https://news.example.org/1")
    ),
    Written("grace", 20, posts.PostText("wtf is this", "https://pics.example.org/cat.png")),
    Written(
        "alice",
        15,
        posts.PostText(
            "We just launched our app on Kickstarter, help us reach our goal",
            "https://www.kickstarter.com/projects/1/frobnik",
        ),
    ),
)
ELSEWHERE = Written("moonshot", 10, posts.PostText("Free NFT airdrop for early users", "https://nft.example.com/drop"))
NEW_ACCOUNTS = frozenset({"moonshot", "dealhunter"})


def demo_world(password: str) -> World:
    """The bot ``warden``, the senior moderator ``alice``, an admin and authors; one password for all."""
    world = World()
    authors = {each.author for each in POSTS} | {"warden", "admin", "henry"}
    people = {name: _person(world, name, password) for name in sorted(authors)}
    technology = founding.community(world, "technology", [people["alice"], people["warden"]], description=SIDEBAR)
    gardening = founding.community(world, "gardening", [people["carol"]])
    written = [_post(world, people, technology.id, each) for each in POSTS]
    _post(world, people, gardening.id, ELSEWHERE)
    posts.feature(world, people["alice"], written[0].id, featured=True, in_community=True)
    _comment(world, people["henry"], written[1], "It boots faster here, thank you.", 12)
    _comment(world, people["grace"], written[1], "Just kill yourself, nobody wants your patches.", 11)
    _comment(world, people["dealhunter"], written[2], "Please subscribe to my channel and check out my videos", 9)
    return world


def _person(world: World, name: str, password: str) -> Person:
    age = timedelta(days=2 if name in NEW_ACCOUNTS else 700)
    created = world.clock.now() - age
    return founding.person(world, name, password=password, created=created, is_admin=name == "admin")


def _post(world: World, people: dict[str, Person], community_id: int, written: Written) -> Post:
    at = world.clock.now() - timedelta(minutes=written.minutes)
    return posts.create(world, people[written.author], community_id, written.text, at)


def _comment(world: World, author: Person, below: Post, content: str, minutes: int) -> None:
    comments.create(world, author, below.id, content, None, world.clock.now() - timedelta(minutes=minutes))
