"""Addresses that are read letter by letter are read as the standard reads them."""

import ada_url
import yaml
from hypothesis import given
from hypothesis import strategies as st

from bot.text.urls import address, pictures, unwrapping
from tests.paths import CHECKOUT

WRAPPED_ADDRESSES = CHECKOUT / "tests" / "data" / "wrapped_addresses.yaml"
LABELS = st.text(alphabet="abxn-0123", min_size=1, max_size=6)
HOSTS = st.one_of(
    st.lists(LABELS, min_size=1, max_size=4).map(".".join),
    st.sampled_from(
        ["archive.org", "i0.wp.com", "www.google.com", "nitter.example.net", "l.facebook.com", "t.co", "1.2.3.4"]
    ),
)
RESTS = st.one_of(
    st.just(""),
    st.text(alphabet="/?#.%2eimageprxyEw\\\t @:&=", max_size=24).map(lambda rest: "/" + rest),
    st.sampled_from(
        [
            "/web/2024/https://example.org/a",
            "/a.PNG",
            "/x/../pictrs/image/1",
            "/pictrs/./image/1",
            "/x?format=jpg",
            "/wiki/File:a.png",
            "/unsafe/300x/example.org/a.png",
            "/api/v3/image_proxy?url=https%3A%2F%2Fexample.org%2Fa",
            "/url?q=https://example.org/",
        ]
    ),
)
WRAPPED = [url for url, _ in yaml.safe_load(WRAPPED_ADDRESSES.read_text(encoding="utf-8"))["image proxy"]]
ADDRESSES = st.builds("{}{}{}".format, st.sampled_from(["http://", "https://"]), HOSTS, RESTS)


@given(ADDRESSES)
def test_a_plain_host_is_the_one_of_the_standard(url):
    host = address.plain_host(url)
    assert not host or host == ada_url.URL(url).hostname


@given(ADDRESSES)
def test_what_is_known_without_taking_an_address_apart_is_so(url):
    plainly = unwrapping.first_step.__wrapped__(url), pictures.is_image_address.__wrapped__(url)
    found = address._PLAIN
    address._PLAIN = NOTHING
    try:
        assert plainly == (unwrapping.first_step.__wrapped__(url), pictures.is_image_address.__wrapped__(url))
    finally:
        address._PLAIN = found


@given(ADDRESSES | st.sampled_from(WRAPPED))
def test_a_part_of_it_tells_of_every_picture(url):
    tells = any(part in url.lower() for part in pictures.PICTURE_PARTS)
    is_picture = pictures.is_image_address(url) or pictures.unwrap_image_proxy(url) != url
    assert tells or not is_picture or not address.plain_host(url)


class _Nothing:
    def fullmatch(self, text):
        return None


NOTHING = _Nothing()
