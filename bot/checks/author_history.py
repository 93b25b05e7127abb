"""What the author wrote here before."""

from dataclasses import dataclass

from bot.checks.check import Plain, Subject
from bot.checks.setting import Comparison
from bot.domain.answer import Answer, Evidence, No, Unknown, Yes
from bot.domain.history import History
from bot.domain.item import Item, Kind


def is_whole(history: History, item: Item) -> bool:
    """Whether nothing that the author ever wrote can be missing: the account is younger than the watch."""
    created = item.author.created
    return created is not None and history.since is not None and history.since <= created


@dataclass(frozen=True, slots=True)
class WrittenHere(Plain):
    """How many items of some kinds the author wrote in this community before this one."""

    key: str
    kinds: frozenset[Kind]
    wanted: Comparison

    def answer(self, subject: Subject) -> Answer:
        history = subject.history
        if history is None:
            return Unknown("what the author wrote before is not known")
        number = self._number(history)
        holds = self.wanted.holds_between(number, number if is_whole(history, subject.item) else None)
        if holds is None:
            return Unknown(f"the author wrote at least {number} here; what came before the watch is not known")
        return Yes((Evidence(f"author.{self.key}", None, None, str(number), self.key),)) if holds else No()

    def asked(self) -> str:
        return f"{self.wanted.sign or '='} {self.wanted.number:g}"

    def actual(self, subject: Subject) -> str:
        history = subject.history
        if history is None:
            return ""
        return f"{'' if is_whole(history, subject.item) else 'at least '}{self._number(history)}"

    def _number(self, history: History) -> int:
        return sum(history.here.get(kind, 0) for kind in self.kinds)
