"""The plain matcher: one ``regex`` search a pattern, written straight from the definition. Slow, and easy to believe."""

from functools import cache, lru_cache

import regex

from bot.matching.pattern import Pattern, Placement
from bot.text.prepared import Text

UNSPACED = regex.compile(
    r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}\p{Tibetan}\p{Bopomofo}\p{Yi}\u3005\u30fc]"
)

TORN = rf"(?<={UNSPACED.pattern})\p{{M}}"
EDGE = rf"(?!{TORN})" + r"(?:(?<!\w)|(?!\w)|(?<=[u])|(?=[u]))".replace("[u]", UNSPACED.pattern)
MEANINGS = {
    Placement.INCLUDES: "{}",
    Placement.STARTS_WITH: r"\A(?:{})",
    Placement.ENDS_WITH: r"(?:{})\Z",
    Placement.FULL_EXACT: r"\A(?:{})\Z",
    Placement.FULL_TEXT: r"[\W_]*+({})[\W_]*",
    Placement.WORD: EDGE + "({})" + EDGE,
}


def hits(pattern: Pattern, text: Text) -> list[tuple[int, int]]:
    """Spans in the original, merged: what stands in the original or in the folded view."""
    found = find(pattern, text.original)
    if text.folded is not None:
        view, places = text.folded
        found += [(places[start], places[end - 1] + 1) for start, end in find(pattern, view)]
    merged: list[tuple[int, int]] = []
    for start, end in sorted(found):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        else:
            merged.append((start, end))
    return merged


def find(pattern: Pattern, text: str) -> list[tuple[int, int]]:
    expression = _compiled(pattern)
    if pattern.placement is Placement.FULL_TEXT:
        inside = expression.fullmatch(text)
        return [inside.span(1)] if inside else []
    if pattern.placement is not Placement.WORD:
        return [each.span() for each in expression.finditer(text) if each.end() > each.start()]
    if _is_plain(_value(pattern)):
        return _plain_words(expression, text)
    return [m.span(1) for m in expression.finditer(text) if m.end(1) > m.start(1)]


@cache
def _compiled(pattern: Pattern):
    value = _value(pattern)
    plain_word = pattern.placement is Placement.WORD and _is_plain(value)
    expression = value if plain_word else MEANINGS[pattern.placement].replace("{}", value)
    return regex.compile(expression, regex.DOTALL | (0 if pattern.case_sensitive else regex.IGNORECASE))


def _value(pattern: Pattern) -> str:
    return pattern.value if pattern.regex else regex.escape(pattern.value)


@cache
def _is_plain(value: str) -> bool:
    return regex.search(r"[(|*+?{\[.^$]|\\[wdsbWDSB]", value.replace("\\.", "")) is None


def _plain_words(expression, text: str) -> list[tuple[int, int]]:
    """Walk along the text; at each place where the value stands between two edges, take it and go on behind it."""
    spans, place = [], 0
    while found := expression.search(text, place):
        start, end = found.span()
        if _is_edge(text, start) and _is_edge(text, end) and end > start:
            spans.append((start, end))
            place = end
        else:
            place = start + 1
    return spans


def _is_edge(text: str, place: int) -> bool:
    """No edge between two word characters of scripts that put spaces between words, nor inside a letter of others."""
    if place in {0, len(text)}:
        return True
    if regex.compile(TORN).match(text, place):
        return False
    return not (_is_word(text[place - 1]) and _is_word(text[place]))


@lru_cache(maxsize=65_536)
def _is_word(character: str) -> bool:
    return regex.match(r"\w", character) is not None and UNSPACED.match(character) is None
