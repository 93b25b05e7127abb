"""Rules, alternatives and signals that no item can ever meet."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import product

from bot.checks.author_history import WrittenHere
from bot.checks.body_length import BodyLength
from bot.checks.check import Check
from bot.checks.combine import All, Any, NoneOf, Not
from bot.checks.domain import DomainSearch
from bot.checks.facts import FlagIs, NumberIs
from bot.checks.image_post import IsImagePost
from bot.checks.language import Language
from bot.checks.parent_post import ParentPost
from bot.checks.screenshot_only import ScreenshotOnly
from bot.checks.signal import Signal
from bot.checks.text_search import TextSearch
from bot.checks.within import OF, Within
from bot.domain.item import Kind
from bot.matching.exact import spans
from bot.matching.pattern import Placement
from bot.rulebook.codes import Code
from bot.rulebook.diagnostic import Diagnostic, Place
from bot.rulebook.lints.implies import Quantity, Range, implies, numbers, quantity
from bot.rulebook.lints.lint import Linted, conditions
from bot.rulebook.rule import Rule
from bot.text.prepare import FIELDS_OF
from bot.text.urls import is_under

MOST = 64
"""Alternatives of one rule that are looked at; what makes more is taken to be possible."""
MOST_BESIDE = 100
"""Conditions beside each other that are compared; a rule with more is taken to be possible."""
WHOLE = frozenset({Placement.FULL_EXACT, Placement.FULL_TEXT})
POST, COMMENT = frozenset({Kind.POST}), frozenset({Kind.COMMENT})


@dataclass(frozen=True, slots=True)
class Literal:
    """One plain condition, and whether it has to hold."""

    check: Check
    holds: bool
    above: bool = False
    """It is about the post above a comment."""

    def __str__(self) -> str:
        return f"`{'' if self.holds else '~'}{self.check.key.lstrip('~ ')}`"


def never(linted: Linted) -> Iterator[Diagnostic]:
    """Rules, and alternatives of rules, that cannot hold; signals of checkers too."""
    for rule in linted.book.rules:
        why = _impossible(rule, rule.when)
        if why:
            yield _finding(linted.place(rule, "when"), f"`{rule.id}` can never hold: {why}")
            continue
        for each in rule.when.inner if isinstance(rule.when, Any) else ():
            place = _first_place(linted, each)
            if place and (why := _impossible(rule, each)):
                yield _finding(place, f"this alternative can never hold: {why}")
        yield from _signals(linted, rule)


def _signals(linted: Linted, rule: Rule) -> Iterator[Diagnostic]:
    for each in conditions(linted.book, rule):
        signal = each.check
        if isinstance(signal, Signal) and (why := _all_clash(_alternatives(signal.check), frozenset(Kind))):
            place = _first_place(linted, signal.check) or each.place
            yield _finding(place, f"the signal `{signal.id}` can never hold: {why}")


def _finding(place: Place, message: str) -> Diagnostic:
    return Diagnostic(place, Code.NEVER, message, "take one of the two out, or make them alternatives")


def _impossible(rule: Rule, when: Check) -> str:
    excused = Not("unless", rule.unless) if rule.unless else None
    return _all_clash(_alternatives(All("all", (when, excused)) if excused else when), rule.kinds)


def _all_clash(alternatives: Sequence[Sequence[Literal]], kinds: frozenset[Kind]) -> str:
    """Why none of them is possible; empty when one may be."""
    clashes = [_clash(each, kinds) for each in alternatives]
    return clashes[0] if all(clashes) else ""


def _alternatives(check: Check, *, holds: bool = True) -> list[tuple[Literal, ...]]:
    match check:
        case Not(inner=inner):
            return _alternatives(inner, holds=not holds)
        case All() | Any() | NoneOf():
            parts = [_alternatives(each, holds=holds != isinstance(check, NoneOf)) for each in check.inner]
            return _joined(parts) if holds != isinstance(check, Any) else _gathered(parts)
        case ParentPost(inner=inner) if holds:
            return [
                (Literal(check, holds=True), *(Literal(each.check, each.holds, above=True) for each in literals))
                for literals in _alternatives(inner)
            ]
        case _:
            return [(Literal(check, holds),)]


def _joined(parts: Sequence[list[tuple[Literal, ...]]]) -> list[tuple[Literal, ...]]:
    """All of the parts together; parts that would make too many alternatives are left out."""
    count, kept = 1, []
    for part in parts:
        if count * len(part) <= MOST:
            count *= len(part)
            kept.append(part)
    return [tuple(literal for literals in chosen for literal in literals) for chosen in product(*kept)]


def _gathered(parts: Sequence[list[tuple[Literal, ...]]]) -> list[tuple[Literal, ...]]:
    """Any of the parts; the empty alternative, which is always possible, where there are too many."""
    gathered = [each for part in parts for each in part]
    return gathered if len(gathered) <= MOST else [()]


def _clash(literals: Sequence[Literal], kinds: frozenset[Kind]) -> str:
    if len(literals) > MOST_BESIDE:
        return ""
    return (
        _no_kind(literals, kinds)
        or next(filter(None, (_pair_clash(one, other) for one in literals for other in literals)), "")
        or _no_number(literals)
        or _no_text(literals)
    )


def _no_kind(literals: Sequence[Literal], kinds: frozenset[Kind]) -> str:
    left = kinds
    for each in literals:
        able = kinds_of(each.check) if each.holds else frozenset(Kind)
        if each.above:
            left, able = left & COMMENT, able | COMMENT if Kind.POST in able else frozenset()
        if not left & able:
            return f"{each} is never so for {_words(left)}"
        left &= able
    return ""


def kinds_of(check: Check) -> frozenset[Kind]:
    """For which kinds of items a condition can hold."""
    able = frozenset(Kind)
    match check:
        case FlagIs(flag=fact) | NumberIs(number=fact):
            able = fact.kinds
        case TextSearch(fields=fields):
            able = frozenset(kind for kind in Kind if not FIELDS_OF[kind].isdisjoint(fields))
        case DomainSearch(field=field):
            able = frozenset(kind for kind in Kind if field in FIELDS_OF[kind])
        case ParentPost():
            able = COMMENT
        case ScreenshotOnly() | IsImagePost(wanted=True):
            able = POST
        case Within(of=of):
            able = OF[of]
        case _:
            pass
    return able


def _words(kinds: frozenset[Kind]) -> str:
    return " and ".join(f"{kind}s" for kind in Kind if kind in kinds)


def _pair_clash(one: Literal, other: Literal) -> str:
    """Two conditions that exclude each other by themselves."""
    if one.above != other.above or one is other or not one.holds:
        return ""
    if not other.holds:
        return f"{other} rules out all that {one} finds" if implies(one.check, other.check) else ""
    match one.check, other.check:
        case FlagIs() as first, FlagIs() as second if first.flag is second.flag:
            clashes = first.wanted is not second.wanted
        case IsImagePost() as first, IsImagePost() as second:
            clashes = first.wanted is not second.wanted
        case Language() as first, Language() as second:
            clashes = first.numbers.isdisjoint(second.numbers)
        case DomainSearch() as first, DomainSearch() as second if first.field == second.field:
            clashes = not any(is_under(a, b) or is_under(b, a) for a in first.domains for b in second.domains)
        case _:
            clashes = False
    return f"{one} and {other} exclude each other" if clashes else ""


def _no_number(literals: Sequence[Literal]) -> str:
    ranges: dict[tuple[bool, Quantity], tuple[Range, list[str]]] = {}
    for each in literals:
        found = quantity(each.check)
        wanted = numbers(*found, holds=each.holds) if found else None
        if found is None or wanted is None:
            continue
        place = (each.above, found[0])
        before, words = ranges.get(place, (Range(found[0].least, float("inf")), []))
        words = [*words, f"{'' if each.holds else 'not '}{_asked(each.check)}"]
        ranges[place] = (before.common(wanted), words)
        if ranges[place][0].is_empty:
            return f"{each} cannot be {' and '.join(words)} at once"
    return ""


def _asked(check: Check) -> str:
    match check:
        case BodyLength(longer=longer):
            return f"{'longer' if longer else 'shorter'} than {check.asked()}"
        case NumberIs() | WrittenHere():
            return check.asked()
        case _:
            return ""


def _no_text(literals: Sequence[Literal]) -> str:
    """Of a field that must be one of several whole texts, the texts that the other searches leave."""
    searches = [(each, each.check) for each in literals if isinstance(each.check, TextSearch)]
    for whole, search in searches:
        if not whole.holds or not _is_whole(search):
            continue
        left = {pattern.value for pattern in search.wanted}
        for other, beside in searches:
            if beside is not search and other.above == whole.above:
                left = {text for text in left if _allows(other, beside, search.fields[0], text)}
                if not left:
                    return f"no text is as {whole} and as {other} want it"
    return ""


def _is_whole(search: TextSearch) -> bool:
    return len(search.fields) == 1 and all(
        pattern.placement in WHOLE and not pattern.regex for pattern in search.wanted
    )


def _allows(literal: Literal, search: TextSearch, field: str, text: str) -> bool:
    about = search.fields == (field,) if literal.holds else field in search.fields
    if not about or any(pattern.case_sensitive for pattern in search.wanted):
        return True
    return any(spans(pattern, text) for pattern in search.wanted) is literal.holds


def _first_place(linted: Linted, check: Check) -> Place | None:
    waiting: list[Check] = [check]
    places: Iterable[Place | None] = ()
    while waiting:
        each = waiting.pop()
        place = linted.book.places.of(each)
        if place:
            places = (*places, place)
        else:
            waiting += each.parts()
    return min(filter(None, places), default=None)
