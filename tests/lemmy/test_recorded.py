"""Every recorded answer is read into our types, or is the right error."""

from datetime import UTC, datetime
from functools import reduce

import pytest
import yaml

from bot.engine import ports
from bot.http.answers import understand
from bot.lemmy import read, wire
from tests.lemmy.recorded import NAMES, recorded
from tests.paths import CHECKOUT, SHARED, needs_shared_data

EXPECTED = yaml.safe_load((CHECKOUT / "tests" / "data" / "lemmy_v3.yaml").read_text())
NOW = datetime(2026, 11, 23, 19, tzinfo=UTC)


def test_the_table_names_every_recording_once():
    assert list(EXPECTED) == NAMES
    assert len(NAMES) == 129


@needs_shared_data
def test_the_recordings_are_the_real_ones():
    for path in (SHARED / "lemmy" / "v3").glob("*.json"):
        assert (CHECKOUT / "tests" / "data" / "lemmy_v3" / path.name).read_bytes() == path.read_bytes()


@pytest.mark.parametrize("name", NAMES)
def test_a_recorded_answer(name):
    call = recorded(name)
    what, _, rest = EXPECTED[name].partition(" ")
    if hasattr(ports, what):
        with pytest.raises(ports.LemmyError) as caught:
            understand(call.raw, write=call.is_write)
        assert type(caught.value) is getattr(ports, what)
        assert getattr(caught.value, "word", "") == rest
        return
    body = understand(call.raw, write=call.is_write).body
    if what != "answer":
        row = wire.as_(getattr(wire, what), _at(body, rest))
        for item in _items(row):
            assert item.community.host == "lemmy.test"
            assert item.author.instance == "lemmy.test"
            assert item.published <= item.updated <= NOW


def _at(body, path):
    """The part of a body that a path like ``mentions.0`` leads to."""
    steps = path.split(".") if path else []
    return reduce(lambda part, step: part[int(step)] if isinstance(part, list) else part[step], steps, body)


def _items(row):
    for view in getattr(row, "posts", []) + getattr(row, "comments", []) + [row]:
        inner = getattr(view, "post_view", None) or getattr(view, "comment_view", None) or view
        if isinstance(inner, wire.PostView):
            yield read.listed_post(inner, NOW).item
        elif isinstance(inner, wire.CommentView):
            yield read.listed_comment(inner).item
