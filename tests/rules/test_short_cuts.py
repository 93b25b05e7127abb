"""No short cut changes what the pack says: a rule that is passed over would have said no."""

import random

import pytest

from bot.audit.scored import scored_in
from bot.domain.answer import No
from bot.engine.evaluate import concerns, judged, look, verdict_on
from bot.rulebook.example import EXAMPLE_NOW, example
from bot.rulebook.load import load
from tests.checks import reference
from tests.paths import CHECKOUT


@pytest.fixture(scope="module")
def book():
    return load([CHECKOUT / "rules"])


@pytest.fixture(scope="module")
def items(book):
    """What the rules' own tests are about, and the same mixed with one another."""
    found = [test.item for rule in book.rules for test in rule.tests]
    chance = random.Random(5)
    mixed = [
        example(
            {
                "title": str(getattr(chance.choice(found), "title", None) or ""),
                "url": str(getattr(chance.choice(found), "url", None) or ""),
                "body": f"{chance.choice(found).body}\n\n> {chance.choice(found).body}",
            }
        )
        for _ in range(200)
    ]
    return [*found, *mixed]


def test_a_rule_that_is_passed_over_says_no(book, items):
    for item in items:
        subject = look(book, item, EXAMPLE_NOW)
        said = {rule.id: answer for rule, answer in judged(book, subject)}
        for rule in book.rules:
            if concerns(rule, item):
                answer = verdict_on(rule, look(book, item, EXAMPLE_NOW))
                assert said.get(rule.id, No()) == answer, (rule.id, item)


def test_a_checker_that_ends_early_says_what_all_its_signals_say(book, items):
    checkers = [checker for rule in book.rules if (checker := scored_in(rule.when))]
    for item in items:
        subject = look(book, item, EXAMPLE_NOW)
        for checker in checkers:
            assert checker.answer(subject) == reference.answer(checker, look(book, item, EXAMPLE_NOW))
            for learned in checker._learned:
                assert learned.points(subject).most <= learned.at_most(subject)
