"""Every exception of httpx has its place."""

import httpx
import pytest

from bot.engine.ports import NotUnderstood, Unclear, Unreachable
from bot.http.failures import FAILURES, failure

NEVER_SENT = {"ConnectError", "ConnectTimeout", "PoolTimeout", "UnsupportedProtocol"}
BROKEN_ANSWER = {
    "HTTPError",
    "RequestError",
    "HTTPStatusError",
    "TooManyRedirects",
    "DecodingError",
    "InvalidURL",
    "CookieConflict",
    "StreamError",
    "StreamConsumed",
    "StreamClosed",
    "ResponseNotRead",
    "RequestNotRead",
}
BROKEN_LINE = {
    "TransportError",
    "TimeoutException",
    "ReadTimeout",
    "WriteTimeout",
    "NetworkError",
    "ReadError",
    "WriteError",
    "CloseError",
    "ProxyError",
    "ProtocolError",
    "LocalProtocolError",
    "RemoteProtocolError",
}


def tree(kind):
    return {kind}.union(*(tree(each) for each in kind.__subclasses__()))


ALL = sorted({kind for root in FAILURES for kind in tree(root) if kind.__module__.startswith("httpx")}, key=str)


def made(kind):
    error = kind.__new__(kind)
    Exception.__init__(error, "Illegal header value b'Bearer hunter2'")
    return error


def test_the_roots_cover_all_that_httpx_names_an_exception():
    public = {getattr(httpx, name) for name in httpx.__all__}
    exceptions = {each for each in public if isinstance(each, type) and issubclass(each, Exception)}
    assert exceptions <= set(ALL)
    assert {kind.__name__ for kind in ALL} == NEVER_SENT | BROKEN_ANSWER | BROKEN_LINE


@pytest.mark.parametrize("kind", ALL, ids=lambda kind: kind.__name__)
def test_a_write_is_unclear_unless_it_was_certainly_not_sent(kind):
    expected = Unreachable if kind.__name__ in NEVER_SENT else Unclear
    assert type(failure(made(kind), write=True)) is expected


@pytest.mark.parametrize("kind", ALL, ids=lambda kind: kind.__name__)
def test_a_read_may_always_be_repeated(kind):
    expected = NotUnderstood if kind.__name__ in BROKEN_ANSWER else Unreachable
    assert type(failure(made(kind), write=False)) is expected


@pytest.mark.parametrize(
    "kind", [kind for kind in ALL if kind.__name__ not in NEVER_SENT], ids=lambda kind: kind.__name__
)
def test_what_failed_later_is_not_quoted(kind):
    assert "hunter2" not in str(failure(made(kind), write=True)) + str(failure(made(kind), write=False))
