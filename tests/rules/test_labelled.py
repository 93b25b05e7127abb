"""What the pack promises on real items that people have judged. The data is not part of the project."""

import json
import re

import pytest

from bot.audit.evaluation_items import judge_all
from bot.audit.judging import UNDATED
from bot.audit.labelled import read_labelled
from bot.engine.evaluate import evaluate
from bot.rulebook.example import item_from
from bot.rulebook.load import load
from tests.paths import CHECKOUT, SHARED, needs_shared_data

pytestmark = needs_shared_data
BOSSES, CRYPTO = 5, 7
SWAPPED_BY = ("Elon Musk", "Satya Nadella", "Zuckerberg", "Lip-Bu Tan", "spez")
"""Names of one, two and three words, in capitals and not."""


@pytest.fixture(scope="module")
def book():
    return load([CHECKOUT / "rules"])


@pytest.fixture(scope="module")
def lines():
    return [line for name in ("dev", "more") for line in (SHARED / f"labelled_{name}.jsonl").read_bytes().splitlines()]


@pytest.fixture(scope="module")
def names():
    text = (CHECKOUT / "rules" / "lists" / "bosses.txt").read_text(encoding="utf-8")
    found = [line.strip() for line in text.splitlines() if line.strip() and not line.startswith("#")]
    return re.compile(
        rf"(?<!\w)(?:{'|'.join(re.escape(name) for name in sorted(found, key=len, reverse=True))})(?!\w)", re.IGNORECASE
    )


def boss_answer(book, fields):
    verdict = evaluate(book, item_from(fields, UNDATED), UNDATED)
    return [match.answer.certain for match in verdict.matches if match.sidebar == BOSSES]


def test_it_does_not_matter_which_boss_it_is(book, lines, names):
    """Every name for another one: no verdict moves."""
    posts = [fields for line in lines if names.search((fields := json.loads(line)).get("title") or "")]
    assert len(posts) > 400
    moved = []
    for fields in posts:
        before = boss_answer(book, fields)
        for other in SWAPPED_BY:
            swapped = {**fields, **{field: names.sub(other, fields[field] or "") for field in ("title", "body")}}
            if boss_answer(book, swapped) != before:
                moved.append((fields["title"], other))
    assert moved == []


def test_what_may_be_essential_is_never_certain(book, lines):
    topical = {fields["id"] for fields in map(json.loads, lines) if fields["flags"]["crypto_topic"]}
    judged = judge_all(book, read_labelled(enumerate(lines, start=1)))
    essential = [each for each in judged if each.labelled.id in topical and each.labelled.labels[CRYPTO] is False]
    assert len(essential) > 30
    assert [each.labelled.id for each in essential if CRYPTO in each.said and each.said[CRYPTO].certain] == []
