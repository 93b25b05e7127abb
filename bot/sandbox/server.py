"""The sandbox on a port of this machine."""

import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread

import uvicorn

from bot.sandbox.app import App
from bot.sandbox.lines import Lines
from bot.sandbox.world import World

LOOPBACK = "127.0.0.1"
_KEEP_ALIVE = 5
"""Seconds after which an idle connection is closed, as in Lemmy."""
_BACKLOG = 128


class _Server(uvicorn.Server):
    def __init__(self, config: uvicorn.Config, lines: Lines) -> None:
        super().__init__(config)
        self._lines = lines

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Without waiting for connections that are kept without an answer on purpose."""
        self._lines.cut_all()
        await super().shutdown(sockets)


class Sandbox:
    """One world being served. It can be reached as soon as it is made, and answers while ``run`` runs."""

    def __init__(self, world: World, host: str = LOOPBACK, port: int = 0) -> None:
        """Port 0 lets the system choose one. Raises OSError when the port is taken."""
        self.world = world
        self._socket = _listening(host, port)
        self.address = f"http://{host}:{self._socket.getsockname()[1]}"
        lines = Lines()
        config = uvicorn.Config(
            App(world, lines),
            http=lines.protocol(),
            ws="none",
            lifespan="off",
            interface="asgi3",
            log_config=None,
            access_log=False,
            server_header=False,
            date_header=False,
            timeout_keep_alive=_KEEP_ALIVE,
        )
        self._server = _Server(config, lines)

    def run(self) -> None:
        """Serve until stopped; in the main thread also until an interrupt."""
        try:
            self._server.run(sockets=[self._socket])
        finally:
            self._socket.close()

    def stop(self) -> None:
        """From another thread: leave ``run`` soon, cutting what is still open."""
        self._server.should_exit = True


def _listening(host: str, port: int) -> socket.socket:
    """Made with its protocol named: only then does asyncio send small answers without a delay."""
    made = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        made.bind((host, port))
        made.listen(_BACKLOG)
    except OSError:
        made.close()
        raise
    return made


@contextmanager
def running(world: World) -> Iterator[str]:
    """Serve a world in a thread of its own; gives its address. Others must not touch the world meanwhile."""
    sandbox = Sandbox(world)
    thread = Thread(target=sandbox.run, name="sandbox", daemon=True)
    thread.start()
    try:
        yield sandbox.address
    finally:
        sandbox.stop()
        thread.join()


def serve(world: World, host: str, port: int) -> None:
    """Serve until interrupted; the address is the first line of standard output. Raises OSError."""
    sandbox = Sandbox(world, host, port)
    sys.stdout.write(f"{sandbox.address}\n")
    sys.stdout.flush()
    sandbox.run()
