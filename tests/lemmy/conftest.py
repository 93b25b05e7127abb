"""A gateway whose server is a table of answers."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import pytest
import stamina

from bot.http.buckets import Bucket, Buckets, Flow
from bot.http.client import Client
from bot.http.secret import Secret
from bot.lemmy.account import Account
from bot.lemmy.gateway import LemmyV3
from tests.lemmy.recorded import recorded

DATE = "Mon, 23 Nov 2026 18:42:13 GMT"
NODEINFO = {"version": "2.1", "software": {"name": "lemmy", "version": "0.19.20"}}
WIDE = {bucket: Flow(10_000, 1_000.0) for bucket in Bucket}
SITE = "https://lemmy.example"


@pytest.fixture(autouse=True)
def no_backoff() -> Iterator[None]:
    stamina.set_testing(True, attempts=3)
    yield
    stamina.set_testing(False)


Reply = httpx.Response | Exception | Callable[[httpx.Request], httpx.Response]


@dataclass
class Server:
    """Answers each route with the next of its replies; the last one stays."""

    replies: dict[str, list[Reply]] = field(default_factory=dict)
    asked: list[httpx.Request] = field(default_factory=list)

    def on(self, route: str, *replies: Reply) -> None:
        self.replies[route] = list(replies)

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.asked.append(request)
        waiting = self.replies[f"{request.method} {request.url.path.removeprefix('/api/v3')}"]
        reply = waiting.pop(0) if len(waiting) > 1 else waiting[0]
        if isinstance(reply, Exception):
            raise reply
        return reply(request) if callable(reply) else reply

    def count(self, route: str) -> int:
        return len(self.requests(route))

    def requests(self, route: str) -> list[httpx.Request]:
        method, path = route.split()
        return [each for each in self.asked if (each.method, each.url.path) == (method, f"/api/v3{path}")]


def said(name: str) -> httpx.Response:
    """A recorded answer."""
    call = recorded(name)
    return httpx.Response(call.status, content=call.content, headers={"Date": call.date or DATE})


def ok(body: Any) -> httpx.Response:
    return httpx.Response(200, json=body, headers={"Date": DATE})


def no(word: str, status: int = 400) -> httpx.Response:
    return httpx.Response(status, json={"error": word}, headers={"Date": DATE})


@pytest.fixture
def server(httpx_mock: Any) -> Server:
    """The cast of the recordings; the bot is ``warden``, person 4, moderator of technology."""
    server = Server()
    server.on("GET /nodeinfo/2.1", ok(NODEINFO))
    server.on("GET /site", said("007"))
    server.on("GET /user", said("033"))
    server.on("POST /user/login", ok({"jwt": "t0ken", "registration_created": False, "verify_email_sent": False}))
    httpx_mock.add_callback(server, is_reusable=True, is_optional=True)
    return server


@pytest.fixture
def account(tmp_path: Path) -> Account:
    return Account(SITE, "warden", Secret("hunter2"), tmp_path / "state" / "warden.token")


@pytest.fixture
def lemmy(server: Server, account: Account) -> Iterator[LemmyV3]:
    client = Client(SITE, buckets=Buckets(WIDE))
    yield LemmyV3(account, client)
    client.close()
