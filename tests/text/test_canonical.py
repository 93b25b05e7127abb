"""All spellings of an address have one form; different pages keep different ones."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.text import urls

SAME = {
    "https://example.com": [
        "http://example.com/",
        "https://www.example.com",
        "HTTPS://EXAMPLE.com:443/",
        "http://example.com:80/index.html",
        "https://m.example.com/#top",
        "https://user:secret@example.com./",
        "https://example.com/?utm_source=x&fbclid=y",
    ],
    "https://example.com/a?b=1&c=2": [
        "https://example.com/a/?c=2&b=1",
        "https://example.com/a?b=1&c=2&utm_campaign=z&gclid=9",
        "https://example.com/%61?%62=1&c=%32",
        "https://amp.example.com/a?b=1&&c=2#:~:text=hello",
    ],
    "https://example.com/~a/%C3%A9/b%2Fc": ["https://example.com/%7Ea/é/b%2fc", "https://example.com/%7ea/%c3%a9/b%2Fc/"],
    "https://example.com/a?b=c%20d": ["https://example.com/a?b=c+d", "https://example.com/a?b=c%20d&ref=site"],
    "https://example.com/a": ["https://example.com/a;jsessionid=ABC?PHPSESSID=1", "https://example.com/a/default.aspx"],
    "https://news.example/2024/some-long-slug": [
        "https://news.example/2024/some-long-slug/amp/",
        "https://news.example/2024/some-long-slug.amp.html",
        "https://news.example/amp/2024/some-long-slug",
        "https://news.example/2024/amp/some-long-slug",
        "https://amp.news.example/2024/some-long-slug?outputType=amp",
    ],
    "https://en.wikipedia.org/wiki/Alan_Turing": ["https://en.m.wikipedia.org/wiki/Alan_Turing"],
    "https://bbc.com/news/a-1": ["https://www.bbc.co.uk/news/a-1", "https://m.bbc.com/news/amp/a-1?at_medium=RSS"],
    "https://youtube.com/watch?v=dQw4w9WgXcQ": [
        "https://www.youtube.com/watch?v=dQw4w9WgXcQ&t=5&list=PL1&si=x",
        "https://m.youtube.com/shorts/dQw4w9WgXcQ",
        "https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ?rel=0",
    ],
    "https://x.com/i/status/123": [
        "https://twitter.com/someone/status/123?s=20&t=abc",
        "https://mobile.twitter.com/someone/status/123/photo/1",
        "https://x.com/i/web/status/123",
    ],
    "https://reddit.com/comments/abc123": [
        "https://old.reddit.com/r/technology/comments/abc123/a_title/",
        "https://www.reddit.com/r/technology/comments/abc123/a_title/?utm_source=share&rdt=1",
    ],
    "https://amazon.de/dp/B000000001": [
        "https://www.amazon.de/Some-Thing/dp/B000000001/ref=sr_1_1?tag=x-21&keywords=y",
        "https://amazon.de/gp/product/B000000001?psc=1",
    ],
    "https://arxiv.org/abs/1910.06709": ["https://arxiv.org/pdf/1910.06709v2.pdf", "https://export.arxiv.org/abs/1910.06709"],
    "https://app.example#/route/1": ["https://app.example/#/route/1"],
    "https://me.github.io": ["https://www.me.github.io/"],
}  # fmt: skip
DIFFERENT = [
    ("https://example.com/a", "https://example.com/A"),
    ("https://example.com/a", "https://example.com:8443/a"),
    ("https://example.com/?id=1", "https://example.com/?id=2"),
    ("https://example.com/a%2Fb", "https://example.com/a/b"),
    ("https://m.co.uk/", "https://co.uk/"),
    ("https://www.co.uk/", "https://co.uk/"),
    ("https://shop.example/guitars/amp", "https://shop.example/guitars"),
    ("https://www.youtube.com/playlist?list=PL1", "https://www.youtube.com/playlist?list=PL2"),
    ("https://slashdot.org/article.pl?sid=1", "https://slashdot.org/article.pl?sid=2"),
    ("https://blog.example.com/", "https://example.com/"),
    ("https://github.com/a/b", "https://github.com/a/c"),
    ("https://www.reddit.com/r/a/comments/abc/t/def/", "https://www.reddit.com/r/a/comments/abc/t/"),
    ("https://app.example/#/one", "https://app.example/#/two"),
]


@pytest.mark.parametrize(("form", "url"), [(form, url) for form, spelt in SAME.items() for url in (form, *spelt)])
def test_spellings_of_one_address(form, url):
    assert urls.canonical(url) == form


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_different_pages_stay_different(one, other):
    assert urls.canonical(one) != urls.canonical(other)


@pytest.mark.parametrize(
    "text", ["", "no address", "javascript:alert(1)", "mailto:bob@example.com", "\ud800", "ftp://a.example/"]
)
def test_what_is_no_web_address_stays(text):
    assert urls.canonical(f" {text} ") == text


@pytest.mark.parametrize(
    "url",
    [
        "https://archive.ph/https://www.news.example/a?utm_source=x",
        "https://news-example.cdn.ampproject.org/c/s/news.example/a/",
        "https://12ft.io/http://news.example/a",
        "https://news-example.translate.goog/a?_x_tr_sl=de",
    ],
)
def test_a_copy_has_the_key_of_its_source(url):
    assert urls.source_key(url) == "https://news.example/a"


def test_a_copy_of_something_unknown_is_its_own_source():
    assert urls.source_key("https://archive.ph/AbC12") == "https://archive.ph/AbC12"


PIECES = [
    "https://", "http://", "www.", "m.", "amp.", "example.com", "youtube.com", "amazon.de", "/", "/amp", "/dp/B000000001", "?", "&", "=",
    "utm_source=1", "a", "b", "%41", "%2f", "%", "#", "#/", ";jsessionid=1", "/index.html", "é", "\ud800", ":80", ":8080", "+", "-1", "v=",
]  # fmt: skip


@given(
    st.one_of(
        st.text(alphabet=st.characters(), max_size=30), st.lists(st.sampled_from(PIECES), max_size=14).map("".join)
    )
)
@example("https://https:///index.html/index.html")
@example("https://a.example/b/index.html/")
def test_any_text_has_a_form_that_is_its_own(text):
    form = urls.canonical(text)
    assert bool(urls.host_of(form)) is bool(urls.host_of(text))
    assert urls.canonical(form) == form
