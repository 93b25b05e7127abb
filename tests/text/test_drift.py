"""What became of written rules: followed by what they say, not by their number."""

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from bot.text.drift import Fate, added, changes
from bot.text.overlap import likeness
from bot.text.sidebar import WrittenRule
from tests.paths import CHECKOUT

CASES = yaml.safe_load((CHECKOUT / "tests/data/drift.yaml").read_text())
WORDS = ["kind", "adverts", "crypto", "links", "English", "the", "no", "be"]

texts = st.lists(st.sampled_from(WORDS), min_size=1, max_size=5).map(" ".join)
sidebars = st.dictionaries(st.integers(1, 9), texts, max_size=6).map(
    lambda each: [WrittenRule(number, text) for number, text in sorted(each.items())]
)


def written(rules):
    return [WrittenRule(number, text) for number, text in rules.items()]


def became(change):
    return change.now.number if change.fate is Fate.MOVED else change.fate.value


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_each_rule_is_followed(case):
    before, now = written(case["before"]), written(case["now"])
    assert {each.before.number: became(each) for each in changes(before, now)} == case["became"]
    if "added" in case:
        assert [each.number for each in added(before, now)] == case["added"]


def test_what_bears_the_number_instead_is_told():
    (change,) = changes([WrittenRule(7, "No crypto")], [WrittenRule(7, "Write in English"), WrittenRule(8, "No coins")])
    assert (change.now.number, change.instead.text) == (8, "Write in English")


@given(sidebars)
def test_what_did_not_change_is_kept(sidebar):
    assert all(each.fate is Fate.KEPT for each in changes(sidebar, sidebar))
    assert added(sidebar, sidebar) == ()


@given(sidebars, sidebars)
def test_every_rule_becomes_one_rule_at_most_and_no_two_the_same(before, now):
    found = changes(before, now)
    assert [each.before for each in found] == before
    heirs = [each.now.number for each in found if each.now]
    assert len(heirs) == len(set(heirs))
    assert {*heirs, *(each.number for each in added(before, now))} == {each.number for each in now}


@given(st.lists(texts, unique=True, max_size=6), st.randoms())
def test_however_they_are_shuffled_each_is_found_again(rules, chance):
    shuffled = list(rules)
    chance.shuffle(shuffled)
    before = [WrittenRule(number, text) for number, text in enumerate(rules, start=1)]
    now = [WrittenRule(number, text) for number, text in enumerate(shuffled, start=1)]
    assert all(each.now and each.now.text == each.before.text for each in changes(before, now))


@given(texts, texts)
def test_likeness_is_a_share_and_the_same_from_both_sides(one, other):
    assert 0 <= likeness(one, other) <= 1
    assert likeness(one, other) == likeness(other, one)
    assert likeness(one, one) == 1


@given(st.text(), st.text())
def test_any_text_has_a_likeness(one, other):
    assert 0 <= likeness(one, other) <= 1
