"""Words, found by looking up each word of a text: as quick for a thousand of them as for one."""

import re
from collections.abc import Mapping
from functools import lru_cache

from bot.matching.pattern import Pattern, Placement

_TURKIC = str.maketrans({"İ": "i", "ı": "i"})
WORD = re.compile(r"[a-z0-9_]+")
"""A word of ASCII in a folded text."""
WHOLE = frozenset({Placement.WORD, Placement.FULL_EXACT})
"""Placements that let no letter, digit or ``_`` of ASCII stand right beside a word."""


def fold(text: str) -> str:
    """Text in which every two strings are equal that a search without regard to case takes for equal."""
    if text.isascii():
        return text.lower()
    return text.translate(_TURKIC).casefold()


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
    """Those of the patterns that are one whole word of ASCII."""

    def __init__(self, patterns: Mapping[int, Pattern]) -> None:
        self._numbers: dict[str, list[int]] = {}
        self.rest: list[int] = []
        """Numbers of the patterns that are to be found in another way."""
        for number, pattern in patterns.items():
            value = fold(pattern.value)
            if not pattern.regex and pattern.placement in WHOLE and WORD.fullmatch(value):
                self._numbers.setdefault(value, []).append(number)
            else:
                self.rest.append(number)

    def among(self, plain: str) -> set[int]:
        """Numbers of those that may stand in a folded text; in one of ASCII, of those that do stand in it as words."""
        found: set[int] = set()
        for word in self._numbers.keys() & WORD.findall(plain):
            found.update(self._numbers[word])
        return found
