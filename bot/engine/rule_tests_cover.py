"""Which conditions the tests never put to the test: a condition that was never seen to hold may never hold."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bot.checks.check import Check, Subject
from bot.domain.answer import No, Yes
from bot.engine.evaluate import concerns
from bot.engine.explain import parts_of
from bot.engine.rule_tests import subject_of
from bot.rulebook.diagnostic import Place
from bot.rulebook.rule import Rule, Rulebook, RuleTest


@dataclass(frozen=True, slots=True)
class Gap:
    """A condition that no test decided both ways."""

    rule: str
    """Id of the first rule that asks it; a condition in a checker file may serve several."""
    key: str
    place: Place
    never: str
    """``yes``: it never held; ``no``: it always did; ``asked``: neither was ever seen."""


def gaps(book: Rulebook, tests: Iterable[tuple[Rule, RuleTest]]) -> tuple[Gap, ...]:
    """Every such condition that stands in a file, in the order of rules and conditions."""
    held: set[int] = set()
    failed: set[int] = set()
    for rule, test in tests:
        if concerns(rule, test.item):
            _ask(rule, subject_of(book, test), held, failed)
    found: dict[int, Gap] = {}
    for rule in book.rules:
        for check in _checks(rule):
            place = book.places.of(check)
            never = _never(id(check) in held, id(check) in failed)
            if place is not None and never:
                found.setdefault(id(check), Gap(rule.id, check.key, place, never))
    return tuple(found.values())


def _ask(rule: Rule, subject: Subject, held: set[int], failed: set[int]) -> None:
    """Ask every condition by itself: whether a group has need of its answer does not matter here."""
    waiting = [(check, subject) for check in _roots(rule)]
    while waiting:
        check, about = waiting.pop()
        waiting += parts_of(check, about)
        match check.answer(about):
            case Yes():
                held.add(id(check))
            case No():
                failed.add(id(check))
            case _:
                pass


def _never(has_held: bool, has_failed: bool) -> str:
    if has_held:
        return "" if has_failed else "no"
    return "yes" if has_failed else "asked"


def _checks(rule: Rule) -> Iterator[Check]:
    """Every condition of the rule, outer ones first."""
    waiting = _roots(rule)[::-1]
    while waiting:
        check = waiting.pop()
        yield check
        waiting += reversed(check.parts())


def _roots(rule: Rule) -> list[Check]:
    return [rule.when] if rule.unless is None else [rule.when, rule.unless]
