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
        address = _address(book, item, now)
        if not isinstance(item, Post) or not address:
            return evaluate(book, item, now, history)
        seen = self.ledger.picture(self.account, item.ref, address)
        verdict = evaluate(book, seen_in(item, seen) if seen else item, now, history)
        if seen or self.eyes is None or not hangs_on_picture(book, verdict):
            return verdict
        seen = self.eyes.look(item, address)
        if seen is None:
            return verdict
        self.ledger.keep_picture(self.account, item.ref, address, seen, now)
        return evaluate(book, seen_in(item, seen), now, history)


def hangs_on_picture(book: Rulebook, verdict: Verdict) -> bool:
    """Whether a rule that asks what a picture shows has come to no certain answer."""
    doubtful = {match.rule for match in verdict.matches if not match.answer.certain}
    undecided = {each.rule for each in verdict.undecided}
    return bool(book.needs_look & (doubtful | undecided))


def seen_in(post: Post, picture: Picture) -> Post:
    """The post with what was seen in its picture."""
    return replace(post, picture=picture, image_text=picture.text if picture.text is not None else post.image_text)


def _address(book: Rulebook, item: Item, now: datetime) -> str:
    """Of the picture to look into; empty when there is none, no rule asks, or somebody has looked."""
    if not book.needs_look or not isinstance(item, Post) or item.picture is not None:
        return ""
    return picture_address(look(book, item, now))
