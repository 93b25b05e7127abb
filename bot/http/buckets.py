"""How often an instance may be asked: token buckets, one per instance and rate-limit class.

Lemmy counts requests per address, not per account, so all accounts of this process on one instance draw from the same
buckets. Ours are smaller than the server's defaults, because others may sit behind the same address.
"""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from threading import Lock


class Bucket(StrEnum):
    """Lemmy's rate-limit classes. In 0.19 each route draws from exactly one."""

    MESSAGE = "message"
    """Everything that has no class of its own: reads, reports, removals, private messages."""
    REGISTER = "register"
    """Logging in."""
    COMMENT = "comment"
    """Writing a comment."""
    SEARCH = "search"


@dataclass(frozen=True, slots=True)
class Flow:
    """How many requests may come at once, and how fast the right to the next one comes back."""

    burst: int
    per_second: float


FLOWS: Mapping[Bucket, Flow] = {
    Bucket.MESSAGE: Flow(30, 1.0),  # the server's default is 180 in 60 s
    Bucket.REGISTER: Flow(10, 10 / 3600),
    Bucket.COMMENT: Flow(6, 6 / 600),
    Bucket.SEARCH: Flow(20, 20 / 600),  # the server's default is 60 in 600 s
}


class TokenBucket:
    """One bucket, full at first. Safe to share between threads."""

    def __init__(self, flow: Flow, clock: Callable[[], float]) -> None:
        self._flow = flow
        self._clock = clock
        self._lock = Lock()
        self._tokens = float(flow.burst)
        self._at = clock()

    def take(self) -> float:
        """Take a token and return zero, or take none and return the seconds until there will be one."""
        with self._lock:
            self._refill()
            if self._tokens >= 1:
                self._tokens -= 1
                return 0.0
            return (1 - self._tokens) / self._flow.per_second

    def drain(self) -> None:
        """The server says that it has had enough: begin again from nothing."""
        with self._lock:
            self._refill()
            self._tokens = 0.0

    def _refill(self) -> None:
        now = self._clock()
        gained = max(now - self._at, 0.0) * self._flow.per_second
        self._tokens = min(self._tokens + gained, float(self._flow.burst))
        self._at = now


class Buckets:
    """The buckets of all instances, made when first asked for."""

    def __init__(self, flows: Mapping[Bucket, Flow] = FLOWS, clock: Callable[[], float] = time.monotonic) -> None:
        self._flows = flows
        self._clock = clock
        self._lock = Lock()
        self._made: dict[tuple[str, Bucket], TokenBucket] = {}

    def of(self, host: str, bucket: Bucket) -> TokenBucket:
        with self._lock:
            key = (host, bucket)
            if key not in self._made:
                self._made[key] = TokenBucket(self._flows[bucket], self._clock)
            return self._made[key]


SHARED = Buckets()
"""The buckets of this process: an address has only one allowance, however many accounts use it."""
