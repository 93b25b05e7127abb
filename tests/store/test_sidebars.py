"""What is remembered of sidebars."""

from datetime import timedelta

import pytest

from bot.store.connect import open_store
from bot.store.sidebars import SqlSidebars, hash_of
from bot.text.sidebar import WrittenRule, written_rules
from tests.builders import NOON

US, BOATS = "warden@lemmy.test", "boats@lemmy.test"
SIDEBAR = "7. No crypto\n8. Be kind"


@pytest.fixture
def store(tmp_path):
    store = open_store(f"sqlite:///{tmp_path}/a.db")
    yield store
    store.dispose()


def test_a_sidebar_that_was_never_read_is_not_known(store):
    assert SqlSidebars(store).known(US, BOATS) is None


def test_a_sidebar_is_remembered_with_its_rules_in_their_order(store):
    rules = [WrittenRule(7, "No \ud800crypto"), WrittenRule(3, "Be kind", is_numbered=False)]
    SqlSidebars(store).keep(US, BOATS, SIDEBAR, rules, NOON)
    known = SqlSidebars(store).known(US, BOATS)
    assert known.rules == (WrittenRule(7, "No \ufffdcrypto"), WrittenRule(3, "Be kind", is_numbered=False))
    assert (known.hash, known.since) == (hash_of(SIDEBAR), NOON)


def test_a_later_one_takes_its_place(store):
    sidebars, later = SqlSidebars(store), NOON + timedelta(days=1)
    sidebars.keep(US, BOATS, SIDEBAR, written_rules(SIDEBAR), NOON)
    sidebars.keep(US, BOATS, "1. Be kind", written_rules("1. Be kind"), later)
    known = sidebars.known(US, BOATS)
    assert (known.rules, known.since) == ((WrittenRule(1, "Be kind"),), later)


def test_accounts_and_communities_are_kept_apart(store):
    sidebars = SqlSidebars(store)
    sidebars.keep(US, BOATS, SIDEBAR, written_rules(SIDEBAR), NOON)
    sidebars.keep("warden@other.test", BOATS, "", [], NOON)
    sidebars.keep(US, "gardens@lemmy.test", "", [], NOON)
    assert len(sidebars.known(US, BOATS).rules) == 2
    assert sidebars.known("warden@other.test", BOATS).rules == ()


def test_blanks_around_a_sidebar_do_not_count():
    assert hash_of("1. Be kind\n") == hash_of("1. Be kind")
    assert hash_of("1. Be  kind") != hash_of("1. Be kind")
    assert hash_of("\ud800")
