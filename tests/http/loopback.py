"""A server on this machine that does what it is told: for what a mock cannot show."""

import json
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from threading import Event, Thread

Behaviour = Callable[[socket.socket, "Asked"], bool]
"""Answers on the connection; returns whether the connection stays open."""


@dataclass(frozen=True)
class Asked:
    method: str
    path: str
    headers: dict[str, str]
    body: bytes
    connection: int
    """Which connection it came on, from 1."""


@dataclass
class Loopback:
    behave: Behaviour
    asked: list[Asked] = field(default_factory=list)
    connections: int = 0
    over: Event = field(default_factory=Event)
    """Set at the end of the test; a behaviour that hangs waits for it."""
    listener: socket.socket = field(default_factory=lambda: socket.create_server(("127.0.0.1", 0)))

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.listener.getsockname()[1]}"

    def accept(self) -> None:
        with suppress(OSError):
            while True:
                line, _ = self.listener.accept()
                self.connections += 1
                Thread(target=self.serve, args=(line, self.connections), daemon=True).start()

    def serve(self, line: socket.socket, connection: int) -> None:
        with suppress(OSError), line, line.makefile("rb") as stream:
            while (asked := _read(stream, connection)) is not None:
                self.asked.append(asked)
                if not self.behave(line, asked):
                    return


@contextmanager
def serving(behave: Behaviour) -> Iterator[Loopback]:
    server = Loopback(behave)
    Thread(target=server.accept, daemon=True).start()
    try:
        yield server
    finally:
        server.over.set()
        # Closing alone does not wake a thread that waits in accept.
        with suppress(OSError):
            server.listener.shutdown(socket.SHUT_RDWR)
        server.listener.close()


def answer(status: int, body: object, *, length: int | None = None, extra: str = "") -> bytes:
    """One answer as bytes; ``length`` lies about it."""
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    head = (
        f"HTTP/1.1 {status} X\r\nContent-Length: {len(content) if length is None else length}\r\n"
        f"Date: Mon, 23 Nov 2026 18:42:13 GMT\r\nContent-Type: application/json\r\n{extra}\r\n"
    )
    return head.encode() + content


def _read(stream, connection: int) -> Asked | None:
    start = stream.readline().decode().split()
    if len(start) < 2:
        return None
    headers: dict[str, str] = {}
    while (row := stream.readline().decode().strip()) != "":
        key, _, value = row.partition(":")
        headers[key.lower()] = value.strip()
    body = stream.read(int(headers.get("content-length", "0")))
    return Asked(start[0], start[1], headers, body, connection)
