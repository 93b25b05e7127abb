"""The documentation names every word that the import knows."""

import re

from bot.automod.standards import STANDARDS
from bot.automod.vocabulary import (
    ACTIONS,
    AUTHOR_FACTS,
    FIELDS,
    ITEM_FACTS,
    OTHER_NAMES,
    SETTINGS,
    THRESHOLDS,
    TOP_KEYS,
    TYPES,
)
from bot.automod.wording import GONE, SAME
from bot.checks.domain import domains
from bot.rulebook.template import PLACEHOLDERS
from tests.paths import CHECKOUT

PAGE = (CHECKOUT / "docs" / "from-automoderator.md").read_text(encoding="utf-8")


def test_every_word_stands_in_the_table():
    named = set(re.findall(r"[a-z_]+", PAGE))
    known = {*FIELDS, *ITEM_FACTS, *THRESHOLDS, *AUTHOR_FACTS, *ACTIONS, *SETTINGS, "satisfy_any_threshold", *SAME}
    assert known <= named
    assert all(kind in PAGE for kind in set(TYPES.values()))


def test_other_names_lead_to_words_that_are_known():
    assert set(OTHER_NAMES.values()) <= set(TOP_KEYS)
    assert not set(OTHER_NAMES) & set(TOP_KEYS)


def test_placeholders_are_known_to_templates():
    assert set(PLACEHOLDERS) >= SAME
    assert not SAME & set(GONE)


def test_there_are_the_eight_standard_conditions_and_their_domains_are_domains():
    assert len(STANDARDS) == 8
    for ask in STANDARDS.values():
        if ask.name == "domain":
            assert domains(ask.value) == frozenset(ask.value)
