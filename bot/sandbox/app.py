"""The sandbox as an ASGI application."""

import asyncio
from email.utils import format_datetime

from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from bot.sandbox.admin.steering import steered
from bot.sandbox.api.answering import Asked, Reply, Silence, answer
from bot.sandbox.lines import Lines, Peer
from bot.sandbox.world import World

_ADMIN = "/sandbox/"


class App:
    """Handles one request at a time; only waiting is concurrent."""

    def __init__(self, world: World, lines: Lines) -> None:
        self._world = world
        self._lines = lines

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        peer: Peer = scope["client"]
        try:
            content = await request.body()
        except ClientDisconnect:
            return
        if self._lines.is_deaf(peer):
            await _gone(receive)
            return
        asked = _asked(request, peer, content)
        is_admin = asked.path.startswith(_ADMIN)
        reply = steered(self._world, asked) if is_admin else answer(self._world, asked)
        if isinstance(reply, Silence):
            if reply.closes:
                self._lines.cut(peer)
            await _gone(receive)
        elif not reply.delay or not await _is_gone_within(reply.delay, receive):
            if reply.status == 401 and content and self._world.hangs_after_401:
                self._lines.deafen(peer)
            await self._response(reply, asked)(scope, receive, send)

    def _response(self, reply: Reply, asked: Asked) -> Response:
        headers = {
            "date": format_datetime(self._world.clock.now(), usegmt=True),
            "cache-control": "private" if asked.token else "public, max-age=60",
        }
        if reply.content_type:
            headers["content-type"] = reply.content_type
        return Response(reply.content, reply.status, headers)


def _asked(request: Request, peer: Peer, content: bytes) -> Asked:
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    return Asked(
        method=request.method,
        path=request.url.path,
        params=request.query_params,
        content=content,
        token=token if scheme.lower() == "bearer" else "",
        address=peer[0],
    )


async def _gone(receive: Receive) -> None:
    """Wait until the client has hung up."""
    while (await receive())["type"] != "http.disconnect":
        pass


async def _is_gone_within(seconds: float, receive: Receive) -> bool:
    try:
        await asyncio.wait_for(_gone(receive), seconds)
    except TimeoutError:
        return False
    return True
