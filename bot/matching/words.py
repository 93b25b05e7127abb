"""Words, found by looking up each word of a text: as quick for a thousand of them as for one."""

import re
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from functools import lru_cache
from itertools import chain
from typing import Any

from bot.matching.branches import branches_of, spellings
from bot.matching.loosen import narrow, parse
from bot.matching.pattern import Pattern, Placement

WORD = re.compile(r"[a-z0-9_]+")
"""A word of ASCII in a folded text."""
NO_WORDS = frozenset[str]()
WORDS_ALONE = bytes(
    ord(letter.lower()) if WORD.fullmatch(letter.lower()) else ord(" ") for letter in map(chr, range(256))
)
"""For ``bytes.translate``: words in lower case, and nothing but blanks between them."""
WHOLE = frozenset({Placement.WORD, Placement.FULL_EXACT})
"""Placements that let no letter, digit or ``_`` of ASCII stand right beside a word."""


def fold(text: str) -> str:
    """Text in which every two strings are equal that a search without regard to case takes for equal."""
    if text.isascii():
        return text.lower()
    return text.replace("İ", "i").replace("ı", "i").casefold()


@lru_cache(maxsize=16)
def folded(text: str) -> str:
    """The same, remembered: an engine and the look after it fold the same few texts."""
    return fold(text)


def is_plain(pattern: Pattern) -> bool:
    """Whether it is one whole word of ASCII in either case, wherever it stands."""
    if pattern.regex or pattern.case_sensitive or pattern.verbatim or pattern.placement is not Placement.WORD:
        return False
    return pattern.value.isascii() and WORD.fullmatch(pattern.value.lower()) is not None


class Words:
    """Those of the patterns, and of the alternatives of expressions, that are one whole word of ASCII."""

    def __init__(self, patterns: Mapping[int, Pattern]) -> None:
        numbers: dict[bytes, list[int]] = {}
        self.rest: dict[int, Sequence[Any]] = {}
        """Numbers of the patterns that are to be found in another way; of an expression, alternatives that are left."""
        for number, pattern in patterns.items():
            words, rest = _taken_apart(pattern)
            for word in words:
                numbers.setdefault(word.encode(), []).append(number)
            if rest or not words:
                self.rest[number] = rest
        self._numbers = {word: tuple(found) for word, found in numbers.items()}

    def among(self, plain: bytes) -> set[int]:
        """Numbers of those that may stand in a narrowed text; plain words do stand in it, if it is of ASCII."""
        if not self._numbers:
            return set()
        words = plain.translate(WORDS_ALONE).split()
        return set(chain.from_iterable(filter(None, map(self._numbers.get, words))))


def _taken_apart(pattern: Pattern) -> tuple[AbstractSet[str], Sequence[Any]]:
    """The words of ASCII that a pattern is, and the alternatives that are none."""
    if not pattern.regex:
        value = fold(narrow(pattern.value))
        return {value} if pattern.placement in WHOLE and WORD.fullmatch(value) else NO_WORDS, ()
    if pattern.placement is not Placement.WORD or pattern.case_sensitive:
        return NO_WORDS, ()
    branches = [(branch, spellings(branch)) for branch in branches_of(parse(pattern.value))]
    words = NO_WORDS.union(*(spelt for _, spelt in branches))
    return words, [branch for branch, spelt in branches if not spelt]
