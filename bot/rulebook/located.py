"""YAML as a tree of texts that know their place.

Nothing is converted: ``on``, ``no``, ``010`` and ``12:30`` stay the text that stands in the file, and whoever reads a
value says what it must be. The tree is built from events with a limit on depth, because PyYAML's own composer recurses.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from bot.rulebook.codes import Code
from bot.rulebook.diagnostic import Diagnostic, Place

LARGEST = 1_048_576
"""Bytes of one file."""
DEEPEST = 40
"""Levels of nesting."""
MOST_NODES = 200_000

LINE_ENDS = re.compile("\r\n|[\r\n\x85\u2028\u2029]")
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_NULLS = frozenset({"", "~", "null", "Null", "NULL"})


@dataclass(frozen=True, slots=True)
class Scalar:
    """A single value, as written."""

    text: str
    place: Place
    plain: bool = True
    """Written without quotes."""

    @property
    def is_null(self) -> bool:
        return self.plain and self.text in _NULLS


@dataclass(frozen=True, slots=True)
class Sequence:
    """A list."""

    items: tuple["Node", ...]
    place: Place


@dataclass(frozen=True, slots=True)
class Mapping:
    """Keys with values, in the order of the file; every key is there once."""

    entries: tuple[tuple[Scalar, "Node"], ...]
    place: Place

    def get(self, key: str) -> "Node | None":
        return next((value for name, value in self.entries if name.text == key), None)

    def key(self, name: str) -> Scalar | None:
        return next((key for key, _ in self.entries if key.text == name), None)


Node = Scalar | Sequence | Mapping


def lines_of(text: str) -> list[str]:
    """The lines as YAML counts them."""
    return LINE_ENDS.split(text)


class Unreadable(Exception):
    """A file that is no YAML, or not YAML that is taken here."""

    def __init__(self, diagnostic: Diagnostic) -> None:
        super().__init__(diagnostic.headline())
        self.diagnostic = diagnostic


def read(path: Path, problems: list[Diagnostic]) -> Node | None:
    """The tree of a file; ``None`` when there is none, with the reason in ``problems``."""
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)
    except OSError as error:
        why = error.strerror or str(error)
        problems.append(
            Diagnostic(Place(path), Code.UNREADABLE, f"cannot be read: {why}", "check the path and its permissions")
        )
        return None
    return parse(data, path, problems)


def parse(data: bytes, path: Path, problems: list[Diagnostic]) -> Node | None:
    """The same for the bytes of a file."""
    try:
        return _Builder(path, _text(data, path), problems).build()
    except Unreadable as unreadable:
        problems.append(unreadable.diagnostic)
        return None


def _text(data: bytes, path: Path) -> str:
    if len(data) > LARGEST:
        raise Unreadable(Diagnostic(Place(path), Code.TOO_LARGE, f"larger than {LARGEST:,} bytes", "split the file"))
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = lines_of(data[: error.start].decode("utf-8-sig"))
        shown = lines_of(data.decode("utf-8-sig", "replace"))[len(before) - 1]
        place = Place(path, len(before), len(before[-1]) + 1, 1, shown)
        raise Unreadable(Diagnostic(place, Code.NOT_TEXT, "not UTF-8 text", "save the file as UTF-8")) from None


@dataclass(slots=True)
class _Open:
    """A list or mapping whose end has not been read."""

    place: Place
    is_mapping: bool
    children: list[Node] = field(default_factory=list)


class _Builder:
    def __init__(self, path: Path, text: str, problems: list[Diagnostic]) -> None:
        self._path = path
        self._text = text
        self._lines = lines_of(text)
        self._problems = problems
        self._nodes = 0

    def build(self) -> Node | None:
        stack: list[_Open] = []
        root: Node | None = None
        for event in self._events():
            done: Node | None = None
            match event:
                case yaml.MappingStartEvent() | yaml.SequenceStartEvent():
                    self._guard(event, len(stack))
                    stack.append(_Open(self._place(event), isinstance(event, yaml.MappingStartEvent)))
                case yaml.MappingEndEvent() | yaml.SequenceEndEvent():
                    done = self._close(stack.pop())
                case yaml.ScalarEvent():
                    self._guard(event, len(stack))
                    done = Scalar(event.value, self._place(event), not event.style)
                case yaml.AliasEvent():
                    raise self._refused(event, "an alias", "write the value out, or name a list under `lists:`")
                case yaml.DocumentStartEvent() if root is not None:
                    raise self._refused(event, "a second document", "put it into a file of its own")
            if done is None:
                continue
            if stack:
                stack[-1].children.append(done)
            else:
                root = done
        return root

    def _events(self) -> Iterator[yaml.Event]:
        try:
            yield from yaml.parse(self._text, Loader=_LOADER)
        except yaml.reader.ReaderError as error:
            lines = lines_of(self._text[: error.position])
            place = self._at(len(lines) - 1, len(lines[-1]))
            raise Unreadable(
                Diagnostic(place, Code.NOT_TEXT, "a control character", "delete it, or write it as an escape in quotes")
            ) from None
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            place = self._at(mark.line, mark.column) if mark else Place(self._path)
            message = " ".join(part for part in (error.context, error.problem) if part)
            raise Unreadable(Diagnostic(place, Code.NOT_YAML, f"not YAML: {message}", _syntax_cure(message))) from None

    def _guard(self, event: yaml.Event, depth: int) -> None:
        self._nodes += 1
        if depth >= DEEPEST:
            raise self._refused(event, f"nesting deeper than {DEEPEST} levels", "flatten it")
        if self._nodes > MOST_NODES:
            raise self._refused(event, f"more than {MOST_NODES:,} values", "split the file, or use a list file")
        if event.anchor:  # type: ignore[attr-defined]
            raise self._refused(event, "an anchor", "write the value out, or name a list under `lists:`")
        if event.tag:  # type: ignore[attr-defined]
            raise self._refused(event, f"the tag `{event.tag}`", "leave it out; values are read as they stand")  # type: ignore[attr-defined]

    def _refused(self, event: yaml.Event, what: str, cure: str) -> Unreadable:
        return Unreadable(Diagnostic(self._place(event), Code.NOT_TAKEN, f"{what} is not taken here", cure))

    def _close(self, opened: _Open) -> Node:
        if not opened.is_mapping:
            return Sequence(tuple(opened.children), opened.place)
        entries: dict[str, tuple[Scalar, Node]] = {}
        for key, value in zip(opened.children[::2], opened.children[1::2], strict=True):
            if not isinstance(key, Scalar):
                self._problems.append(
                    Diagnostic(key.place, Code.WRONG_KIND, "a key must be a plain text", "put it in quotes")
                )
            elif key.text in entries:
                first = entries[key.text][0].place.line
                self._problems.append(
                    Diagnostic(
                        key.place,
                        Code.REPEATED_KEY,
                        f"the key `{key.text}` is here a second time (first in line {first})",
                        f"merge the two; a search can be repeated as `{key.text}#2`",
                    )
                )
            else:
                entries[key.text] = (key, value)
        return Mapping(tuple(entries.values()), opened.place)

    def _place(self, event: yaml.Event) -> Place:
        start, end = event.start_mark, event.end_mark
        assert start is not None
        assert end is not None
        is_scalar = isinstance(event, yaml.ScalarEvent) and start.line == end.line
        return self._at(start.line, start.column, end.column - start.column if is_scalar else 1)

    def _at(self, line: int, column: int, width: int = 1) -> Place:
        shown = self._lines[line] if line < len(self._lines) else ""
        return Place(self._path, line + 1, column + 1, max(width, 1), shown)


def _syntax_cure(message: str) -> str:
    if "mapping values are not allowed" in message or "could not find expected ':'" in message:
        return "check the indentation, and put a text that holds `: ` or ` #` in quotes"
    if "cannot start any token" in message or "\\t" in message:
        return "indent with spaces, and put a text that starts with one of @ ` % & * ! | > in quotes"
    if "escape" in message:
        return "write regular expressions in single quotes"
    if "alias" in message or "anchor" in message:
        return "put the text in quotes"
    return "check indentation, brackets and quotes around this place"
