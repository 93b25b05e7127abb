"""Addresses are read as a browser reads them, and nothing that anybody writes raises."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.text import urls

HOSTS = {
    "https://example.com/": "example.com",
    "HTTPS://Example.COM/Path": "example.com",
    "  https://example.com \n": "example.com",
    "\x1fhttps://example.com\x00": "example.com",
    "http://exa\tmp\nle.com/": "example.com",
    "http:example.com": "example.com",
    "http:////example.com": "example.com",
    "http:\\\\evil.example\\x": "evil.example",
    "https://good.example@evil.example/": "evil.example",
    "https://good.example:secret@evil.example/": "evil.example",
    "https://evil.example\\@good.example/": "evil.example",
    "https://evil.example#@good.example/": "evil.example",
    "https://evil.example?@good.example/": "evil.example",
    "https://example.com:8443/": "example.com",
    "https://example.com./": "example.com",
    "https://EXAMPLE.com.:443/": "example.com",
    "http://münchen.example/": "xn--mnchen-3ya.example",
    "http://XN--MNCHEN-3YA.example/": "xn--mnchen-3ya.example",
    "http://ｅｘａｍｐｌｅ.com/": "example.com",
    "http://example。com/": "example.com",
    "http://exa\u00admple.com/": "example.com",
    "http://ex\u200bample.com/": "example.com",
    "http://аpple.example/": "xn--pple-43d.example",
    "http://0x7f.1/": "127.0.0.1",
    "http://2130706433/": "127.0.0.1",
    "http://[::ffff:1.2.3.4]/": "[::ffff:102:304]",
    "https://example.com/\ud800": "example.com",
}
NO_HOST = [
    "",
    ".",
    "example.com",
    "//example.com",
    "http://",
    "http://.",
    "http://exa mple.com",
    "http://example.com:99999/",
    "http://example\u2024com/",
    "http://exam\ud800ple.com/",
    "http://[::1",
    "http://exa%00mple.com/",
    "javascript:alert(1)",
    "data:image/png;base64,AA==",
    "mailto:bob@example.com",
    "file:///etc/passwd",
    "ftp://example.com/",
    "\x00",
    "\ud800",
]


@pytest.mark.parametrize(("url", "host"), HOSTS.items())
def test_the_host_is_where_a_browser_goes(url, host):
    assert urls.host_of(url) == host


@pytest.mark.parametrize("url", NO_HOST)
def test_an_address_that_leads_nowhere_on_the_web_has_no_host(url):
    assert urls.host_of(url) == ""


@pytest.mark.parametrize(
    ("host", "domain"),
    [
        ("example.com", "example.com"),
        ("shop.example.co.uk", "example.co.uk"),
        ("A.Example.CO.UK.", "example.co.uk"),
        ("me.github.io", "me.github.io"),
        ("deep.me.github.io", "me.github.io"),
        ("x.y.city.kawasaki.jp", "city.kawasaki.jp"),
        ("x.y.kawasaki.jp", "x.y.kawasaki.jp"),
        ("www.xn--85x722f.xn--55qx5d.cn", "xn--85x722f.xn--55qx5d.cn"),
        ("printer.lan", "printer.lan"),
        ("a.printer.lan", "printer.lan"),
        ("co.uk", "co.uk"),
        ("com", "com"),
        ("localhost", "localhost"),
        ("192.168.0.1", "192.168.0.1"),
        ("[::1]", "[::1]"),
        ("a..b", "a..b"),
        ("", ""),
    ],
)
def test_the_registered_part_of_a_host(host, domain):
    assert urls.registrable_domain(host) == domain


@pytest.mark.parametrize(
    ("host", "domain", "under"),
    [
        ("example.com", "example.com", True),
        ("www.example.com", "example.com", True),
        ("WWW.Example.com.", "example.COM.", True),
        ("notexample.com", "example.com", False),
        ("example.com.evil.example", "example.com", False),
        ("example.com", "www.example.com", False),
        ("example.com", "", False),
        ("", "", False),
    ],
)
def test_subdomains(host, domain, under):
    assert urls.is_under(host, domain) is under


def test_every_domain_above_a_host():
    assert urls.suffixes("A.b.example.") == ("a.b.example", "b.example", "example")


PICTURE = "https://pics.example/a.png"
NESTED = "https%3A%2F%2Fb.test%2Fapi%2Fv3%2Fimage_proxy%3Furl%3Dhttps%253A%252F%252Fpics.example%252Fa.png"


@pytest.mark.parametrize(
    ("url", "picture"),
    [
        ("https://lemmy.test/api/v3/image_proxy?url=https%3A%2F%2Fpics.example%2Fa.png", PICTURE),
        ("https://lemmy.test/api/v4/image/proxy?max_size=9&url=https%3A%2F%2Fpics.example%2Fa.png", PICTURE),
        (f"https://a.test/api/v3/image_proxy?url={NESTED}", PICTURE),
        ("https://lemmy.test/api/v3/image_proxy", "https://lemmy.test/api/v3/image_proxy"),
        ("https://lemmy.test/api/v3/image_proxy?url=", "https://lemmy.test/api/v3/image_proxy?url="),
        (
            "https://lemmy.test/other?url=https%3A%2F%2Fx.example",
            "https://lemmy.test/other?url=https%3A%2F%2Fx.example",
        ),
        ("no address", "no address"),
    ],
)
def test_the_picture_behind_an_image_proxy(url, picture):
    assert urls.unwrap_image_proxy(url) == picture


def test_proxies_without_end_come_to_an_end():
    url = "https://a.test/api/v3/image_proxy?url=" + "https://a.test/api/v3/image_proxy?url=" * 1_000
    assert urls.unwrap_image_proxy(url).startswith("https://a.test/api/v3/image_proxy")


@pytest.mark.parametrize(
    ("url", "is_image"),
    [
        (PICTURE, True),
        ("https://pics.example/A.JPG?width=2#x", True),
        ("https://pics.example/a.webp", True),
        ("https://lemmy.test/pictrs/image/0b5d", True),
        ("https://pbs.example/media/abc?format=jpg&name=large", True),
        ("https://lemmy.test/api/v3/image_proxy?url=https%3A%2F%2Fpics.example%2Fa.png", True),
        ("https://news.example/a.png.html", False),
        ("https://news.example/?file=a.png", False),
        ("https://wiki.example/wiki/File:Cat.jpg", False),
        ("https://wiki.example/wiki/Datei:Cat.jpg", False),
        ("javascript:a.png", False),
        ("a.png", False),
        ("", False),
    ],
)
def test_whether_an_address_is_a_picture(url, is_image):
    assert urls.is_image_address(url) is is_image


ARCHIVED = {
    "https://web.archive.org/web/20240102030405/https://news.example/a?b=1#c": "https://news.example/a?b=1#c",
    "https://web.archive.org/web/20240102030405id_/http:/news.example/": "http://news.example/",
    "https://web.archive.org/web/2024/news.example:8080/a": "http://news.example:8080/a",
    "https://www.web.archive.org/web/*/news.example": "http://news.example",
    "http://archive.org/web/2/https%3A%2F%2Fnews.example%2Fa": "https://news.example/a",
    "https://archive.ph/https://news.example/a": "https://news.example/a",
    "https://archive.today/newest/https:/news.example/a": "https://news.example/a",
    "https://archive.is/2024.01.02-030405/https://news.example/a": "https://news.example/a",
    "https://www.archive.is/20240102/news.example": "http://news.example",
    "https://archive.vn/o/AbC12/https://news.example/a": "https://news.example/a",
    "https://megalodon.jp/2024-0102-0304-05/https://news.example:443/a": "https://news.example:443/a",
    "https://www.webcitation.org/query?url=news.example%2Fa&date=2012": "http://news.example/a",
}
ARCHIVED_UNKNOWN = [
    "https://archive.ph/AbC12",
    "https://archive.org/details/software",
    "https://ghostarchive.org/archive/AbC12",
    "https://perma.cc/ABCD-1234",
    "https://www.webcitation.org/5abc",
    "https://web.archive.org/web/2024/javascript:alert(1)",
    "https://web.archive.org/web/2024/ftp://news.example/",
]
NO_ARCHIVE = [
    "https://archive.ph/",
    "https://archive.org/about",
    "https://perma.cc",
    "https://notarchive.is/https://news.example/",
    "https://archive.is.evil.example/https://news.example/",
    "https://news.example/https://archive.is/a",
    "",
]


@pytest.mark.parametrize(("url", "original"), ARCHIVED.items())
def test_archives_that_name_the_original(url, original):
    assert urls.is_archive(url)
    assert urls.archived_original(url) == original


@pytest.mark.parametrize("url", ARCHIVED_UNKNOWN)
def test_archives_that_do_not_tell(url):
    assert urls.is_archive(url)
    assert urls.archived_original(url) is None


@pytest.mark.parametrize("url", NO_ARCHIVE)
def test_what_is_no_archive(url):
    assert not urls.is_archive(url)
    assert urls.archived_original(url) is None


anything = st.text(alphabet=st.characters(), max_size=30)  # half characters too
PIECES = [
    "http", "https", "://", ":", "//", "/", "\\", "@", "#", "?", "url=", "%2F", "%", "[", "]", ".", "..", "a", "é", "xn--",
    "archive.is", "web.archive.org", "/web/2024/", "/api/v3/image_proxy", "\u3002", "\ud800", "\x00", " ", "&", "=",
    "webcitation.org/query", "megalodon.jp/2024-0102-0304-05/", "99999", "127.1",
]  # fmt: skip
odd = st.lists(st.sampled_from(PIECES), max_size=12).map("".join)


@given(st.one_of(anything, odd))
def test_any_text_is_answered(text):
    host = urls.host_of(text)
    assert host == host.lower().rstrip(".")
    assert host.isascii()
    assert urls.is_under(host, urls.registrable_domain(host)) is bool(host)
    assert urls.suffixes(text)[0] == text.lower().rstrip(".")
    original = urls.archived_original(text)
    assert original is None or (urls.is_archive(text) and urls.host_of(original))
    assert urls.is_image_address(text) <= bool(urls.host_of(urls.unwrap_image_proxy(text)))
    assert text.lower().rstrip(".").endswith(urls.registrable_domain(text))


labels = st.from_regex(r"[a-z][a-z0-9]{0,8}", fullmatch=True)


@given(st.lists(labels, min_size=1, max_size=5).map(".".join))
def test_a_host_is_under_all_its_suffixes_and_its_registrable_domain_is_one_of_them(host):
    assert all(urls.is_under(host, above) for above in urls.suffixes(host))
    assert urls.registrable_domain(host) in urls.suffixes(host)


@given(labels, labels)
def test_who_wrote_before_the_at_sign_is_not_the_host(user, host):
    assert urls.host_of(f"https://{user}.example@{host}.example/") == f"{host}.example"
