"""The three answers of a condition, and how they combine.

The answers form one chain: *No*, *Unknown*, a doubtful *Yes*, a certain *Yes*. ``every`` is the minimum on that
chain, ``some`` the maximum (Kleene's strong logic with a fourth value), and ``opposite`` turns the chain round
without ever making something certain out of something that is not: the opposite of *Unknown* and of a doubtful
*Yes* is *Unknown*. Because it is order-reversing, De Morgan's laws hold.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from functools import partial
from itertools import chain
from typing import NamedTuple


class Strength(StrEnum):
    """What a fact does to the question it was found for."""

    STRONG = "strong"
    """Enough by itself to raise the question."""
    WEAK = "weak"
    """Adds to others."""
    CLEARING = "clearing"
    """Speaks against, or leaves the matter to a human."""


class Evidence(NamedTuple):
    """One fact that was found, and where."""

    field: str
    """Name as in a rule file: ``title``, ``body``, ``author.account_age`` and so on."""
    start: int | None
    """First code point in the original field; ``None`` for a fact that is not a piece of text."""
    end: int | None
    """One past the last code point."""
    text: str
    """The piece of the field, or the value of the fact."""
    signal: str
    """What it counted as: the id of a signal, or the condition's key in the rule."""
    strength: Strength = Strength.STRONG


evidence_of: Callable[[tuple[str, int | None, int | None, str, str, Strength]], Evidence] = partial(
    tuple.__new__, Evidence
)
"""From a tuple of all its fields: four times as quick, for whoever finds many pieces."""


@dataclass(frozen=True, slots=True)
class Yes:
    """The condition holds."""

    evidence: tuple[Evidence, ...] = ()
    certain: bool = True
    """``False``: a human should look; never enough for a removal."""
    doubt: str = ""
    """Why it is not certain, for the moderator; empty when it is."""


@dataclass(frozen=True, slots=True)
class No:
    """The condition does not hold."""


@dataclass(frozen=True, slots=True)
class Unknown:
    """It cannot be told."""

    why: str
    """What is missing, for the moderator."""


Answer = Yes | No | Unknown


class Truth(IntEnum):
    """How far a condition holds, by the place of its answer on the chain: all that other conditions make of it."""

    NO = 0
    UNKNOWN = 1
    DOUBTFUL = 2
    CERTAIN = 3


NO, UNKNOWN, DOUBTFUL, CERTAIN = Truth


def truth_of(answer: Answer) -> Truth:
    """What is left of an answer without its reasons. ``every`` turns into the minimum, ``some`` into the maximum."""
    match answer:
        case No():
            return NO
        case Unknown():
            return UNKNOWN
        case Yes(certain=certain):
            return CERTAIN if certain else DOUBTFUL


def turned_round(truth: Truth) -> Truth:
    """What ``opposite`` makes of it."""
    return _OPPOSITES[truth]


_OPPOSITES = (CERTAIN, UNKNOWN, UNKNOWN, NO)


def every(answers: Iterable[Answer]) -> Answer:
    """All of them: the weakest answer decides. Of nothing, a certain Yes."""
    evidence: tuple[Evidence, ...] = ()
    doubts: list[str] = []
    certain = True
    unknown: list[str] = []
    for answer in answers:
        if isinstance(answer, Yes):
            evidence += answer.evidence
            if not answer.certain:
                certain = False
                doubts.append(answer.doubt)
        elif isinstance(answer, No):
            return answer
        else:
            unknown.append(answer.why)
    if unknown:
        return Unknown(_join(unknown))
    return Yes(evidence) if certain else Yes(evidence, certain, _join(doubts))


def some(answers: Iterable[Answer]) -> Answer:
    """At least one of them: the strongest answer decides, with all its evidence. Of nothing, No."""
    yes: list[Yes] = []
    unknown: list[str] = []
    for answer in answers:
        if isinstance(answer, Yes):
            yes.append(answer)
        elif isinstance(answer, Unknown):
            unknown.append(answer.why)
    if yes:
        certain = any(each.certain for each in yes)
        strongest = [each for each in yes if each.certain == certain]
        evidence = tuple(dict.fromkeys(chain.from_iterable([each.evidence for each in strongest])))
        return Yes(evidence, certain, _join([each.doubt for each in strongest]))
    return Unknown(_join(unknown)) if unknown else No()


def opposite(answer: Answer) -> Answer:
    """Not: certain answers turn round, everything else is Unknown."""
    match answer:
        case No():
            return Yes()
        case Yes(certain=True):
            return No()
        case Yes():
            return Unknown(answer.doubt or "it is in doubt")
        case Unknown():
            return answer


def none(answers: Iterable[Answer]) -> Answer:
    """None of them."""
    return opposite(some(answers))


def doubtful(answer: Answer, doubt: str) -> Answer:
    """The same answer, but a Yes is for a human to decide."""
    return Yes(answer.evidence, certain=False, doubt=doubt) if isinstance(answer, Yes) else answer


def _join(reasons: Iterable[str]) -> str:
    return "; ".join(dict.fromkeys(filter(None, reasons)))
