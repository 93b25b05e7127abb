"""A small world on a port, our gateway to it, and its other side."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest
import stamina

from bot.domain.action import ActionKind
from bot.domain.item import ItemRef, Kind
from bot.engine.ports import Order
from bot.http.buckets import Bucket, Buckets, Flow
from bot.http.client import Client, Limits
from bot.http.secret import Secret
from bot.lemmy.account import Account
from bot.lemmy.gateway import LemmyV3
from bot.sandbox.deeds import founding
from bot.sandbox.server import running
from bot.sandbox.world import World
from tests import unencrypted
from tests.builders import AN_ACTION

PASSWORD = "sesame"
WIDE = {bucket: Flow(100_000, 100_000.0) for bucket in Bucket}
REFERENCE = "w-abc123"


@pytest.fixture(autouse=True)
def one_attempt() -> Iterator[None]:
    """Nothing is repeated on its own."""
    stamina.set_testing(True, attempts=1)
    yield
    stamina.set_testing(False)


@dataclass
class Sandbox:
    address: str

    def do(self, path: str, /, **form: Any) -> dict[str, Any]:
        """One of the sandbox's own routes."""
        answer = unencrypted.post(f"{self.address}/sandbox/{path}", json=form).raise_for_status().json()
        assert isinstance(answer, dict)
        return answer

    def post(self, title: str = "A kernel", author: str = "bob", community: str = "technology", **more: Any) -> int:
        return int(self.do("post", title=title, author=author, community=community, **more)["id"])

    def comment(self, post_id: int, body: str = "It boots.", author: str = "bob", **more: Any) -> int:
        return int(self.do("comment", post_id=post_id, body=body, author=author, **more)["id"])

    def trouble(self, kind: str, **more: Any) -> None:
        self.do("trouble", kind=kind, **more)

    def writes(self, endpoint: str) -> list[dict[str, Any]]:
        rows = unencrypted.get(f"{self.address}/sandbox/writes").json()["writes"]
        return [each for each in rows if each["endpoint"] == endpoint]

    def token(self, who: str = "warden") -> str:
        form = {"username_or_email": who, "password": PASSWORD}
        return str(unencrypted.post(f"{self.address}/api/v3/user/login", json=form).raise_for_status().json()["jwt"])

    def get(self, path: str, token: str = "", /, **params: Any) -> httpx.Response:
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        return unencrypted.get(f"{self.address}/api/v3{path}", params=params, headers=headers)

    def send(self, path: str, token: str = "", /, **form: Any) -> httpx.Response:
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        return unencrypted.post(f"{self.address}/api/v3{path}", json=form, headers=headers)


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    """``alice`` and ``warden`` moderate technology; ``carol`` moderates gardening."""
    world = World()
    alice, warden, carol, _ = [
        founding.person(world, name, password=PASSWORD, is_admin=name == "admin")
        for name in ("alice", "warden", "carol", "admin")
    ]
    founding.community(world, "technology", [alice, warden])
    founding.community(world, "gardening", [carol])
    with running(world) as address:
        yield Sandbox(address)


@pytest.fixture
def lemmy(sandbox: Sandbox, tmp_path: Path) -> Iterator[LemmyV3]:
    """Logged in, with little patience."""
    account = Account(sandbox.address, "warden", Secret(PASSWORD), tmp_path / "token")
    client = Client(sandbox.address, limits=Limits(read=1.0), buckets=Buckets(WIDE))
    gateway = LemmyV3(account, client)
    gateway.identity()
    gateway.apply_settings()
    yield gateway
    client.close()


def order(kind: ActionKind, id_: int, item: Kind = Kind.POST, post_id: int | None = None, author: int = 1) -> Order:
    text = "" if kind in {ActionKind.LOCK, ActionKind.FEATURE} else f"Rule 6 [{REFERENCE}]"
    ref, post = ItemRef(item, str(id_)), str(post_id or id_)
    return Order(
        ref, AN_ACTION[kind], text, REFERENCE, post, str(author), community_id="1", to="alice@sandbox.localhost"
    )
