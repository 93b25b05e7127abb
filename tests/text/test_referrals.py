"""Who is paid for a link, and by which sign."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.text import urls
from tests.paths import CHECKOUT

STRONG = [
    ("https://www.amazon.com/dp/B000000001?tag=abc-20", "tag"),
    ("https://www.amazon.co.uk/dp/B000000001?th=1&ascsubtag=x", "ascsubtag"),
    ("https://www.ebay.com/itm/123456789012?mkcid=1&campid=5338", "campid"),
    ("https://www.aliexpress.com/item/1005001.html?aff_fcid=abc", "aff_fcid"),
    ("https://www.humblebundle.com/games/a?partner=someone", "partner"),
    ("https://www.vultr.com/?ref=123", "ref"),
    ("https://m.do.example/?refcode=abc", "refcode"),
    ("https://accounts.binance.com/register?ref=ABC", "ref"),
    ("https://www.coinbase.com/join/someone", ""),
    ("https://ts.la/someone", ""),
    ("https://shop.example/?aff=12", "aff"),
    ("https://shop.example/?irclickid=12", "irclickid"),
    ("https://shop.example/?UTM_Medium=Affiliate", "UTM_Medium"),
    ("https://shop.sjv.io/AbC12", ""),
    ("https://www.anrdoezrs.net/click-1-2", ""),
    ("https://www.google.com/url?q=https%3A%2F%2Fwww.amazon.de%2Fdp%2FB000000001%3Ftag%3Dx-21", "tag"),
]
WEAK = [
    "https://news.example/a?ref=homepage",
    "https://news.example/a?utm_source=rss&utm_medium=feed",
    "https://x.example/?via=me",
]
NONE = [
    "https://news.example/a?id=1",
    "https://news.example/a?tag=linux",
    "https://blog.example/?p=12",
    "https://shop.example/?aff=",
    "https://www.coinbase.com/blog/joining",
    "https://www.amazon.com/dp/B000000001",
    "no address",
    "",
]


@pytest.mark.parametrize(("url", "name"), STRONG)
def test_signs_that_pay(url, name):
    assert name in {sign.name for sign in urls.referrals(url) if sign.is_strong}


@pytest.mark.parametrize("url", WEAK)
def test_signs_that_only_count_readers_are_weak(url):
    signs = urls.referrals(url)
    assert signs
    assert not any(sign.is_strong for sign in signs)


@pytest.mark.parametrize("url", NONE)
def test_addresses_that_pay_nobody(url):
    assert urls.referrals(url) == ()


def test_a_sign_names_who_reads_it():
    assert urls.referrals("https://www.amazon.com/dp/B000000001?tag=abc-20") == (
        urls.Referral("www.amazon.com", "tag", "abc-20", is_strong=True),
    )


LIST = (CHECKOUT / "rules" / "lists" / "url_shorteners.txt").read_text(encoding="utf-8")
SHORTENERS = frozenset(line for line in LIST.splitlines() if line and not line.startswith("#"))


@pytest.mark.parametrize(
    ("url", "is_short"),
    [
        ("https://bit.ly/3AbC", True),
        ("http://www.tinyurl.com/AbC", True),
        ("https://someone.page.link/AbC", True),
        ("https://bit.ly/", False),
        ("https://bitly.example/AbC", False),
        ("https://notbit.ly/AbC", False),
        ("https://tinyurl.com/pricing", False),
        ("https://news.example/bit.ly/AbC", False),
        ("bit.ly/AbC", False),
        ("", False),
    ],
)
def test_short_links(url, is_short):
    assert urls.is_short_link(url, SHORTENERS) is is_short


SITES = ["shop.example", "www.amazon.de", "ts.la", "l.facebook.com", "shop.sjv.io", "www.vultr.com", "nitter.net"]
NAMES = ["ref", "TAG", "re%66", "id", "utm_id", "utm_medium", "u", "url", "aff_id", "q"]
VALUES = ["", "1", "affiliate", "https%3A%2F%2Fx.example%2F%3Faff%3D1"]
PARAMETERS = st.tuples(
    st.sampled_from("?&#;"), st.sampled_from(NAMES), st.sampled_from(["=", ""]), st.sampled_from(VALUES)
)


@given(
    st.sampled_from(SITES),
    st.sampled_from(["", "/", "/a", "/url", "/l.php"]),
    st.lists(PARAMETERS.map("".join), max_size=3).map("".join),
)
def test_names_alone_tell_the_same_as_a_look_at_all(site, path, query):
    address = f"https://{site}{path or '/'}{query}"
    # A port is left to the whole look, and changes nothing.
    whole = urls.referrals(address.replace(site, f"{site}:443"))
    assert urls.referrals(address) == whole
