"""Values as they are written: repeated, surprising, or never used."""

import re
from collections.abc import Iterable, Iterator

import yaml

from bot.matching.words import fold
from bot.rulebook.codes import Code
from bot.rulebook.diagnostic import Diagnostic
from bot.rulebook.edits import quoted, taken_out
from bot.rulebook.lints.lint import Linted, Wanted
from bot.rulebook.located import Mapping, Node, Scalar, Sequence
from bot.rulebook.sources import RuleFile

_MAY_SURPRISE = re.compile(
    r"[-+.]?[0-9][-+.:_0-9a-fox]*|[-+]?\.(?:inf|nan)|y|n|yes|no|true|false|on|off|null|~|<<|=", re.IGNORECASE
)
_NAMED = re.compile(r"~? *([a-z_][a-z0-9_]*)")


def repeated(linted: Linted) -> Iterator[Diagnostic]:
    """The same value twice in one list."""
    for file in linted.sources.files:
        for named in file.lists.values():
            scalars = [each for each in named.items if isinstance(each, Scalar)]
            yield from _repeats([(each.text, each) for each in scalars], is_line=_is_list_file(linted, scalars))
    beside: dict[int, list[tuple[str, Scalar]]] = {}
    for each in linted.wording.searches:
        if not each.is_list:
            beside.setdefault(id(each.search), []).append((_same(each), each.written))
    for search, written in linted.wording.domains:
        values = linted.book.places.values_of(search)
        if values and not values.is_list:
            beside.setdefault(id(search), []).append((written.text.lower(), written))
    for entries in beside.values():
        yield from _repeats(entries)


def _same(each: Wanted) -> str:
    exactly = each.pattern.regex or each.pattern.case_sensitive
    return each.pattern.value if exactly else fold(each.pattern.value)


def _repeats(entries: Iterable[tuple[str, Scalar]], *, is_line: bool = False) -> Iterator[Diagnostic]:
    first: dict[str, Scalar] = {}
    for key, written in entries:
        if key in first:
            yield Diagnostic(
                written.place,
                Code.REPEATED,
                f"`{written.text}` is here a second time (first in line {first[key].place.line})",
                "take it out",
                taken_out(written, is_line=is_line),
            )
        first.setdefault(key, written)


def _is_list_file(linted: Linted, entries: list[Scalar]) -> bool:
    """Whether they stand in a file of their own, one a line."""
    rule_files = {file.path for file in linted.sources.files}
    return bool(entries) and entries[0].place.path not in rule_files


def surprise(linted: Linted) -> Iterator[Diagnostic]:
    """Values without quotes that other readers of YAML take for something else than text."""
    in_yaml = {file.path for file in linted.sources.files} | {
        node.place.path for file in linted.sources.files for node in file.checkers.values()
    }
    for each in linted.wording.searches:
        written = each.written
        read = _read(written.text) if written.plain and written.place.path in in_yaml else written.text
        if read != written.text:
            yield Diagnostic(
                written.place,
                Code.SURPRISE,
                f"other programs read `{written.text}` without quotes as {read}; Warden reads it as it stands",
                f"put it in quotes: `'{written.text}'`",
                quoted(written),
            )


def _read(text: str) -> str:
    """What stands there for a program that reads YAML 1.1, as text."""
    if not _MAY_SURPRISE.fullmatch(text):
        return text
    try:
        read = yaml.safe_load(text)
        return f"the truth value {str(read).lower()}" if isinstance(read, bool) else str(read)
    except (yaml.YAMLError, ValueError):
        return "something else"


def unused(linted: Linted) -> Iterator[Diagnostic]:
    """Lists, templates, conditions and checkers that are defined and never named."""
    for file in linted.sources.files:
        used = _used(file)
        for what, key in _defined(file):
            if (what, key.text) not in used:
                yield Diagnostic(
                    key.place, Code.UNUSED, f"nothing uses the {what} `{key.text}`", "use it, or take it out"
                )


def _defined(file: RuleFile) -> Iterator[tuple[str, Scalar]]:
    for section, what in (("lists", "list"), ("templates", "template"), ("conditions", "condition")):
        node = file.root.get(section)
        for key, _ in node.entries if isinstance(node, Mapping) else ():
            yield what, key
    named = file.root.get("checkers")
    files = named.items if isinstance(named, Sequence) else ()
    for name, each in zip(file.checkers, files, strict=False):
        yield "checker", Scalar(name, each.place)


DEFINING = ("lists", "templates", "checkers")
"""Sections whose own texts use nothing."""


def _used(file: RuleFile) -> set[tuple[str, str]]:
    """Everything that is named anywhere else; any text may be the name of a template."""
    used: set[tuple[str, str]] = set()
    waiting: list[Node] = [value for key, value in file.root.entries if key.text not in DEFINING]
    waiting += file.checkers.values()
    while waiting:
        node = waiting.pop()
        if isinstance(node, Sequence):
            waiting += node.items
        elif isinstance(node, Scalar):
            used.add(("template", node.text))
        for key, value in node.entries if isinstance(node, Mapping) else ():
            waiting.append(value)
            found = _NAMED.match(key.text)
            name = found[1] if found else ""
            used.add(("checker", name))
            if name in {"list", "condition"}:
                used |= {(name, text) for text in _texts(value)}
    return used


def _texts(node: Node) -> Iterator[str]:
    for each in node.items if isinstance(node, Sequence) else (node,):
        if isinstance(each, Scalar):
            yield each.text
