"""What is found exactly in a plain text is found there exactly."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.matching import exact
from bot.matching.engine import HyperscanEngine, PlainEngine, gate
from bot.matching.pattern import Pattern, PatternError, Placement
from bot.matching.scanner import check_pattern
from bot.matching.sure import is_found_exactly, is_plain_text, spans

ENGINES = [HyperscanEngine, PlainEngine]
letters = st.sampled_from(["a", "b", "k", "S", "ß", "ſ", "-", r"\.", "1", "_", " ", "é", "."])
classes = st.sampled_from([r"\w", r"\W", r"\d", r"\s", "[a-c]", "[^a]", "[^-.]", r"[^\W_]", "[$€]", "[k-t]", "[!-~]"])
repeats = st.sampled_from(["", "?", "*", "+", "{1,2}", "+?"])
expressions = st.recursive(
    st.builds(lambda one, times: one + times, letters | classes, repeats),
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=3).map("".join),
        st.builds(
            lambda parts, times: f"(?:{'|'.join(parts)}){times}", st.lists(inner, min_size=1, max_size=3), repeats
        ),
        st.lists(inner, min_size=2, max_size=3).map("|".join),
        st.builds(r"\b{}".format, inner) | st.builds("{}$".format, inner),
    ),
    max_leaves=5,
)
values = st.text(alphabet="abkS-. 1_:é", min_size=1, max_size=3).filter(str.strip)
patterns = st.builds(Pattern, expressions, st.sampled_from(Placement), st.just(True), st.booleans()) | st.builds(
    Pattern, values, st.sampled_from(Placement), st.just(False), st.booleans()
)


def is_usable(pattern):
    try:
        check_pattern(pattern)
    except PatternError:
        return False
    return True


@pytest.mark.parametrize("engine", ENGINES)
@given(
    patterns.filter(is_usable).filter(is_found_exactly),
    st.text(alphabet="aAbkKsS-. 1_:\n$tz", max_size=12).filter(is_plain_text),
)
@settings(max_examples=200, deadline=None)
@example(Pattern(r"fuck\w*|idiots?", regex=True), "idiotsx fucking")
@example(Pattern(r"\w+ now|a", regex=True), "ab now, a now")
@example(Pattern("a|ab", regex=True), "ab a")
@example(Pattern(r"a(?:b\w+)?(?:-k)?", regex=True), "a ab abk a-k a-kk")
@example(Pattern("://", Placement.INCLUDES), "a://b://")
@example(Pattern("-a-", Placement.WORD), "b-a-b")
def test_what_is_found_exactly_is(engine, pattern, text):
    there = exact.spans(pattern, text)
    assert (engine({0: pattern}).candidates(text) == {0}) is bool(there)
    if pattern.regex:
        assert spans(gate(pattern), text) == there


@pytest.mark.parametrize(
    ("value", "is_exact"),
    [
        (r"launch(?:ed|ing)?|promo\w*|c\+\+", True),
        (r"[$€][0-9]+", True),
        (r"\w+ing", True),
        (r"vs\.?", True),
        (r"crypto(?:graph\w+)?", True),
        (r"[0-9][0-9.]*", False),
        (r"\d+", False),
        (r"[^a-z]+", False),
        (r"a\b", False),
        (r"\s+x", False),
        (r"a.+?b", False),
        ("(?i:a)", False),
        ("a(?i:b)c", False),
        ("[R-ſ]a", False),
    ],
)
def test_examples(value, is_exact):
    assert is_found_exactly(Pattern(value, regex=True)) is is_exact
