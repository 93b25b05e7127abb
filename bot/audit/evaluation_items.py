"""Labelled items, judged by a rule set."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from bot.audit.judging import UNDATED
from bot.audit.labelled import LABELS, Labelled
from bot.audit.scored import scored_in
from bot.checks.check import Subject
from bot.checks.scored import Scored
from bot.checks.signal import Effect
from bot.domain.answer import No, Yes
from bot.engine.evaluate import concerns, look, verdict_on
from bot.rulebook.rule import Rulebook

SHOWN = 8
"""Facts of an explanation."""


class Tier(StrEnum):
    """Which matches count."""

    CERTAIN = "certain"
    """Only those on which a rule may act."""
    ANY = "any"
    """Also those that go to a human."""


@dataclass(frozen=True, slots=True)
class Said:
    """What the rules for one written rule said about one item."""

    certain: bool
    why: tuple[str, ...]
    """The signals and the words that were found, the first few."""


@dataclass(frozen=True, slots=True)
class Judged:
    """One labelled item and what a rule set says about it."""

    labelled: Labelled
    said: Mapping[int, Said]
    """By sidebar number; absent where no rule matched."""
    points: Mapping[int, int]
    """Sums of scored checkers whose question arose, by sidebar number."""

    def fires(self, sidebar: int, tier: Tier) -> bool:
        """Whether the written rule counts as broken."""
        said = self.said.get(sidebar)
        return said is not None and (said.certain or tier is Tier.ANY)


def judge_all(book: Rulebook, labelled: Iterable[Labelled]) -> list[Judged]:
    """Every item judged as of no particular time, without history."""
    return [_judged(book, each) for each in labelled]


def _judged(book: Rulebook, labelled: Labelled) -> Judged:
    subject = look(book, labelled.item, UNDATED)
    said: dict[int, Said] = {}
    points: dict[int, int] = {}
    for rule in book.rules:
        if rule.sidebar is None or rule.sidebar not in LABELS or not concerns(rule, labelled.item):
            continue
        answer = verdict_on(rule, subject)
        if isinstance(answer, Yes):
            facts = (f"{fact.signal}: {fact.text}" if fact.text else fact.signal for fact in answer.evidence)
            why = tuple(dict.fromkeys(facts))
            before = said.get(rule.sidebar)
            said[rule.sidebar] = Said(answer.certain or (before is not None and before.certain), why[:SHOWN])
        scored = scored_in(rule.when)
        if scored is not None and _arises(scored, subject):
            points[rule.sidebar] = scored.sum(subject).present
    return Judged(labelled, said, points)


def _arises(scored: Scored, subject: Subject) -> bool:
    return all(not isinstance(each.answer(subject), No) for each in scored.having(Effect.NEEDS))
