"""What every check is, and what it may look at."""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple, Protocol, runtime_checkable

from bot.domain.answer import Answer, Truth, truth_of
from bot.domain.history import History
from bot.domain.item import Item
from bot.matching.hits import Hits
from bot.matching.pattern import Pattern
from bot.text.prepared import Prepared


class Subject(NamedTuple):
    """Everything a check may look at. Values only: no client, no clock, no store."""

    item: Item
    texts: Prepared
    hits: Hits
    now: datetime
    """Time of judging; ages count back from it."""
    history: History | None = None
    """What was there before the item; ``None`` when nobody looked."""
    above: "Subject | None" = None
    """The post above a comment; ``None`` when it is not known, or no rule asks."""


class Check(Protocol):
    """A question about an item with three answers. Implementations are frozen dataclasses."""

    @property
    def key(self) -> str:
        """The key as it stands in the rule file; names the check in explanations."""

    def answer(self, subject: Subject) -> Answer: ...

    def truth(self, subject: Subject) -> Truth:
        """How far the answer holds. Where nobody will read the reasons, this is asked, and may be quicker."""

    def patterns(self) -> Iterable[Pattern]:
        """Everything this check and those inside it look for, to be compiled into the one scan."""

    def parts(self) -> tuple["Check", ...]:
        """Checks inside this one, for explanations; empty for a plain check."""


class Plain:
    """What a check is unless it says otherwise: with no other inside it, and looking for nothing in the texts."""

    __slots__ = ()

    def truth(self: Check, subject: Subject) -> Truth:
        return truth_of(self.answer(subject))

    def patterns(self) -> Iterable[Pattern]:
        return ()

    def parts(self) -> tuple[Check, ...]:
        return ()


@runtime_checkable
class Measuring(Protocol):
    """A check that can say what it asks for and what it met, whatever its answer; for explanations."""

    def asked(self) -> str:
        """What the rule wants, as in ``< 5 days``; empty when the key says it all."""

    def actual(self, subject: Subject) -> str:
        """What the item has, as in ``12.3 days``; empty when it is not known."""
