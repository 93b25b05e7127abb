"""What a lint looks at, and the ways through it that several lints share."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from bot.checks.check import Check
from bot.checks.domain import DomainSearch
from bot.checks.text_search import TextSearch
from bot.matching.pattern import Pattern
from bot.rulebook.diagnostic import Diagnostic, Place
from bot.rulebook.located import Mapping as Keys
from bot.rulebook.located import Scalar
from bot.rulebook.rule import Rule, Rulebook, RuleTest
from bot.rulebook.sources import Sources

NAMING = ("id", "author.name", "author.full_name", "author.instance")
"""Fields that name something: a short value is a whole one."""


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition where it stands."""

    check: Check
    place: Place
    """Of its key, or of the nearest key around it."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """One value that a search looks for."""

    search: TextSearch
    pattern: Pattern
    written: Scalar
    condition: Condition
    is_list: bool
    """It stands in a named list."""

    @property
    def place(self) -> Place:
        return self.written.place


@dataclass(frozen=True, slots=True)
class Wording:
    """Everything that rules look for, gathered once for all lints."""

    searches: tuple[Wanted, ...]
    """Without repeats: a checker's searches serve several rules."""
    domains: tuple[tuple[DomainSearch, Scalar], ...]


@dataclass(frozen=True, slots=True)
class Linted:
    """Rules, as they were understood and as they are written."""

    book: Rulebook
    sources: Sources
    tests: Mapping[str, tuple[RuleTest, ...]]
    """All tests of a rule, by its id: those beside it, and those in files of tests."""
    wording: Wording
    written: Mapping[tuple[Path, str], Keys]
    """The keys of a rule, by its file and id."""

    def place(self, rule: Rule, key: str = "id") -> Place:
        """Where a key of a rule stands; the rule itself where it does not."""
        found = self.written[rule.place.path, rule.id].key(key)
        return rule.place if found is None else found.place


Lint = Callable[[Linted], Iterable[Diagnostic]]


def look_over(book: Rulebook, sources: Sources, tests: Mapping[str, tuple[RuleTest, ...]]) -> Linted:
    """Rules, made ready for lints."""
    written = {(file.path, id_): keys for file in sources.files for id_, keys in file.rules().items()}
    return Linted(book, sources, tests, _wording(book), written)


def conditions(book: Rulebook, rule: Rule) -> Iterator[Condition]:
    """Every condition of a rule, outer ones first, those of its checkers included."""
    waiting = [Condition(each, rule.place) for each in (rule.unless, rule.when) if each is not None]
    while waiting:
        each = waiting.pop()
        here = book.places.of(each.check) or each.place
        yield Condition(each.check, here)
        waiting += [Condition(part, here) for part in reversed(each.check.parts())]


def _wording(book: Rulebook) -> Wording:
    searches: list[Wanted] = []
    domains: list[tuple[DomainSearch, Scalar]] = []
    seen: set[int] = set()
    for rule in book.rules:
        for condition in conditions(book, rule):
            check, values = condition.check, book.places.values_of(condition.check)
            if values is None or id(check) in seen:
                continue
            seen.add(id(check))
            if isinstance(check, DomainSearch):
                domains += [(check, each) for each in values.written]
            elif isinstance(check, TextSearch):
                like = next(iter(check.wanted))
                # All values of one key are looked for in the same way.
                searches += [
                    Wanted(check, replace(like, value=each.text), each, condition, values.is_list)
                    for each in values.written
                ]
    return Wording(tuple(searches), tuple(domains))
