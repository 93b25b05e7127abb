"""The server's rate limits: token buckets, one per address and class. A refused call costs nothing."""

from collections.abc import Callable, Mapping
from enum import StrEnum

from bot.http.buckets import Flow, TokenBucket


class Class(StrEnum):
    """Lemmy 0.19's classes; a route draws from exactly one."""

    MESSAGE = "message"
    REGISTER = "register"
    POST = "post"
    IMAGE = "image"
    COMMENT = "comment"
    SEARCH = "search"


GENEROUS: Mapping[Class, Flow] = {each: Flow(1_000_000, 1_000_000.0) for each in Class}
"""As good as none."""
DEFAULTS: Mapping[Class, Flow] = {
    Class.MESSAGE: Flow(180, 180 / 60),
    Class.REGISTER: Flow(10, 10 / 3600),
    Class.POST: Flow(6, 6 / 600),
    Class.IMAGE: Flow(6, 6 / 3600),
    Class.COMMENT: Flow(6, 6 / 600),
    Class.SEARCH: Flow(60, 60 / 600),
}
"""What a fresh instance has."""


class Rates:
    """The buckets of all addresses."""

    def __init__(self, flows: Mapping[Class, Flow], seconds: Callable[[], float]) -> None:
        self.flows = dict(flows)
        self._seconds = seconds
        self._buckets: dict[tuple[str, Class], TokenBucket] = {}

    def allow(self, address: str, class_: Class) -> bool:
        key = (address, class_)
        if key not in self._buckets:
            self._buckets[key] = TokenBucket(self.flows[class_], self._seconds)
        return self._buckets[key].take() == 0.0

    def set(self, class_: Class, flow: Flow) -> None:
        """From now on; every address begins with a full bucket."""
        self.flows[class_] = flow
        self._buckets = {key: bucket for key, bucket in self._buckets.items() if key[1] is not class_}
