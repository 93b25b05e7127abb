"""AutoModerator's regular expressions in the form that Warden searches in linear time, where the two are surely equal.

Only looking ahead and behind needs rewriting, and only three forms of it can be rewritten: an expression that says what
must not (or must) stand in the whole text becomes conditions of its own; what is looked at on the edge of an expression
is taken into it, for nothing stands beyond; and a look at one character becomes "another character, or the end".
"""

import re
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from re import _constants as op  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

from bot.matching.pattern import Pattern, PatternError, Placement
from bot.matching.scanner import check_pattern

LONGEST = 50_000
"""Characters of one expression."""
ANCHORED = frozenset({Placement.STARTS_WITH, Placement.FULL_EXACT})
FREE = frozenset({Placement.WORD, Placement.INCLUDES})

_TOKEN = re.compile(
    r"\\.|\(\?#[^)]*\)|\(\?[aiLmsux]+\)|\(\?(?:<?[=!]|:|P?<\w+>|P=\w+\)|[aiLmsux]*(?:-[imsx]+)?:|\(\w+\))|.", re.DOTALL
)
_FLAGS = re.compile(r"\(\?([aiLmsux]+)\)")
_BOUNDS = re.compile(r"\{(?:\d+(?:,\d*)?|,\d+)\}")
_REST = re.compile(r"(?:\.[*+]\??)?\$?")
"""What may follow the looks at a whole text without asking for more than a character."""
_LOOK = re.compile(r"\(\?(<?)([=!])")
_UP_TO = re.compile(
    r"(?P<start>\^?)(?P<one>\.|\\[wWdDsS]|\[(?:[^\]\\]|\\.)+\])(?:\{0?,(?P<most>[0-9]+)\}|\*)(?P<end>\$?)", re.DOTALL
)
"""So many characters of a kind, or none."""
_CLASS = {r"\d": r"\D", r"\D": r"\d", r"\s": r"\S", r"\S": r"\s", r"\w": r"\W", r"\W": r"\w"}


class Refused(Exception):
    """An expression that cannot be carried over: why, and the cure."""

    def __init__(self, why: str, cure: str = "") -> None:
        super().__init__(why)
        self.why = why
        self.cure = cure


@dataclass(frozen=True, slots=True)
class Expression:
    """What a value became: all of ``wanted`` must be found, none of ``unwanted``."""

    wanted: tuple[tuple[str, Placement], ...] = ()
    unwanted: tuple[tuple[str, Placement], ...] = ()
    is_rewritten: bool = False
    is_everything: bool = False
    """It matches every text, the empty one too."""
    leaves_empty: bool = False
    """It no longer matches the empty text; all others as before."""


def carried_over(value: str, placement: Placement) -> Expression:
    """Raises Refused."""
    if len(value) > LONGEST:
        raise Refused(f"it is longer than {LONGEST:,} characters", "make several values of it")
    plain = normal(value)
    if not _looks_anywhere(plain):
        return _plain(plain, placement)
    for rewrite in (_whole_text, _tempered, _at_the_edges):
        found = rewrite(plain, placement)
        if found is not None:
            for part, where in (*found.wanted, *found.unwanted):
                _checked(part, where)
            return found
    raise Refused(
        "it looks ahead or behind, which Warden's engine does not, as that can take for ever on a hostile text",
        "put the exception into a condition of its own with `~`",
    )


def normal(value: str) -> str:
    """The same expression without what both engines would read differently. Raises Refused.

    Flags that AutoModerator sets anyway are left out; signs that the ``regex`` module takes for its own are escaped.
    """
    parts = []
    inside = 0
    for token in _tokens(value):
        if inside:
            inside = inside + 1 if token != "]" or inside == 1 else 0  # noqa: S105
            parts.append(rf"\{token}" if inside and token in {"[", "&", "~", "|"} else token)
            if inside == 2 and token == "^":  # noqa: S105 - a sign of an expression
                inside = 1
            continue
        if token == "[":  # noqa: S105
            inside = 1
        flags = _FLAGS.fullmatch(token)
        if flags and set(flags[1]) - set("ius"):
            raise Refused(f"`{token}` changes how the whole expression is read", "leave the flag out")
        parts.append("" if flags or token.startswith("(?#") else token)
    return _braces("".join(parts))


def sets_ignore_case(value: str) -> bool:
    """Whether the expression turns regard to case off for the whole key, as Python 2 read it."""
    return any("i" in flags[1] for token in _tokens(value) if (flags := _FLAGS.fullmatch(token)))


def _tokens(value: str) -> Iterator[str]:
    for found in _TOKEN.finditer(value):
        yield found[0]


def _braces(value: str) -> str:
    """Braces that are no number of repeats stand for themselves."""
    parts = []
    place = 0
    inside = False
    while place < len(value):
        token = _TOKEN.match(value, place)
        assert token is not None
        text = token[0] if token[0].startswith("\\") else value[place]
        if text == "{" and not inside:
            bounds = _BOUNDS.match(value, place)
            text = bounds[0] if bounds else "\\{"
            place += len(bounds[0]) if bounds else 1
        else:
            inside = text == "[" or (inside and text != "]")
            place += len(text)
        parts.append(text)
    return "".join(parts)


def _looks_anywhere(value: str) -> bool:
    return any(_LOOK.match(token) for token in _tokens(value))


def _plain(value: str, placement: Placement) -> Expression:
    tree = _parsed(value)
    if tree.getwidth()[0] > 0:
        _checked(value, placement)
        return Expression(((value, placement),))
    is_free = placement in {*FREE, Placement.STARTS_WITH, Placement.ENDS_WITH} and not _has_anchor(tree)
    if is_free or value in {".*", "(.*)", "^.*$"}:
        return Expression(is_everything=True)
    short = _UP_TO.fullmatch(value)
    if short is None or not (short["start"] or placement in ANCHORED):
        raise Refused("it also matches an empty text", "ask for at least one character: `+` in place of `*`")
    longer = f"{short['start']}{short['one']}{{1,{short['most'] or ''}}}{short['end']}"
    _checked(longer, placement)
    return Expression(((longer, placement),), leaves_empty=True)


def _has_anchor(tree: parser.SubPattern) -> bool:
    """Whether it matters where in the text an empty match stands."""
    return "AT " in _shown(tree)


def _shown(tree: parser.SubPattern) -> str:
    return " ".join(f"{code} {_shown_argument(argument)}" for code, argument in tree)


def _shown_argument(argument: Any) -> str:
    if isinstance(argument, parser.SubPattern):
        return _shown(argument)
    if isinstance(argument, tuple | list):
        return " ".join(_shown_argument(each) for each in argument)
    return ""


@lru_cache(maxsize=4_096)
def _parsed(value: str) -> parser.SubPattern:
    """Raises Refused."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return parser.parse(value)
    except (re.error, OverflowError, RecursionError) as error:
        raise Refused(
            f"it is no regular expression: {error}", "put a backslash before signs meant as themselves"
        ) from None


def _checked(value: str, placement: Placement) -> None:
    try:
        check_pattern(Pattern(value, placement, regex=True, verbatim=True))
    except PatternError as error:
        raise Refused(error.message, error.cure) from None


# What must or must not stand in the whole text.


def _whole_text(value: str, placement: Placement) -> Expression | None:
    """``^(?!.*A)(?=.*B).*$``: B, and not A."""
    rest = value.removeprefix("^") if value.startswith("^") else value
    if rest == value and placement not in ANCHORED:
        return None
    wanted: list[tuple[str, Placement]] = []
    unwanted: list[tuple[str, Placement]] = []
    while (look := _LOOK.match(rest)) and not look[1]:
        inner, rest = _group(rest)
        (unwanted if look[2] == "!" else wanted).append(_found_in(inner))
    if not (wanted or unwanted) or not _REST.fullmatch(rest) or "+" in rest or _looks_anywhere(rest):
        return None
    if any(_looks_anywhere(part) for part, _ in (*wanted, *unwanted)):
        return None
    if rest == "$" or (rest == "" and placement not in FREE | {Placement.STARTS_WITH}):
        return None
    return Expression(tuple(wanted), tuple(unwanted), is_rewritten=True)


def _found_in(inner: str) -> tuple[str, Placement]:
    """A look from the beginning of a text, as a search of its own. Alternatives may each begin with ``.*`` or not."""
    if len(alternatives(inner)) == 1:
        for start in (".*?", ".*"):
            if inner.startswith(start) and len(inner) > len(start) and inner[len(start)] not in "*+?{":
                return _stripped(inner.removeprefix(start)), Placement.INCLUDES
    return inner, Placement.STARTS_WITH


def _stripped(value: str) -> str:
    """Without what may follow or not."""
    return value.removesuffix(".*") if not value.endswith("\\.*") else value


def _tempered(value: str, placement: Placement) -> Expression | None:
    """``^((?!A).)*$``: A stands nowhere."""
    found = re.fullmatch(r"\^?\((?:\?:)?(?P<look>\(\?!.*\))\.\)\*\$?", value, re.DOTALL)
    if found is None or not (value.startswith("^") or placement in ANCHORED):
        return None
    if not (value.endswith("$") or placement is Placement.FULL_EXACT):
        return None
    inner, rest = _group(found["look"])
    if rest or _looks_anywhere(inner) or set(inner) & set("^$"):
        return None
    # A line's end at the very end may be left over by `$`; what is looked for must not need it.
    return Expression(unwanted=((inner, Placement.INCLUDES),), is_rewritten=True)


# What stands on the edges.


def _at_the_edges(value: str, placement: Placement) -> Expression | None:
    """``(?<!\\d)X(?!\\d)``: no digit, or no text, then X, and so on."""
    if placement not in FREE or len(alternatives(value)) > 1:
        return None
    behind, middle = _leading(value)
    middle, ahead = _trailing(middle)
    if (behind is None and ahead is None) or not middle or _looks_anywhere(middle):
        return None
    is_word = placement is Placement.WORD
    left = _edge(behind, middle, is_left=True, is_word=is_word)
    right = _edge(ahead, middle, is_left=False, is_word=is_word)
    if left is None or right is None:
        return None
    return Expression(((f"{left}(?:{middle}){right}", Placement.INCLUDES),), is_rewritten=True)


@dataclass(frozen=True, slots=True)
class _Look:
    inner: str
    is_negated: bool


def _leading(value: str) -> tuple[_Look | None, str]:
    look = _LOOK.match(value)
    if look is None or not look[1]:
        return None, value
    inner, rest = _group(value)
    return _Look(inner, look[2] == "!"), rest


def _trailing(value: str) -> tuple[str, _Look | None]:
    for start, end in _groups(value):
        look = _LOOK.match(value, start)
        if end == len(value) and look and not look[1]:
            return value[:start], _Look(_group(value[start:])[0], look[2] == "!")
    return value, None


def _edge(look: _Look | None, middle: str, *, is_left: bool, is_word: bool) -> str | None:
    """What must stand beside the middle; ``None`` when it cannot be said."""
    if look is not None and not look.is_negated:
        # What is found by looking stands there; the word test would look at the same place, so it must be off.
        return None if is_word or _looks_anywhere(look.inner) else f"(?:{look.inner})"
    if look is None and not is_word:
        return ""
    others = "" if look is None else _members(look.inner)
    if others is None:
        return None
    if is_word:
        begins = _is_word_at(_parsed(middle), first=is_left)
        if begins is None:
            return None
        others = rf"\w{others}" if begins else others
    if not others:
        return ""
    return rf"(?:\A|[^{others}])" if is_left else rf"(?:[^{others}]|\Z)"


def _members(single: str) -> str | None:
    """What stands for one character, as members of a class; ``None`` for everything else."""
    if single in _CLASS or re.fullmatch(r"\\[^A-Za-z0-9]", single, re.DOTALL):
        return single
    if re.fullmatch(r"[A-Za-z0-9 _@#%&~=:;,<>/\"'`!]", single):
        return rf"\{single}" if single in "&~" else single
    tokens = list(_tokens(single))
    is_class = len(tokens) > 2 and tokens[0] == "[" and tokens[-1] == "]" and tokens.index("]", 2) == len(tokens) - 1
    return single[1:-1] if is_class and tokens[1] != "^" else None


def _is_word_at(tree: parser.SubPattern, *, first: bool) -> bool | None:
    """Whether every match begins (or ends) with a character of a word, or every one with another; else ``None``."""
    code, argument = tree[0 if first else -1]
    if code is op.SUBPATTERN:
        return _is_word_at(argument[3], first=first)
    if code in {op.MAX_REPEAT, op.MIN_REPEAT}:
        return _is_word_at(argument[2], first=first) if argument[0] else None
    if code is op.BRANCH:
        kinds = {_is_word_at(each, first=first) if len(each) else None for each in argument[1]}
        return kinds.pop() if len(kinds) == 1 else None
    if code is op.IN:
        kinds = {_is_word_member(*each) for each in argument}
        return kinds.pop() if len(kinds) == 1 else None
    return _is_word_member(code, argument)


def _is_word_member(code: Any, argument: Any) -> bool | None:
    if code is op.LITERAL:
        return chr(argument).isalnum() or argument == ord("_")
    if code is op.RANGE:
        first, last = argument
        ends = range(first, last + 1) if last - first < 200 else ()
        kinds = {chr(each).isalnum() or each == ord("_") for each in ends}
        return kinds.pop() if len(kinds) == 1 else None
    if code is op.CATEGORY and argument in {op.CATEGORY_DIGIT, op.CATEGORY_WORD}:
        return True
    return False if code is op.CATEGORY and argument in {op.CATEGORY_SPACE, op.CATEGORY_NOT_WORD} else None


# Taking expressions apart.


def _groups(value: str) -> Iterator[tuple[int, int]]:
    """Where the outermost groups begin and end."""
    depth = place = start = 0
    inside = False
    for token in _tokens(value):
        if inside:
            inside = token != "]"  # noqa: S105
        elif token == "[":  # noqa: S105
            inside = True
        elif token.startswith("(") and not token.endswith(")"):
            start = place if depth == 0 else start
            depth += 1
        elif token == ")":  # noqa: S105
            depth -= 1
            if depth == 0:
                yield start, place + 1
        place += len(token)


def _group(value: str) -> tuple[str, str]:
    """What stands in the look that the expression begins with, and what follows it."""
    end = next((end for start, end in _groups(value) if start == 0), len(value))
    look = _LOOK.match(value)
    return value[look.end() if look else 1 : end - 1], value[end:]


def alternatives(value: str) -> list[str]:
    """The outermost alternatives."""
    depth = 0
    inside = False
    found = [""]
    for token in _tokens(value):
        if inside:
            inside = token != "]"  # noqa: S105
        elif token == "[":  # noqa: S105
            inside = True
        elif token.startswith("(") and not token.endswith(")"):
            depth += 1
        elif token == ")":  # noqa: S105
            depth -= 1
        if token == "|" and depth == 0 and not inside:  # noqa: S105
            found.append("")
        else:
            found[-1] += token
    return found
