"""Rules that another rule leaves nothing to do."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from bot.checks.check import Check
from bot.checks.combine import All, Any
from bot.checks.domain import DomainSearch
from bot.checks.facts import FlagIs, NumberIs
from bot.checks.image_post import IsImagePost
from bot.checks.language import Language
from bot.checks.scored import Scored
from bot.checks.screenshot_only import ScreenshotOnly
from bot.checks.text_search import TextSearch
from bot.matching.pattern import Pattern, Placement
from bot.matching.words import fold
from bot.rulebook.codes import Code
from bot.rulebook.diagnostic import Diagnostic
from bot.rulebook.lints.implies import implies
from bot.rulebook.lints.lint import Linted, conditions
from bot.rulebook.rule import Rule, Rulebook
from bot.text.urls import suffixes

DOUBTING = (Scored, ScreenshotOnly, IsImagePost, Language)
"""Checks whose Yes may be doubtful; and only a certain one stops the rules after it."""
Anchor = tuple[str, object]
"""Something that a rule must share with every rule that it leaves nothing to do: a word, a domain, a fact."""
OPEN: Anchor = ("open", None)
"""Of a rule that need share nothing."""
MOST = 32
"""Rules that are compared because of one anchor, the first of the book: what more of them share tells little."""
LONGEST_PART = 32
"""Letters of a word that are searched for parts of it."""


def swallowed(linted: Linted) -> Iterator[Diagnostic]:
    """Each rule that another one makes idle, with the first that does."""
    rules = linted.book.rules
    order = {id(rule): place for place, rule in enumerate(rules)}
    find = _Wider(rules)
    for rule in rules:
        for other in sorted(find.candidates(rule), key=lambda each: order[id(each)]):
            is_before = order[id(other)] < order[id(rule)]
            message = _idle(linted.book, rule, other, is_before=is_before)
            if message:
                cure = f"take one of the two out, or narrow `{other.id}`"
                yield Diagnostic(rule.place, Code.SWALLOWED, message, cure)
                break


def _idle(book: Rulebook, rule: Rule, other: Rule, *, is_before: bool) -> str:
    """Why the rule never does anything of its own; empty when it may."""
    if rule is other or not _is_wider(other, rule):
        return ""
    where = f"`{other.id}` ({other.place.path.name}:{other.place.line})"
    if is_before and other.stop and not any(isinstance(each.check, DOUBTING) for each in conditions(book, other)):
        return f"`{rule.id}` is never asked: {where} holds wherever it does, and stops the rules after it"
    same = _is_wider(rule, other) and _does_as_much(rule, other)
    if not rule.stop and _does_as_much(other, rule) and (is_before or not same):
        return f"`{rule.id}` adds nothing: wherever it holds, {where} holds too and does as much"
    return ""


def _is_wider(other: Rule, rule: Rule) -> bool:
    """Whether ``other`` holds wherever ``rule`` does."""
    everywhere = not other.communities or (rule.communities and rule.communities <= other.communities)
    excuses_less = other.unless is None or (rule.unless is not None and implies(other.unless, rule.unless))
    return bool(everywhere) and rule.kinds <= other.kinds and excuses_less and implies(rule.when, other.when)


def _does_as_much(other: Rule, rule: Rule) -> bool:
    return (
        other.mode >= rule.mode
        and set(rule.actions) <= set(other.actions)
        and rule.sidebar in {None, other.sidebar}
        and other.act_on >= rule.act_on
        and rule.exempt_moderators >= other.exempt_moderators
        and rule.exempt_admins >= other.exempt_admins
        and other.unknown_reports >= rule.unknown_reports
    )


class _Wider:
    """Rules that may be wider than a given one, without comparing every rule with every other."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        self._by_anchor: dict[Anchor, list[Rule]] = defaultdict(list)
        for rule in rules:
            for anchor in _needed(rule.when) or (OPEN,):
                if len(self._by_anchor[anchor]) < MOST:
                    self._by_anchor[anchor].append(rule)

    def candidates(self, rule: Rule) -> list[Rule]:
        found = {id(each): each for each in self._by_anchor.get(OPEN, ())}
        for anchor in _given(rule.when):
            found |= {id(each): each for each in self._by_anchor.get(anchor, ())}
        return list(found.values())


def _needed(check: Check) -> set[Anchor] | None:
    """Of these, a narrower rule has at least one; ``None`` when it need have none."""
    anchors: set[Anchor] | None = None
    match check:
        case TextSearch(wanted=wanted):
            anchors = {(_reach(each), fold(each.value)) for each in wanted}
        case DomainSearch(domains=domains):
            anchors = {("domain", each) for each in domains}
        case FlagIs(flag=fact) | NumberIs(number=fact):
            anchors = {("fact", fact.about)}
        case Scored():
            anchors = {("checker", check.key)}
        case All(inner=inner):
            found = [some for each in inner if (some := _needed(each)) is not None]
            anchors = min(found, key=_commonness, default=None)
        case Any(inner=inner):
            parts = [_needed(each) for each in inner]
            known = [part for part in parts if part is not None]
            anchors = set().union(*known) if len(known) == len(parts) else None
        case _:
            pass
    return anchors


def _reach(pattern: Pattern) -> str:
    return "part" if pattern.placement is Placement.INCLUDES and not pattern.regex else "word"


def _commonness(anchors: set[Anchor]) -> tuple[bool, int]:
    """Facts are shared by many rules, so they tell least."""
    return any(kind == "fact" for kind, _ in anchors), len(anchors)


def _given(check: Check) -> Iterator[Anchor]:
    """What the rule has: enough of it to meet every wider rule."""
    match check:
        case TextSearch(wanted=wanted):
            word = fold(min(each.value for each in wanted))
            yield "word", word
            yield from (("part", part) for part in _parts(word[:LONGEST_PART]))
        case DomainSearch(domains=domains):
            yield from (("domain", each) for each in suffixes(min(domains)))
        case All(inner=inner):
            for each in inner:
                yield from _given(each)
        case Any(inner=inner):
            yield from _given(inner[0])
        case _:
            yield from _needed(check) or ()


def _parts(word: str) -> set[str]:
    return {word[first:last] for first in range(len(word)) for last in range(first + 1, len(word) + 1)}
