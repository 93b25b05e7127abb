"""Items from plain values."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.destination import Destination
from bot.domain.picture import Picture
from bot.rulebook.example import NotAnItem, example, item_from
from tests.builders import NOON


def test_a_post_with_everything():
    item = item_from(
        {
            "id": 7,
            "kind": "post",
            "title": "a",
            "url": None,
            "author": {"name": "bob", "instance": "x.example", "account_age": "3 days", "is_bot": True, "id": 5},
            "community": "!Technology@Lemmy.ML",
            "published": "2026-03-01T12:00:00Z",
            "score": "5",
            "is_nsfw": False,
            "language": "en",
            "meta": {"ignored": 1},
        },
        NOON,
    )
    assert (item.id, item.url, item.body, item.link_title) == ("7", "", None, "")
    assert (item.author.created, item.author.is_bot, item.author.id) == (NOON - timedelta(days=3), True, "5")
    assert item.community.full_name == "technology@lemmy.ml"
    assert (item.published, item.score, item.language) == (NOON, 5, 37)


def test_a_comment_knows_its_author_by_full_name():
    item = item_from(
        {"id": "x", "kind": "comment", "author": "@bob@X.example", "community": {"name": "a", "host": "b"}}, NOON
    )
    assert (item.author.name, item.author.instance) == ("bob", "x.example")
    assert item.community.full_name == "a@b"


@pytest.mark.parametrize(
    ("value", "moment"),
    [
        ("2026-03-01", datetime(2026, 3, 1, tzinfo=UTC)),
        ("2026-03-01T14:00:00+02:00", NOON),
        (1_772_366_400, NOON),
        (None, None),
    ],
)
def test_times(value, moment):
    assert item_from({"id": "1", "kind": "post", "published": value}, NOON).published == moment


@pytest.mark.parametrize(
    "wrong",
    [
        {"id": None},
        {"id": True},
        {"id": ""},
        {"kind": "photo"},
        {"title": ["a"]},
        {"title": True},
        {"score": "many"},
        {"score": 1.5},
        {"is_nsfw": "yes"},
        {"language": "klingon"},
        {"author": 5},
        {"author": {"account_age": "old"}},
        {"author": {"is_bot": 3}},
        {"community": 5},
        {"published": "yesterday"},
        {"published": 1e30},
    ],
)
def test_what_is_no_item(wrong):
    with pytest.raises(NotAnItem):
        item_from({"id": "1", "kind": "post"} | wrong, NOON)


def test_an_example_is_complete_as_written():
    item = example({"title": "a", "author": "bob"})
    assert (item.body, item.url, item.alt_text) == ("", "", "")
    assert (item.author.name, item.author.is_moderator, item.author.created) == ("bob", False, None)


def test_an_example_has_no_unknown_fields():
    with pytest.raises(NotAnItem, match="titel"):
        example({"titel": "a"})


def test_what_a_look_printed_can_be_given_back():
    printed = {"file": "a.png", "text_screenshot": "yes", "certain": True, "words": 40, "why": ["40 words read"]}
    item = item_from({"id": 1, "kind": "post", "picture": printed, "image_text": "breaking"}, NOON)
    assert item.picture == Picture(True, True, ("40 words read",), 40, "breaking")


@pytest.mark.parametrize(
    "wrong",
    [
        "yes",
        {"text_screenshot": "maybe"},
        {"text_screenshot": []},
        {"certain": "perhaps"},
        {"words": "many"},
        {"why": "so"},
        {"links": [1]},
        {"hash": "abc"},
        {"screenshot": "yes"},
    ],
)
def test_what_is_no_look_is_refused(wrong):
    with pytest.raises(NotAnItem, match="picture"):
        item_from({"id": 1, "kind": "post", "picture": wrong}, NOON)


def test_what_a_short_link_stands_for_can_be_said():
    end = "https://shop.example/a"
    item = item_from({"id": 1, "kind": "post", "url": "https://bit.ly/x", "resolved_url": end}, NOON)
    assert (item.destination, item.resolved_url) == (Destination(end), end)
    assert (item.link_title, item.link_type) == ("", "")
    assert example({"url": "https://bit.ly/x", "resolved_url": None}).destination is None


def test_a_comment_has_no_short_link_of_its_own():
    with pytest.raises(NotAnItem, match="resolved_url"):
        example({"kind": "comment", "resolved_url": "https://shop.example/a"})
