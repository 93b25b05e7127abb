"""Changing a rule file where it must change, and nowhere else: comments and layout stay."""

import re
from collections.abc import Iterable

from bot.rulebook.diagnostic import Edit, Place
from bot.rulebook.located import LINE_ENDS, Scalar

_PLAIN = re.compile(r"[\w./-]+")
_ITEM = re.compile(r"\s*- +")
_COMMA_BEFORE = re.compile(r"\s*,\s*\Z")
_COMMA_AFTER = re.compile(r"\s*,\s*")


def rewritten(scalar: Scalar, text: str) -> tuple[Edit, ...]:
    """Another value in the same quotes; nothing where that would need escapes, or several lines."""
    written = _written(scalar.place)
    quote = written[:1] if not scalar.plain else ""
    if quote + scalar.text + quote != written:
        return ()
    if not quote and not _PLAIN.fullmatch(text):
        quote = "'"
    if quote and (quote in text or (quote == '"' and "\\" in text)):
        return ()
    return (Edit(scalar.place, quote + text + quote),)


def quoted(scalar: Scalar) -> tuple[Edit, ...]:
    """The same value in quotes."""
    if not scalar.plain or _written(scalar.place) != scalar.text or "'" in scalar.text:
        return ()
    return (Edit(scalar.place, f"'{scalar.text}'"),)


def taken_out(scalar: Scalar, *, is_line: bool) -> tuple[Edit, ...]:
    """Without this entry of a list; ``is_line`` where a line of a list file is an entry.

    Nothing where a comment beside it would be lost, or where it is not clear what is around it.
    """
    place = scalar.place
    before, after = place.source[: place.column - 1], place.source[place.column - 1 + place.width :]
    if (is_line or _ITEM.fullmatch(before)) and not after.strip():
        return (Edit(place, None),)
    if not before.strip() and _COMMA_AFTER.fullmatch(after):
        return (Edit(place, None),)
    if found := _COMMA_BEFORE.search(before):
        return (_cut(place, found.start(), place.column - 1 + place.width),)
    return ()


def edited(text: str, edits: Iterable[Edit]) -> str:
    """The text of a file with these edits. Of two that overlap, the first in the file counts."""
    starts = [0, *(found.end() for found in LINE_ENDS.finditer(text)), len(text)]
    parts: list[str] = []
    done = 0
    for edit in sorted(set(edits), key=lambda each: (each.place.line, each.place.column)):
        line = edit.place.line - 1
        first, last = (starts[line], starts[line + 1]) if edit.text is None else _span(edit, starts[line])
        if first >= done:
            parts += [text[done:first], edit.text or ""]
            done = last
    return "".join((*parts, text[done:]))


def _span(edit: Edit, start: int) -> tuple[int, int]:
    first = start + edit.place.column - 1
    return first, first + edit.place.width


def _written(place: Place) -> str:
    return place.source[place.column - 1 : place.column - 1 + place.width]


def _cut(place: Place, first: int, last: int) -> Edit:
    return Edit(Place(place.path, place.line, first + 1, last - first, place.source), "")
