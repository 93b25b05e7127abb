"""Several items judged at once get what each gets alone, and one that breaks something breaks nothing for the others."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.verdict import Broken
from bot.engine.evaluate import evaluate, evaluate_each
from bot.rulebook.load import load
from tests.builders import NOON, a_comment, a_post

RULES = """version: 1
rules:
  - id: no-pills
    when: {title+body (includes-word): [pills]}
  - id: posts-only
    on: posts
    when: {is_text_post: true}
  - id: young
    when: {author: {account_age: "< 2 days"}}
"""
ITEMS = [
    a_post(title="Cheap pills", url=""),
    a_post(title="A kernel", url="https://x.example/a"),
    a_post(title=None, url=None),
    a_comment(body="pills"),
    a_comment(body="“fine”"),
]


class Hostile(str):
    """A text that cannot be read."""

    __slots__ = ()

    def __getitem__(self, place):
        raise RuntimeError("no")


@pytest.fixture(scope="module")
def book(tmp_path_factory):
    path = tmp_path_factory.mktemp("rules") / "rules.yaml"
    path.write_text(RULES)
    return load([path])


def test_together_and_alone(book):
    asked = [(item, NOON + timedelta(days=number), None) for number, item in enumerate(ITEMS)]
    assert evaluate_each(book, asked) == [evaluate(book, *each) for each in asked]


def test_what_breaks_breaks_alone(book):
    hostile = replace(ITEMS[1], title=Hostile("x"))
    before, broken, after = evaluate_each(book, [(each, NOON, None) for each in (ITEMS[0], hostile, ITEMS[3])])
    assert broken.broken == tuple(Broken(rule.id, "RuntimeError: no") for rule in book.rules)
    assert (before, after) == (evaluate(book, ITEMS[0], NOON), evaluate(book, ITEMS[3], NOON))
