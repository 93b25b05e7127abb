"""What a page says of itself, whatever its bytes are."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.destination import Page
from bot.facts.page import LONGEST, page_in

NOTHING = Page()


def read(html, charset=""):
    return page_in(charset.encode() + b"\n" + (html if isinstance(html, bytes) else html.encode()))


@pytest.mark.parametrize(
    ("html", "page"),
    [
        ("", NOTHING),
        ("just words", NOTHING),
        ("<title>A &amp; B</title>", Page("A & B")),
        ("<title>\n  Two\n  lines </title>", Page("Two lines")),
        ("<title>Plain</title><meta property=og:title content=Open>", Page("Open")),
        ("<meta property='og:title' content=' '><title>Plain</title>", Page("Plain")),
        ("<META NAME=Description CONTENT=Said><title>T</title>", Page("T", "Said")),
        ("<meta name=description content=a><meta property=og:description content=b>", Page("", "b")),
        ("<meta property=og:title content=first><meta property=og:title content=second>", Page("first")),
        ("<link rel='nofollow Canonical' href='/a'>", Page(canonical="/a")),
        ("<link rel=canonical><link rel=canonical href=https://b.example/>", Page(canonical="https://b.example/")),
        ("<svg><title>Drawing</title></svg>", NOTHING),
        ("words<title>Late</title>", Page("Late")),
        ("<title>Never closed <p>", Page("Never closed <p>")),
        ("<!--<title>No</title>--><title>Yes</title>", Page("Yes")),
        ("<script>'<title>No</title>'</script><title>Yes</title>", Page("Yes")),
        ("<meta http-equiv=refresh content='0;url=http://127.0.0.1/'>", NOTHING),
        ("<meta property='og:title' content='cut", NOTHING),
        (b"\x89PNG\r\n\x1a\n\x00\x00", NOTHING),
        (b"<title>a\x00b</title>", Page("a\ufffdb")),
    ],
)
def test_what_it_says(html, page):
    assert read(html) == page


@pytest.mark.parametrize(
    ("content", "charset"),
    [
        ("<title>Žluťoučký</title>".encode(), ""),
        ("<title>Žluťoučký</title>".encode(), "utf-8"),
        ("<title>Žluťoučký</title>".encode("cp1250"), "windows-1250"),
        ("<meta charset=windows-1250><title>Žluťoučký</title>".encode("cp1250"), ""),
        ("<meta charset=windows-1250><title>Žluťoučký</title>".encode("cp1250"), "no-such-thing"),
        ("<meta charset=ascii><title>Žluťoučký</title>".encode("utf-8-sig"), "ascii"),
        ("<title>Žluťoučký</title>".encode("utf-16"), ""),
        ("<title>Žluťoučký</title>".encode() + "ý".encode()[:1], ""),
    ],
)
def test_letters_are_read_as_they_were_meant(content, charset):
    assert read(content, charset).title == "Žluťoučký"


@pytest.mark.parametrize(
    ("content", "charset", "title"),
    [
        (b"<title>caf\xe9</title>", "", "café"),
        (b"<title>\x93caf\xe9\x94</title>", "iso-8859-1", "“café”"),
        (b"<title>caf\xe9</title>", "utf-8", "caf\ufffd"),
        (b"<title>caf\xe9</title>", "rot13", "café"),
        (b"<title>caf\xe9</title>", "idna", "café"),
        (b"<title>caf\xe9</title>", "zlib", "café"),
        (b"<title>caf\xe9</title>", "\x00", "café"),
        ("<title>日本</title>".encode("shift_jis"), "Shift_JIS", "日本"),
        ("<title>中国</title>".encode("gb18030"), "gb2312", "中国"),
    ],
)
def test_a_wrong_charset_breaks_letters_and_nothing_else(content, charset, title):
    assert read(content, charset).title == title


@pytest.mark.parametrize(
    "html",
    [
        "<meta property=og:title content=a>" * 100_000,
        "<title>a</title>" + "<b><p>" * 40_000,
        "<title>a</title>" + "<table>" * 30_000,
        "<title>a</title>" + "&" * 250_000,
        "<title>a</title><!--" + "x" * 250_000,
    ],
)
def test_much_of_anything_is_read(html):
    assert read(html).title == "a"


def test_no_value_is_longer_than_a_kilobyte():
    long = "ü" * 100_000
    html = (
        f"<meta property=og:title content={long}><meta name=description content={long}><link rel=canonical href={long}>"
    )
    page = read(html)
    assert {page.title, page.description, page.canonical} == {"ü" * (LONGEST // 2)}


@given(st.binary(max_size=300), st.sampled_from(["", "utf-8", "utf-16", "x", "iso-2022-jp", "big5"]))
def test_anything_can_be_read(content, charset):
    assert isinstance(read(content, charset), Page)
