"""Which alternatives of an expression are words that can be looked up."""

import re

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from bot.matching.branches import MOST_WORDS, branches_of, spellings
from bot.matching.loosen import parse
from bot.matching.pattern import Pattern
from bot.matching.words import Words


def spelt(value):
    return spellings(parse(value))


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("coin", {"coin"}),
        ("Coins?", {"coin", "coins"}),
        ("min(?:ing|ers?)", {"mining", "miner", "miners"}),
        (r"\b[ab]1_?\b", {"a1", "a1_", "b1", "b1_"}),
        ("[a-c]x", {"ax", "bx", "cx"}),
        ("(?:ha){2,3}", {"haha", "hahaha"}),
        ("(?i:KM)/?", set()),
        ("coin flip", set()),
        (r"coin\w*", set()),
        ("[^a]b", set()),
        (r"\d", set()),
        ("x.z", set()),
        ("café", set()),
        ("ſo", set()),
        ("(?:|a)", set()),
        ("a*b", set()),
        ("[a-z][a-z]", set()),
        ("(?:[a-z]?){1000}b", set()),
    ],
)
def test_an_alternative_is_spelt_out_where_it_is_nothing_but_a_few_words(value, words):
    assert spelt(value) == words


@pytest.mark.parametrize(
    ("value", "count"),
    [
        ("a|b c|d", 3),
        ("(?:a|bc)", 2),
        ("(?:aa|(?:bc|de))", 3),
        ("(?:a|b) c", 1),
        ("a", 1),
        ("as?", 1),
        (r"a(?:b\w+)?", 2),
        (r"a\.?|b", 3),
    ],
)
def test_an_expression_is_taken_apart_at_its_outermost_alternatives(value, count):
    assert len(branches_of(parse(value))) == count


pieces = st.sampled_from(["a", "B", "[ab]", "b?", "(?:a|bb)", "(?:ab){1,2}", r"\b", "_", " ", r"\w", "a|b"])


@given(st.lists(pieces, min_size=1, max_size=6).map("".join))
def test_the_words_are_all_that_the_alternative_matches(value):
    words = spelt(value)
    assert len(words) <= MOST_WORDS
    for text in words:
        assert regex.fullmatch(value.replace(r"\b", ""), text, regex.IGNORECASE)
    if words:
        short = {first + second for first in ("", *"ab_") for second in (*"ab_", "ab", "bb")}
        assert {each for each in short if re.fullmatch(value.replace(r"\b", ""), each, re.IGNORECASE)} <= words


def test_an_expression_of_words_alone_is_not_searched_for():
    patterns = [
        Pattern("said|says?", regex=True),
        Pattern("says who|who", regex=True),
        Pattern("who"),
        Pattern("who is"),
        Pattern("who", case_sensitive=True),
    ]
    words = Words(dict(enumerate(patterns)))
    assert {number: len(left) for number, left in words.rest.items()} == {1: 1, 3: 0}
    assert words.among(b"He says: WHO?") == {0, 1, 2, 4}
    assert words.among(b"whole unsaid") == set()
