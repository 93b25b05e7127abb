"""Expressions as lists of alternatives: single words among them can be looked up, what is left is searched for."""

from collections.abc import Iterable
from itertools import product
from re import _constants as op  # type: ignore[attr-defined]
from typing import Any

MOST_WORDS = 256
"""Spellings of one alternative; an expression of more is quicker searched for."""
_WORD = frozenset("abcdefghijklmnopqrstuvwxyz0123456789_")


def branches_of(tree: Any) -> list[Any]:
    """The alternatives of a syntax tree, itself if it has none. Of an end that may be left out there are two, because
    words with it and without it may have edges of another kind."""
    nodes = list(tree)
    if len(nodes) == 1:
        return _alternatives(*nodes[0]) or [tree]
    if nodes and not _is_needed(*nodes[-1]):
        return [*branches_of([*nodes[:-1], *nodes[-1][1][2]]), *branches_of(nodes[:-1])]
    return [tree]


def _alternatives(code: Any, argument: Any) -> list[Any]:
    if code is op.SUBPATTERN:
        return branches_of(argument[3])
    return [each for branch in argument[1] for each in branches_of(branch)] if code is op.BRANCH else []


def _is_needed(code: Any, argument: Any) -> bool:
    """Whether an end cannot be left out, or is of letters and makes no other edge."""
    return code is not op.MAX_REPEAT or argument[:2] != (0, 1) or bool(spellings(argument[2]))


def spellings(tree: Iterable[tuple[Any, Any]]) -> set[str]:
    """Every text, in lower case, that an alternative matches; none unless all of them are words of ASCII, and few."""
    found = _sequence(tree)
    return set() if "" in found else found


def _spellings_of(code: Any, argument: Any) -> set[str]:
    match code:
        case op.AT:
            return {""}
        case op.LITERAL | op.IN:
            return _members([(code, argument)] if code is op.LITERAL else argument)
        case op.SUBPATTERN:
            return _sequence(argument[3])
        case op.BRANCH:
            return _all_of(argument[1])
        case op.MAX_REPEAT | op.MIN_REPEAT if argument[1] is not op.MAXREPEAT:
            return _repeated(*argument)
        case _:
            return set()


def _letters(first: int, last: int) -> set[str]:
    letters = {chr(number).lower() for number in range(first, last + 1)} if last < 0x80 else {""}
    return letters if letters <= _WORD else set()


def _members(members: Iterable[tuple[Any, Any]]) -> set[str]:
    found = set[str]()
    for code, argument in members:
        if code not in {op.LITERAL, op.RANGE}:
            return set()
        first, last = argument if code is op.RANGE else (argument, argument)
        letters = _letters(first, last)
        if not letters:
            return set()
        found |= letters
    return found


def _sequence(tree: Iterable[tuple[Any, Any]]) -> set[str]:
    found = {""}
    for code, argument in tree:
        more = _spellings_of(code, argument)
        if len(found) * len(more) > MOST_WORDS:
            return set()
        found = {start + end for start, end in product(found, more)}
    return found


def _all_of(trees: Iterable[Any]) -> set[str]:
    each = [_sequence(tree) for tree in trees]
    return set[str]().union(*each) if all(each) else set()


def _repeated(least: int, most: int, tree: Any) -> set[str]:
    """How often it may stand, one after the other; too many times are too many spellings."""
    once = _sequence(tree)
    if not once or len(once | {""}) ** most > MOST_WORDS:
        return set()
    return {"".join(parts) for times in range(least, most + 1) for parts in product(once, repeat=times)}
