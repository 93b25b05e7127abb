"""Every write that was carried out, in order: what tests count duplicates in."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

_TARGETS = (
    ("parent_id", "comment"),
    ("comment_id", "comment"),
    ("post_id", "post"),
    ("report_id", "report"),
    ("recipient_id", "person"),
    ("person_id", "person"),
    ("private_message_id", "private_message"),
    ("person_mention_id", "mention"),
    ("comment_reply_id", "reply"),
    ("community_id", "community"),
)
_MADE: Mapping[str, tuple[str, str]] = {
    "POST /post": ("post_view", "post"),
    "POST /comment": ("comment_view", "comment"),
    "POST /post/report": ("post_report_view", "post_report"),
    "POST /comment/report": ("comment_report_view", "comment_report"),
    "POST /private_message": ("private_message_view", "private_message"),
}
_SECRETS = frozenset({"password", "totp_2fa_token"})


@dataclass(frozen=True, slots=True)
class Write:
    number: int
    at: datetime
    endpoint: str
    """Method and path below ``/api/v3``, as in ``POST /post/remove``."""
    actor: str
    """Name of the person; empty for nobody."""
    target_kind: str
    """What it was done to: post, comment, person and so on; empty when the form names nothing."""
    target_id: int
    """0 when the form names nothing."""
    made_id: int
    """Number of the post, comment, report or message that was made; 0 for other writes, and when half done."""
    form: Mapping[str, Any]
    is_half: bool
    """Something was changed, and then it failed."""


class WriteLog:
    def __init__(self) -> None:
        self.rows: list[Write] = []

    def add(
        self, at: datetime, endpoint: str, actor: str, form: Mapping[str, Any], answer: Mapping[str, Any] | None
    ) -> None:
        """``answer`` is what the write was answered with; ``None`` when it was only half done."""
        kind, id_ = next(((kind, form[key]) for key, kind in _TARGETS if isinstance(form.get(key), int)), ("", 0))
        said = {key: "…" if key in _SECRETS else value for key, value in form.items()}
        number = len(self.rows) + 1
        self.rows.append(Write(number, at, endpoint, actor, kind, id_, _made(endpoint, answer), said, answer is None))


def _made(endpoint: str, answer: Mapping[str, Any] | None) -> int:
    if answer is None or endpoint not in _MADE:
        return 0
    view, row = _MADE[endpoint]
    made = answer[view][row]["id"]
    assert isinstance(made, int)
    return made
