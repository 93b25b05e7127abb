"""Regular expressions, made looser so that engines that know only ASCII words still miss nothing.

A loosened expression matches wherever the original does, and possibly elsewhere: anchors and word boundaries are
dropped, ``\\w``, ``\\d`` and ``\\s`` take in every character beyond ASCII, letters stand for all their cases. What it
finds is confirmed by the original.
"""

import re
import warnings
from collections.abc import Callable, Iterable, Mapping
from collections.abc import Set as AbstractSet
from functools import cache, lru_cache
from re import _constants as op  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

from bot.matching.pattern import PatternError

BEYOND_ASCII = r"\x{80}-\x{10ffff}"
ASCII_CLASSES = {
    op.CATEGORY_DIGIT: "0-9",
    op.CATEGORY_SPACE: r"\x{9}-\x{d}\x{1c}-\x{20}",
    op.CATEGORY_WORD: "0-9A-Za-z_",
}
OPPOSITES = {
    op.CATEGORY_NOT_DIGIT: r"\x{0}-/:-\x{7f}",
    op.CATEGORY_NOT_SPACE: r"\x{0}-\x{8}\x{e}-\x{1b}!-\x{7f}",
    op.CATEGORY_NOT_WORD: r"\x{0}-/:-@\x{5b}-\x{5e}`\x{7b}-\x{7f}",
}
UNSUPPORTED = {
    op.ASSERT: ("look-ahead and look-behind", "put the exception into a second condition with `~`"),
    op.ASSERT_NOT: ("look-ahead and look-behind", "put the exception into a second condition with `~`"),
    op.GROUPREF: ("a back-reference", "write out what may be repeated"),
    op.GROUPREF_EXISTS: ("a conditional group", "write the two cases as two values"),
    op.ATOMIC_GROUP: ("an atomic group", "use an ordinary group `(?:…)`"),
    op.POSSESSIVE_REPEAT: ("a possessive repeat", "leave out the last `+`"),
}
LAST_CASED = 0x1E943
"""The last code point with a case."""
MOST_REPEATS = 1_000
"""Upper bounds beyond this are refused by RE2."""


def parse(value: str) -> Any:
    """The syntax tree of an expression. Raises PatternError."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            return parser.parse(value)
    except re.error as error:
        cure = "write it in single quotes, and put a backslash before `( ) [ ] { } . * + ? ^ $ |` meant as themselves"
        raise PatternError(f"not a regular expression: {error.msg}", cure, error.pos) from None
    except (Warning, OverflowError, RecursionError) as error:
        raise PatternError(f"not a regular expression: {error}", r"write `\[` for a bracket inside brackets") from None


def loosen(value: str) -> str:
    """The looser expression, in the syntax that RE2 and hyperscan share. Raises PatternError."""
    return _sequence(parse(value))


def _sequence(tree: Iterable[tuple[Any, Any]]) -> str:
    return "".join(_node(code, argument) for code, argument in tree)


def _node(code: Any, argument: Any) -> str:
    if code in UNSUPPORTED:
        what, cure = UNSUPPORTED[code]
        raise PatternError(f"{what} is not supported: it can take for ever on a hostile text", cure)
    if code not in LOOSER:
        raise PatternError(f"`{str(code).lower()}` is not supported in a regular expression")
    return LOOSER[code](argument)


def _repeat(bounds: tuple[int, Any, Any]) -> str:
    least, most, tree = bounds
    inner = f"(?:{_sequence(tree)})"
    if inner == "(?:)":
        return ""
    if least > MOST_REPEATS or (most is not op.MAXREPEAT and most > MOST_REPEATS):
        raise PatternError(f"a repeat of more than {MOST_REPEATS:,} is not supported", "use `+` or a smaller number")
    if most is op.MAXREPEAT:
        return inner + {0: "*", 1: "+"}.get(least, f"{{{least},}}")
    return inner + f"{{{least},{most}}}"


def _set(items: list[tuple[Any, Any]]) -> str:
    negated = items[0][0] is op.NEGATE
    if negated:
        return _negated_set(items[1:])
    return "[" + "".join(_member(code, argument) for code, argument in items) + r"\x{17f}\x{212a}\x{130}\x{131}]"


def _member(code: Any, argument: Any) -> str:
    if code is op.LITERAL:
        return "".join(_escape(each) for each in cases(argument))
    if code is op.RANGE:
        return _range(*argument)
    if argument in ASCII_CLASSES:
        return ASCII_CLASSES[argument] + BEYOND_ASCII
    return OPPOSITES[argument] + BEYOND_ASCII


def _range(first: int, last: int) -> str:
    plain = f"{_escape(first)}-{_escape(last)}"
    if last - first > MOST_REPEATS:
        return plain + r"\x{0}-\x{10ffff}"
    others = {other for each in range(first, last + 1) for other in cases(each)} - set(range(first, last + 1))
    return plain + "".join(_escape(each) for each in sorted(others))


def _negated_set(items: list[tuple[Any, Any]]) -> str:
    """Only what is surely excluded in every case stays excluded."""
    excluded = "".join(
        _escape(argument) if code is op.LITERAL else ASCII_CLASSES.get(argument, "")
        for code, argument in items
        if (code is op.LITERAL and len(cases(argument)) == 1) or code is op.CATEGORY
    )
    return f"[^{excluded}]" if excluded else r"[\x{0}-\x{10ffff}]"


def _any_case(character: int) -> str:
    variants = cases(character)
    if len(variants) == 1:
        return _escape(character)
    return "[" + "".join(_escape(each) for each in variants) + "]"


@lru_cache(maxsize=8_192)
def cases(character: int) -> tuple[int, ...]:
    """The character and everything that a search without regard to case takes for it, as code points."""
    letter = chr(character)
    if letter.isascii() and not letter.isalpha():
        return (character,)
    forms = {letter}
    for _ in range(3):
        forms |= {form for each in forms for form in (each.lower(), each.upper(), each.title()) if len(form) == 1}
    for each in tuple(forms):
        forms |= _folded_alike().get(each.casefold(), set())
    if forms & set("iIİı"):
        forms |= set("iIİı")
    return tuple(sorted(ord(form) for form in forms))


@cache
def _folded_alike() -> Mapping[str, AbstractSet[str]]:
    """Letters beyond ASCII by what they are folded to: the micro sign has the case of my, but my does not name it."""
    alike: dict[str, set[str]] = {}
    for letter in map(chr, range(0x80, LAST_CASED + 1)):
        folded = letter.casefold()
        if folded != letter:
            alike.setdefault(folded, set()).add(letter)
    return alike


def _escape(character: int) -> str:
    letter = chr(character)
    return letter if letter.isascii() and letter.isalnum() else rf"\x{{{character:x}}}"


LOOSER: Mapping[Any, Callable[[Any], str]] = {
    op.LITERAL: _any_case,
    op.NOT_LITERAL: lambda character: rf"[^\x{{{character:x}}}]",
    op.ANY: lambda _: r"[\x{0}-\x{10ffff}]",
    op.IN: _set,
    op.BRANCH: lambda branches: "(?:" + "|".join(_sequence(branch) for branch in branches[1]) + ")",
    op.SUBPATTERN: lambda group: f"(?:{_sequence(group[3])})",
    op.MAX_REPEAT: _repeat,
    op.MIN_REPEAT: _repeat,
    op.AT: lambda _: "",
}
