"""Archives, caches, proxies, frontends and redirects are seen through, to a bounded depth."""

import base64
from time import process_time
from urllib.parse import quote

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from bot.text import urls
from bot.text.urls.address import BRANDS
from bot.text.urls.canonical import PATHS, TRACKING_OF
from bot.text.urls.referrals import STRONG_OF, STRONG_PATHS
from bot.text.urls.unwrapping import _WRAPPERS, MOST_LAYERS
from tests.paths import CHECKOUT

ADDRESSES = yaml.safe_load((CHECKOUT / "tests" / "data" / "wrapped_addresses.yaml").read_text(encoding="utf-8"))
PAIRS = [(kind, url, original) for kind, rows in ADDRESSES.items() for url, original in rows]
MIXED, NOTHING = "in one another", "nothing inside"


def test_there_are_enough_and_each_is_there_once():
    assert len(PAIRS) == len({url for _, url, _ in PAIRS}) >= 200
    assert set(ADDRESSES) == {*urls.Wrapping, MIXED, NOTHING}


@pytest.mark.parametrize(("kind", "url", "original"), PAIRS, ids=[url for _, url, _ in PAIRS])
def test_what_an_address_wraps(kind, url, original):
    unwrapped = urls.unwrap(url)
    assert unwrapped.address == (None if original == "unknown" else original)
    assert kind == MIXED or [step.kind for step in unwrapped.steps] == ([] if kind == NOTHING else [kind])
    assert urls.is_archive(url) is (bool(unwrapped.steps) and unwrapped.steps[0].kind is urls.Wrapping.ARCHIVE)


@pytest.mark.parametrize("url", [url for url, _ in ADDRESSES["image proxy"]])
def test_what_an_image_proxy_delivers_is_a_picture(url):
    assert urls.is_image_address(url)


def test_a_picture_behind_a_gateway_of_content_is_no_kept_page():
    url = "https://ipfs.io/ipfs/QmYwAPJzv5CZsnA625s3Xf2nemtYgPpHdWEz79ojWKPiDF/a.png"
    assert urls.is_image_address(url)
    assert not urls.is_archive(url)


def test_every_brand_of_the_tables_is_known_as_one():
    tables = [_WRAPPERS, TRACKING_OF, STRONG_OF, STRONG_PATHS, {site: () for site, _, _ in PATHS}]
    assert {key.removesuffix(".*") for table in tables for key in table if key.endswith(".*")} == BRANDS


def test_steps_go_from_outside_in():
    unwrapped = urls.unwrap("https://archive.ph/newest/https://12ft.io/https://t.co/AbC")
    assert [step.kind for step in unwrapped.steps] == ["archive", "reader", "redirect"]
    assert [step.address for step in unwrapped.steps] == ["https://12ft.io/https://t.co/AbC", "https://t.co/AbC", None]
    assert unwrapped.kinds == {urls.Wrapping.ARCHIVE, urls.Wrapping.READER, urls.Wrapping.REDIRECT}


def test_wrapping_without_end_comes_to_an_end():
    unwrapped = urls.unwrap("https://archive.ph/" * 500 + "https://news.example/")
    assert len(unwrapped.steps) == MOST_LAYERS
    assert unwrapped.address.startswith("https://archive.ph/")


@pytest.mark.parametrize(
    "url",
    [
        "https://www.bing.com/ck/a?u=a1%%%",
        "https://www.bing.com/ck/a",
        "https://camo.githubusercontent.com/0123456789abcdef0123456789abcdef01234567/abc",
        "https://urldefense.com/v3/__x__;!!",
        "https://urldefense.com/v3/__https://news.example/**A__;!!AbC!x$",
        "https://0-.translate.goog/?_x_tr_enc=0",
        "https://-----.translate.goog/",
        "https://------.ipns.dweb.link/",
        "https://imgs.search.brave.com/a/rs:1/aHR0",
        "https://r.search.yahoo.com/RU=/",
        "https://web.archive.org/web/2024/javascript:alert(1)",
        "https://cdn.ampproject.org/c/s/..",
        "https://disq.us/url?url=::::",
        "https://i0.wp.com/a/",
    ],
)
def test_broken_wrappings_raise_nothing(url):
    address = urls.unwrap(url).address
    assert address is None or urls.host_of(address)


@pytest.mark.parametrize("filling", ["-", "/", "1/", "a:b/", "/amp", "%2F", "=", "filters:a/", "a.", "https:/"])
@pytest.mark.parametrize(
    "start",
    [
        "https://news.example/",
        "https://thumbs.example/unsafe/",
        "https://s.yimg.com/",
        "https://imgs.search.brave.com/a/rs:1/",
        "https://awstrack.me/L0/https:",
        "https://www.anrdoezrs.net/links/",
        "https://res.cloudinary.com/a/image/fetch/",
    ],
)
def test_long_addresses_take_no_time(start, filling):
    began = process_time()
    urls.unwrap(start + filling * 3_000)
    urls.canonical(start + filling * 3_000 + "/x")
    assert process_time() - began < 1.0


anything = st.text(alphabet=st.characters(), max_size=30)
carriers = st.sampled_from([url for _, url, _ in PAIRS])
cut = st.builds(lambda url, place, more: url[:place] + more + url[place:], carriers, st.integers(0, 80), anything)


@given(st.one_of(anything, carriers, cut))
def test_any_text_is_unwrapped(text):
    unwrapped = urls.unwrap(text)
    assert len(unwrapped.steps) <= MOST_LAYERS
    assert all(step.address is None or urls.host_of(step.address) for step in unwrapped.steps)
    assert (urls.archived_original(text) is None) or urls.is_archive(text)
    assert urls.unwrap_image_proxy(text) in {text, *(step.address for step in unwrapped.steps)}
    assert isinstance(urls.source_key(text), str)
    assert all(sign.value for sign in urls.referrals(text))


pages = st.sampled_from(
    ["https://news.example/a?b=1&c=%20d", "http://shop.example:8080/", "https://xn--mnchen-3ya.example/é"]
)
ways = st.sampled_from(
    [
        lambda url: f"https://web.archive.org/web/20240102030405/{url}",
        lambda url: f"https://archive.ph/newest/{url}",
        lambda url: f"https://www.google.com/url?q={quote(url, safe='')}",
        lambda url: f"https://l.facebook.com/l.php?u={quote(url, safe='')}&h=x",
        lambda url: f"https://12ft.io/{url}",
        lambda url: f"https://www.bing.com/ck/a?u=a1{base64.urlsafe_b64encode(url.encode()).decode().rstrip('=')}",
    ]
)


@given(pages, st.lists(ways, max_size=MOST_LAYERS))
def test_what_was_wrapped_is_the_same_source(page, wrapped_by):
    url = page
    for wrap in wrapped_by:
        url = wrap(url)
    assert urls.source_key(url) == urls.canonical(page)
