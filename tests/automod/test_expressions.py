"""Expressions that are written in another way match the same; what cannot be is refused."""

import re
import warnings

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.automod.expressions import Refused, carried_over
from bot.matching.exact import spans
from bot.matching.pattern import Pattern, Placement
from tests.automod.reference import WRAPPED

REFUSED = [
    *(r"a(?!b)c", r"(a)\1", r"(a", r"(?m)^a", r"(?x)a b", r"a++", r"(?>a)b", r"(?=a)b", r"x(?!y+)", r"(?<!ab)c"),
    *(r"\y", "a{2000}", "(?:" * 3_000 + "a" + ")" * 3_000, "a" * 60_000),
]
PIECES = ["a", "b", "\\d", "\\w", "[a-c]", "[^a]", ".", "a+", "\\s?", "(?:ab|c)", "\\[", "_", "\\+", "x"]
LOOKS = ["(?<!{})", "(?<={})"], ["(?!{})", "(?={})"]
SINGLE = ["a", "\\d", "\\w", "[a-c]", "[\\w-]", "\\s", "-"]


@pytest.mark.parametrize("value", REFUSED, ids=lambda value: value[:20])
def test_what_cannot_be_carried_over_is_refused(value):
    with pytest.raises(Refused) as raised:
        carried_over(value, Placement.INCLUDES)
    assert raised.value.why


@st.composite
def values(draw):
    """Looks on the edges, and looks at whole texts."""
    middle = "".join(draw(st.lists(st.sampled_from(PIECES), min_size=1, max_size=3)))
    if draw(st.booleans()):
        start = draw(st.sampled_from(["^(?!.*{})", "^(?!{})", "^(?=.*{})(?!b)", "(?!{})", "^((?!{}).)*$"]))
        tail = "" if start.endswith("$") else draw(st.sampled_from(["", ".*", ".*$", ".*?"]))
        return start.replace("{}", middle) + tail
    left, right = (draw(st.sampled_from(["", *each])) for each in LOOKS)
    return (
        left.replace("{}", draw(st.sampled_from(SINGLE))) + middle + right.replace("{}", draw(st.sampled_from(SINGLE)))
    )


@settings(max_examples=400, deadline=None)
@given(values(), st.sampled_from(list(Placement)), st.lists(st.text(alphabet="abcx1 _-+[\n", max_size=8), min_size=3))
def test_rewritten_expressions_match_the_same(value, placement, texts):
    """Before a line's end that ends the text, one that must hold nowhere may miss what the original finds."""
    try:
        found = carried_over(value, placement)
    except Refused:
        return
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", FutureWarning)
        original = re.compile(WRAPPED[placement].replace("{}", f"({value})"), re.DOTALL | re.IGNORECASE)
    for text in texts:
        wanted = all(spans(Pattern(part, where, regex=True, verbatim=True), text) for part, where in found.wanted)
        unwanted = any(spans(Pattern(part, where, regex=True, verbatim=True), text) for part, where in found.unwanted)
        said, expected = wanted and not unwanted, bool(original.search(text))
        assert said == expected or (unwanted and text.endswith("\n")), (value, text, found)
