"""One look serves all who ask: each gets what it would get alone, whoever asked before."""

from hypothesis import given
from hypothesis import strategies as st

from bot.matching.pattern import Pattern
from bot.matching.scanner import Scanner
from bot.text.prepared import Prepared, Prose

WORDS = ["coin", "gold", "tin", "a", "oil"]
FIELDS = ["title", "body"]
spots = st.frozensets(st.tuples(st.sampled_from(FIELDS), st.sampled_from(WORDS).map(Pattern)), max_size=4)
groups = st.lists(spots, max_size=4).map(tuple)
weights = st.dictionaries(
    st.sampled_from(FIELDS), st.dictionaries(st.sampled_from(WORDS).map(Pattern), st.integers(0, 900), max_size=4)
)
texts = st.lists(st.sampled_from([*WORDS, "é", "c0in"]), max_size=5).map(" ".join)
items = st.fixed_dictionaries(dict.fromkeys(FIELDS, texts))


def stands(text, pattern):
    return pattern.value in text.split() or (pattern.value == "coin" and "c0in" in text)


def is_plain(text):
    return text.isascii() and "c0in" not in text


@given(st.lists(groups, min_size=1, max_size=4), st.lists(items, min_size=1, max_size=3))
def test_groups_are_told_apart(asked, texts):
    scanner = Scanner(map(Pattern, WORDS))
    hits = [scanner.scan(Prepared({field: Prose(text) for field, text in each.items()})) for each in texts]
    for one in asked:
        for each, item in zip(hits, texts, strict=True):
            expected = [any(stands(item[field], pattern) for field, pattern in group) for group in one]
            assert each.touched(one) == sum(1 << place for place, holds in enumerate(expected) if holds)


@given(st.lists(st.tuples(weights, weights), min_size=1, max_size=4), st.lists(items, min_size=1, max_size=3))
def test_weights_are_told_apart(asked, texts):
    """What is taken off is taken off where a text says one thing to every engine."""
    scanner = Scanner(map(Pattern, WORDS))
    hits = [scanner.scan(Prepared({field: Prose(text) for field, text in each.items()})) for each in texts]
    for gains, losses in asked:
        for each, item in zip(hits, texts, strict=True):
            gained = sum_of(gains, item)
            lost = sum_of({field: found for field, found in losses.items() if is_plain(item[field])}, item)
            assert each.weight(gains, losses) == gained - lost


def sum_of(weights, item):
    return sum(
        weight for field, found in weights.items() for each, weight in found.items() if stands(item[field], each)
    )
