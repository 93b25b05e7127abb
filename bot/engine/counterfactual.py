"""What would have to be different for a rule to answer otherwise. Pure, deterministic and bounded.

Nothing here reasons about a rule. Small honest changes are made to the item, to what is known of its author, or to the
rule, and the rule is really asked again; what is shown is what was seen to make a difference.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import combinations

from bot.checks.check import Subject
from bot.domain.history import History
from bot.domain.item import Item
from bot.engine.counterfactual_changes import By, Change, Trial, changes
from bot.engine.evaluate import concerns, look, verdict_on
from bot.engine.explain import answer_word
from bot.rulebook.rule import Disclosure, Rule, Rulebook

MOST_CHANGES = 24
"""Changes that are tried for one rule, alone and then in pairs: at most 300 judgements."""
MOST_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Counterfactual:
    """The least that makes one rule answer otherwise."""

    rule: str
    changes: tuple[str, ...]
    """In words, to be read after "it would be … "; all of them together."""
    by: By
    """Who could make them: the least willing of several."""
    becomes: str
    """``no``, ``doubtful`` or ``certain``."""


def counterfactuals(
    book: Rulebook, rule: Rule, item: Item, now: datetime, history: History | None = None
) -> tuple[Counterfactual, ...]:
    """Up to three of the smallest changes that make a rule answer otherwise; none when nothing small does.

    A certain Yes may become doubtful or No, a doubtful one No; what was No or Unknown may become anything decided.
    When no single change makes a certain Yes a No, the best pair that does comes last.
    """
    if not concerns(rule, item):
        return ()
    subject = look(book, item, now, history)
    try:
        before = answer_word(verdict_on(rule, subject))
    except Exception:  # noqa: BLE001 - of a rule that breaks there is nothing to say
        return ()
    found = sorted(changes(rule, subject), key=lambda change: change.by)[:MOST_CHANGES]
    alone = _flips(book, rule, combinations(found, 1), subject, before)
    if alone and (before != "certain" or any(each.becomes == "no" for each in alone)):
        return alone[:MOST_SHOWN]
    in_pairs = _flips(book, rule, combinations(found, 2), subject, before)
    further = [each for each in in_pairs if not alone or each.becomes == "no"]
    return (*alone[: MOST_SHOWN - 1], *further[:1]) if alone else tuple(further[:MOST_SHOWN])


def disclosed(rule: Rule, found: Iterable[Counterfactual]) -> tuple[Counterfactual, ...]:
    """What of it the author may be told: only what an author can change, and only of a rule that is open about it."""
    if rule.disclose is not Disclosure.FULL:
        return ()
    return tuple(each for each in found if each.by <= By.TIME)


_RANK = {"no": 0, "unknown": 1, "doubtful": 2, "certain": 3}


def _flips(
    book: Rulebook, rule: Rule, groups: Iterable[tuple[Change, ...]], subject: Subject, before: str
) -> tuple[Counterfactual, ...]:
    """The groups of changes that make the rule answer otherwise; the easiest first, then the one that does most."""
    least: dict[tuple[tuple[str, ...], str], tuple[float, Counterfactual]] = {}
    for together in groups:
        found = _tried(book, rule, together, subject)
        if found is None or not _is_flip(before, found.becomes):
            continue
        degree = sum(change.degree for change in together)
        alike = (tuple(change.family or change.words for change in together), found.becomes)
        if alike not in least or degree < least[alike][0]:
            least[alike] = (degree, found)
    flips = (found for _, found in least.values())
    return tuple(sorted(flips, key=lambda each: (each.by, -abs(_RANK[each.becomes] - _RANK[before]))))


def _is_flip(before: str, after: str) -> bool:
    if after in {before, "unknown"}:
        return False
    return before == "unknown" or (_RANK[after] < _RANK[before]) == (before != "no")


def _tried(book: Rulebook, rule: Rule, together: tuple[Change, ...], subject: Subject) -> Counterfactual | None:
    trial = Trial(rule, subject.item)
    try:
        for change in together:
            trial = change.made(trial)
        after = answer_word(verdict_on(trial.rule, look(book, trial.item, subject.now, subject.history)))
    except Exception:  # noqa: BLE001 - a rule that breaks on a made-up item shows nothing
        return None
    return Counterfactual(rule.id, tuple(each.words for each in together), max(each.by for each in together), after)
