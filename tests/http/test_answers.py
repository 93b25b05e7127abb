"""The table of answers and what they mean."""

import json
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.engine.ports import (
    Gone,
    LemmyError,
    NotLoggedIn,
    NotUnderstood,
    RateLimited,
    Refused,
    Unclear,
    Unreachable,
)
from bot.http.answers import Answer, Raw, understand

DATE = "Mon, 23 Nov 2026 18:42:13 GMT"
HTML = b"<html><title>Just a moment...</title></html>"
CUT = b'{"posts": [{"post"'


def word(text, **more):
    return json.dumps({"error": text, **more}).encode()


TABLE = [
    # status, body, read, write
    (400, word("rate_limit_error"), RateLimited, RateLimited),
    (429, word("too_many_requests"), RateLimited, RateLimited),
    (429, HTML, RateLimited, RateLimited),
    (429, b"", RateLimited, RateLimited),
    (503, word("Lemmy is currently starting"), Unreachable, Unreachable),
    (503, HTML, Unreachable, Unclear),
    (502, HTML, Unreachable, Unclear),
    (504, HTML, Unreachable, Unclear),
    (500, word("unknown"), Unreachable, Unclear),
    (500, b"", Unreachable, Unclear),
    (401, word("incorrect_login"), NotLoggedIn, NotLoggedIn),
    (400, word("not_logged_in"), NotLoggedIn, NotLoggedIn),
    (400, word("instance_is_private"), NotLoggedIn, NotLoggedIn),
    (400, word("unknown", message="timed out"), NotUnderstood, Unclear),
    (404, word("unknown", message="Record not found"), Gone, Unclear),
    (400, word("couldnt_find_post"), Gone, Gone),
    (404, word("couldnt_find_person"), Gone, Gone),
    (404, word("not_found"), Gone, Gone),
    (400, word("deleted"), Gone, Gone),
    (400, word("couldnt_update_comment"), Gone, Gone),
    (400, word("couldnt_create_report"), Refused, Refused),
    (400, word("not_a_mod_or_admin"), Refused, Refused),
    (400, word("site_ban"), Refused, Refused),
    (403, HTML, NotUnderstood, NotUnderstood),
    (404, b"", NotUnderstood, NotUnderstood),
    (404, HTML, NotUnderstood, NotUnderstood),
    (401, HTML, NotUnderstood, NotUnderstood),
    (301, b"", NotUnderstood, NotUnderstood),
    (200, HTML, NotUnderstood, Unclear),
    (200, CUT, NotUnderstood, Unclear),
    (200, b"", NotUnderstood, Unclear),
    (200, b"[]", NotUnderstood, Unclear),
    (200, b"\xff\xfe", NotUnderstood, Unclear),
    (200, b"[" * 100_000, NotUnderstood, Unclear),
    (200, b'{"a": 1e999}', NotUnderstood, Unclear),
    (200, None, NotUnderstood, Unclear),
    (400, CUT, NotUnderstood, Unclear),
    (400, HTML, NotUnderstood, Unclear),
    (400, word("Two Words"), NotUnderstood, Unclear),
    (400, b'{"error": 7}', NotUnderstood, Unclear),
    (400, b'{"error": null}', NotUnderstood, Unclear),
]


@pytest.mark.parametrize(("status", "content", "read", "write"), TABLE, ids=map(str, range(len(TABLE))))
def test_the_table(status, content, read, write):
    for expected, is_write in ((read, False), (write, True)):
        with pytest.raises(LemmyError) as caught:
            understand(Raw(status, DATE, content), write=is_write)
        assert type(caught.value) is expected


def test_a_json_object_is_the_answer_and_its_date_the_servers_time():
    answer = understand(Raw(200, DATE, b'{"success": true}'), write=False)
    assert answer == Answer({"success": True}, datetime(2026, 11, 23, 18, 42, 13, tzinfo=UTC))


@pytest.mark.parametrize("date", ["", "yesterday", "Mon, 23 Nov 2026 18:42:13 -0000", "Mon, 99 Nov 2026 18:42:13 GMT"])
def test_a_useless_date_is_not_known(date):
    assert understand(Raw(200, date, b"{}"), write=False).server_time is None


def test_a_refusal_carries_lemmys_word_and_a_bounded_harmless_detail():
    content = word("not_higher_mod", message="\x1b[31m" + "x" * 5000)
    with pytest.raises(Refused) as caught:
        understand(Raw(400, DATE, content), write=True)
    assert caught.value.word == "not_higher_mod"
    assert "\x1b" not in str(caught.value)
    assert len(str(caught.value)) < 300


@given(
    st.integers(100, 599), st.one_of(st.none(), st.binary(max_size=60), st.text(max_size=60).map(word)), st.booleans()
)
def test_nothing_but_an_answer_or_a_lemmy_error_comes_out(status, content, is_write):
    try:
        answer = understand(Raw(status, DATE, content), write=is_write)
    except LemmyError:
        return
    assert 200 <= status < 300
    assert isinstance(answer.body, dict)
