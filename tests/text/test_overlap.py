"""Suggestions of which written rule a rule fits."""

import pytest

from bot.rulebook.load import load
from bot.text.overlap import Fit, fits
from bot.text.sidebar import WrittenRule, written_rules
from tests.paths import CHECKOUT

OURS = {
    "advertisement": "No advertisements",
    "crypto": "No crypto posts, unless essential",
    "low-effort": "No low effort posts",
    "screenshot-only": "Article addresses as sources, not screenshots",
    "hate-and-gore": "No Nazi or gore material",
}


@pytest.mark.parametrize(
    ("written", "rule", "word"),
    [
        ("No spam or self-promotion", "advertisement", "spam"),
        ("No ads, please", "advertisement", "ads"),
        ("Advertising is forbidden", "advertisement", "advertising"),
        ("No NFTs", "crypto", "nfts"),
        ("Nothing about cryptocurrencies", "crypto", "cryptocurrencies"),
        ("No memes", "low-effort", "memes"),
        ("Low-quality posts will be removed", "low-effort", "low"),
        ("Link to the original", "screenshot-only", "link"),
        ("No bigotry", "hate-and-gore", "bigotry"),
    ],
)
def test_different_words_for_one_thing(written, rule, word):
    assert fits(OURS, [WrittenRule(4, written)]) == {rule: Fit(4, (word,))}


@pytest.mark.parametrize("written", ["", "Be on topic", "No posts unless you must", "Posts in English"])
def test_nothing_in_common(written):
    assert fits(OURS, [WrittenRule(1, written)]) == {}


def test_a_word_that_all_rules_use_says_nothing():
    ours = {"one": "boats in the harbour", "two": "boats at sea"}
    assert fits(ours, [WrittenRule(1, "Only boats")]) == {}
    assert fits(ours, [WrittenRule(1, "Only boats in a harbour")]) == {"one": Fit(1, ("boats", "harbour"))}


def test_of_two_that_fit_alike_the_first_is_taken():
    assert fits(OURS, [WrittenRule(3, "No ads"), WrittenRule(8, "No spam")])["advertisement"].number == 3


def test_two_of_ours_may_fit_one_written_rule():
    found = fits(OURS, [WrittenRule(5, "No crypto and no ads")])
    assert {id_: fit.number for id_, fit in found.items()} == {"crypto": 5, "advertisement": 5}


def test_every_rule_of_the_pack_finds_the_written_rule_that_it_was_made_for():
    book = load([CHECKOUT / "rules" / "technology.yaml"])
    sidebar = "\n".join(f"{rule.sidebar}. {rule.title}" for rule in book.rules if rule.sidebar)
    found = fits({rule.id: f"{rule.id} {rule.title}" for rule in book.rules}, written_rules(sidebar))
    assert {id_: fit.number for id_, fit in found.items()} == {
        rule.id: rule.sidebar for rule in book.rules if rule.sidebar
    }
