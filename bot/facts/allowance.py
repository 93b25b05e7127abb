"""How often something is done for strangers."""

import time
from collections import deque
from collections.abc import Callable
from threading import Lock

from bot.domain.item import Author

HOUR = 3_600.0
MOST = 120
"""Times within an hour."""
MOST_OF_AUTHOR = 10
"""Times within an hour for items of one author."""


class Allowance:
    """So many an hour. May be shared between threads."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        """``clock`` counts seconds."""
        self._clock = clock
        self._lock = Lock()
        self._taken: deque[tuple[float, Author]] = deque()
        """Of the last hour: when, and for whom."""

    def take(self, author: Author) -> bool:
        """Whether there is one left for the author; takes it."""
        now = self._clock()
        with self._lock:
            while self._taken and self._taken[0][0] <= now - HOUR:
                self._taken.popleft()
            of_author = sum(each == author for _, each in self._taken)
            if len(self._taken) >= MOST or of_author >= MOST_OF_AUTHOR:
                return False
            self._taken.append((now, author))
            return True
