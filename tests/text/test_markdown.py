"""What is quoted, what is code, where links lead; and no text is too odd."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from bot.text import markdown
from bot.text.markdown import LONGEST, RegionKind, links_of, outline
from bot.text.prepared import Markdown

QUOTES = {
    "a quote": ("> buy\n\nsell", ["> buy\n"]),
    "a quote going on": ("> buy\nnow\n\nsell", ["> buy\nnow\n"]),
    "inside a list": ("- > buy\n\nsell", ["- > buy\n"]),
    "two quotes": ("> a\n\nx\n\n> b", ["> a\n", "> b"]),
    "a quote in a quote": ("> a\n> > b\n", ["> a\n> > b\n", "> > b\n"]),
    "old Mac line ends": ("x\r\r> a\r\rb", ["> a\r"]),
    "Windows line ends": ("x\r\n\r\n> a\r\n\r\nb", ["> a\r\n"]),
    "a character that ends a line elsewhere": ("x\u2028y\x0bz\x85\n\n> a\n\nb\x0c", ["> a\n"]),
    "a half character": ("\ud800\n\n> a\x00\ud800\n\nb", ["> a\x00\ud800\n"]),
    "no quote but an arrow": ("a > b", []),
    "no quote but code": ("    > a\n", []),
    "escaped": ("\\> a", []),
}
CODES = {
    "a span": ("say `buy` now", ["`buy`"]),
    "two spans": ("`a` b `c`", ["`a`", "`c`"]),
    "longer fences": ("``a ` b`` c", ["``a ` b``"]),
    "over two lines": ("x `a\nb` y", ["`a\nb`"]),
    "over two quoted lines": ("> x `a\n> b` y", ["`a\n> b`"]),
    "not over paragraphs": ("one ` tick\n\nthen `code` here", ["`code`"]),
    "an open tick in the block before": ("- a ` b\n- c `d` e", ["`d`"]),
    "escaped ticks": ("\\`a\\` and `b`", ["`b`"]),
    "an escaped tick beside one": ("\\``a` b", ["`a`"]),
    "an escaped tick and a longer fence": ("\\``a` b``", ["`a`"]),
    "a tick inside an address": ("<http://x.example/`> and `a`", ["`a`"]),
    "the same words twice": ("\\`a\\` `a`", ["`a`"]),
    "in a link's label": ("[`a`](http://x.example)", ["`a`"]),
    "in a picture's label": ("![`a`](http://x.example)", ["`a`"]),
    "in a heading": ("# `a`", ["`a`"]),
    "blanks around": ("` a `", ["` a `"]),
    "a fence": ("a\n```py\nbuy `x`\n```\nb", ["```py\nbuy `x`\n```\n"]),
    "a fence of waves": ("~~~\nbuy\n~~~", ["~~~\nbuy\n~~~"]),
    "a fence left open": ("```\nbuy", ["```\nbuy"]),
    "indented": ("a\n\n    buy\n\nb", ["    buy\n"]),
    "a tab": ("\tbuy", ["\tbuy"]),
    "unclosed": ("a ` b", []),
    "different fences": ("a `` b ` c", []),
}
LINKS = {
    "inline": ("[a](https://x.example/a)", ["https://x.example/a"]),
    "with a title": ('[a](https://x.example/a "t")', ["https://x.example/a"]),
    "a misleading label": ("[https://good.example](https://evil.example)", ["https://evil.example"]),
    "by reference": ("[a][b]\n\n[b]: https://x.example", ["https://x.example"]),
    "by its own name": ("[b]\n\n[b]: https://x.example", ["https://x.example"]),
    "in angle brackets": ("<https://x.example/a>", ["https://x.example/a"]),
    "bare": ("see https://x.example/a_b_c.", ["https://x.example/a_b_c"]),
    "bare, after an opened and closed link": (
        "[a](https://x.example) https://y.example",
        ["https://x.example", "https://y.example"],
    ),
    "bare, in brackets": ("(https://x.example/a)", ["https://x.example/a"]),
    "bare, loud": ("HTTPS://X.example", ["HTTPS://X.example"]),
    "with an entity": ("https://x.example/?a=1&amp;b=2", ["https://x.example/?a=1&b=2"]),
    "an international name": ("[a](https://münchen.example)", ["https://xn--mnchen-3ya.example"]),
    "once only": ("https://x.example https://x.example", ["https://x.example"]),
    "a picture that is a link": ("[![a](https://p.example/1.png)](https://x.example)", ["https://x.example"]),
    "in a quote": ("> https://x.example", ["https://x.example"]),
    "in a heading and a list": (
        "# [a](https://x.example)\n- https://y.example",
        ["https://x.example", "https://y.example"],
    ),
    "not in code": ("`https://x.example`\n\n    https://y.example", []),
    "not a script": ("[a](javascript:alert)", []),
    "escaped": ("\\[a](b)", []),
}
IMAGES = {
    "inline": ("![a](https://p.example/1.png)", ["https://p.example/1.png"]),
    "by reference": ("![a][b]\n\n[b]: https://p.example/1.png", ["https://p.example/1.png"]),
    "in a link": ("[![a](https://p.example/1.png)](https://x.example)", ["https://p.example/1.png"]),
    "two": ("![](https://p.example/1) ![](https://p.example/2)", ["https://p.example/1", "https://p.example/2"]),
    "not a link": ("[a](https://p.example/1.png)", []),
    "not in code": ("`![a](https://p.example/1.png)`", []),
}


def regions(text, kind):
    return [text[each.start : each.end] for each in outline(text).regions if each.kind is kind]


@pytest.mark.parametrize(("text", "quotes"), QUOTES.values(), ids=QUOTES.keys())
def test_quotes(text, quotes):
    assert regions(text, RegionKind.QUOTE) == quotes


@pytest.mark.parametrize(("text", "code"), CODES.values(), ids=CODES.keys())
def test_code(text, code):
    assert regions(text, RegionKind.CODE) == code


@pytest.mark.parametrize(("text", "links"), LINKS.values(), ids=LINKS.keys())
def test_links(text, links):
    assert list(outline(text).links) == links


@pytest.mark.parametrize(("text", "images"), IMAGES.values(), ids=IMAGES.keys())
def test_images(text, images):
    assert list(outline(text).images) == images


def test_plain_text_is_nothing_special():
    assert outline("A new kernel is out, 10 % quicker.") == markdown.NOTHING


def test_beyond_what_is_parsed_bare_links_are_still_found():
    text = "> a\n\n" + "word " * (LONGEST // 5) + "[b](https://x.example/far) > c"
    found = outline(text)
    assert found.links == ("https://x.example/far",)
    assert [(each.kind, each.start, each.end) for each in found.regions] == [(RegionKind.QUOTE, 0, 4)]


def test_a_parser_that_gives_up_leaves_the_bare_links(monkeypatch):
    parser = MarkdownIt("commonmark")
    parser.core.ruler.disable(["normalize", "block", "inline", "text_join"])
    monkeypatch.setattr(markdown, "_PARSER", parser)
    parser.core.ruler.push("broken", lambda state: state.tokens[1])
    assert outline("> https://x.example") == markdown.Outline(links=("https://x.example",))


@pytest.mark.parametrize(
    "piece",
    [
        "[", "]", "![", "[a](", "](", "*", "_", "**a ", "`", "a`", "``a", "<", ">", "> ", "- ", "&amp;", "&", "\\", "\n",
        "\t", "http://", "https://a ", "[a]: x\n", "```\n", "~~~\n", "|", "\x00", "\ud800", "\u2028", "<a ", "[a][", "# ",
    ],
)  # fmt: skip
def test_a_hundred_thousand_signs_are_answered(piece):
    text = (piece * 100_000)[:100_000]
    found = outline(text)
    assert all(0 <= each.start < each.end <= len(text) for each in found.regions)


anything = st.text(alphabet=st.characters(), max_size=60)
SIGNS = [
    "`", "``", "```", ">", "> ", "\n", "\n\n", "\r\n", "\r", "    ", "\t", "- ", "1. ", "# ", "[", "](", ")", "![", "<",
    "a", "b c", "\\", "*", "_", "~~~", "https://x.example", "&amp;", "\x00", "\ud800", "\u2028", "\x0c", "é", "]: ",
]  # fmt: skip
marks = st.lists(st.sampled_from(SIGNS), max_size=25).map("".join)


@given(st.one_of(anything, marks))
@example("> ")
@example("```")
@settings(deadline=None)
def test_every_region_is_what_it_says_in_the_original(text):
    found = outline(text)
    assert list(found.regions) == sorted(found.regions, key=lambda each: (each.start, each.end))
    for region in found.regions:
        assert 0 <= region.start < region.end <= len(text)
        piece = text[region.start : region.end]
        if region.kind is RegionKind.QUOTE:
            assert ">" in piece
        else:
            assert piece.startswith(("`", "    ", "\t")) or "```" in piece or "~~~" in piece or "   " in piece


@given(
    st.lists(st.sampled_from(["alpha", "beta ", "gam", "1"]), min_size=1).map("".join),
    st.sampled_from(["\n", "\r\n", "\r"]),
)
def test_what_is_put_in_is_found_where_it_was_put(word, end):
    text = f"x\u2028y{end}{end}> {word}{end}{end}`{word}` and [a](https://x.example/{word.strip()}){end}"
    found = outline(text)
    assert [text[each.start : each.end] for each in found.regions] == [f"> {word}{end}", f"`{word}`"]
    assert found.links == (f"https://x.example/{word.strip().replace(' ', '%20')}",) or " " in word.strip()


@given(st.one_of(anything, marks))
@settings(deadline=None)
def test_links_are_addresses_without_blanks(text):
    found = outline(text)
    assert len(set(found.links)) == len(found.links)
    assert not any("\n" in each or " " in each for each in found.links + found.images)


@given(st.text(alphabet="ab1 !~&;\\*_#=+-.)('\"\n\r\t|{}:/@$", max_size=60))
def test_what_is_not_parsed_would_have_been_nothing(text):
    tokens = MarkdownIt("commonmark", {"html": False}).parse(text)
    inside = {child.type for token in tokens for child in token.children or ()}
    if outline(text) == markdown.NOTHING:
        assert not inside & {"link_open", "image", "code_inline"}
        assert not {token.type for token in tokens} & {"blockquote_open", "fence", "code_block"}


@given(st.one_of(marks, st.text(alphabet="`>\t\r\n -+*1.)(][!:a/~<", max_size=40)))
@settings(deadline=None)
def test_what_need_not_be_parsed_for_has_none_of_it(text):
    whole, body = outline(text), Markdown(text)
    assert (body.regions, body.links, body.images) == (whole.regions, whole.links, whole.images)


BITS = [
    "https://x.example/a_b", "http://q.example/?r=1&s=%2f", "[a](https://x.example/c)", "[b ", "](http://y.example)", "![",
    "]: ", " ", "  ", "\n", "\r", "(", ")", "*", "**", "_", "`", "<", ">", "\\", "&amp;", "&", ";", "- ", "\x1c", "ſ", "é",
]  # fmt: skip


@given(st.lists(st.sampled_from(BITS), max_size=12).map("".join))
@example("**https://**")
@settings(deadline=None)
def test_links_told_without_parsing_are_those_of_the_parser(text):
    assert links_of(text) == outline(text).links
