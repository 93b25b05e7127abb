"""Words and short phrases of an item, as a model may count them."""

from collections.abc import Collection, Iterator
from itertools import pairwise

import regex

from bot.checks.beside_name import GAP
from bot.checks.learned import NAME
from bot.matching.pattern import Span
from bot.text.prepared import Text

LONGEST = 3
"""Words of a phrase: fewer than anybody could call his own sentence."""
_WORD = regex.compile(r"[\p{L}\p{M}\p{N}]+(?:['’][\p{L}\p{M}\p{N}]+)*")
_SIGN = regex.compile(r"[:?!]")
"""Signs that say something when they follow a name."""
_MOST = 3_000
"""Code points of a text from which terms are taken."""


def candidates(text: Text, names: Collection[Span], parts_of_names: Collection[str]) -> set[str]:
    """Phrases of words with one blank between them, and words beside a name. Nobody's name is a term."""
    original = text.original[:_MOST]
    words = [(found.group().lower(), Span(*found.span())) for found in _WORD.finditer(original)]
    kept = [(word, span) for word, span in words if word not in parts_of_names and not _touches(span, names)]
    found = set(_phrases(kept, original))
    for name in names:
        found |= {f"{NAME} {phrase}" for phrase in _after(name, kept, original)}
        found |= {f"{phrase} {NAME}" for phrase in _before(name, kept, original)}
    return found


def _touches(span: Span, names: Collection[Span]) -> bool:
    return any(span.start < name.end and name.start < span.end for name in names)


def _phrases(words: list[tuple[str, Span]], text: str) -> Iterator[str]:
    for first, (word, span) in enumerate(words):
        phrase, end = word, span.end
        yield phrase
        for following, place in words[first + 1 : first + LONGEST]:
            if text[end : place.start] != " ":
                break
            phrase, end = f"{phrase} {following}", place.end
            yield phrase


def _after(name: Span, words: list[tuple[str, Span]], text: str) -> Iterator[str]:
    sign = _SIGN.match(text, name.end)
    if sign:
        yield sign.group()
    near = [each for each in words if 0 <= each[1].start - name.end <= GAP]
    if near:
        start = words.index(near[0])
        yield from _growing(words[start : start + LONGEST - 1], text)


def _before(name: Span, words: list[tuple[str, Span]], text: str) -> Iterator[str]:
    near = [each for each in words if 0 <= name.start - each[1].end <= GAP]
    if near:
        end = words.index(near[-1]) + 1
        for count in range(1, LONGEST):
            part = words[max(0, end - count) : end]
            if len(part) == count and _is_one_phrase(part, text):
                yield " ".join(word for word, _ in part)


def _growing(words: list[tuple[str, Span]], text: str) -> Iterator[str]:
    for count in range(1, len(words) + 1):
        if _is_one_phrase(words[:count], text):
            yield " ".join(word for word, _ in words[:count])


def _is_one_phrase(words: list[tuple[str, Span]], text: str) -> bool:
    return all(text[left.end : right.start] == " " for (_, left), (_, right) in pairwise(words))
