"""Looking inside a picture when a verdict hangs on it, and only then."""

from dataclasses import dataclass, replace
from datetime import datetime

from bot.checks.image_post import picture_address
from bot.domain.history import History
from bot.domain.item import Item, Post
from bot.domain.picture import Picture
from bot.domain.verdict import Verdict
from bot.engine.evaluate import evaluate, look
from bot.engine.ports import Eyes, Ledger
from bot.rulebook.rule import Rulebook


@dataclass(frozen=True, slots=True)
class Looking:
    """Judges with what is there; if that leaves open what a picture shows, looks, remembers, and judges again."""

    account: str
    ledger: Ledger
    eyes: Eyes | None
    """``None``: nobody looks; what was seen before still counts."""

    def verdict(self, book: Rulebook, item: Item, now: datetime, history: History | None) -> Verdict:
        """As ``evaluate``. The verdict's item holds what was seen."""
        verdict = evaluate(book, item, now, history)
        address = open_picture(book, verdict, now)
        seen = self._seen(item, address, now) if isinstance(item, Post) and address else None
        return verdict if seen is None else evaluate(book, seen_in(item, seen), now, history)

    def _seen(self, post: Post, address: str, now: datetime) -> Picture | None:
        before = self.ledger.picture(self.account, post.ref, address)
        if before is not None or self.eyes is None:
            return before
        seen = self.eyes.look(post, address)
        if seen is not None:
            self.ledger.keep_picture(self.account, post.ref, address, seen, now)
        return seen


def open_picture(book: Rulebook, verdict: Verdict, now: datetime) -> str:
    """Address of the picture that the verdict hangs on; empty when it hangs on none.

    It does when a rule that asks what a picture shows has come to no certain answer and nobody has looked yet.
    """
    post = verdict.item
    doubtful = {match.rule for match in verdict.matches if not match.answer.certain}
    undecided = {each.rule for each in verdict.undecided}
    if not isinstance(post, Post) or post.picture is not None or not book.needs_look & (doubtful | undecided):
        return ""
    return picture_address(look(book, post, now))


def seen_in(item: Item, picture: Picture) -> Item:
    """The post with what was seen in its picture."""
    if not isinstance(item, Post):
        return item
    return replace(item, picture=picture, image_text=item.image_text if picture.text is None else picture.text)
