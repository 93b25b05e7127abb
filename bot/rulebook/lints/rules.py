"""Rules that go further than they should, or ask what they should not."""

from collections.abc import Iterator

from bot.checks.author_history import WrittenHere
from bot.checks.check import Check
from bot.checks.combine import All, Any, NoneOf, Not
from bot.checks.domain import DomainSearch
from bot.checks.facts import AUTHOR_FLAGS, AUTHOR_NUMBERS, ITEM_NUMBERS, FlagIs, NumberIs
from bot.checks.setting import span_words
from bot.checks.text_search import TextSearch
from bot.checks.within import Within
from bot.domain.action import ActionKind
from bot.domain.item import Kind
from bot.rulebook.codes import Code
from bot.rulebook.diagnostic import Diagnostic, Place
from bot.rulebook.lints.lint import Linted, conditions
from bot.rulebook.rule import Rule

AUTHORS = frozenset({id(fact) for fact in (*AUTHOR_FLAGS.values(), *AUTHOR_NUMBERS.values())})
DRASTIC = (ActionKind.BAN, ActionKind.REMOVE)
"""Actions that take something from a person, the harder first."""


def only_exceptions(linted: Linted) -> Iterator[Diagnostic]:
    """Rules, and alternatives of rules, that say only what must not be there: they hold for nearly everything."""
    for rule in linted.book.rules:
        if _only_excludes(rule.when):
            yield Diagnostic(
                linted.place(rule, "when"),
                Code.ONLY_EXCEPTIONS,
                f"`{rule.id}` says only what must not be there: it holds for nearly everything else",
                "add a condition without `~` and `none` that says what it is about",
            )


def _only_excludes(check: Check) -> bool:
    match check:
        case Not() | NoneOf():
            return True
        case All(inner=inner):
            return all(_only_excludes(each) for each in inner)
        case Any(inner=inner):
            return any(_only_excludes(each) for each in inner)
        case _:
            return False


def age_equals(linted: Linted) -> Iterator[Diagnostic]:
    """Ages that must be met to the second."""
    seen: set[Place] = set()
    for rule in linted.book.rules:
        for each in conditions(linted.book, rule):
            check = each.check
            if isinstance(check, NumberIs) and check.number.is_age and check.wanted.sign in {"", "=", "=="}:
                span = span_words(check.wanted.number)
                if each.place not in seen:
                    seen.add(each.place)
                    yield Diagnostic(
                        each.place,
                        Code.AGE_EQUALS,
                        f"`{check.key}` asks for exactly {span}, to the second: no age is ever that",
                        f'write `"< {span}"` or `"> {span}"`',
                    )


def unguarded(linted: Linted) -> Iterator[Diagnostic]:
    """Removals and bans whatever the author is, without any exception."""
    for rule in linted.book.rules:
        kinds = {action.kind for action in rule.actions}
        hardest = next((each for each in DRASTIC if each in kinds), None)
        if hardest is None or _asks_the_author(linted, rule):
            continue
        if hardest is ActionKind.REMOVE and rule.unless is None:
            yield _unguarded(linted, rule, "removes", "nor an exception", "or an `unless`")
        if hardest is ActionKind.BAN and len(rule.kinds) == len(Kind) and not _asks_the_age(linted, rule):
            yield _unguarded(linted, rule, "bans", "nor one on the age or kind of the item", "an `age` or an `on`")


def _unguarded(linted: Linted, rule: Rule, deed: str, lacks: str, instead: str) -> Diagnostic:
    return Diagnostic(
        linted.place(rule, "then"),
        Code.UNGUARDED,
        f"`{rule.id}` {deed} with neither a condition on the author {lacks}",
        f'add one, as in `unless: {{author: {{account_age: "> 1 year"}}}}`, {instead}',
    )


def _asks_the_author(linted: Linted, rule: Rule) -> bool:
    return any(_is_about_the_author(each.check) for each in conditions(linted.book, rule))


def _is_about_the_author(check: Check) -> bool:
    match check:
        case TextSearch(fields=fields):
            return any(field.startswith("author.") for field in fields)
        case DomainSearch(field=field):
            return field.startswith("author.")
        case FlagIs(flag=flag):
            return id(flag) in AUTHORS
        case NumberIs(number=number):
            return id(number) in AUTHORS
        case WrittenHere() | Within():
            return True
        case _:
            return False


def _asks_the_age(linted: Linted, rule: Rule) -> bool:
    return any(
        isinstance(each.check, NumberIs) and each.check.number is ITEM_NUMBERS["age"]
        for each in conditions(linted.book, rule)
    )
