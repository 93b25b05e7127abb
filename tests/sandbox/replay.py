"""The recorded calls, made again to the sandbox."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import httpx

from bot.sandbox.seed.recorded import PASSWORD
from tests import unencrypted
from tests.lemmy.recorded import FOLDER, NAMES

BETWEEN: dict[str, list[tuple[str, dict[str, Any]]]] = {
    "043": [("report", {"kind": "post", "id": 4, "by": "carol", "reason": "spam"})],
    "100": [
        ("message", {"sender": "seller", "recipient": "warden", "content": "ask ad https://shop.example/ our gadget"})
    ],
    "104": [("block", {"person": "erin", "whom": "warden"})],
    "106": [
        (
            "post",
            {"community": "technology", "author": "seller", "title": "spam wave", "url": "https://shop.example/b"},
        ),
        *[("comment", {"post_id": 14, "author": "seller", "body": f"spam {number}"}) for number in range(14)],
    ],
    "111": [("remove", {"kind": "post", "id": 14, "by": "warden", "removed": False, "reason": "r"})],
    "117": [("seat", {"community": "technology", "person": "warden", "added": False})],
    "123": [("ban", {"person": "warden"})],
    "127": [("rate", {"class": name, "burst": 0, "per_second": 1e-6}) for name in ("message", "comment", "register")],
}
"""What others did before the call of that number, which was not recorded."""


@dataclass(frozen=True)
class Replayed:
    status: int
    recorded_status: int
    headers: dict[str, str]
    recorded_headers: dict[str, str]
    body: Any
    recorded_body: Any


def replay(address: str) -> Iterator[tuple[str, Replayed]]:
    """Each call on a connection of its own, in the order in which they were made."""
    tokens = {who: _log_in(address, who) for who in ("bob", "dave", "warden")}
    for name in NAMES:
        for path, form in BETWEEN.get(name[:3], []):
            unencrypted.post(f"{address}/sandbox/{path}", json=form).raise_for_status()
        call = json.loads((FOLDER / f"{name}.json").read_text())
        answer = _ask(address, name, call["request"], tokens)
        body = answer.json() if answer.content else {"_text": ""}
        yield (
            name,
            Replayed(answer.status_code, call["status"], dict(answer.headers), call["headers"], body, call["body"]),
        )


def _log_in(address: str, who: str) -> str:
    form = {"username_or_email": who, "password": PASSWORD}
    token = unencrypted.post(f"{address}/api/v3/user/login", json=form).raise_for_status().json()["jwt"]
    assert isinstance(token, str)
    return token


def _ask(address: str, name: str, request: dict[str, Any], tokens: dict[str, str]) -> httpx.Response:
    form = request.get("json")
    if form is not None and "password" in form:
        form = form | {"password": "wrong" if "wrong" in name else PASSWORD}
    token = "dead" if name.endswith("_bad_token") else tokens.get(request["as"])
    headers = {"Authorization": f"Bearer {token}"} if token is not None else {}
    return unencrypted.request(
        request["method"], address + request["path"], params=request.get("params"), json=form, headers=headers
    )
