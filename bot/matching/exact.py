"""What exactly a pattern means, as one expression of the ``regex`` module, and where it stands in a text.

AutoModerator's word test wraps the value in "start, non-word character, or boundary" on both sides. It fails only
where a word character stands on both sides of an edge; so a value that begins or ends with a sign (``c++``, ``.net``)
needs no boundary there. Letters of scripts that put no spaces between words count as no word characters: no boundary
is asked beside them, except that a letter is not torn from its marks (a vowel or a tone makes another word of it).
A verbatim pattern keeps AutoModerator's test to the letter: there those letters are word characters, marks are none,
and a line's end may follow what must end the field.
"""

from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from typing import NamedTuple

import regex

from bot.matching.pattern import Pattern, Placement, Span
from bot.matching.verbatim import TEMPLATES as VERBATIM_TEMPLATES
from bot.matching.verbatim import as_python_reads
from bot.matching.words import WORDS_ALONE, folded

TIME_LIMIT = 1.0
"""Seconds for one pattern on one field. Reached only by texts made for it: RE2 has already found that it may stand
there. Generous, so that a busy machine does not change a verdict."""
UNSPACED = (
    r"\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}\p{Tibetan}\p{Bopomofo}\p{Yi}\u3005\u30fc"
)
_WHOLE_LETTER = rf"(?!(?<=[{UNSPACED}])\p{{M}})"
LEFT_EDGE = rf"{_WHOLE_LETTER}(?:(?<!\w)|(?<=[{UNSPACED}])|(?!\w)|(?=[{UNSPACED}]))"
RIGHT_EDGE = rf"{_WHOLE_LETTER}(?:(?!\w)|(?=[{UNSPACED}])|(?<!\w)|(?<=[{UNSPACED}]))"
UNSPACED_WORD = LEFT_EDGE + "({})" + RIGHT_EDGE
SPACED_EDGE = r"(?!(?<=\w)\w)"
"""The same in a text without such scripts; it is compiled and searched several times as fast."""
TEMPLATES = {
    Placement.WORD: SPACED_EDGE + "({})" + SPACED_EDGE,
    Placement.INCLUDES: "({})",
    Placement.STARTS_WITH: r"\A({})",
    Placement.ENDS_WITH: r"({})\Z",
    Placement.FULL_EXACT: r"\A({})\Z",
    Placement.FULL_TEXT: r"\A[\W_]*+({})[\W_]*\Z",
}
CASE_SENSITIVE = int(regex.DOTALL | regex.VERSION0)
ANY_CASE = CASE_SENSITIVE | int(regex.IGNORECASE)
_ASCII_WORD = frozenset("0123456789_abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")
_NOTHING = frozenset[str]()
_IS_UNSPACED = regex.compile(f"[{UNSPACED}]")
_IS_WORD = regex.compile(r"\w")
_IS_MARK = regex.compile(r"\p{M}")


@cache
def compiled(pattern: Pattern, *, unspaced: bool = False) -> regex.Pattern[str]:
    """The pattern as one expression; its first group is the value. A plain word's edges are tested apart.

    ``unspaced``: for a text with letters of scripts that put no spaces between words.
    """
    flags = CASE_SENSITIVE if pattern.case_sensitive else ANY_CASE
    value = f"(?:{pattern.value})" if pattern.regex else regex.escape(pattern.value, special_only=True)
    if pattern.verbatim:
        value = as_python_reads(value) if pattern.regex else value
        return _expression(VERBATIM_TEMPLATES[pattern.placement].replace("{}", value), flags)
    placement = Placement.INCLUDES if _is_plain_word(pattern) else pattern.placement
    template = UNSPACED_WORD if unspaced and placement is Placement.WORD else TEMPLATES[placement]
    return _expression(template.replace("{}", value), flags)


def _expression(text: str, flags: int) -> regex.Pattern[str]:
    """Without the library's own cache, which is small and slow when it is full."""
    return regex.compile(text, flags, cache_pattern=False)


def spans(pattern: Pattern, text: str) -> tuple[Span, ...]:
    """Every place where the pattern stands, not overlapping. Raises TimeoutError for a text that is too hard."""
    plain = literal(pattern)
    return plain.spans(text) if plain is not None and plain.fits(text) else tuple(_found(pattern, text))


def stands(pattern: Pattern, text: str) -> bool:
    """Whether there is any such place. Raises TimeoutError for a text that is too hard."""
    plain = literal(pattern)
    first = plain.first(text) if plain is not None and plain.fits(text) else next(_found(pattern, text), None)
    return first is not None


def _found(pattern: Pattern, text: str) -> Iterator[Span]:
    if _is_plain_word(pattern):
        return _plain_words(pattern, text)
    unspaced = not text.isascii() and _IS_UNSPACED.search(text) is not None
    expression = (
        compiled(pattern, unspaced=True) if unspaced else compiled(pattern)
    )  # the cache tells `False` from none
    found = expression.finditer(text, timeout=TIME_LIMIT)
    return (Span(*match.span(1)) for match in found if match.end(1) > match.start(1))


def _is_plain_word(pattern: Pattern) -> bool:
    return pattern.placement is Placement.WORD and not pattern.regex and not pattern.verbatim


class Literal(NamedTuple):
    """A plain value, made ready to be found in most texts."""

    value: str
    before: frozenset[str]
    """What of ASCII may not stand right before it …"""
    after: frozenset[str]
    """… and right after it."""
    case_sensitive: bool
    is_word: bool

    def fits(self, text: str) -> bool:
        """Whether each letter of a text is folded to one letter, so that places in it are told."""
        if self.case_sensitive or text.isascii():
            return True
        return self.value.isascii() and len(folded(text)) == len(text)

    def first(self, text: str, after: int = 0) -> Span | None:
        """The first place, not before another. Mostly, a look at two letters is all it takes."""
        plain = text if self.case_sensitive else folded(text)
        size = len(self.value)
        start = plain.find(self.value, after)
        while start >= 0 and self.is_word and self._is_torn(text, start, start + size):
            start = plain.find(self.value, start + 1)
        return Span(start, start + size) if start >= 0 else None

    def spans(self, text: str) -> tuple[Span, ...]:
        """Every place, not overlapping."""
        found = []
        span = self.first(text)
        while span is not None:
            found.append(span)
            span = self.first(text, span.end)
        return tuple(found)

    def _is_torn(self, text: str, start: int, end: int) -> bool:
        before, after = text[start - 1 : start], text[end : end + 1]
        if before in self.before or after in self.after:
            return True
        if before.isascii() and after.isascii():
            return False
        return not (_is_edge(text, start) and _is_edge(text, end))


@cache
def literal(pattern: Pattern) -> Literal | None:
    """``None`` for a pattern that is no plain value, or whose place in the text counts."""
    if pattern.regex or not (pattern.placement is Placement.INCLUDES or _is_plain_word(pattern)):
        return None
    value = pattern.value if pattern.case_sensitive else pattern.value.lower()
    is_word = pattern.placement is Placement.WORD
    before = _ASCII_WORD if is_word and value[0] in _ASCII_WORD else _NOTHING
    after = _ASCII_WORD if is_word and value[-1] in _ASCII_WORD else _NOTHING
    return Literal(value, before, after, pattern.case_sensitive, is_word)


@cache
def phrase(pattern: Pattern) -> bytes:
    """What stands in ``words_alone`` wherever a value stands that begins and ends with a letter of ASCII, and is looked
    for as whole words in either case; nothing for other patterns."""
    plain = literal(pattern)
    if plain is None or plain.case_sensitive or not (plain.before and plain.after and plain.value.isascii()):
        return b""
    return words_alone(plain.value)


def words_alone(text: str) -> bytes:
    """A text in which each letter is folded to one letter, with nothing but blanks where words may end: there a word is
    found without a look at what is around it. All is one place further on; letters beyond ASCII are all the same."""
    if not text.isascii():
        text = folded(text)
        for letter in set(text):
            if not letter.isascii():
                text = text.replace(letter, "_" if _is_spaced_word(letter) else " ")
    return b" %b " % text.encode("ascii").translate(WORDS_ALONE)


def _plain_words(pattern: Pattern, text: str) -> Iterator[Span]:
    free_from = 0
    for found in compiled(pattern).finditer(text, overlapped=True, timeout=TIME_LIMIT):
        start, end = found.span()
        if start >= free_from and _is_edge(text, start) and _is_edge(text, end):
            yield Span(start, end)
            free_from = end


def _is_edge(text: str, place: int) -> bool:
    if place in {0, len(text)}:
        return True
    before, after = text[place - 1], text[place]
    if not after.isascii() and _IS_MARK.match(after) and is_unspaced(before):
        return False
    return not (_is_spaced_word(before) and _is_spaced_word(after))


@lru_cache(maxsize=65_536)
def _is_spaced_word(character: str) -> bool:
    """Whether a character is a word character of a script that puts spaces between words."""
    return bool(_IS_WORD.match(character)) and not is_unspaced(character)


def is_unspaced(character: str) -> bool:
    """Whether a character is of a script that puts no spaces between words: there, any place is an edge."""
    return bool(_IS_UNSPACED.match(character))


def merged(found: Iterable[Span]) -> tuple[Span, ...]:
    """Sorted, with overlapping spans made one."""
    result: list[Span] = []
    for span in sorted(found):
        if result and span.start < result[-1].end:
            result[-1] = Span(result[-1].start, max(result[-1].end, span.end))
        else:
            result.append(span)
    return tuple(result)
