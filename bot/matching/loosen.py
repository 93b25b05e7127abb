"""Regular expressions, made looser so that engines that know only ASCII words still miss nothing.

A loosened expression is looked for in a narrowed text, in which one sign stands for every character beyond ASCII. It
matches wherever the original does, and possibly elsewhere: its own anchors and word boundaries are dropped, ``\\w``,
``\\d`` and ``\\s`` take in that sign, letters stand for all their cases. What it finds is confirmed by the original.
"""

import re
import warnings
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from functools import cache, lru_cache
from re import _constants as op  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

from bot.matching.branches import branches_of
from bot.matching.pattern import Pattern, PatternError, Placement

BEYOND = 0x80
"""Stands for every character beyond ASCII."""
ALIKE = {"ſ": "s", "\N{KELVIN SIGN}": "k", "İ": "i", "ı": "i"}
"""Letters beyond ASCII that are another case of an ASCII letter; a narrowed text has that letter."""
EVERYTHING = frozenset(range(BEYOND + 1))
WORD = frozenset(number for number in range(BEYOND) if chr(number).isalnum() or chr(number) == "_")
DIGIT = frozenset(range(ord("0"), ord("9") + 1))
SPACE = frozenset({*range(0x09, 0x0E), 0x20})
SEPARATORS = frozenset(range(0x1C, 0x20))
"""Blanks for one engine and not for another."""
_CATEGORIES = (
    (op.CATEGORY_DIGIT, op.CATEGORY_NOT_DIGIT, DIGIT | {BEYOND}, EVERYTHING - DIGIT),
    (op.CATEGORY_SPACE, op.CATEGORY_NOT_SPACE, SPACE | SEPARATORS | {BEYOND}, EVERYTHING - SPACE),
    (op.CATEGORY_WORD, op.CATEGORY_NOT_WORD, WORD | {BEYOND}, EVERYTHING - WORD),
)
MEMBERS: Mapping[Any, AbstractSet[int]] = {
    category: signs
    for one, other, of_one, of_other in _CATEGORIES
    for category, signs in ((one, of_one), (other, of_other))
}
"""Every sign that may belong to a category."""
OTHERS: Mapping[Any, AbstractSet[int]] = {
    category: signs
    for one, other, of_one, of_other in _CATEGORIES
    for category, signs in ((one, of_other), (other, of_one))
}
"""Every sign that may not belong to it."""
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
_NO_LETTERS = r"[^0-9A-Za-z]*"
AROUND: Mapping[Placement, tuple[str, str]] = {
    Placement.STARTS_WITH: (r"\A", ""),
    Placement.ENDS_WITH: ("", r"\n?\z"),
    Placement.FULL_EXACT: (r"\A", r"\n?\z"),
    Placement.FULL_TEXT: (rf"\A{_NO_LETTERS}", rf"{_NO_LETTERS}\z"),
}
"""What stands before and after a value that must stand somewhere, for any text in which ASCII is written as it is."""
MOST_TREES = 2_000
"""Expressions whose trees are remembered: several questions are asked about each while rules are loaded."""
_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]")
_TURNS_CASE_OFF = re.compile(r"\(\?[A-Za-z-]*i")


def narrow(text: str) -> str:
    """The text as loosened expressions see it, place by place."""
    if text.isascii():
        return text
    for letter, alike in ALIKE.items():
        text = text.replace(letter, alike)
    return _BEYOND_ASCII.sub(chr(BEYOND), text)


@lru_cache(maxsize=MOST_TREES)
def parse(value: str) -> Any:
    """The syntax tree of an expression, which nobody changes. Raises PatternError."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            return parser.parse(value)
    except re.error as error:
        cure = "write it in single quotes, and put a backslash before `( ) [ ] { } . * + ? ^ $ |` meant as themselves"
        raise PatternError(f"not a regular expression: {error.msg}", cure, error.pos) from None
    except (Warning, OverflowError, RecursionError) as error:
        raise PatternError(f"not a regular expression: {error}", r"write `\[` for a bracket inside brackets") from None


def loosen(pattern: Pattern, branches: Sequence[Any] = ()) -> str:
    """The looser expression, in the syntax that RE2 and hyperscan share. Raises PatternError.

    ``branches``: of a whole word, only these of its alternatives.
    """
    loose = Loose(keeps_case=pattern.case_sensitive and not _TURNS_CASE_OFF.search(pattern.value))
    tree = parse(pattern.value)
    if pattern.placement is Placement.WORD:
        return "|".join(map(loose.word, branches or branches_of(tree)))
    before, after = AROUND.get(pattern.placement, ("", ""))
    return f"{before}(?:{loose.sequence(tree)}){after}"


class Loose:
    """Writes expressions again, over the signs of a narrowed text."""

    def __init__(self, *, keeps_case: bool) -> None:
        self._keeps_case = keeps_case

    def sequence(self, tree: Iterable[tuple[Any, Any]]) -> str:
        return "".join(self._node(code, argument) for code, argument in tree)

    def word(self, tree: Any) -> str:
        """With the boundaries of a whole word, where its edges can be nothing else."""
        before = r"\b" if self.edge(tree) <= WORD else ""
        after = r"\b" if self.edge(tree, backwards=True) <= WORD else ""
        return f"{before}(?:{self.sequence(tree)}){after}"

    def edge(self, tree: Iterable[tuple[Any, Any]], *, backwards: bool = False) -> AbstractSet[int]:
        """Every sign that whatever it matches may begin with; or end with, backwards."""
        signs = frozenset[int]()
        nodes = list(tree)
        for code, argument in reversed(nodes) if backwards else nodes:
            if code is op.AT:
                continue
            signs |= self._edge(code, argument, backwards=backwards)
            if not _may_be_empty(code, argument):
                break
        return signs

    def _edge(self, code: Any, argument: Any, *, backwards: bool) -> AbstractSet[int]:
        match code:
            case op.SUBPATTERN:
                return self.edge(argument[3], backwards=backwards)
            case op.MAX_REPEAT | op.MIN_REPEAT:
                return self.edge(argument[2], backwards=backwards)
            case op.BRANCH:
                return frozenset[int]().union(*(self.edge(branch, backwards=backwards) for branch in argument[1]))
            case _:
                return self._signs(code, argument)

    def _node(self, code: Any, argument: Any) -> str:
        if code in UNSUPPORTED:
            what, cure = UNSUPPORTED[code]
            raise PatternError(f"{what} is not supported: it can take for ever on a hostile text", cure)
        match code:
            case op.AT:
                return ""
            case op.BRANCH:
                return "(?:" + "|".join(self.sequence(branch) for branch in argument[1]) + ")"
            case op.SUBPATTERN:
                return f"(?:{self.sequence(argument[3])})"
            case op.MAX_REPEAT | op.MIN_REPEAT:
                return self._repeat(*argument)
            case op.LITERAL | op.NOT_LITERAL | op.ANY | op.IN:
                return _one_of(self._signs(code, argument))
            case _:
                raise PatternError(f"`{str(code).lower()}` is not supported in a regular expression")

    def _repeat(self, least: int, most: Any, tree: Any) -> str:
        inner = f"(?:{self.sequence(tree)})"
        if inner == "(?:)":
            return ""
        if least > MOST_REPEATS or (most is not op.MAXREPEAT and most > MOST_REPEATS):
            raise PatternError(
                f"a repeat of more than {MOST_REPEATS:,} is not supported", "use `+` or a smaller number"
            )
        if most is op.MAXREPEAT:
            return inner + {0: "*", 1: "+"}.get(least, f"{{{least},}}")
        return inner + f"{{{least},{most}}}"

    def _signs(self, code: Any, argument: Any) -> AbstractSet[int]:
        """Every sign that one character's worth of an expression may match."""
        match code:
            case op.LITERAL:
                return self._cases(argument)
            case op.NOT_LITERAL:
                return EVERYTHING - self._surely(op.LITERAL, argument)
            case op.IN if argument[0][0] is op.NEGATE:
                return EVERYTHING - frozenset[int]().union(*(self._surely(*each) for each in argument[1:]))
            case op.IN:
                return frozenset[int]().union(*(self._members(*each) for each in argument))
            case _:
                return EVERYTHING

    def _members(self, code: Any, argument: Any) -> AbstractSet[int]:
        """Every sign that may be a member of a set."""
        if code is op.LITERAL:
            return self._cases(argument)
        if code is op.CATEGORY:
            return MEMBERS[argument]
        first, last = argument
        inside = frozenset(range(first, min(last, BEYOND - 1) + 1))
        alike = {ord(alike) for letter, alike in ALIKE.items() if first <= ord(letter) <= last}
        cased = frozenset[int]().union(*(self._cases(each) for each in inside | alike))
        return cased | {BEYOND} if last >= BEYOND else cased

    def _surely(self, code: Any, argument: Any) -> AbstractSet[int]:
        """Signs that stand for nothing but members of a set, whatever their case."""
        if code is op.CATEGORY:
            return EVERYTHING - OTHERS[argument]
        first, last = (argument, argument) if code is op.LITERAL else argument
        inside = range(first, min(last, BEYOND - 1) + 1)
        return frozenset(each for each in inside if len(cases(each)) <= (2 if self._keeps_case else 1))

    def _cases(self, character: int) -> AbstractSet[int]:
        return _signs_of(character) if self._keeps_case else _signs_of(*cases(character))


@lru_cache(maxsize=8_192)
def _signs_of(*characters: int) -> frozenset[int]:
    """What stands for the characters in a narrowed text."""
    return frozenset(ord(narrow(chr(each))) for each in characters)


def _may_be_empty(code: Any, argument: Any) -> bool:
    match code:
        case op.SUBPATTERN:
            return bool(argument[3].getwidth()[0] == 0)
        case op.MAX_REPEAT | op.MIN_REPEAT:
            return argument[0] == 0 or bool(argument[2].getwidth()[0] == 0)
        case op.BRANCH:
            return any(branch.getwidth()[0] == 0 for branch in argument[1])
        case _:
            return False


@lru_cache(maxsize=8_192)
def _one_of(signs: AbstractSet[int]) -> str:
    """A class of characters; what matches nothing is a class of a sign that no narrowed text has."""
    if len(signs) == 1:
        return _escape(*signs)
    members = []
    for sign in sorted(signs):
        if sign - 1 not in signs:
            members.append(_escape(sign))
        elif sign + 1 not in signs:
            members.append("-" + _escape(sign))
    return f"[{''.join(members)}]" if members else rf"\x{{{BEYOND + 1:x}}}"


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
