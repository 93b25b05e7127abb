"""Filling templates in."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from bot.rulebook.template import LONGEST_VALUE, render, unknown_placeholders


@pytest.mark.parametrize(
    ("template", "values", "expected"),
    [
        ("Hi {{author}}", {"author": "bob"}, "Hi bob"),
        ("Hi {{ author }}", {"author": "a_b"}, r"Hi a\_b"),
        ("{{title}}", {"title": "[x](http://evil.example)"}, r"\[x\]\(http\://evil\.example\)"),
        ("{{match}}", {"match": "@bob@lemmy.ml"}, "@\u200bbob@\u200blemmy\\.ml"),
        ("{{title}}", {"title": "{{body}}", "body": "x"}, r"\{\{body\}\}"),
        ("{{body}}", {"body": "a\n\n# b\u202e"}, r"a \# b"),
        ("{{repair}}", {"repair": "**write** a source"}, "**write** a source"),
        ("{{permalink}}", {"permalink": "https://lemmy.ml/post/1"}, "https://lemmy.ml/post/1"),
        ("{{permalink}}", {"permalink": "https://lemmy.ml/post/1?x=<"}, r"https\://lemmy\.ml/post/1?x=\<"),
        ("{{match-2}}{{match}}", {}, ""),
    ],
)
def test_values_arrive_as_plain_text(template, values, expected):
    assert render(template, values) == expected


def test_unknown_names_are_found():
    assert unknown_placeholders("{{author}} {{match-1}} {{user}} {{match-0}} {{7*7}}") == ["user", "match-0", "7*7"]


@given(st.text(max_size=400))
def test_whatever_an_author_writes_stays_text(value):
    shown = render("{{title}}", {"title": value})
    tokens = [child for token in MarkdownIt("commonmark").parse(shown) for child in token.children or ()]
    assert {token.type for token in tokens} <= {"text", "text_special"}
    assert len(shown) <= 2 * LONGEST_VALUE
