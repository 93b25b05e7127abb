"""Filling templates in."""

import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from bot.rulebook.template import LONGEST_VALUE, SHORT_VALUE, mistakes, render

PLACES = (
    "{{title}}",
    "Hello\n{{title}}\nbye",
    "- {{title}}\n- b",
    "> {{title}}",
    "# {{title}}",
    "**{{title}}** and _{{match}}_",
    "[{{title}}](https://rules.example/)",
    "1. {{body|plain}}",
    "a {{title|short}} b {{body|quote}}",
    "{{title}}: {{body}}",
)
MENTION = re.compile(r"@[\w.]+@[a-zA-Z0-9._:-]+")
"""What Lemmy's server takes for a mention, in the raw text."""
LOCAL_LINK = re.compile(r"(?:/[cmu]/|!|@)[a-zA-Z0-9._%+-]+@[a-zA-Z0-9.-]+\.[a-zA-Z]{2,}")
"""What Lemmy's pages turn into a link, in the rendered text."""
BARE_LINK = re.compile(r"(?:https?:)?//\w|\b(?:\w+\.)+[a-z]{2,}\b")
hostile = st.text(st.sampled_from("ab1 \n\t`*_{}[]()<>#+-.!|~^:$&=@/\\\"'cu%;,?\u202eé漢")) | st.text(max_size=400)


def tokens_of(markdown: str):
    """The tree as (type, markup) pairs without its words, and the words."""
    shape, words = [], []
    for token in MarkdownIt("commonmark").enable("table").enable("strikethrough").parse(markdown):
        shape.append((token.type, token.tag, token.markup))
        for child in token.children or ():
            if child.type in {"text", "text_special"}:
                words.append(child.content)
            else:
                shape.append((child.type, child.tag, tuple(child.attrs.items())))
    return shape, "".join(words)


@pytest.mark.parametrize(
    ("template", "values", "expected"),
    [
        ("Hi {{author}}", {"author": "bob"}, "Hi bob"),
        ("Hi {{ author }}", {"author": "a_b"}, r"Hi a\_b"),
        ("{{title}}", {"title": "[x](http://evil.example)"}, "\\[x\\]\\(http\\:\\/\u200b\\/evil\\.\u200bexample\\)"),
        ("{{match}}", {"match": "@bob@lemmy.ml"}, "\\@\u200bbob\\@\u200blemmy\\.\u200bml"),
        ("{{match}}", {"match": "!go to /c/x"}, "\\!\u200bgo to \\/\u200bc\\/x"),
        ("{{title}}", {"title": "{{body}}", "body": "x"}, r"\{\{body\}\}"),
        ("{{body}}", {"body": "a\n\n# b\u202e"}, r"a \# b"),
        ("{{repair}}", {"repair": "**write** a source"}, "**write** a source"),
        ("{{permalink}}", {"permalink": "https://lemmy.ml/post/1"}, "https://lemmy.ml/post/1"),
        ("{{permalink}}", {"permalink": "https://x/post/1<"}, "https\\:\\/\u200b\\/x\\/post\\/1\\<"),
        ("{{match-2}}{{match}}", {}, ""),
        ("{{title|quote}}", {"title": "a"}, "“a”"),
        ("{{title|quote}}", {"title": " "}, ""),
        ("{{ body | plain }}", {"body": "**a** [b](http://c.example) `d`\n\n> e"}, "a b d e"),
        ("{{title|short|quote}}", {"title": "x" * 99}, f"“{'x' * (SHORT_VALUE - 1)}…”"),
        ("{{title}}", {"title": "x" * 999}, "x" * (LONGEST_VALUE - 1) + "…"),
        ("{{title}}", {"title": "a\ud800b"}, "a b"),
    ],
)
def test_values_arrive_as_plain_text(template, values, expected):
    assert render(template, values) == expected


@pytest.mark.parametrize(
    ("template", "says"),
    [
        ("{{author}} {{match-1}} {{body|plain|short}} [here]({{permalink}}) `code`", []),
        ("{{user}}", ["unknown placeholder `{{user}}`"]),
        ("{{match-0}} {{7*7}}", ["unknown placeholder `{{match-0}}`", "unknown placeholder `{{7*7}}`"]),
        ("{{title|upper}}", ["unknown filter `upper` in `{{title|upper}}`"]),
        ("{{repair|short}}", ["`repair` takes no filter: it is your own text"]),
        ("see `{{url}}`", ["`{{url}}` stands in code, where its escapes would show"]),
        ("[source]({{url}})", ["`{{url}}` cannot be the address of a link"]),
        ("[source](https://x.example/?{{title}})", ["`{{title}}` cannot be the address of a link"]),
    ],
)
def test_what_cannot_be_filled_in_is_told(template, says):
    assert [each.message for each in mistakes(template)] == says


@pytest.mark.parametrize("template", PLACES)
@settings(deadline=None)
@given(hostile)
@example("===")
@example("[x](http://evil.example) ![y](z) <http://evil.example> <b>")
@example("`a` **b** _c_ ~~d~~ ~e~ ^f^ | g | h [^1] ::: spoiler")
@example("- a")
@example("1. a")
@example("1) a")
@example("&amp; &#60; \\")
def test_whatever_an_author_writes_stays_text(template, value):
    values = dict.fromkeys(("title", "body", "match"), value)
    shape, words = tokens_of(render(template, values))
    if words != tokens_of(render(template, {}))[1]:
        assert shape == tokens_of(render(template, dict.fromkeys(values, "word")))[0]


@settings(deadline=None)
@given(hostile)
@example("@bob@lemmy.example !tech@lemmy.example /c/tech@lemmy.example /u/bob@lemmy.example")
@example("https://evil.example/x www.evil.example //localhost/x evil.example")
def test_nobody_is_called_and_nothing_is_linked(value):
    shown = render("{{title}}", {"title": value})
    _, words = tokens_of(shown)
    assert not MENTION.search(shown)
    assert not LOCAL_LINK.search(words)
    assert not BARE_LINK.search(words)
    assert len(words.replace("\u200b", "")) <= LONGEST_VALUE


@settings(deadline=None)
@given(hostile)
def test_what_is_shown_is_what_was_written(value):
    _, words = tokens_of(render("x{{title}}x", {"title": value}))
    letters = "".join(letter for letter in words if letter.isalnum())
    assert letters.strip("x") in "".join(letter for letter in f"x{value}x" if letter.isalnum())
