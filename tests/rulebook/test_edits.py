"""Edits change what they are about and nothing else."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.rulebook.diagnostic import Edit, Place
from bot.rulebook.edits import edited, quoted, rewritten, taken_out
from bot.rulebook.located import Scalar, Sequence, lines_of, parse

PATH = Path("rules.yaml")


def scalars(text):
    found = parse(text.encode(), PATH, [])
    assert isinstance(found, Sequence)
    return [each for each in found.items if isinstance(each, Scalar)]


@pytest.mark.parametrize(
    ("before", "entry", "after"),
    [
        ("- a\n- b  # why\n- a\n", 2, "- a\n- b  # why\n"),
        ("- a\r\n- a\r\n- b\r\n", 1, "- a\r\n- b\r\n"),
        ("- a\n- a", 1, "- a\n"),
        ("[a, b, a]", 2, "[a, b]"),
        ("[a, a, b]", 1, "[a, b]"),
        ("[a ,  a , b]", 1, "[a , b]"),
        ("[a,\n  a,\n  b]", 1, "[a,\n  b]"),
        ("['a', \"a\"]", 1, "['a']"),
        ("- a\n- a  # not this\n", 1, None),
        ("- a\n-\n  a\n", 1, None),
    ],
)
def test_taking_an_entry_out(before, entry, after):
    edits = taken_out(scalars(before)[entry], is_line=False)
    assert (edited(before, edits) if edits else None) == after
    if after is not None:
        assert [each.text for each in scalars(after)] == [
            each.text for place, each in enumerate(scalars(before)) if place != entry
        ]


@pytest.mark.parametrize(
    ("before", "text", "after"),
    [
        ("[www.a.org]", "a.org", "[a.org]"),
        ("['www.a.org']", "a.org", "['a.org']"),
        ('["www.a.org"]  # x', "a.org", '["a.org"]  # x'),
        (r"[a\:b]", "a: b", "['a: b']"),
        (r"['a\/\d']", r"a/\d", r"['a/\d']"),
        (r'["a\\/\\d"]', r"a/\d", None),
        ("['it''s']", "its", None),
        ("['a']", "it's", None),
        ("[a\n b]", "c", None),
    ],
)
def test_writing_another_value(before, text, after):
    edits = rewritten(scalars(before)[0], text)
    assert (edited(before, edits) if edits else None) == after
    if after is not None:
        assert scalars(after)[0].text == text


@pytest.mark.parametrize("value", ["no", "010", "12:30", "true"])
def test_putting_a_value_in_quotes(value):
    after = edited(f"[{value}]", quoted(scalars(f"[{value}]")[0]))
    assert after == f"['{value}']"
    assert not scalars(after)[0].plain


def test_a_value_in_quotes_stays():
    assert quoted(scalars("['no']")[0]) == ()


LINES = st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=12), min_size=1, max_size=6)


@settings(deadline=None)
@given(LINES, st.sampled_from(["\n", "\r\n", "\r", "\u2028"]), st.data())
def test_what_is_not_edited_stays(words, end, data):
    lines = [line for word in words for line in lines_of(word)]
    text = end.join(lines)
    number = data.draw(st.integers(0, len(lines) - 1))
    first = data.draw(st.integers(0, len(lines[number])))
    width = data.draw(st.integers(0, len(lines[number]) - first))
    edit = Edit(Place(PATH, number + 1, first + 1, width, lines[number]), "new")
    lines[number] = lines[number][:first] + "new" + lines[number][first + width :]
    assert edited(text, [edit]) == end.join(lines)


@settings(deadline=None)
@given(LINES, st.data())
def test_a_line_goes_with_its_end(words, data):
    lines = [line for word in words for line in lines_of(word)]
    number = data.draw(st.integers(0, len(lines) - 1))
    edit = Edit(Place(PATH, number + 1, 1, len(lines[number]), lines[number]), None)
    rest = lines[:number] + lines[number + 1 :]
    after = "".join(line + "\n" for line in rest)
    assert edited("\n".join(lines) + "\n", [edit]) == after


def test_of_two_edits_at_one_place_the_first_counts():
    one, other = (Edit(Place(PATH, 1, column, 2, "abcd"), text) for column, text in ((1, "x"), (2, "y")))
    assert edited("abcd", [other, one]) == "xcd"
