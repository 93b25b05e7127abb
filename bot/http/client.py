"""One account's line to one instance."""

import json
import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from http.cookiejar import CookieJar, DefaultCookiePolicy
from importlib.metadata import version
from threading import Event, Lock
from typing import Any
from urllib.parse import urlsplit

import httpx
import stamina

from bot.engine.ports import LemmyError, NotUnderstood, RateLimited, Unreachable
from bot.http.address import instance_address
from bot.http.answers import Answer, Raw, understand
from bot.http.buckets import SHARED, Bucket, Buckets, TokenBucket
from bot.http.failures import FAILURES, failure
from bot.http.secret import Secret
from bot.http.unpacking import unpacked

USER_AGENT = f"Warden/{version('lemmy-warden')}"
LARGEST_ANSWER = 8 * 1024 * 1024
"""Bytes, after decompression. Fifty posts with the longest bodies are below 4 MiB."""
PATIENCE = 30.0
"""Seconds to wait for a token; who would wait longer is told so instead, and does something else meanwhile."""
ATTEMPTS = 3
RETRY_FOR = 30.0
"""Seconds after which no further attempt begins."""
KEEP_ALIVE = 4.0
"""Seconds for which an idle connection is used again. Lemmy closes its end after five: a write sent just then would
have an unclear outcome for no good reason."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Seconds to wait. Lemmy itself waits up to 30 s for its database before it answers."""

    connect: float = 10.0
    read: float = 40.0
    """Between two pieces of the answer, and for its whole body."""
    write: float = 40.0


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked. Everything but GET counts as a write and is sent once."""

    method: str
    path: str
    params: Mapping[str, str] = field(default_factory=dict)
    payload: Mapping[str, Any] | None = field(default=None, repr=False)
    token: Secret | None = None
    bucket: Bucket = Bucket.MESSAGE

    @property
    def is_write(self) -> bool:
        return self.method != "GET"


class Client:
    """Sends requests one at a time; safe to share between threads.

    It repeats what certainly never reached Lemmy, and reads that were not answered, at most twice and not after half a
    minute. A write that may have arrived is never repeated.
    """

    def __init__(
        self,
        address: str,
        *,
        limits: Limits = Limits(),
        buckets: Buckets = SHARED,
        stopping: Event | None = None,
    ) -> None:
        """Raises ValueError for an address that is none, or that would send the password in the clear.

        Once ``stopping`` is set nothing waits for a token any more, and nothing is repeated.
        """
        self.address = instance_address(address)
        self._host = urlsplit(self.address).netloc
        self._limits = limits
        self._buckets = buckets
        self._stopping = stopping or Event()
        self._lock = Lock()
        self._trust = httpx.create_ssl_context(trust_env=False)
        self._line = self._connect()

    def send(self, request: Request) -> Answer:
        """The server's answer. Raises LemmyError and nothing else."""
        retries = stamina.retry_context(
            on=lambda error: self._may_repeat(error, request), attempts=ATTEMPTS, timeout=RETRY_FOR, wait_initial=0.5
        )
        for attempt in retries:
            with attempt:
                return self._send_once(request)
        raise AssertionError("the last attempt returns or raises")

    def drop(self) -> None:
        """Give up the connection, so that the next request begins on a fresh one.

        After a 401 to a request with a body, Lemmy 0.19 often never answers the next one on the same connection.
        """
        with self._lock:
            self._line.close()
            self._line = self._connect()

    def close(self) -> None:
        """Hang up. A request that is still waiting for its answer keeps its connection: closing waits for nobody."""
        if self._lock.acquire(blocking=False):
            try:
                self._line.close()
            finally:
                self._lock.release()

    def _may_repeat(self, error: Exception, request: Request) -> bool:
        if self._stopping.is_set():
            return False
        return isinstance(error, Unreachable) or (isinstance(error, NotUnderstood) and not request.is_write)

    def _send_once(self, request: Request) -> Answer:
        bucket = self._buckets.of(self._host, request.bucket)
        self._wait_for(bucket, request.bucket)
        outcome = self._exchange(request)
        # Raised here and not where it was caught: nothing of httpx, whose errors know the request, hangs on to it.
        if isinstance(outcome, LemmyError):
            raise outcome
        if outcome.status == 401:
            self.drop()
        try:
            return understand(outcome, write=request.is_write)
        except RateLimited:
            bucket.drain()
            raise

    def _wait_for(self, bucket: TokenBucket, name: Bucket) -> None:
        patience = PATIENCE
        while seconds := bucket.take():
            if seconds > patience:
                raise RateLimited(f"our own allowance of {name.value} requests is used up for {seconds:.0f} s")
            patience -= seconds
            if self._stopping.wait(seconds):
                raise Unreachable("stopping; nothing was sent")

    def _exchange(self, request: Request) -> Raw | LemmyError:
        body = None if request.payload is None else json.dumps(request.payload).encode()
        headers = {} if body is None else {"Content-Type": "application/json"}
        if request.token is not None:
            headers["Authorization"] = f"Bearer {request.token.reveal()}"
        try:
            with (
                self._lock,
                self._line.stream(
                    request.method, request.path, params=dict(request.params), content=body, headers=headers
                ) as response,
            ):
                return Raw(response.status_code, response.headers.get("date", ""), self._content(response))
        except FAILURES as error:
            return failure(error, write=request.is_write)

    def _content(self, response: httpx.Response) -> bytes | None:
        """The body; ``None`` when it is larger than LARGEST_ANSWER, of which no more is kept, or cannot be unpacked."""
        pieces = _in_time(response.iter_raw(), time.monotonic() + self._limits.read)
        return unpacked(pieces, response.headers.get("content-encoding", ""), LARGEST_ANSWER)

    def _connect(self) -> httpx.Client:
        limits = self._limits
        return httpx.Client(
            base_url=self.address,
            headers={"User-Agent": USER_AGENT, "Accept": "application/json", "Accept-Encoding": "gzip"},
            timeout=httpx.Timeout(connect=limits.connect, read=limits.read, write=limits.write, pool=limits.connect),
            limits=httpx.Limits(max_connections=1, keepalive_expiry=KEEP_ALIVE),
            verify=self._trust,
            trust_env=False,
            follow_redirects=False,
            # A remembered cookie would be a second identity beside the token.
            cookies=CookieJar(DefaultCookiePolicy(allowed_domains=())),
        )


def _in_time(pieces: Iterable[bytes], until: float) -> Iterator[bytes]:
    for piece in pieces:
        if time.monotonic() > until:
            raise httpx.ReadTimeout("the answer does not end")
        yield piece
