"""Patterns that engines find exactly: named in a plain text, they stand there, and no second look is needed.

A text is plain that is of ASCII and does not end with a new line, at whose sight engines do not agree on where the end
is.
"""

import re
from collections.abc import Sequence
from re import _constants as op  # type: ignore[attr-defined]
from typing import Any

from bot.matching.branches import branches_of
from bot.matching.exact import literal
from bot.matching.loosen import ALIKE, WORD, Loose, parse
from bot.matching.pattern import Pattern, Placement, Span
from bot.matching.words import is_plain

_PLACES = frozenset(Placement) - {Placement.FULL_TEXT}
_UNALIKE = frozenset({op.CATEGORY_SPACE, op.CATEGORY_NOT_SPACE})
"""What belongs to them, engines do not agree on."""
_ALIKE = tuple(map(ord, ALIKE))
_ANY_OF_A_WORD = [(op.IN, [(op.CATEGORY, op.CATEGORY_WORD)])]


def is_plain_text(text: str) -> bool:
    """Whether what is found exactly stands in a text when it may."""
    return text.isascii() and not text.endswith("\n")


def is_found_exactly(pattern: Pattern) -> bool:
    """Whether its looser form says the same about every plain text. Not whenever that is so, but whenever it is
    told."""
    if pattern.verbatim or pattern.case_sensitive or pattern.placement not in _PLACES:
        return False
    if pattern.regex:
        return _loses_nothing(pattern)
    plain = literal(pattern)
    has_edges = plain is None or plain.before or plain.after
    return is_plain(pattern) or not (has_edges or not pattern.value.isascii())


def _loses_nothing(pattern: Pattern) -> bool:
    tree = parse(pattern.value)
    if tree.state.flags & ~re.UNICODE or not all(_is_kept(*node) for node in tree):
        return False
    if pattern.placement is not Placement.WORD:
        return True
    loose = Loose(keeps_case=False)
    return all(
        _has_plain_edge(loose, branch, backwards=backwards)
        for branch in branches_of(tree)
        for backwards in (False, True)
    )


def _has_plain_edge(loose: Loose, branch: Sequence[tuple[Any, Any]], *, backwards: bool) -> bool:
    """Whether a word ends where the looser expression says so: it asks for an edge, none is needed, or what it matches
    may be taken to be longer, up to an edge."""
    edge = loose.edge(branch, backwards=backwards)
    code, argument = branch[-1 if backwards else 0]
    takes_all = code is op.MAX_REPEAT and argument[1] is op.MAXREPEAT and list(argument[2]) == _ANY_OF_A_WORD
    return edge <= WORD or edge.isdisjoint(WORD) or takes_all


def _is_kept(code: Any, argument: Any) -> bool:
    """Whether a node is written again as it is, as far as ASCII goes."""
    match code:
        case op.SUBPATTERN:
            _, added, taken, inner = argument
            return not (added or taken) and all(_is_kept(*node) for node in inner)
        case op.MAX_REPEAT:
            return all(_is_kept(*node) for node in argument[2])
        case op.BRANCH:
            return all(_is_kept(*node) for branch in argument[1] for node in branch)
        case op.IN:
            is_negated = argument[0][0] is op.NEGATE
            members = argument[1:] if is_negated else argument
            return all(_is_member_kept(*member, is_negated=is_negated) for member in members)
        case op.LITERAL | op.NOT_LITERAL:
            return _is_member_kept(op.LITERAL, argument, is_negated=code is op.NOT_LITERAL)
        case _:
            return code is op.ANY


def _is_member_kept(code: Any, argument: Any, *, is_negated: bool) -> bool:
    """A letter that is not to stand somewhere is not left out from all the signs that may mean it."""
    if code is op.CATEGORY:
        return argument not in _UNALIKE
    first, last = (argument, argument) if code is op.LITERAL else argument
    is_alike = any(first <= each <= last for each in _ALIKE)
    is_letter = first <= ord("z") and last >= ord("A") and not ord("Z") < first <= last < ord("a")
    return not (is_alike or (is_negated and is_letter))


def spans(expression: Any, text: str) -> tuple[Span, ...]:
    """Where what its engine made of such an expression stands in a plain text; in time linear in the text."""
    return tuple([Span(*match.span()) for match in expression.finditer(text.encode("ascii"))])


def stands(expression: Any, text: str) -> bool:
    """Whether there is any such place."""
    return expression.search(text.encode("ascii")) is not None
