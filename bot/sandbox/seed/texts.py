"""What the people of the demo write. All made up."""

from dataclasses import dataclass

PEOPLE = {
    "ada": 1500.0,
    "morgan": 1200.0,
    "warden": 90.0,
    "olive": 800.0,
    "bram": 700.0,
    "chidi": 450.0,
    "dana": 300.0,
    "newcomer": 0.2,
    "moonshot": 1.5,
}
"""Name → days since the account was made."""


@dataclass(frozen=True, slots=True)
class Seeded:
    """A post."""

    key: str
    minutes: int
    """Since it was published."""
    author: str
    title: str
    url: str = ""
    body: str = ""
    community: str = "technology"


POSTS = (
    Seeded(
        "weekly",
        60 * 24 * 200,
        "morgan",
        "Weekly thread: what are you building?",
        body="Tell us what you are working on, and be kind to each other.",
    ),
    Seeded(
        "presale",
        34,
        "moonshot",
        "Solana presale is live, 100x guaranteed: get in before the price doubles",
        "https://coin.example.com/presale",
        "Best memecoin of the year. Buy bitcoin, swap it for our token, thank me later.",
    ),
    Seeded(
        "advertisement",
        31,
        "newcomer",
        "50% off all cables with coupon code CABLE50, order now",
        "https://cables.example.com/deals/?aff=12",
        "I started this shop last week. Free shipping, limited time only!",
    ),
    Seeded(
        "news",
        29,
        "bram",
        "Regulator opens inquiry into cloud egress fees",
        "https://news.example.org/business/egress-fees",
        "The text of the order is linked in the article; comments are open until March.",
    ),
    Seeded(
        "court",
        27,
        "chidi",
        "Court orders exchange to repay two million customers in bitcoin",
        "https://news.example.org/law/exchange-ruling",
    ),
    Seeded(
        "picture",
        24,
        "dana",
        "Screenshot of the minister's post on encryption",
        "https://pics.example.org/minister.png",
    ),
    Seeded(
        "boss",
        21,
        "dana",
        "Elon Musk slams a rival founder and rants about his divorce",
        "https://people.example.org/feud",
    ),
    Seeded("lowly", 18, "newcomer", "WTF!!!"),
    Seeded(
        "moderators",
        15,
        "morgan",
        "Our community calendar: 20% off with coupon code MODS20",
        "https://calendar.example.com/deals/?aff=mods",
        "Agreed with the other moderators. Order now if you like paper.",
    ),
    Seeded(
        "fan",
        12,
        "bram",
        "A quiet fan controller, built from parts of an old printer",
        "https://lab.example.org/notes/fan-controller",
        "Schematic and measurements are in the article. It runs since June without a fault.",
    ),
    Seeded(
        "elsewhere",
        9,
        "moonshot",
        "Free NFT airdrop for gardeners, claim free tokens now",
        "https://nft.example.com/drop",
        community="gardening",
    ),
    Seeded(
        "tomatoes",
        8,
        "olive",
        "Tomatoes under glass, week twelve",
        body="They are red. Photographs follow on Sunday.",
        community="gardening",
    ),
    Seeded(
        "kernel",
        5,
        "chidi",
        "Kernel maintainers agree on a new review schedule",
        "https://lists.example.org/kernel/review-schedule",
    ),
)

COMMENTS = (
    ("news", "chidi", "The fees were always about lock-in, the order says so on page four.", 26),
    ("news", "newcomer", "this", 25),
    (
        "news",
        "moonshot",
        "Get 20% off with the code CLOUD20 and free shipping, order now: https://shop.example.com/?ref_code=77",
        20,
    ),
    ("fan", "dana", "Which printer was it? Mine has the same motor, I think.", 7),
    ("tomatoes", "moonshot", "Please subscribe to my channel and check out my videos, let me know what you think", 6),
)
"""Post, author, text, minutes since it was published."""
