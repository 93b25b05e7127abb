"""A document of a configuration, with nothing lost: repeated keys, ``#n``, comments, and the order of everything.

Values keep the text that stands in the file. ``printed`` writes a tree in one plain form; what it writes reads back as
an equal tree.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

INDENT = "  "


@dataclass(frozen=True, slots=True)
class Scalar:
    """A single value."""

    text: str
    plain: bool = True
    """Written without quotes, on one line, so that YAML 1.1 may read a number, a date or a yes into it."""
    line: int = field(default=0, compare=False)
    """Counts from 1 in the file."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A key with its value, or a member of a list (``key`` is ``None``), and the comments around it."""

    key: Scalar | None
    value: "Node"
    above: tuple[str, ...] = ()
    """Comments on lines of their own, without the number sign."""
    beside: tuple[str, ...] = ()
    """Comments behind it, on its line or inside its value."""


@dataclass(frozen=True, slots=True)
class Sequence:
    """A list."""

    entries: tuple[Entry, ...]
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Mapping:
    """Keys with values; a key may be there several times."""

    entries: tuple[Entry, ...]
    line: int = field(default=0, compare=False)


Node = Scalar | Sequence | Mapping


@dataclass(frozen=True, slots=True)
class Document:
    """One document and the comments below everything in it."""

    node: Node
    below: tuple[str, ...] = ()


def printed(document: Document) -> str:
    """The document in block style, one value a line."""
    lines = [*_lines(document.node, ""), *(f"#{comment}" for comment in document.below)]
    return "\n".join(lines) + "\n"


def _lines(node: Node, indent: str) -> Iterator[str]:
    if isinstance(node, Scalar):
        yield indent + written(node)
    elif not node.entries:
        yield indent + ("{}" if isinstance(node, Mapping) else "[]")
    else:
        for entry in node.entries:
            yield from _entry(entry, indent)


def _entry(entry: Entry, indent: str) -> Iterator[str]:
    yield from (f"{indent}#{comment}" for comment in entry.above)
    head = "-" if entry.key is None else f"{written(entry.key)}:"
    beside = "".join(f"  #{comment}" for comment in entry.beside[:1])
    if isinstance(entry.value, Scalar) or not entry.value.entries:
        (value,) = _lines(entry.value, "")
        yield f"{indent}{head} {value}".rstrip() + beside
    else:
        yield f"{indent}{head}{beside}"
        yield from _lines(entry.value, indent + INDENT)


def written(scalar: Scalar) -> str:
    """A value on one line, in quotes unless it stood without."""
    return scalar.text if scalar.plain else quoted(scalar.text)


def quoted(text: str) -> str:
    """A text between double quotes."""
    return '"' + "".join(_escaped(letter) for letter in text) + '"'


def _escaped(letter: str) -> str:
    if letter in {'"', "\\"}:
        return "\\" + letter
    if letter == " " or (letter.isprintable() and letter != "\ufeff"):
        return letter
    number = ord(letter)
    if number < 0x100:
        return f"\\x{number:02x}"
    return f"\\u{number:04x}" if number < 0x10000 else f"\\U{number:08x}"
