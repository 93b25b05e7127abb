"""The sandbox's time, which can be moved forward."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta


def machine_time() -> datetime:
    return datetime.now(UTC)


class WorldClock:
    """Aware UTC."""

    def __init__(self, source: Callable[[], datetime] = machine_time) -> None:
        self._source = source
        self._ahead = timedelta(0)
        self._latest = source()

    def now(self) -> datetime:
        return self._source() + self._ahead

    def stamp(self) -> datetime:
        """Now, but never the same moment twice, so that what is written has an order."""
        self._latest = max(self.now(), self._latest + timedelta(microseconds=1))
        return self._latest

    def advance(self, seconds: float) -> None:
        """Also refills the rate limits' buckets."""
        self._ahead += timedelta(seconds=seconds)

    def seconds(self) -> float:
        return self.now().timestamp()
