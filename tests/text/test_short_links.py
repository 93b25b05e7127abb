"""Addresses that hide where they lead, and what they stand for once a server has said it."""

import pytest

from bot.text.urls import SHORTENERS, end_of, hides_its_end
from tests.paths import CHECKOUT

SHOP, AFFILIATE = "https://shop.example/a", "https://www.awin1.com/cread.php?ued=https%3A%2F%2Fshop.example%2Fa"


def test_the_list_that_rules_begin_with_holds_the_services_that_are_known():
    text = (CHECKOUT / "rules" / "lists" / "url_shorteners.txt").read_text(encoding="utf-8")
    assert {line for line in text.splitlines() if line and not line.startswith("#")} == SHORTENERS


@pytest.mark.parametrize(
    ("url", "hides"),
    [
        ("https://bit.ly/3AbC", True),
        ("http://someone.page.link/AbC", True),
        ("https://t.co/AbC", True),
        ("https://howl.me/AbC", True),
        ("https://www.google.com/url?q=https%3A%2F%2Fbit.ly%2F3AbC", True),
        ("https://bit.ly/", False),
        ("https://bit.ly/pricing", False),
        (SHOP, False),
        (AFFILIATE, False),
        ("https://youtu.be/dQw4w9WgXcQ", False),
        ("https://web.archive.org/web/2026/https://shop.example/a", False),
        ("no address", False),
        ("", False),
    ],
)
def test_only_the_service_knows_where_a_short_link_leads(url, hides):
    assert hides_its_end(url) is hides


@pytest.mark.parametrize(
    ("way", "end", "before"),
    [
        ((), None, ()),
        ((SHOP,), SHOP, ()),
        (("https://bitly.com/3AbC", SHOP), SHOP, ("https://bitly.com/3AbC",)),
        ((SHOP, "https://consent.example/?to=shop"), SHOP, ()),
        ((SHOP, "https://shop.example/login"), SHOP, ()),
        ((AFFILIATE, SHOP), SHOP, (AFFILIATE,)),
        ((AFFILIATE,), SHOP, (AFFILIATE,)),
        (("https://bit.ly/a", "https://t.co/b"), None, ("https://bit.ly/a", "https://t.co/b")),
        (("http://192.168.0.1/a",), "http://192.168.0.1/a", ()),
        (("intent://shop.example#x",), None, ("intent://shop.example#x",)),
        (("", "http://["), None, ("", "http://[")),
    ],
)
def test_the_first_address_that_hides_nothing_is_the_end(way, end, before):
    assert end_of(way) == (end, before)
