"""The rules that come with Warden."""

from bot.engine.rule_tests import failures
from bot.rulebook.load import load
from tests.paths import CHECKOUT


def test_the_pack_loads_and_its_own_tests_pass():
    book = load([CHECKOUT / "rules"])
    assert failures(book) == []
    assert {rule.sidebar for rule in book.rules} == {1, 2, 3, 4, 5, 6, 7, None}
    assert all(len(rule.tests) >= 20 for rule in book.rules)
