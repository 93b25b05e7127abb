"""Imported rules say what AutoModerator says: on real pages and items, and on rules and texts made up for it."""

import gzip
import json
import random
from datetime import timedelta

import pytest
import yaml
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from bot.automod.importing import State
from tests.automod.importing import asked, book_of, imported
from tests.automod.reference import rules_in, verdict
from tests.paths import SHARED, needs_shared_data

ITEMS = 2_000
AGES = (timedelta(hours=3), timedelta(days=2), timedelta(days=8), timedelta(days=400), None)
NAMES = ("ShortBytes", "example_user_1", "SG_UTD", "bob", None)


def a_backlog() -> list[dict]:
    """Real texts by made-up people; of a third of the facts, nothing is known."""
    rng = random.Random(7)
    with gzip.open(SHARED / "backlog.jsonl.gz", "rt", encoding="utf-8") as lines:
        chosen = rng.sample([json.loads(line) for line in lines], ITEMS)
    for each in chosen:
        each["author"] = {
            "name": rng.choice(NAMES),
            "age": rng.choice(AGES),
            "is_moderator": rng.choice((True, False, None)),
            "is_approved": rng.choice((True, False, None)),
            "post_score": rng.choice((-30, 5, 50, None)),
            "comment_score": rng.choice((-30, 5, 50, None)),
        }
        each |= {"reports": rng.choice((0, 1, 2, 5, None)), "depth": rng.choice((1, 2, None))}
        each["url"] = each["url"] or ""
        if each["kind"] == "comment":
            del each["title"], each["url"]
    return [{name: value for name, value in each.items() if name not in {"meta", "source"}} for each in chosen]


@pytest.fixture(scope="module")
def backlog():
    return a_backlog()


@needs_shared_data
def test_on_real_items_every_imported_rule_of_the_public_pages_agrees(backlog):
    """Facts that are not known count too: both sides must say that it cannot be told."""
    compared = 0
    for path in sorted((SHARED / "automod").glob("*.y*ml")):
        text = path.read_text(encoding="utf-8")
        found = imported(text)
        originals = rules_in(text)
        assert len(originals) == len(found.rules), path.name
        active = [rule.number for rule in found.rules if rule.state is State.ACTIVE]
        book = book_of(found)
        by_id = {rule.id: rule for rule in book.rules}
        rules = [by_id[found.rules[number - 1].id] for number in active]
        for item in backlog:
            expected = [verdict(originals[number - 1], item) for number in active]
            said = asked(book, rules, item)
            assert said == expected, (path.name, item, [rule.id for rule in rules])
            compared += len(said)
    assert compared > 150_000
