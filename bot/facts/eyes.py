"""Looking into the pictures of posts: fetched under guard, opened at arm's length, and not too many of them."""

from bot.domain.item import Post
from bot.domain.picture import Picture
from bot.facts.allowance import Allowance
from bot.facts.reader import Reader
from bot.http.fetch import Fetched, Fetcher


class FetchedEyes:
    """Implements ``bot.engine.ports.Eyes``. May be shared between threads."""

    def __init__(self, fetcher: Fetcher, reader: Reader, allowance: Allowance) -> None:
        self._fetcher = fetcher
        self._reader = reader
        self._allowance = allowance

    def look(self, post: Post, address: str) -> Picture | None:
        """Fetch the picture and look into it. It is kept nowhere."""
        if post.is_nsfw is not False:
            return Picture(why=("pictures that are not safe for work are not fetched",))
        if not self._allowance.take(post.author):
            return None
        got = self._fetcher.get(address, _is_picture)
        if isinstance(got, Fetched):
            return self._reader.look(got.content)
        return None if got.may_pass else Picture(why=(f"it was not fetched: {got.why}",))

    def close(self) -> None:
        self._reader.close()


def _is_picture(content_type: str) -> bool:
    # Some stores hand out everything as nameless bytes; what they are is seen when they are opened.
    return content_type.startswith("image/") or content_type == "application/octet-stream"
