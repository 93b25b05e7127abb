"""Following a link and looking inside a picture when a verdict hangs on it, and only then."""

from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from datetime import datetime

from bot.checks.image_post import picture_address
from bot.domain.destination import Destination
from bot.domain.history import History
from bot.domain.item import Item, Post
from bot.domain.picture import Picture
from bot.domain.verdict import Verdict
from bot.engine.evaluate import LINK_SETTLES, evaluate, look
from bot.engine.ports import Eyes, Ledger, LinkResolver
from bot.rulebook.rule import Rulebook
from bot.text.urls import hides_its_end, is_image_address


@dataclass(frozen=True, slots=True)
class Looking:
    """Judges with what is there; if that leaves open what a look would show, looks, remembers, and judges again."""

    account: str
    ledger: Ledger
    eyes: Eyes | None
    """``None``: nobody looks into pictures; what was seen before still counts."""
    links: LinkResolver | None = None
    """``None``: nobody follows links; where they led before still counts."""

    def verdict(self, book: Rulebook, item: Item, now: datetime, history: History | None) -> Verdict:
        """As ``evaluate``. The verdict's item holds what was seen."""
        item = self._followed(book, item, now, history)
        verdict = evaluate(book, item, now, history)
        address = open_picture(book, verdict, now)
        seen = self._seen(item, address, now) if isinstance(item, Post) and address else None
        return verdict if seen is None else evaluate(book, seen_in(item, seen), now, history)

    def _followed(self, book: Rulebook, item: Item, now: datetime, history: History | None) -> Item:
        if not isinstance(item, Post) or not item.url or not _asking(book, item, now):
            return item
        found = self.ledger.destination(self.account, item.ref, item.url)
        if found is None and self.links is not None and hangs_on_link(book, item, now, history):
            found = self.links.resolve(item)
            if found is not None:
                self.ledger.keep_destination(self.account, item.ref, item.url, found, now)
        return item if found is None else led_to(item, found)

    def _seen(self, post: Post, address: str, now: datetime) -> Picture | None:
        before = self.ledger.picture(self.account, post.ref, address)
        if before is not None or self.eyes is None:
            return before
        seen = self.eyes.look(post, address)
        if seen is not None:
            self.ledger.keep_picture(self.account, post.ref, address, seen, now)
        return seen


def hangs_on_link(book: Rulebook, post: Post, now: datetime, history: History | None) -> bool:
    """Whether the verdict hangs on where the post's link leads.

    It does when a rule that asks for it would come to no certain answer if that were looked for in vain.
    """
    asking = _asking(book, post, now)
    if not asking:
        return False
    in_vain = Destination(url=None if hides_its_end(post.url or "") else post.url)
    return not asking.isdisjoint(_uncertain(evaluate(book, led_to(post, in_vain), now, history)))


def led_to(post: Post, found: Destination) -> Post:
    """The post with what following its link showed. What Lemmy knows of the page stands: it tells all of it at once."""
    told = (post.link_title, post.link_description, post.link_type)
    page = found.page
    seen = (page.title, page.description, found.type) if page else (None, None, found.type)
    title, description, kind = (each or "" for each in told) if any(told) else seen
    return replace(post, destination=found, link_title=title, link_description=description, link_type=kind)


def open_picture(book: Rulebook, verdict: Verdict, now: datetime) -> str:
    """Address of the picture that the verdict hangs on; empty when it hangs on none.

    It does when a rule that asks what a picture shows has come to no certain answer and nobody has looked yet.
    """
    post = verdict.item
    if not isinstance(post, Post) or post.picture is not None or book.needs_look.isdisjoint(_uncertain(verdict)):
        return ""
    return picture_address(look(book, post, now))


def seen_in(item: Item, picture: Picture) -> Item:
    """The post with what was seen in its picture."""
    if not isinstance(item, Post):
        return item
    return replace(item, picture=picture, image_text=item.image_text if picture.text is None else picture.text)


def _asking(book: Rulebook, post: Post, now: datetime) -> frozenset[str]:
    """Ids of the rules that ask what following the post's link may show and nobody has told."""
    if not post.url or post.destination is not None:
        return frozenset()
    nobody = frozenset[str]()
    of_end = book.needs_end if book.needs_end and hides_its_end(post.url) else nobody
    return of_end | (book.needs_page if _lemmy_found_nothing(post, now) else nobody)


def _lemmy_found_nothing(post: Post, now: datetime) -> bool:
    """Whether Lemmy has had its time to fetch the page and tells nothing of it, nor does the address say enough.

    Lemmy says the same of a page that it could not reach and of one that says nothing.
    """
    has_settled = post.published is None or now - post.published >= LINK_SETTLES
    is_known = post.link_title or post.link_description or post.link_type or is_image_address(post.url or "")
    return has_settled and not is_known


def _uncertain(verdict: Verdict) -> AbstractSet[str]:
    """Ids of the rules that came to no certain answer."""
    doubtful = {match.rule for match in verdict.matches if not match.answer.certain}
    return doubtful | {each.rule for each in verdict.undecided}
