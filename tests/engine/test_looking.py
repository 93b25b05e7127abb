"""A look is taken, and a link followed, when a verdict hangs on it, once, and remembered."""

from dataclasses import dataclass, field

import pytest

from bot.domain.destination import Destination, Page
from bot.domain.picture import Picture
from bot.engine.evaluate import LINK_SETTLES
from bot.engine.looking import Looking
from tests.builders import NOON, a_comment, a_post
from tests.checks.asking import book_of

ACCOUNT = "warden@lemmy.test"
URL = "https://pics.example/a.png"
TEXT = Picture(shows_text=True, certain=True, why=("it does",), words=40, text="breaking news " * 20)
PHOTO = Picture(shows_text=False, certain=True, words=0, text="")
SCREENSHOT = "{screenshot_only: {}}"


@dataclass
class FakeEyes:
    """See what they are told to see."""

    sees: Picture | None
    looked: list[str] = field(default_factory=list)

    def look(self, post, address):
        self.looked.append(address)
        return self.sees


def picture_post(**changes):
    return a_post(**({"url": URL, "link_type": "image/png"} | changes))


@pytest.fixture
def judged(ledger):
    def judge(when, item, eyes):
        return Looking(ACCOUNT, ledger, eyes).verdict(book_of(when), item, NOON, None)

    return judge


@pytest.mark.parametrize(
    ("sees", "certain", "undecided"),
    [(TEXT, [True], 0), (PHOTO, [], 0), (Picture(why=("broken",)), [], 1), (None, [], 1)],
)
def test_an_open_question_is_looked_into(judged, sees, certain, undecided):
    eyes = FakeEyes(sees)
    verdict = judged(SCREENSHOT, picture_post(), eyes)
    assert [match.answer.certain for match in verdict.matches] == certain
    assert len(verdict.undecided) == undecided
    assert eyes.looked == [URL]
    assert verdict.item.picture == sees


@pytest.mark.parametrize(
    ("when", "item"),
    [
        ("{title: [kernel]}", picture_post()),
        ("{title: [kernel]}", picture_post(title=None)),
        (SCREENSHOT, a_post()),
        (SCREENSHOT, a_comment()),
        (SCREENSHOT, picture_post(body="https://news.example/a")),
        (SCREENSHOT, picture_post(picture=PHOTO)),
        ("{image_text: [news], title: [absent]}", picture_post()),
    ],
)
def test_nobody_looks_in_vain(judged, when, item):
    eyes = FakeEyes(TEXT)
    judged(when, item, eyes)
    assert eyes.looked == []


def test_the_text_in_the_picture_can_be_searched(judged):
    verdict = judged("{image_text (includes-word): [breaking]}", picture_post(), FakeEyes(TEXT))
    assert verdict.matches[0].answer.evidence[0].text == "breaking"


def test_a_picture_is_looked_into_once(judged):
    first, second = FakeEyes(TEXT), FakeEyes(PHOTO)
    judged(SCREENSHOT, picture_post(), first)
    verdict = judged(SCREENSHOT, picture_post(title="Edited"), second)
    assert second.looked == []
    assert verdict.matches[0].answer.certain


def test_another_picture_is_looked_into_anew(judged):
    judged(SCREENSHOT, picture_post(), FakeEyes(TEXT))
    eyes = FakeEyes(PHOTO)
    assert not judged(SCREENSHOT, picture_post(url=URL + "?b.png"), eyes).matches
    assert eyes.looked == [URL + "?b.png"]


def test_what_could_not_be_had_is_tried_again(judged):
    judged(SCREENSHOT, picture_post(), FakeEyes(None))
    eyes = FakeEyes(TEXT)
    judged(SCREENSHOT, picture_post(), eyes)
    assert eyes.looked == [URL]


def test_without_eyes_what_was_seen_before_still_counts(judged):
    judged(SCREENSHOT, picture_post(), FakeEyes(TEXT))
    assert judged(SCREENSHOT, picture_post(), None).matches[0].answer.certain


@pytest.mark.parametrize(
    ("facts", "address"),
    [
        ({"url": "https://lemmy.test/api/v3/image_proxy?url=https%3A%2F%2Fpics.example%2Fa.png"}, URL),
        ({"url": "", "link_type": "", "body": f"![]({URL})"}, URL),
    ],
)
def test_the_picture_itself_is_asked_for(judged, facts, address):
    eyes = FakeEyes(TEXT)
    judged(SCREENSHOT, picture_post(**facts), eyes)
    assert eyes.looked == [address]


SHORT, BARE = "https://bit.ly/x", {"link_title": "", "link_description": "", "link_type": ""}
SHOP = Destination("https://shop.example/a?aff_id=7", (), Page("Buy now", "Cheap"), "text/html")
IMAGE = Destination("https://cdn.example/abc", type="image/png", why="the address leads to image/png")
IN_VAIN = Destination(why="status 404")
SELLS = "{domain: [shop.example]}"
SETTLED = NOON + LINK_SETTLES


@dataclass
class FakeLinks:
    """Lead where they are told to lead."""

    leads: Destination | None
    followed: list[str] = field(default_factory=list)

    def resolve(self, post):
        self.followed.append(post.url)
        return self.leads


@pytest.fixture
def following(ledger):
    def judge(when, item, links, eyes=None, now=SETTLED, unless=""):
        return Looking(ACCOUNT, ledger, eyes, links).verdict(book_of(when, unless), item, now, None)

    return judge


def short_post(**changes):
    return a_post(**({"url": SHORT} | changes))


def word(verdict):
    if verdict.undecided:
        return "unknown"
    return "no" if not verdict.matches else "yes" if verdict.matches[0].answer.certain else "doubt"


@pytest.mark.parametrize(
    ("when", "item", "leads", "expected"),
    [
        (SELLS, short_post(), SHOP, "yes"),
        (SELLS, short_post(), Destination(SHORT), "no"),
        (SELLS, short_post(), IN_VAIN, "unknown"),
        (SELLS, short_post(), None, "no"),
        (SELLS, short_post(link_title=None, link_type=None), SHOP, "yes"),
        ("{referral: strong}", short_post(), SHOP, "yes"),
        ("{link_title: [buy]}", a_post(**BARE), SHOP, "yes"),
        ("{link_title: [buy]}", a_post(**dict.fromkeys(BARE)), SHOP, "yes"),
        ("{link_description: [cheap]}", a_post(**BARE), SHOP, "yes"),
        ("{link_title: [buy]}", a_post(**BARE), IN_VAIN, "unknown"),
        ("{link_title: [buy]}", a_post(**BARE), IMAGE, "unknown"),
        ("{link_title: [buy]}", a_post(**BARE), None, "no"),
        ("{~link_title: [buy]}", a_post(**BARE), Destination(URL, page=Page(), type="text/html"), "yes"),
        ("{is_image_post: true}", a_post(url="https://cdn.example/abc", **BARE), IMAGE, "yes"),
        ("{is_image_post: true}", a_post(url="https://cdn.example/abc", **BARE), IN_VAIN, "no"),
        ("{is_image_post: true}", a_post(url="https://cdn.example/abc", **BARE), SHOP, "no"),
        ("{is_image_post: true}", a_post(url="https://imgur.com/abc", **BARE), SHOP, "no"),
    ],
)
def test_a_link_on_which_the_verdict_hangs_is_followed(following, when, item, leads, expected):
    links = FakeLinks(leads)
    verdict = following(when, item, links)
    assert (word(verdict), links.followed) == (expected, [item.url])
    assert verdict.item.destination == leads


@pytest.mark.parametrize(
    ("when", "item", "now"),
    [
        (SELLS, a_post(), SETTLED),
        (SELLS, a_comment(), SETTLED),
        (SELLS, short_post(url=None), SETTLED),
        (SELLS, short_post(destination=IN_VAIN), SETTLED),
        ("{domain: [shop.example], title: [absent]}", short_post(), SETTLED),
        ("{domain: [bit.ly]}", short_post(), SETTLED),
        ("{title: [kernel]}", short_post(**BARE), SETTLED),
        ("{url: [shop.example]}", short_post(**BARE), SETTLED),
        ("{link_title: [buy]}", a_post(), SETTLED),
        ("{link_title: [buy]}", short_post(), SETTLED),
        ("{link_title: [buy]}", a_post(link_title=None, link_description=None), SETTLED),
        ("{link_title: [buy]}", a_post(**dict.fromkeys(BARE)), NOON),
        ("{link_title: [buy], title: [absent]}", a_post(**BARE), SETTLED),
        ("{link_title: [buy]}", a_post(**(BARE | {"url": URL})), SETTLED),
        ("{link_title: [buy]}", a_post(**(BARE | {"url": ""})), SETTLED),
        ("{is_image_post: true}", a_post(**(BARE | {"link_title": "A page"})), SETTLED),
    ],
)
def test_nobody_follows_a_link_in_vain(following, when, item, now):
    links = FakeLinks(SHOP)
    following(when, item, links, now=now)
    assert links.followed == []


def test_a_link_is_followed_once(following):
    following(SELLS, short_post(), FakeLinks(SHOP))
    second = FakeLinks(IN_VAIN)
    assert word(following(SELLS, short_post(title="Edited"), second)) == "yes"
    assert second.followed == []
    assert word(following(SELLS, short_post(), None)) == "yes"


def test_another_link_is_followed_anew(following):
    following(SELLS, short_post(), FakeLinks(SHOP))
    links = FakeLinks(Destination("https://news.example/a"))
    assert word(following(SELLS, short_post(url=SHORT + "y"), links)) == "no"
    assert links.followed == [SHORT + "y"]


def test_what_was_not_done_today_may_be_done_tomorrow(following):
    following(SELLS, short_post(), FakeLinks(None))
    assert word(following(SELLS, short_post(), FakeLinks(SHOP))) == "yes"


def test_what_lemmy_knows_of_the_page_stands(following):
    verdict = following(SELLS, short_post(link_title="Its own", link_description=None), FakeLinks(SHOP))
    assert (verdict.item.link_title, verdict.item.link_description) == ("Its own", "")
    assert verdict.item.resolved_url == SHOP.url


def test_what_was_looked_for_early_and_in_vain_stays_open_until_lemmy_tells(following):
    young = short_post(**dict.fromkeys(BARE))
    assert (
        word(following("{any: [{domain: [a.example]}, {link_title: [buy]}]}", young, FakeLinks(IN_VAIN), now=NOON))
        == "unknown"
    )
    assert word(following("{link_title: [buy]}", young, None)) == "unknown"
    assert word(following("{link_title: [buy]}", short_post(link_title="Buy"), None)) == "yes"


def test_a_picture_that_a_link_turns_out_to_be_is_looked_into(following):
    eyes = FakeEyes(TEXT)
    post = a_post(url="https://cdn.example/abc", **BARE)
    assert word(following(SCREENSHOT, post, FakeLinks(IMAGE), eyes)) == "yes"
    assert eyes.looked == [post.url]


def test_an_exception_may_hang_on_the_link(following):
    links = FakeLinks(Destination("https://news.example/a"))
    verdict = following("{title: [kernel]}", short_post(), links, unless="{domain: [news.example]}")
    assert (word(verdict), links.followed) == ("no", [SHORT])
