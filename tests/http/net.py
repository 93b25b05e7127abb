"""A small hostile internet on this machine: names, one server that counts as public, and one that nobody may reach."""

import socket
import time
from contextlib import contextmanager
from ipaddress import ip_address

from bot.http.fetch import Fetcher
from tests.http.loopback import serving

PUBLIC, PRIVATE = ip_address("127.0.0.1"), ip_address("127.0.0.2")


def redirect(to, status=302):
    return f"HTTP/1.1 {status} X\r\nLocation: {to}\r\nContent-Length: 0\r\n\r\n".encode()


class Net:
    """Two servers on one port: one counts as public, nobody may ever get a connection to the other."""

    def __init__(self, server):
        self.server = server
        self.port = server.listener.getsockname()[1]
        self.private = socket.create_server((str(PRIVATE), self.port))
        self.private.setblocking(False)
        self.names = {
            "good.example": [[PUBLIC]],
            "bad.example": [[PRIVATE]],
            "mixed.example": [[PUBLIC, PRIVATE]],
            "rebinding.example": [[PUBLIC], [PRIVATE]],
        }
        self.resolved = []

    def resolve(self, host):
        self.resolved.append(host)
        if host not in self.names:
            raise OSError("no such name")
        answers = self.names[host]
        return answers.pop(0) if len(answers) > 1 else answers[0]

    def fetcher(self, **more):
        """One for which 127.0.0.1 is on the public internet, and nothing else is."""
        given = {"ports": frozenset({self.port})} | more
        return Fetcher(resolve=self.resolve, denied=lambda address: address != PUBLIC, **given)

    def at(self, url):
        return url.replace("PORT", str(self.port))

    def touched(self):
        try:
            self.private.accept()[0].close()
        except BlockingIOError:
            return False
        return True


@contextmanager
def net_with(behave):
    """Both servers, with a behaviour: bytes to send, or what to do with each question."""
    sends = behave if callable(behave) else lambda line, _asked: line.sendall(behave)
    with serving(lambda line, asked: bool(sends(line, asked))) as server:
        made = Net(server)
        with made.private:
            yield made


def endless(head):
    """A body without end after the head."""

    def behave(line, _asked):
        line.sendall(head + b"Transfer-Encoding: chunked\r\n\r\n")
        while True:
            line.sendall(b"400\r\n" + b"x" * 1024 + b"\r\n")

    return behave


def drip(head):
    """One byte at a time after the head."""

    def behave(line, _asked):
        line.sendall(head)
        while True:
            line.sendall(b"x")
            time.sleep(0.01)

    return behave
