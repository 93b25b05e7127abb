"""The open connections, so that one can be cut, or never answered again."""

import asyncio

from uvicorn.protocols.http.h11_impl import H11Protocol

Peer = tuple[str, int]
"""Address and port of the client's end."""


class Lines:
    def __init__(self) -> None:
        self._open: dict[Peer, asyncio.Transport] = {}
        self._deaf: set[Peer] = set()

    def cut(self, peer: Peer) -> None:
        if peer in self._open:
            self._open[peer].abort()

    def cut_all(self) -> None:
        for transport in list(self._open.values()):
            transport.abort()

    def deafen(self, peer: Peer) -> None:
        """What comes on this connection from now on is never answered."""
        self._deaf.add(peer)

    def is_deaf(self, peer: Peer) -> bool:
        return peer in self._deaf

    def opened(self, peer: Peer, transport: asyncio.Transport) -> None:
        self._open[peer] = transport

    def closed(self, peer: Peer) -> None:
        self._open.pop(peer, None)
        self._deaf.discard(peer)

    def protocol(self) -> type[H11Protocol]:
        """uvicorn's own protocol, which tells of its connections."""
        lines = self

        class Line(H11Protocol):
            def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as in uvicorn
                super().connection_made(transport)
                if self.client is not None:
                    lines.opened(self.client, transport)

            def connection_lost(self, exc: Exception | None) -> None:
                if self.client is not None:
                    lines.closed(self.client)
                super().connection_lost(exc)

        return Line
