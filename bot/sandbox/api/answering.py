"""From a request below ``/api/v3`` to its answer, with what is to go wrong on the way."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import msgspec

from bot.sandbox.api.call import Call, Route
from bot.sandbox.api.table import ROUTES
from bot.sandbox.refusal import Refusal
from bot.sandbox.rows import Person
from bot.sandbox.tables.modlog import DEAD_DATABASE
from bot.sandbox.trouble import Kind, Trouble
from bot.sandbox.views.rows import Json
from bot.sandbox.views.site import VERSION
from bot.sandbox.world import World

API = "/api/v3"
_JSON = "application/json"
_PAGE = b"<!doctype html><title>One moment</title><p>Checking your browser before you go on."
_NODEINFO: Json = {
    "version": "2.1",
    "software": {"name": "lemmy", "version": VERSION},
    "protocols": ["activitypub"],
    "usage": {"users": {"total": 0}},
    "openRegistrations": True,
}


@dataclass(frozen=True, slots=True)
class Asked:
    """A request without its HTTP."""

    method: str
    path: str
    params: Mapping[str, str]
    content: bytes
    token: str
    """From the Authorization header; empty without one."""
    address: str
    """Of the client, for its rate limits."""


@dataclass(frozen=True, slots=True)
class Reply:
    status: int
    content: bytes = b""
    content_type: str = _JSON
    delay: float = 0.0
    """Seconds to wait before it is sent."""


@dataclass(frozen=True, slots=True)
class Silence:
    """No answer; ``closes`` tells whether the connection is closed at once, or stays open."""

    closes: bool


def answer(world: World, asked: Asked) -> Reply | Silence:
    if asked.path.startswith("/nodeinfo/"):
        return _json(200, _NODEINFO)
    path = asked.path.removeprefix(API)
    route = ROUTES.get((asked.method, path)) if path != asked.path else None
    if route is None:
        return Reply(404, content_type="")
    trouble = world.troubles.strike(asked.method, path)
    if trouble is not None and trouble.is_before:
        return _troubled(trouble, None)
    if not world.rates.allow(asked.address, route.class_):
        return _LIMITED
    return _handled(world, asked, route, trouble)


def _handled(world: World, asked: Asked, route: Route, trouble: Trouble | None) -> Reply | Silence:
    is_stranger = not asked.token or (trouble is not None and trouble.kind is Kind.STRANGER)
    viewer = None if is_stranger else world.people.behind(asked.token)
    world.modlog.is_broken = trouble is not None and trouble.kind is Kind.HALF
    try:
        body = route.handle(Call(world, viewer, asked.params, asked.content))
    except Refusal as error:
        if world.modlog.is_broken and error.word == "unknown":
            _note(world, asked, viewer, None)
        reply = _json(error.status, error.body)
    else:
        _note(world, asked, viewer, body)
        reply = _json(200, body)
    finally:
        world.modlog.is_broken = False
    return reply if trouble is None else _troubled(trouble, reply)


def _troubled(trouble: Trouble, reply: Reply | None) -> Reply | Silence:
    """``reply`` is what would have been said; ``None`` when the handler was not reached."""
    match trouble.kind:
        case Kind.DIE | Kind.HANG:
            return Silence(closes=trouble.kind is Kind.DIE)
        case Kind.HTML:
            return Reply(trouble.status, _PAGE, "text/html")
        case Kind.TRUNCATED:
            content = reply.content if reply is not None else b'{"error":"unknown"}'
            return Reply(200, content[: len(content) // 2])
        case Kind.RATE_LIMIT | Kind.STARTING | Kind.UNKNOWN:
            return _REFUSALS[trouble.kind]
        case Kind.SLOW | Kind.STRANGER | Kind.HALF:
            assert reply is not None
            return replace(reply, delay=trouble.seconds)


def _note(world: World, asked: Asked, viewer: Person | None, body: Json | None) -> None:
    if asked.method == "GET":
        return
    form: dict[str, Any] = msgspec.json.decode(asked.content)
    endpoint = f"{asked.method} {asked.path.removeprefix(API)}"
    world.writes.add(world.clock.now(), endpoint, viewer.name if viewer is not None else "", form, body)


def _json(status: int, body: object) -> Reply:
    return Reply(status, msgspec.json.encode(body))


_LIMITED = _json(400, {"error": "rate_limit_error"})
_REFUSALS: Mapping[Kind, Reply] = {
    Kind.RATE_LIMIT: _LIMITED,
    Kind.STARTING: _json(503, {"error": "Lemmy is currently starting"}),
    Kind.UNKNOWN: _json(400, {"error": "unknown", "message": DEAD_DATABASE}),
}
