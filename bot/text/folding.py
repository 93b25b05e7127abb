"""The second view of a text, in which disguises are undone. It is searched besides the original, never instead.

Undone are: compatibility forms (full-width, mathematical, circled letters), letters written apart from their marks,
invisible characters, piles of combining marks, and letters of another script inside a word. A word that is wholly of
another script stays what it is: folding Cyrillic to look-alike Latin would turn honest words into mush.
"""

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

from bot.text.lookalikes import confusable, look_alike

MARKS_KEPT = 2
"""Combining marks in a row beyond this are decoration, not writing."""
WIDEST = 8
"""A character that one compatibility form turns into more than this stays as it is."""
INVISIBLE = frozenset("\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u3164\uffa0\u2800")
"""Invisible characters outside the Unicode category of format characters."""

_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]")


class View(NamedTuple):
    """A text as it can be read."""

    text: str
    places: tuple[int, ...]
    """For each code point, and one past the last, its place in the original. A letter joined from several has the place
    of the first."""


def form_of(text: str) -> View | None:
    """The text in compatible letters; ``None`` where nothing in it can be a disguise."""
    return compatible(text) if any(map(_is_odd, _BEYOND_ASCII.findall(text))) else None


def fold(text: str) -> View | None:
    """The folded view; ``None`` when nothing changes."""
    form = form_of(text)
    return form and unmixed(text, form)


def unmixed(text: str, form: View) -> View | None:
    """The folded view, from the compatible form of a text."""
    compatible, places = form
    if any(_is_of_word(each) and confusable(each) != each for each in _odd(compatible)):
        characters = list(compatible)
        _unmix(characters)
        compatible = "".join(characters)
    return None if compatible == text else View(compatible, places)


def compatible(text: str) -> View:
    """The text in compatible letters, joined with their marks, without what is invisible or piled up."""
    if all(map(_stays, _odd(text))):
        return View(text, tuple(range(len(text) + 1)))
    return _joined(text)


def _joined(text: str) -> View:
    """The same, letter by letter."""
    characters: list[str] = []
    places: list[int] = []
    marks = 0
    for place, character in enumerate(text):
        if character.isascii():
            marks = 0
            characters.append(character)
            places.append(place)
            continue
        pieces = _piece(character)
        if not pieces:
            continue
        marks = marks + 1 if unicodedata.combining(pieces[0]) else 0
        if marks > MARKS_KEPT:
            continue
        if characters and _may_join(pieces):
            joined = unicodedata.normalize("NFC", characters[-1] + pieces)
            if len(joined) == 1:
                characters[-1] = joined
                continue
        characters += pieces
        places += [place] * len(pieces)
    return View("".join(characters), (*places, len(text)))


@lru_cache(maxsize=65_536)
def _is_odd(character: str) -> bool:
    """Whether a character beyond ASCII is more than a sign that means itself, as a dash does or a quotation mark."""
    is_mark = unicodedata.category(character).startswith("M")
    return not _stays(character) or character.isalnum() or is_mark or look_alike(character) != character


def _odd(text: str) -> list[str]:
    """The characters beyond ASCII, each once."""
    return [character for character in set(text) if not character.isascii()]


@lru_cache(maxsize=65_536)
def _stays(character: str) -> bool:
    """Whether it is its own compatible form and joins nothing: a quote, a dash, most letters."""
    return _piece(character) == character and not _may_join(character)


def _may_join(pieces: str) -> bool:
    """Whether it is a mark, or a Hangul vowel or final, which belongs to the character before it."""
    return len(pieces) == 1 and (unicodedata.combining(pieces) > 0 or "\u1161" <= pieces <= "\u11c2")


@lru_cache(maxsize=65_536)
def _piece(character: str) -> str:
    """What one character becomes: nothing, itself, or its compatible form."""
    if character in INVISIBLE or unicodedata.category(character) in {"Cf", "Cs"}:
        return ""
    if "\ufe00" <= character <= "\ufe0f" or "\U000e0100" <= character <= "\U000e01ef":
        return ""
    form = unicodedata.normalize("NFKC", character)
    return form if len(form) <= WIDEST else character


def _unmix(characters: list[str]) -> None:
    """Turn look-alikes into Latin letters in words that have Latin letters besides others."""
    start = None
    for place in range(len(characters) + 1):
        inside = place < len(characters) and _is_of_word(characters[place])
        if inside and start is None:
            start = place
        elif not inside and start is not None:
            _unmix_word(characters, start, place)
            start = None


def _is_of_word(character: str) -> bool:
    return character.isalnum() or (not character.isascii() and unicodedata.combining(character) > 0)


def _unmix_word(characters: list[str], start: int, end: int) -> None:
    word = characters[start:end]
    if all(each.isascii() for each in word) or not any(each.isascii() and each.isalpha() for each in word):
        return
    for place, character in enumerate(word, start):
        if not character.isascii():
            characters[place] = confusable(character)
