"""Keys of a rule that say when it is asked, and what its answer may lead to."""

from itertools import pairwise

import pytest

from bot.domain.action import ActionKind
from bot.engine.evaluate import evaluate
from bot.engine.plan import plan
from bot.engine.wishes import Standing
from bot.rulebook.load import load
from tests.builders import NOON, a_post

PLENTY = dict.fromkeys(ActionKind, 9)


@pytest.fixture
def book(tmp_path):
    def make(text):
        path = tmp_path / "rules.yaml"
        path.write_text("version: 1\nrules:\n" + text)
        return load([path])

    return make


def matched(book, item=None):
    return [match.rule for match in evaluate(book, item or a_post(title="one two"), NOON).matches]


def test_rules_are_asked_by_priority_and_then_in_their_order(book):
    rules = "".join(
        f"  - {{id: r{number}, priority: {priority}, when: {{title: [one]}}}}\n"
        for number, priority in enumerate([0, 5, -5, 5])
    )
    assert matched(book(rules)) == ["r1", "r3", "r0", "r2"]


def test_stop_keeps_later_rules_from_being_asked(book):
    rules = (
        "  - {id: a, when: {title: [one]}}\n"
        "  - {id: b, stop: true, priority: 1, when: {title: [%s]}}\n"
        "  - {id: c, when: {title: [two]}}\n"
    )
    assert matched(book(rules % "one")) == ["b"]
    assert matched(book(rules % "three")) == ["a", "c"]


def test_only_a_certain_match_stops(book):
    rules = "  - {id: b, stop: true, unknown: report, when: {image_text: [one]}}\n  - {id: c, when: {title: [two]}}\n"
    assert matched(book(rules)) == ["b", "c"]


def test_what_cannot_be_told_goes_to_a_human_when_the_rule_says_so(book):
    rules = book("  - {id: a, mode: act, then: [remove], unknown: report, when: {image_text: [one]}}\n")
    verdict = evaluate(rules, a_post(), NOON)
    assert [(match.answer.certain, match.answer.doubt) for match in verdict.matches] == [
        (False, "image_text is not known")
    ]
    assert [step.kind for step in plan(verdict, Standing(), PLENTY).steps] == [ActionKind.REPORT]
    assert evaluate(book("  - {id: a, when: {image_text: [one]}}\n"), a_post(), NOON).matches == ()


def acted_on(rules, number):
    verdict = evaluate(rules, a_post(id=str(number), title="one"), NOON)
    return ActionKind.REMOVE in {step.kind for step in plan(verdict, Standing(), PLENTY).steps}


def test_a_share_of_the_items_is_acted_on_and_the_rest_reported(book):
    rule = "  - {id: a, mode: act, then: [remove], act_on: %s%%, when: {title: [one]}}\n"
    books = {share: book(rule % share) for share in (0, 20, 60, 100)}
    shares = {share: {n for n in range(1_000) if acted_on(rules, n)} for share, rules in books.items()}
    assert shares[0] == set()
    assert 150 < len(shares[20]) < 250
    assert shares[100] == set(range(1_000))
    assert all(fewer <= more for fewer, more in pairwise(shares.values()))


def test_what_is_not_sampled_is_reported_with_its_reason(book):
    rules = book("  - {id: a, mode: act, then: [remove], act_on: 0%, when: {title: [one]}}\n")
    decided = plan(evaluate(rules, a_post(title="one"), NOON), Standing(), PLENTY)
    assert [step.kind for step in decided.steps] == [ActionKind.REPORT]
    assert "act_on" in decided.skipped[0].why
