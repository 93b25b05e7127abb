"""Connections that go only where they may: a name is resolved once, every address of it is checked, and the connection
goes to a checked address, not to the name. So a name that resolves otherwise a moment later gains nothing.
"""

import socket
import time
from collections.abc import Callable, Iterable, Sequence
from ipaddress import ip_address
from queue import Empty, Queue
from ssl import SSLContext
from threading import Thread
from typing import Any

import httpcore

from bot.http.denied import Address

Resolve = Callable[[str], Sequence[Address]]
"""All addresses of a host; raises OSError."""
MOST_TRIED = 3
"""Addresses of one host that are tried."""


class NotAllowed(Exception):
    """A place where no request may go; its text says which and why."""


class Pinned(httpcore.NetworkBackend):
    """Opens connections for one fetch, and holds every wait on them to the fetch's deadline."""

    def __init__(self, resolve: Resolve, is_denied: Callable[[Address], bool], until: float) -> None:
        """``until`` is on the monotonic clock, in seconds."""
        self._resolve = resolve
        self._is_denied = is_denied
        self._until = until
        self._sockets = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ARG002 - the deadline is shorter
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        """Raises NotAllowed when any address of the host is denied, and httpcore's errors."""
        for place, address in enumerate(addresses := self._checked(host)):
            try:
                line = self._sockets.connect_tcp(
                    str(address), port, left(self._until), local_address, socket_options or ()
                )
            except (httpcore.ConnectError, httpcore.ConnectTimeout):
                if place == len(addresses) - 1:
                    raise
            else:
                return _Hurried(line, self._until)
        raise httpcore.ConnectError(f"{host} has no address")

    def _checked(self, host: str) -> Sequence[Address]:
        addresses = self._addresses(host)
        denied = [address for address in addresses if self._is_denied(address)]
        if denied:
            raise NotAllowed(f"{host} is at {denied[0]}, which is not on the public internet")
        return addresses[:MOST_TRIED]

    def _addresses(self, host: str) -> Sequence[Address]:
        try:
            return [ip_address(host)]
        except ValueError:
            pass  # a name, to be looked up
        answers: Queue[Sequence[Address] | OSError] = Queue(1)
        # The system's resolver knows no time limit; a thread that it holds up is left behind.
        Thread(target=lambda: answers.put(_outcome(self._resolve, host)), daemon=True).start()
        try:
            answer = answers.get(timeout=left(self._until))
        except Empty:
            raise httpcore.ConnectTimeout(f"the name {host} was not resolved in time") from None
        if isinstance(answer, OSError):
            raise httpcore.ConnectError(f"the name {host} cannot be resolved")
        return answer


class _Hurried(httpcore.NetworkStream):
    """A connection whose every wait ends at the deadline, however often something arrives."""

    def __init__(self, line: httpcore.NetworkStream, until: float) -> None:
        self._line = line
        self._until = until

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:  # noqa: ARG002
        return self._line.read(max_bytes, left(self._until))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:  # noqa: ARG002
        self._line.write(buffer, left(self._until))

    def close(self) -> None:
        self._line.close()

    def start_tls(
        self,
        ssl_context: SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,  # noqa: ARG002
    ) -> httpcore.NetworkStream:
        return _Hurried(self._line.start_tls(ssl_context, server_hostname, left(self._until)), self._until)

    def get_extra_info(self, info: str) -> Any:
        return self._line.get_extra_info(info)


def left(until: float) -> float:
    """Seconds until the deadline. Raises httpcore.ReadTimeout after it."""
    seconds = until - time.monotonic()
    if seconds <= 0:
        raise httpcore.ReadTimeout("time is up")
    return seconds


def system_addresses(host: str) -> Sequence[Address]:
    """What this machine's resolver says. Raises OSError."""
    found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    return [ip_address(text) for text in dict.fromkeys(str(each[4][0]) for each in found)]


def _outcome(resolve: Resolve, host: str) -> Sequence[Address] | OSError:
    try:
        return resolve(host)
    except OSError as error:
        return error
    except ValueError:
        # A name that is none, such as one with a label of more than 63 letters.
        return OSError("not a name")
