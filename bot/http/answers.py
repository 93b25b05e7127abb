"""What a server's answer means.

Lemmy says nearly everything with status 400, so its ``error`` word decides and the status only helps where there is no
word. In this order:

=====================================================  ==============  ==============
answer                                                 a read          a write
=====================================================  ==============  ==============
429; ``rate_limit_error``, ``too_many_requests``       RateLimited     RateLimited
2xx with a JSON object                                 the answer      the answer
503 "Lemmy is currently starting"                      Unreachable     Unreachable
other 5xx                                              Unreachable     Unclear
``incorrect_login``, ``not_logged_in``,                NotLoggedIn     NotLoggedIn
``instance_is_private``
``unknown`` with status 404                            Gone            Unclear
``unknown``                                            NotUnderstood   Unclear
``couldnt_find_…``, ``deleted``,                       Gone            Gone
``couldnt_update_comment``, any word with status 404
any other word                                         Refused         Refused
no word: 3xx, 401, 403, 404, 405, 407, 413, 421, 451   NotUnderstood   NotUnderstood
no word: everything else, 2xx included                 NotUnderstood   Unclear
=====================================================  ==============  ==============

``unknown`` is a fault inside the server: handlers are not transactional, so a write may be half done. The statuses in
the last line but one, without a word, come from a wall in front of Lemmy (a challenge page, a wrong route, a redirect);
behind it, nothing happened.
"""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

import msgspec

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


@dataclass(frozen=True, slots=True)
class Raw:
    """An answer as it came over the line."""

    status: int
    date: str
    """The Date header; empty when there was none."""
    content: bytes | None
    """Body without its transfer coding; ``None`` when it was too large or its coding was broken."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A Lemmy answer that is no refusal."""

    body: dict[str, Any]
    server_time: datetime | None
    """``None`` when the server did not date its answer."""


_LIMITED = frozenset({"rate_limit_error", "too_many_requests"})
_STRANGER = frozenset({"incorrect_login", "not_logged_in", "instance_is_private"})
_GONE = frozenset({"deleted", "couldnt_update_comment"})
_WALL = frozenset({401, 403, 404, 405, 407, 413, 421, 451})
_WORD = re.compile(r"[a-z0-9_]{1,64}")
_LONGEST_DETAIL = 200


def understand(raw: Raw, *, write: bool) -> Answer:
    """The answer, or the error that the table above gives for it."""
    if raw.status == 429:
        raise RateLimited("status 429")
    body = _json_object(raw.content)
    if body is not None and 200 <= raw.status < 300:
        return Answer(body, _time(raw.date))
    word = body.get("error") if body is not None else None
    if raw.status >= 400 and isinstance(word, str):
        detail = body.get("message") if body is not None else None
        raise _refusal(raw.status, word, detail if isinstance(detail, str) else "", write=write)
    raise _foreign(raw.status, write=write)


def _refusal(status: int, word: str, detail: str, *, write: bool) -> LemmyError:
    if status == 503 and "starting" in word.lower():
        return Unreachable("Lemmy is starting")
    if status >= 500 or not _WORD.fullmatch(word):
        return _foreign(status, write=write)
    if word in _LIMITED:
        return RateLimited(word)
    if word in _STRANGER:
        return NotLoggedIn(word)
    return _clear_refusal(status, word, _printable(detail), write=write)


def _clear_refusal(status: int, word: str, detail: str, *, write: bool) -> LemmyError:
    if word == "unknown" and write:
        return Unclear(f"unknown: {detail}")
    if word == "unknown" and status != 404:
        return NotUnderstood(f"unknown: {detail}")
    if status == 404 or word in _GONE or word.startswith("couldnt_find_"):
        return Gone(word, detail)
    return Refused(word, detail)


def _foreign(status: int, *, write: bool) -> LemmyError:
    text = f"status {status} without a Lemmy answer"
    if write:
        return NotUnderstood(text) if 300 <= status < 400 or status in _WALL else Unclear(text)
    return Unreachable(text) if status >= 500 else NotUnderstood(text)


def _json_object(content: bytes | None) -> dict[str, Any] | None:
    if content is None:
        return None
    try:
        body = msgspec.json.decode(content)
    except (msgspec.MsgspecError, ValueError, RecursionError):
        return None
    return body if isinstance(body, dict) else None


def _time(date: str) -> datetime | None:
    try:
        time = parsedate_to_datetime(date)
        return time.astimezone(UTC) if time.tzinfo is not None else None
    except (ValueError, OverflowError):
        return None


def _printable(detail: str) -> str:
    return "".join(each if each.isprintable() else " " for each in detail[:_LONGEST_DETAIL])
