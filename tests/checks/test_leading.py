"""What conditions take from where a short link leads."""

import pytest

from bot.domain.destination import Destination, Page
from bot.domain.picture import Picture
from tests.builders import a_comment, a_post
from tests.checks.asking import ask, word

SHORT = "https://bit.ly/x"
SHOP = Destination("https://www.shop.example/a?ref=eve&aff_id=7")
PASSED = Destination("https://blog.example/a", ("https://awin1.com/x?tag=eve",))
UNKNOWN = Destination(why="status 404")
PAGE = "https://cdn.example/abc"


@pytest.mark.parametrize(
    ("when", "found", "expected"),
    [
        ("{domain: [shop.example]}", None, "no"),
        ("{domain: [shop.example]}", SHOP, "yes"),
        ("{domain: [example]}", SHOP, "yes"),
        ("{domain: [other.example]}", SHOP, "no"),
        ("{domain: [bit.ly]}", SHOP, "yes"),
        ("{domain: [bit.ly]}", UNKNOWN, "yes"),
        ("{domain: [shop.example]}", UNKNOWN, "unknown"),
        ("{~domain: [shop.example]}", UNKNOWN, "unknown"),
        ("{~domain: [shop.example]}", SHOP, "no"),
        ("{domain: [shop.example]}", Destination(SHORT), "no"),
        ("{domain: [awin1.com]}", PASSED, "yes"),
        ("{domain (includes): [shop]}", SHOP, "no"),
        ("{url: [shop.example]}", SHOP, "no"),
        ("{author: {instance: [shop.example]}}", SHOP, "no"),
        ("{referral: strong}", None, "no"),
        ("{referral: strong}", SHOP, "yes"),
        ("{referral: weak}", SHOP, "yes"),
        ("{referral: strong}", PASSED, "yes"),
        ("{referral: strong}", Destination("https://blog.example/a"), "no"),
        ("{referral: strong}", UNKNOWN, "unknown"),
        ("{has_link: true}", UNKNOWN, "yes"),
    ],
)
def test_a_short_link_counts_for_what_it_stands_for(when, found, expected):
    assert word(ask(a_post(url=SHORT, destination=found), when)) == expected


def test_the_evidence_is_the_address_behind_the_link():
    post = a_post(url=SHORT, destination=SHOP)
    (fact,) = ask(post, "{domain: [shop.example]}").evidence
    assert (fact.field, fact.text) == ("resolved_url", "shop.example")
    assert post.resolved_url[fact.start : fact.end] == "shop.example"
    (fact,) = ask(a_post(url=SHORT, destination=PASSED), "{domain: [awin1.com]}").evidence
    assert (fact.start, fact.text) == (None, "awin1.com")
    (fact,) = ask(post, "{referral: strong}").evidence
    assert fact.field == "resolved_url"
    assert post.resolved_url[fact.start : fact.end] == SHOP.url


def test_why_it_is_not_known_is_told():
    assert ask(a_post(url=SHORT, destination=UNKNOWN), "{domain: [a.example]}").why == (
        "where the short link leads is not known: status 404"
    )


def test_an_ordinary_address_counts_for_itself_alone():
    post = a_post(destination=Destination(a_post().url, why="status 403"))
    assert word(ask(post, "{domain: [consent.example]}")) == "no"


@pytest.mark.parametrize(
    ("found", "why"),
    [(None, "link_title is not known"), (UNKNOWN, "link_title is not known: status 404")],
)
def test_a_page_that_could_not_be_read_leaves_its_words_open(found, why):
    post = a_post(link_title=None, published=None, destination=found)
    assert ask(post, "{link_title: [buy]}").why == why
    assert ask(post, "{link_title+link_description: [buy]}").why == why


def test_words_of_a_page_need_no_page_in_a_comment():
    assert word(ask(a_comment(), "{link_title: [buy]}")) == "no"


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"link_type": None}, "no"),
        ({"link_type": None, "destination": Destination(PAGE)}, "unknown"),
        ({"link_type": None, "destination": Destination(PAGE, why="status 403")}, "no"),
        ({"link_type": None, "url": PAGE + "?size=big", "destination": Destination(PAGE)}, "unknown"),
        ({"link_type": None, "url": PAGE + ".html", "destination": Destination(PAGE)}, "no"),
        ({"link_type": None, "url": "https://cdn.example/abc/", "destination": Destination(PAGE)}, "no"),
        ({"link_type": None, "url": "https://cdn.example", "destination": Destination(PAGE)}, "no"),
        ({"link_type": "image/png", "destination": Destination(PAGE, type="image/png")}, "yes"),
        ({"link_type": None, "url": PAGE + ".png", "destination": Destination(PAGE)}, "yes"),
        ({"link_type": None, "url": "https://imgur.com/a", "destination": Destination(PAGE, why="x")}, "doubt"),
        ({"link_type": "text/html", "url": "https://imgur.com/a", "destination": Destination(PAGE)}, "no"),
    ],
)
def test_whether_it_is_a_picture_is_open_while_somebody_may_look(facts, expected):
    post = a_post(**({"url": PAGE, "published": None} | facts))
    assert word(ask(post, "{is_image_post: true}")) == expected


CHECKER = """checker: ads
about: whether it sells
bands: {doubtful: 1, certain: 2}
signals:
  - {id: shop, weight: 2, domain: [shop.example]}
"""


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({}, "no"),
        ({"destination": SHOP}, "yes"),
        ({"destination": UNKNOWN}, "unknown"),
        ({"picture": Picture(links=("https://shop.example",))}, "yes"),
    ],
)
def test_a_scan_that_finds_nothing_does_not_rule_out_what_is_behind_the_link(facts, expected):
    post = a_post(url=SHORT, **facts)
    said = ask(post, "{ads: {}}", more="checkers: [ads.yaml]\n", files={"ads.yaml": CHECKER})
    assert word(said) == expected


def test_a_page_without_words_has_none():
    post = a_post(link_title="", destination=Destination(PAGE, (), Page(), "text/html"))
    assert word(ask(post, "{~link_title (regex): [.]}")) == "yes"
