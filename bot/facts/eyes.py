"""Looking into the pictures of posts: fetched under guard, opened at arm's length, and not too many of them."""

import time
from collections import deque
from collections.abc import Callable
from threading import Lock

from bot.domain.item import Author, Post
from bot.domain.picture import Picture
from bot.facts.reader import Reader
from bot.http.fetch import Fetched, Fetcher

HOUR = 3_600.0
MOST = 120
"""Pictures looked into within an hour."""
MOST_OF_AUTHOR = 10
"""Pictures of one author looked into within an hour."""


class FetchedEyes:
    """Implements ``bot.engine.ports.Eyes``. May be shared between threads."""

    def __init__(self, fetcher: Fetcher, reader: Reader, clock: Callable[[], float] = time.monotonic) -> None:
        """``clock`` counts seconds."""
        self._fetcher = fetcher
        self._reader = reader
        self._clock = clock
        self._lock = Lock()
        self._looks: deque[tuple[float, Author]] = deque()
        """Of the last hour: when, and whose picture it was."""

    def look(self, post: Post, address: str) -> Picture | None:
        """Fetch the picture and look into it. It is kept nowhere."""
        if post.is_nsfw is not False:
            return Picture(why=("pictures that are not safe for work are not fetched",))
        if not self._may_look(post.author):
            return None
        got = self._fetcher.get(address, _is_picture)
        if isinstance(got, Fetched):
            return self._reader.look(got.content)
        return None if got.may_pass else Picture(why=(f"it was not fetched: {got.why}",))

    def close(self) -> None:
        self._reader.close()

    def _may_look(self, author: Author) -> bool:
        """Whether the hour's allowance has one left; takes it."""
        now = self._clock()
        with self._lock:
            while self._looks and self._looks[0][0] <= now - HOUR:
                self._looks.popleft()
            of_author = sum(each == author for _, each in self._looks)
            if len(self._looks) >= MOST or of_author >= MOST_OF_AUTHOR:
                return False
            self._looks.append((now, author))
            return True


def _is_picture(content_type: str) -> bool:
    # Some stores hand out everything as nameless bytes; what they are is seen when they are opened.
    return content_type.startswith("image/") or content_type == "application/octet-stream"
