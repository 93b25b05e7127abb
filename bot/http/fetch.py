"""Fetching what strangers point to: pictures, and where links lead.

Whoever writes a post chooses the address, so the address is hostile until shown otherwise. Only plain web addresses on
the usual ports are asked; each host, also after each redirect, must be on the public internet (see ``denied``), and the
connection goes to the address that was checked (see ``pinned``). Size, time and redirects are bounded. No cookie, no
login and no proxy setting of this machine takes part.
"""

import re
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

import httpcore
import httpx

from bot.http.client import USER_AGENT
from bot.http.denied import Address, is_denied
from bot.http.pinned import NotAllowed, Pinned, Resolve, left, system_addresses
from bot.http.unpacking import unpacked
from bot.text.urls import WEB, joined, parse

WEB_PORTS = frozenset({80, 443})
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_LONGEST_ADDRESS = 2_048
_CHARSET = re.compile(r"""charset *= *["']?([\w.:-]+)""", re.ASCII)


@dataclass(frozen=True, slots=True)
class FetchLimits:
    """How much one fetch may cost."""

    seconds: float = 10.0
    """For everything: names, connections, redirects, the whole body."""
    largest: int = 8 * 1024 * 1024
    """Bytes of the body, unpacked."""
    cut: bool = False
    """Whether the beginning of a larger body is enough; else such a body is refused."""
    redirects: int = 3


@dataclass(frozen=True, slots=True)
class Fetched:
    """What stood at an address."""

    url: str
    """Where it was at last, after redirects."""
    content_type: str
    """Lower case, without parameters; empty when the server did not say."""
    content: bytes
    charset: str = ""
    """As the server says it, lower case; empty when it did not."""
    hops: tuple[str, ...] = ()
    """Where each redirect led, in order; not all need be addresses of the web, and what is none at all is empty."""


@dataclass(frozen=True, slots=True)
class NotFetched:
    """Why there is nothing."""

    why: str
    """For moderators."""
    may_pass: bool
    """Whether another try, later, may be worth it."""
    hops: tuple[str, ...] = ()
    """As of ``Fetched``; the last one need not have been asked."""
    content_type: str | None = None
    """Of what stands there and is not wanted; ``None`` when nothing does."""


@dataclass(frozen=True, slots=True)
class _Target:
    """A place that may be asked; whether its host is one is checked when it is connected to."""

    url: httpcore.URL
    host: str
    """For the Host header, with the port where it is not the usual one."""
    text: str


@dataclass(frozen=True, slots=True)
class _Redirect:
    to: str


class _Refused(Exception):
    """What is not asked for, or not taken."""

    def __init__(self, why: str, content_type: str | None = None) -> None:
        super().__init__(why)
        self.content_type = content_type


class Fetcher:
    """Fetches one address at a time; safe to share between threads, because it keeps nothing."""

    def __init__(
        self,
        *,
        limits: FetchLimits = FetchLimits(),
        resolve: Resolve = system_addresses,
        denied: Callable[[Address], bool] = is_denied,
        ports: frozenset[int] = WEB_PORTS,
    ) -> None:
        """Everything but ``limits`` is for tests, whose servers are on this machine."""
        self._limits = limits
        self._resolve = resolve
        self._denied = denied
        self._ports = ports
        self._trust = httpx.create_ssl_context(trust_env=False)

    def get(self, url: str, wanted: Callable[[str], bool]) -> Fetched | NotFetched:
        """The body at an address, if its content type is ``wanted``. Raises nothing."""
        hops: list[str] = []
        got = self._followed(url, wanted, hops)
        return replace(got, hops=tuple(hops))

    def _followed(self, url: str, wanted: Callable[[str], bool], hops: list[str]) -> Fetched | NotFetched:
        """Adds to ``hops`` where redirects lead."""
        limits = self._limits
        until = time.monotonic() + limits.seconds
        try:
            for _ in range(limits.redirects + 1):
                answer = self._ask(self._target(url), wanted, until)
                if isinstance(answer, Fetched):
                    return answer
                url = answer.to if len(answer.to) <= _LONGEST_ADDRESS else ""
                hops.append(url)
        except _Refused as error:
            return NotFetched(str(error), may_pass=False, content_type=error.content_type)
        except NotAllowed as error:
            return NotFetched(str(error), may_pass=False)
        except httpcore.TimeoutException:
            return NotFetched(f"the server did not answer within {limits.seconds:g} s", may_pass=True)
        except (httpcore.NetworkError, httpcore.ProtocolError, OSError) as error:
            return NotFetched(f"the server could not be spoken to ({type(error).__name__})", may_pass=True)
        return NotFetched(f"the server redirects more than {limits.redirects} times", may_pass=False)

    def _target(self, url: str) -> _Target:
        parsed = parse(url) if len(url) <= _LONGEST_ADDRESS else None
        if parsed is None or parsed.protocol not in WEB:
            raise _Refused("the address is no web address")
        if parsed.username or parsed.password:
            raise _Refused("the address holds a name or a password")
        port = int(parsed.port or {"http:": 80, "https:": 443}[str(parsed.protocol)])
        if port not in self._ports:
            raise _Refused(f"the address names port {port}, which is not the web's")
        host = str(parsed.hostname)
        place = httpcore.URL(
            scheme=str(parsed.protocol)[:-1],
            host=host.strip("[]"),
            port=port,
            target=f"{parsed.pathname}{parsed.search}",
        )
        return _Target(place, str(parsed.host), str(parsed.href))

    def _ask(self, target: _Target, wanted: Callable[[str], bool], until: float) -> Fetched | _Redirect:
        headers = [
            ("Host", target.host),
            ("User-Agent", USER_AGENT),
            ("Accept-Encoding", "identity"),
            ("Connection", "close"),
        ]
        with (
            httpcore.ConnectionPool(self._trust, network_backend=Pinned(self._resolve, self._denied, until)) as pool,
            pool.stream("GET", target.url, headers=headers) as response,
        ):
            said = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in response.headers}
            if response.status in _REDIRECTS and "location" in said:
                return _Redirect(joined(target.text, said["location"]) or "")
            if response.status != httpx.codes.OK:
                # A broken server may be mended; what is forbidden or gone stays so.
                if response.status >= 500 or response.status == httpx.codes.TOO_MANY_REQUESTS:
                    raise httpcore.RemoteProtocolError(f"status {response.status}")
                raise _Refused(f"the server answers with status {response.status}")
            kind, _, more = said.get("content-type", "").lower().partition(";")
            kind = kind.strip()
            if not wanted(kind):
                raise _Refused(f"the address leads to {kind or 'something without a type'}", kind)
            charset = _CHARSET.search(more)
            return Fetched(target.text, kind, self._body(response, said, until), charset[1] if charset else "")

    def _body(self, response: httpcore.Response, said: Mapping[str, str], until: float) -> bytes:
        length, largest, cut = said.get("content-length", ""), self._limits.largest, self._limits.cut
        too_large = f"it is larger than {largest // 1024} KiB"
        if length.isdecimal() and int(length[:20]) > largest and not cut:
            raise _Refused(too_large)
        pieces = (piece for piece in response.iter_stream() if left(until))
        content = unpacked(pieces, said.get("content-encoding", ""), largest, cut=cut)
        if content is None:
            raise _Refused(
                "it is packed in a way that is not known"
                if cut
                else f"{too_large}, or packed in a way that is not known"
            )
        return content
