"""Conditions that no test needs: without them every test of their rule would pass as well."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from bot.checks.check import Check
from bot.checks.combine import All, Any, NoneOf, Not
from bot.checks.parent_post import ParentPost
from bot.engine.evaluate import verdict_on
from bot.engine.rule_tests import Outcome, in_words
from bot.rulebook.codes import Code
from bot.rulebook.diagnostic import Diagnostic, Place
from bot.rulebook.rule import Rule, Rulebook

Rebuild = Callable[[Check], Rule]
"""The rule with another condition in one place."""
Passes = Callable[[Rule], bool]
MOST_ANSWERS = 1_000_000
"""Answers of conditions that one rule is worth: each is left out once, and every test is judged by all the others."""


def unneeded(book: Rulebook, outcomes: Sequence[Outcome]) -> Iterator[Diagnostic]:
    """Every such condition of the rules whose tests show both sides and pass.

    Of a group that no test needs, its conditions are not told one by one.
    """
    judged: dict[str, list[Outcome]] = {}
    for each in outcomes:
        judged.setdefault(each.rule.id, []).append(each)
    for rule in book.rules:
        tests = judged.get(rule.id, [])
        if all(each.passed for each in tests) and _show_both_sides(tests) and _is_worth_it(rule, tests):
            yield from _of_rule(book, rule, tests)


def _show_both_sides(tests: Sequence[Outcome]) -> bool:
    expected = {each.test.expect for each in tests}
    return "keeps" in expected and len(expected) > 1


def _is_worth_it(rule: Rule, tests: Sequence[Outcome]) -> bool:
    size, waiting = 0, [each for each in (rule.when, rule.unless) if each is not None]
    while waiting:
        size += 1
        waiting += waiting.pop().parts()
    return size * size * len(tests) <= MOST_ANSWERS


def _of_rule(book: Rulebook, rule: Rule, tests: Sequence[Outcome]) -> Iterator[Diagnostic]:
    asked = [(each.subject, each.test.expect) for each in tests if each.subject is not None]

    def passes(changed: Rule) -> bool:
        return all(in_words(verdict_on(changed, subject)) == expect for subject, expect in asked)

    for dropped in _dropped(rule, passes):
        place, key = _named(book, dropped)
        if place is not None:
            yield Diagnostic(
                place,
                Code.UNTESTED,
                f"no test of `{rule.id}` needs `{key}`: they all pass without it",
                "add a test that only passes with it, or take it out",
            )


def _dropped(rule: Rule, passes: Passes) -> Iterator[Check]:
    when = rule.when if isinstance(rule.when, All) else All("when", (rule.when,))
    yield from _inside(when, lambda changed: replace(rule, when=changed), passes)
    if rule.unless is None:
        return
    if passes(replace(rule, unless=None)):
        yield rule.unless
    else:
        yield from _inside(rule.unless, lambda changed: replace(rule, unless=changed), passes)


def _inside(check: Check, rebuild: Rebuild, passes: Passes) -> Iterator[Check]:
    match check:
        case Not() | ParentPost():
            around = check
            yield from _inside(check.inner, lambda changed: rebuild(replace(around, inner=changed)), passes)
        case All() | Any() | NoneOf():
            for place, each in enumerate(check.inner):
                yield from _member(check, place, each, rebuild, passes)
        case _:
            pass


def _member(group: All | Any | NoneOf, place: int, member: Check, rebuild: Rebuild, passes: Passes) -> Iterator[Check]:
    before, after = group.inner[:place], group.inner[place + 1 :]
    if passes(rebuild(replace(group, inner=before + after))):
        yield member
    else:
        yield from _inside(member, lambda changed: rebuild(replace(group, inner=(*before, changed, *after))), passes)


def _named(book: Rulebook, check: Check) -> tuple[Place | None, str]:
    """Where a condition stands, and its key; of a group without a key, those of its first member."""
    waiting = [check]
    while waiting:
        each = waiting.pop()
        if place := book.places.of(each):
            return place, each.key
        waiting += reversed(each.parts())
    return None, check.key
