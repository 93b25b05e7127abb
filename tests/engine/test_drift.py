"""What moderators are told when a written rule is not what it was."""

from dataclasses import replace

import pytest

from bot.engine.drift import LONGEST_QUOTE, SidebarDrift, drifts
from bot.rulebook.load import load
from bot.text.sidebar import WrittenRule
from tests.builders import NOON

BOATS = "boats@lemmy.test"
BEFORE = [WrittenRule(1, "Be kind"), WrittenRule(2, "No adverts"), WrittenRule(3, "No crypto")]


@pytest.fixture
def rules(tmp_path):
    path = tmp_path / "rules.yaml"
    path.write_text(
        "version: 1\ncommunities: ['boats@lemmy.test']\nrules:\n"
        "  - {id: kindness, sidebar: 1, when: {title: [fool]}}\n"
        "  - {id: no-ads, sidebar: 2, when: {title: [sale]}}\n"
        "  - {id: no-coins, sidebar: 3, when: {title: [coin]}}\n"
        "  - {id: unwritten, when: {title: [x]}}\n"
    )
    return load([path]).rules


def told(rules, now, community=BOATS):
    return {each.rule: (each.what(), each.cure()) for each in drifts(rules, community, BEFORE, now)}


def test_a_changed_text_is_quoted_before_and_after(rules):
    now = [WrittenRule(1, "Be kind"), WrittenRule(2, "No adverts and no surveys"), WrittenRule(3, "No crypto")]
    assert told(rules, now) == {
        "no-ads": (
            "Rule no-ads enforces number 2, which said “No adverts”. It says now “No adverts and no surveys”.",
            "see whether the rule still does what is written",
        )
    }


def test_a_moved_rule_names_its_new_number_and_what_stands_at_the_old_one(rules):
    now = [WrittenRule(1, "Be kind"), WrittenRule(2, "No crypto"), WrittenRule(3, "No adverts")]
    assert told(rules, now)["no-ads"] == (
        "Rule no-ads enforces number 2, which said “No adverts”. It is number 3 now: “No adverts”; 2 says “No crypto”.",
        "write `sidebar: 3`, and see whether its `reason` names the old number",
    )


def test_a_rule_that_is_not_written_any_more(rules):
    what, cure = told(rules, BEFORE[:2])["no-coins"]
    assert what == (
        "Rule no-coins enforces number 3, which said “No crypto”. It is not written any more; there is no 3."
    )
    assert "take the rule out" in cure


def test_nothing_is_told_of_what_was_kept_or_of_other_communities(rules):
    assert told(rules, BEFORE) == {}
    assert told(rules, [], community="gardens@lemmy.test") == {}
    assert set(told([replace(each, communities=frozenset()) for each in rules], [], "gardens@lemmy.test")) == {
        "kindness",
        "no-ads",
        "no-coins",
    }


def test_a_long_rule_is_cut(rules):
    what, _ = told(rules, [WrittenRule(2, f"No adverts{' at all' * 200}")])["no-ads"]
    assert len(what) < LONGEST_QUOTE + 200
    assert "…”" in what


def test_the_same_news_have_the_same_key_and_others_another(rules):
    news = SidebarDrift("warden@lemmy.test", BOATS, drifts(rules, BOATS, BEFORE, []), NOON)
    assert news.key == replace(news).key
    others = [
        replace(news, community="gardens@lemmy.test"),
        replace(news, since=NOON.replace(hour=13)),
        replace(news, drifts=news.drifts[:1]),
    ]
    assert len({each.key for each in [news, *others]}) == 4
    assert news.text().splitlines()[0] == "The sidebar of boats@lemmy.test has changed."
    assert len(news.text().splitlines()) == 4
