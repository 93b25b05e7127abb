"""Lines for the operator: one an event, and never a secret."""

import io
import json
import logging

import pytest
import structlog
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.app.logging import HIDDEN, StructlogJournal, configure, hide
from bot.http.secret import Secret

SECRET = "correct-horse-battery"
TOKEN = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOjR9.c2lnbmF0dXJl"


@pytest.fixture(autouse=True)
def _as_it_was():
    root = logging.getLogger()
    before, level = root.handlers, root.level
    yield
    root.handlers = before
    root.setLevel(level)
    structlog.reset_defaults()


def told(form="json", /, **facts):
    stream = io.StringIO()
    configure("info", form, stream)
    StructlogJournal().event("decision", **facts)
    return stream.getvalue()


def test_json_when_not_a_terminal():
    line = json.loads(told("auto", item="post/1", matches={"a": "certain"}))
    assert (line["event"], line["level"], line["item"], line["matches"]) == (
        "decision",
        "info",
        "post/1",
        {"a": "certain"},
    )
    assert line["timestamp"].endswith("Z")


@pytest.mark.parametrize(
    "facts",
    [
        {"error": f"refused {SECRET}!"},
        {"deep": {"list": [{"x": (SECRET,)}]}},
        {SECRET: 1} | {"keys": {SECRET: 1}},
        {"error": RuntimeError(SECRET)},
        {"password": "other"},
        {"form": {"totp_2fa_token": "other", "jwt": b"other"}},
        {"header": f"Bearer {TOKEN}"},
        {"text": f"x {TOKEN} y"},
        {"secret": Secret("other")},
    ],
)
def test_no_secret_is_in_a_line(facts):
    hide(Secret(SECRET))
    for form in ("json", "console"):
        line = told(form, **{key: value for key, value in facts.items() if key != SECRET})
        assert SECRET not in line
        assert TOKEN not in line
        assert "other" not in line
        assert HIDDEN in line


def test_exceptions_and_libraries_are_redacted_too():
    hide(Secret(SECRET))
    stream = io.StringIO()
    configure("info", "json", stream)
    try:
        int(SECRET)  # the message repeats what it was given
    except ValueError:
        logging.getLogger("apscheduler").exception("failed with %s", SECRET)
    logging.getLogger("httpx").info("GET /")
    (line,) = stream.getvalue().splitlines()
    assert SECRET not in line
    assert json.loads(line)["level"] == "error"


def test_failures_are_warnings():
    stream = io.StringIO()
    configure("warning", "json", stream)
    StructlogJournal().event("decision")
    StructlogJournal().event("tick_failed", error="x")
    assert [json.loads(line)["event"] for line in stream.getvalue().splitlines()] == ["tick_failed"]


@given(st.text(max_size=60))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_a_hostile_text_forges_no_line(text):
    for form in ("json", "console"):
        shown = told(form, item=text, inner={"x": [text]})
        assert shown.endswith("\n")
        assert len(shown.splitlines()) == 1
        assert "\x1b" not in shown
