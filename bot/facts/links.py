"""Following the links of posts: fetched under guard, read at arm's length, and not too many of them."""

from dataclasses import replace

from bot.domain.destination import Destination
from bot.domain.item import Post
from bot.facts.allowance import Allowance
from bot.facts.pages import PageReader, Unreadable
from bot.http.fetch import Fetched, Fetcher, FetchLimits, NotFetched
from bot.text.urls import end_of, hides_its_end, host_of, joined, registrable_domain

LIMITS = FetchLimits(largest=256 * 1024, cut=True, redirects=5)
PAGES = frozenset({"text/html", "application/xhtml+xml"})


class FetchedLinks:
    """Implements ``bot.engine.ports.LinkResolver``. May be shared between threads."""

    def __init__(self, fetcher: Fetcher, reader: PageReader, allowance: Allowance) -> None:
        """``fetcher`` keeps to LIMITS, but in tests."""
        self._fetcher = fetcher
        self._reader = reader
        self._allowance = allowance

    def resolve(self, post: Post) -> Destination | None:
        """Follow the link and read the beginning of the page. It is kept nowhere, and no address in it is asked."""
        if not post.url or post.is_nsfw is not False or not self._allowance.take(post.author):
            return None
        got = self._fetcher.get(post.url, PAGES.__contains__)
        led = _led(post.url, got)
        if isinstance(got, Fetched):
            return self._read(got, led)
        # Where a short link leads is worth remembering, though there be no answer from there today.
        is_kept = not got.may_pass or (hides_its_end(post.url) and led.url is not None)
        return replace(led, type=got.content_type, why=got.why) if is_kept else None

    def close(self) -> None:
        self._reader.close()

    def _read(self, got: Fetched, led: Destination) -> Destination:
        """What the page says, if it is the one that the link is about and not one for consent or to log in."""
        there = host_of(got.url)
        if registrable_domain(there) != registrable_domain(host_of(led.url or "")):
            return replace(led, why=f"the site sends its readers on to {there}")
        try:
            page = self._reader.read(got.content, got.charset)
        except Unreadable as error:
            return replace(led, type=got.content_type, why=str(error))
        canonical = (joined(got.url, page.canonical) or "") if page.canonical else ""
        return replace(led, page=replace(page, canonical=canonical), type=got.content_type)


def _led(address: str, got: Fetched | NotFetched) -> Destination:
    """Where the address leads, without what is there."""
    if not hides_its_end(address):
        return Destination(address)
    end, way = end_of(got.hops)
    if end is None and (isinstance(got, Fetched) or got.content_type is not None):
        # A service that shows something of its own instead of leading on leads to that.
        return Destination((address, *got.hops)[-1], got.hops[:-1])
    return Destination(end, way if end else ())
