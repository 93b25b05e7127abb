"""Regular expressions, and values that look like them."""

import re
from collections.abc import Iterator
from re import _constants as op  # type: ignore[attr-defined]

from bot.checks.setting import some_words
from bot.matching.engine import gate
from bot.matching.loosen import cases, parse
from bot.rulebook.codes import Code
from bot.rulebook.diagnostic import Diagnostic
from bot.rulebook.edits import rewritten
from bot.rulebook.lints.lint import Linted, Wanted

LARGEST_PROGRAM = 3_000
"""Instructions of RE2 from which an expression is called costly. A state of its automaton can hold all of them, so a
few thousand states fill the memory that one expression may use; from there on every letter of a text costs as many
steps as there are instructions. Almost half as many again as the largest expression of the rules that come with Warden
needs."""
_SUSPICIOUS = re.compile(r"\\[bBwWdDsS.]|\.[*+]|\(\?[:i]|\[[^\]\s]-[^\]\s]\S*\]|^\^\w")
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)


def costly(linted: Linted) -> Iterator[Diagnostic]:
    """Expressions whose automaton is so large that compiling and searching it takes long."""
    for each in linted.wording.searches:
        size = int(gate(each.pattern).programsize) if each.pattern.regex else 0  # type: ignore[attr-defined]
        if size > LARGEST_PROGRAM:
            yield Diagnostic(
                each.place,
                Code.COSTLY,
                f"this pattern takes {size:,} instructions, more than {LARGEST_PROGRAM:,}: it is slow to load and to "
                "search",
                "make the numbers in `{}` smaller, and do not repeat what is itself repeated",
            )


def literal_regex(linted: Linted) -> Iterator[Diagnostic]:
    """Expressions in which every character means itself: where a condition has no others."""
    by_search: dict[int, list[Wanted]] = {}
    for each in linted.wording.searches:
        if each.pattern.regex:
            by_search.setdefault(id(each.search), []).append(each)
    for values in by_search.values():
        if all(code is op.LITERAL for each in values for code, _ in parse(each.pattern.value)):
            yield Diagnostic(
                values[0].condition.place,
                Code.LITERAL_REGEX,
                f"`regex` does nothing here: {some_words([each.pattern.value for each in values])} "
                f"{'are plain texts' if len(values) > 1 else 'is a plain text'}",
                "take `regex` out; a whole word is then found in disguise too",
            )


def forgotten_regex(linted: Linted) -> Iterator[Diagnostic]:
    """Plain values that are written like expressions."""
    for each in linted.wording.searches:
        if not each.pattern.regex and _SUSPICIOUS.search(each.pattern.value):
            yield Diagnostic(
                each.place,
                Code.FORGOTTEN_REGEX,
                f"`{each.pattern.value}` looks like a regular expression, but is looked for as it stands",
                "add `regex` to the modifiers of the key, or write the text that you want to find",
            )


def needless_escapes(linted: Linted) -> Iterator[Diagnostic]:
    """Backslashes that change nothing."""
    for each in linted.wording.searches:
        plain = _ESCAPED.sub(_unescaped, each.pattern.value)
        if each.pattern.regex and plain != each.pattern.value and _is_same(plain, each.pattern.value):
            yield Diagnostic(
                each.place,
                Code.NEEDLESS_ESCAPE,
                f"`{each.pattern.value}` has backslashes that change nothing",
                f"write `{plain}`",
                rewritten(each.written, plain),
            )


def _unescaped(found: re.Match[str]) -> str:
    """Without the backslash before a sign that means itself everywhere."""
    return found[1] if found[1] in "/:;,@%!<>=\"'_`" else found[0]


def _is_same(one: str, other: str) -> bool:
    return str(parse(one)) == str(parse(other))


def no_case(linted: Linted) -> Iterator[Diagnostic]:
    """``case-sensitive`` where there is no case: once for each condition."""
    told: set[int] = set()
    for each in linted.wording.searches:
        if not each.pattern.case_sensitive or id(each.search) in told:
            continue
        told.add(id(each.search))
        if not any(len(cases(ord(letter))) > 1 for pattern in each.search.wanted for letter in pattern.value):
            yield Diagnostic(
                each.condition.place,
                Code.NO_CASE,
                f"`{each.search.key}` looks for nothing that has small and capital letters",
                "take `case-sensitive` out",
            )
