"""pythorhead's endpoint classes, speaking through our client.

pythorhead's own requestor swallows errors, opens a connection a call and writes answers to the log. Its endpoint
classes only ever call ``api``, so a requestor of our own is all they need. ``Lemmy`` is never built: it goes to the
network.
"""

import logging
from collections.abc import Mapping
from datetime import datetime
from enum import Enum
from typing import Any

from pythorhead.comment import Comment
from pythorhead.community import Community
from pythorhead.modlog import Modlog
from pythorhead.post import Post
from pythorhead.private_message import PrivateMessage
from pythorhead.requestor import Request as Method
from pythorhead.requestor import Requestor
from pythorhead.site import Site
from pythorhead.user import User

from bot.engine.ports import NotUnderstood
from bot.http.buckets import Bucket
from bot.http.client import Client, Request
from bot.http.secret import Secret

# It logs requests and whole answers.
logging.getLogger("pythorhead").disabled = True
logging.getLogger("pythorhead.requestor").disabled = True

_BUCKETS: Mapping[tuple[str, str], Bucket] = {
    ("POST", "/user/login"): Bucket.REGISTER,
    ("POST", "/comment"): Bucket.COMMENT,
    ("GET", "/search"): Bucket.SEARCH,
}


class LemmyRequestor(Requestor):  # type: ignore[misc]  # pythorhead is untyped
    """What pythorhead's classes talk to. Raises LemmyError; the token is never in pythorhead's hands."""

    def __init__(self, client: Client) -> None:
        super().__init__(raise_exceptions=True)
        self.domain = client.address
        self._auth.set_api_base_url(client.address)
        self._client = client
        self.token: Secret | None = None
        self.server_time: datetime | None = None
        """Date of the latest answer; ``None`` when it had none."""

    @property
    def nodeinfo(self) -> dict[str, Any]:
        """What the server says it is, asked each time. A server that lacks the newer address has the older one."""
        try:
            return self._client.send(Request("GET", "/nodeinfo/2.1")).body
        except NotUnderstood:
            return self._client.send(Request("GET", "/nodeinfo/2.0.json")).body

    def api(self, method: Method, endpoint: str, **given: Any) -> dict[str, Any]:
        payload = given.get("json")
        answer = self._client.send(
            Request(
                method.value,
                f"/api/v3{endpoint}",
                params={key: _in_query(value) for key, value in _said(given.get("params") or {}).items()},
                payload=None if payload is None else {key: _plain(value) for key, value in _said(payload).items()},
                token=self.token,
                bucket=_BUCKETS.get((method.value, endpoint), Bucket.MESSAGE),
            )
        )
        self.server_time = answer.server_time
        return answer.body

    def get(self, endpoint: str, /, **params: Any) -> dict[str, Any]:
        """A read for which pythorhead has no method, or one that drops a parameter or half the answer."""
        return self.api(Method.GET, endpoint, params=params)

    def dated(self) -> datetime:
        """The server's time at the latest answer. Raises NotUnderstood when it did not say."""
        if self.server_time is None:
            raise NotUnderstood("the answer has no date")
        return self.server_time

    def drop(self) -> None:
        """The next request begins on a fresh connection."""
        self._client.drop()


class Endpoints:
    """pythorhead's classes, over one requestor."""

    def __init__(self, requestor: LemmyRequestor) -> None:
        self.requestor = requestor
        self.post: Any = Post(requestor)
        self.comment: Any = Comment(requestor)
        self.community: Any = Community(requestor)
        self.site: Any = Site(requestor)
        self.user: Any = User(requestor)
        self.modlog: Any = Modlog(requestor)
        self.message: Any = PrivateMessage(requestor)


def _said(given: Mapping[str, Any]) -> dict[str, Any]:
    """Some of pythorhead's methods send all their arguments, also those for itself."""
    return {key: value for key, value in given.items() if value is not None and key != "return_user_object"}


def _plain(value: Any) -> Any:
    return value.value if isinstance(value, Enum) else value


def _in_query(value: Any) -> str:
    """Lemmy refuses Python's ``True``."""
    plain = _plain(value)
    return str(plain).lower() if isinstance(plain, bool) else str(plain)
