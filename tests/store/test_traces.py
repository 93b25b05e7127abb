"""Remembering in the database and in memory: the same answers."""

import shutil
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.item import Author, Community, Kind
from bot.engine.past import Past
from bot.engine.ports import Start
from bot.store.connect import open_store
from bot.store.ledger import SqlLedger
from bot.text.trace import trace_of
from tests.builders import NOON, a_comment, a_post
from tests.fakes import listed

ACCOUNT = "warden@lemmy.test"
BODY = "The regulator has published its report on the outage of last spring, and names three causes."
BODIES = [
    "",
    "short",
    BODY,
    BODY + " All three were known.",
    BODY.upper(),
    "Something else entirely, of another length.",
]
LINKS = ["", "https://news.example/a?utm_source=x", "https://www.news.example/a", "https://other.example/b"]
AUTHORS = [Author(id="1", name="eve", instance="a.example"), Author(id="2", name="Eve", instance="a.example"), Author()]
PLACES = [
    Community(id="2", name="technology", host="lemmy.test"),
    Community(id="3", name="other", host="lemmy.test"),
    Community(),
]


@st.composite
def items(draw):
    facts = {
        "id": str(draw(st.integers(1, 9))),
        "body": draw(st.sampled_from(BODIES)),
        "author": draw(st.sampled_from(AUTHORS)),
        "community": draw(st.sampled_from(PLACES)),
        "published": NOON + timedelta(minutes=draw(st.integers(0, 5))),
    }
    if draw(st.booleans()):
        return a_comment(**facts)
    return a_post(url=draw(st.sampled_from(LINKS)), title="", **facts)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("traces")


@given(found=st.lists(items(), max_size=9, unique_by=lambda each: each.ref), asked=items())
@settings(max_examples=60, deadline=None)
def test_the_database_remembers_what_memory_does(folder, empty_store, found, asked):
    shutil.copy(empty_store, folder / "a.db")
    store = open_store(f"sqlite:///{folder}/a.db")
    ledger, past = SqlLedger(store), Past(NOON)
    for kind in Kind:
        ledger.begin_watch(ACCOUNT, kind, "2", Start(NOON, 0))
    for each in found:
        ledger.record(ACCOUNT, [listed(each)], NOON)
        past.add(trace_of(each))
    assert ledger.history(ACCOUNT, asked) == past.before(trace_of(asked))
    store.dispose()


def test_an_edited_item_is_remembered_as_it_is_now(ledger):
    ledger.record(ACCOUNT, [listed(a_post(id="1", url=LINKS[1], body="one"))], NOON)
    ledger.record(ACCOUNT, [listed(a_post(id="1", url=LINKS[3], body="two"))], NOON)
    later = NOON + timedelta(hours=1)
    assert ledger.history(ACCOUNT, a_post(id="2", url=LINKS[1], published=later)).same_link == ()
    (found,) = ledger.history(ACCOUNT, a_post(id="2", url=LINKS[3], published=later)).same_link
    assert found.ref.id == "1"


def test_another_account_remembers_nothing_of_it(ledger):
    ledger.record(ACCOUNT, [listed(a_post(id="1", url=LINKS[1]))], NOON)
    history = ledger.history("other@lemmy.test", a_post(id="2", url=LINKS[1], published=NOON + timedelta(hours=1)))
    assert history.same_link == history.by_author == ()
    assert history.since is None
