"""What the ledger and the configuration know around one item: facts for the rules, and what stands in the way."""

from dataclasses import dataclass, replace
from datetime import datetime

from bot.domain.action import ActionKind
from bot.domain.item import Author, Item
from bot.engine.ports import Ledger
from bot.engine.wishes import Standing


@dataclass(frozen=True, slots=True)
class Around:
    """One account's knowledge. Reads only."""

    account: str
    ledger: Ledger
    recipients: tuple[str, ...] = ()
    """Full names of the moderators to tell."""
    approved: frozenset[str] = frozenset()
    """Full names of approved authors, in small letters."""

    def informed(self, item: Item, now: datetime) -> Item:
        """The item with the facts that its server does not give: reports, and of its author strikes and approval."""
        author = item.author
        known = replace(author, is_approved=is_approved(author, self.approved), strikes=self._strikes(item, now))
        return replace(item, author=known, reports=self.ledger.reports(self.account, item.ref))

    def standing(self, item: Item, now: datetime) -> Standing:
        """What stands between a verdict on the item and an action."""
        ledger, ref = self.ledger, item.ref
        human_decided = ledger.human_decided(self.account, ref)
        return replace(
            self.nothing,
            taken=ledger.taken(self.account, ref),
            human_decided=human_decided,
            is_approved=ledger.approved(self.account, ref),
            removed_by_us=not human_decided and ActionKind.REMOVE in ledger.done(self.account, ref),
            told=ledger.told(self.account, ref),
            asked=ledger.asked(self.account, ref, now),
        )

    @property
    def nothing(self) -> Standing:
        """When nothing was ever done to the item."""
        return Standing(recipients=self.recipients)

    def _strikes(self, item: Item, now: datetime) -> int | None:
        if item.author.id is None or item.community.id is None:
            return None
        return self.ledger.strikes(self.account, item.community.id, item.author.id, now)


def is_approved(author: Author, approved: frozenset[str]) -> bool | None:
    """Whether the author is among these full names; ``None`` when the author's own is not known."""
    if not author.name or not author.instance:
        return None
    return f"{author.name}@{author.instance}".lower() in approved
