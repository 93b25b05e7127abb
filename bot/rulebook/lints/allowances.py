"""Warnings that a comment switches off, with a reason: ``# warden: allow W005 because …``, on the line or above it."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

from bot.rulebook.codes import Code
from bot.rulebook.diagnostic import Diagnostic, Place
from bot.rulebook.located import Node, lines_of
from bot.rulebook.sources import Sources

_COMMENT = re.compile(r"(?:^|(?<=\s))#\s*warden:(?P<said>.*)$", re.IGNORECASE)
_ALLOWANCE = re.compile(
    r"\s*allow\s+(?P<codes>[A-Za-z]\d+(?:\s*,\s*[A-Za-z]\d+)*)\s+because\s+(?P<reason>\S.*)", re.IGNORECASE
)
_ONLY_COMMENT = re.compile(r"\s*(?:#.*)?")
_WARNINGS = frozenset(code for code in Code if code.is_warning) - {Code.BAD_ALLOWANCE, Code.IDLE_ALLOWANCE}
Reach = tuple[tuple[int, int], tuple[int, int]]
"""Line and column, from 1, of the first character and of the one behind the last."""
CURE = "write it as `# warden: allow W005 because moderators look at each one`"


@dataclass(frozen=True, slots=True)
class Allowance:
    """One code that a comment switches off for one line."""

    path: Path
    line: int
    """The line that it is about."""
    code: Code
    place: Place
    """Of the comment."""


def without_allowed(found: Iterable[Diagnostic], sources: Sources) -> list[Diagnostic]:
    """The findings that no comment allows; also comments without a reason, and comments that allow nothing."""
    allowances: list[Allowance] = []
    left: list[Diagnostic] = []
    for path, data in sources.texts.items():
        _read(path, data, sources, allowances, left)
    allowed = {(each.path, each.line, each.code) for each in allowances}
    silenced: set[tuple[Path, int, Code]] = set()
    for each in found:
        key = (each.place.path, each.place.line, each.code)
        if key in allowed:
            silenced.add(key)
        else:
            left.append(each)
    left += [_idle(each) for each in allowances if (each.path, each.line, each.code) not in silenced]
    return left


def _idle(allowance: Allowance) -> Diagnostic:
    return Diagnostic(
        allowance.place,
        Code.IDLE_ALLOWANCE,
        f"there is no {allowance.code} in line {allowance.line}",
        "take the comment out, or put it above the line that it is about",
    )


def _read(path: Path, data: bytes, sources: Sources, allowances: list[Allowance], problems: list[Diagnostic]) -> None:
    text = data.decode("utf-8-sig", "replace")
    if "warden:" not in text.lower():
        return
    lines = lines_of(text)
    for number, found in _comments(lines, _texts(path, text, sources)):
        place = Place(path, number, found.start() + 1, len(found[0].rstrip()), lines[number - 1])
        said = _ALLOWANCE.fullmatch(found["said"])
        if said is None:
            problems.append(
                Diagnostic(place, Code.BAD_ALLOWANCE, "this comment allows nothing: it needs a code and a reason", CURE)
            )
            continue
        about = _line_after(lines, number) if not lines[number - 1][: found.start()].strip() else number
        for word in re.split(r"\s*,\s*", said["codes"].upper()):
            if word in _WARNINGS:
                allowances.append(Allowance(path, about, Code(word), place))
            else:
                why = f"`{word}` is no warning that can be switched off"
                problems.append(Diagnostic(place, Code.BAD_ALLOWANCE, why, CURE))


def _comments(lines: Sequence[str], texts: Sequence[Reach]) -> Iterator[tuple[int, re.Match[str]]]:
    for number, line in enumerate(lines, start=1):
        found = _COMMENT.search(line)
        if found and not any(first <= (number, found.start() + 1) < last for first, last in texts):
            yield number, found


def _texts(path: Path, text: str, sources: Sources) -> list[Reach]:
    """Texts in quotes and on lines of their own in a YAML file: what stands inside them is no comment."""
    if not _is_yaml(path, sources):
        return []
    found: list[Reach] = []
    for event in yaml.parse(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)):
        if isinstance(event, yaml.ScalarEvent) and event.style:
            start, end = event.start_mark, event.end_mark
            assert start is not None
            assert end is not None
            # After `|` and `>` there may be a comment; the text begins in the next line.
            first = (start.line + 2, 0) if event.style in "|>" else (start.line + 1, start.column + 1)
            found.append((first, (end.line + 1, end.column + 1)))
    return found


def _is_yaml(path: Path, sources: Sources) -> bool:
    roots: list[Node] = [file.root for file in sources.files]
    roots += [node for file in sources.files for node in file.checkers.values()]
    return path in {root.place.path for root in roots}


def _line_after(lines: Sequence[str], number: int) -> int:
    """The next line that is not only a comment."""
    rest = range(number + 1, len(lines) + 1)
    return next((each for each in rest if not _ONLY_COMMENT.fullmatch(lines[each - 1])), number)
