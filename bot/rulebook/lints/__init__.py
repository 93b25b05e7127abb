"""Doubts about rules that load: what probably does not do what was meant. One list; each lint is a function."""

from bisect import bisect_right, insort
from collections.abc import Iterable
from pathlib import Path

from bot.rulebook.codes import Code
from bot.rulebook.diagnostic import Diagnostic, Place
from bot.rulebook.lints import domains, never, patterns, rules, sidebars, swallowed, tests, values, words
from bot.rulebook.lints.lint import Lint, Linted
from bot.rulebook.rule import Rulebook

LINTS: tuple[Lint, ...] = (
    never.never,
    swallowed.swallowed,
    rules.only_exceptions,
    rules.age_equals,
    rules.unguarded,
    sidebars.no_sidebar,
    sidebars.not_enforced,
    sidebars.not_in_sidebar,
    tests.one_sided,
    values.unused,
    words.finds_all,
    patterns.costly,
    patterns.literal_regex,
    patterns.forgotten_regex,
    patterns.needless_escapes,
    patterns.no_case,
    words.short,
    words.inside_words,
    words.unspaced,
    domains.suffix,
    domains.no_domain,
    values.repeated,
    values.surprise,
)


HOPELESS = frozenset({Code.NEVER, Code.SWALLOWED})
CONSEQUENCES = frozenset({Code.ONE_SIDED, Code.UNTESTED})
"""Not worth telling of a rule that can do nothing anyway."""


def lint(linted: Linted) -> set[Diagnostic]:
    """Every doubt of every lint. What tests do not need is found elsewhere, by judging them."""
    return {found for each in LINTS for found in each(linted)}


def without_consequences(found: Iterable[Diagnostic], book: Rulebook) -> list[Diagnostic]:
    """Without what follows from a rule's being idle."""
    all_found = list(found)
    starts: dict[Path, list[int]] = {}
    for rule in book.rules:
        insort(starts.setdefault(rule.place.path, []), rule.place.line)

    def rule_of(place: Place) -> tuple[Path, int]:
        return place.path, bisect_right(starts.get(place.path, []), place.line)

    idle = {rule_of(each.place) for each in all_found if each.code in HOPELESS}
    return [each for each in all_found if each.code not in CONSEQUENCES or rule_of(each.place) not in idle]
