"""What httpx can raise, in the engine's terms.

=================================================  =============  ===========
what failed                                        a read         a write
=================================================  =============  ===========
no connection, no free connection, no such scheme  Unreachable    Unreachable
time ran out, or the connection broke, later       Unreachable    Unclear
the answer cannot be read                          NotUnderstood  Unclear
=================================================  =============  ===========

A write is Unclear as soon as one byte of it may have been sent. That holds for odd failures too: httpx raises
``InvalidURL`` and ``RemoteProtocolError`` for a malformed ``Location`` in an answer, long after the request arrived.
"""

import httpx

from bot.engine.ports import LemmyError, NotUnderstood, Unclear, Unreachable

FAILURES = (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError, httpx.CookieConflict)
"""The roots of everything that httpx raises."""

_NEVER_SENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.UnsupportedProtocol)


def failure(error: Exception, *, write: bool) -> LemmyError:
    """The engine's error for one of FAILURES. Its text never quotes the request, which holds the token."""
    name = type(error).__name__
    if isinstance(error, _NEVER_SENT):
        return Unreachable(f"{name}: {error}")
    if write:
        return Unclear(f"{name}: no answer to what was sent")
    if isinstance(error, httpx.TransportError):
        return Unreachable(f"{name}: no answer")
    return NotUnderstood(f"{name}: not an answer")
