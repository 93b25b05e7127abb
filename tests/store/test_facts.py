"""What was seen in pictures and behind links, remembered."""

from contextlib import contextmanager

import pytest

from bot.domain.destination import Destination, Page
from bot.domain.item import ItemRef, Kind
from bot.domain.picture import Picture
from bot.store.connect import open_store
from bot.store.ledger import SqlLedger
from tests.builders import NOON

ACCOUNT, REF, URL = "warden@lemmy.test", ItemRef(Kind.POST, "1"), "https://pics.example/a.png"
SEEN = Picture(True, True, ("40 words",), 40, "straße", ("https://shop.example",), "0" * 64)


@contextmanager
def opened(folder):
    """The ledger of one run."""
    store = open_store(f"sqlite:///{folder}/a.db")
    try:
        yield SqlLedger(store)
    finally:
        store.dispose()


@pytest.mark.parametrize("seen", [SEEN, Picture(), Picture(shows_text=False, words=0, text="")])
def test_what_was_seen_comes_back_after_a_restart(tmp_path, seen):
    with opened(tmp_path) as ledger:
        ledger.keep_picture(ACCOUNT, REF, URL, seen, NOON)
    with opened(tmp_path) as ledger:
        assert ledger.picture(ACCOUNT, REF, URL) == seen


def test_half_a_character_does_not_keep_it_from_being_remembered(ledger):
    ledger.keep_picture(ACCOUNT, REF, URL, Picture(text="a \ud83d"), NOON)
    assert ledger.picture(ACCOUNT, REF, URL).text == "a \ufffd"


def test_it_belongs_to_one_account_item_and_address(ledger):
    ledger.keep_picture(ACCOUNT, REF, URL, SEEN, NOON)
    assert ledger.picture("other@lemmy.test", REF, URL) is None
    assert ledger.picture(ACCOUNT, ItemRef(Kind.POST, "2"), URL) is None
    assert ledger.picture(ACCOUNT, REF, URL + "?") is None


def test_a_later_look_replaces_an_earlier_one(ledger):
    ledger.keep_picture(ACCOUNT, REF, URL, SEEN, NOON)
    ledger.keep_picture(ACCOUNT, REF, URL + "?", Picture(), NOON)
    assert ledger.picture(ACCOUNT, REF, URL) is None
    assert ledger.picture(ACCOUNT, REF, URL + "?") == Picture()


@pytest.mark.parametrize(
    "found",
    [
        Destination(why="status 404"),
        Destination(URL, ("https://t.co/a",), Page("straße", "\u202e", "https://a.example/"), "text/html", "so"),
    ],
)
def test_where_a_link_leads_comes_back_after_a_restart(tmp_path, found):
    with opened(tmp_path) as ledger:
        ledger.keep_destination(ACCOUNT, REF, URL, found, NOON)
    with opened(tmp_path) as ledger:
        assert ledger.destination(ACCOUNT, REF, URL) == found


def test_a_picture_and_a_link_of_one_item_are_remembered_side_by_side(ledger):
    ledger.keep_picture(ACCOUNT, REF, URL, SEEN, NOON)
    ledger.keep_destination(ACCOUNT, REF, URL, Destination(URL), NOON)
    assert ledger.picture(ACCOUNT, REF, URL) == SEEN
    assert ledger.destination(ACCOUNT, REF, URL) == Destination(URL)
