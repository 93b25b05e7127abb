"""The plain matcher: one ``regex`` search a pattern, written straight from the definition. Slow, and easy to believe."""

import regex

from bot.matching.pattern import Pattern, Placement
from bot.text.prepared import Text

UNSPACED = regex.compile(
    r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}\p{Tibetan}\p{Bopomofo}\p{Yi}\u3005\u30fc]"
)


def hits(pattern: Pattern, text: Text) -> list[tuple[int, int]]:
    """Spans in the original, merged: what stands in the original or in the folded view."""
    found = find(pattern, text.original)
    if text.folded is not None:
        found += [(text.offsets[a], text.offsets[b - 1] + 1) for a, b in find(pattern, text.folded)]
    merged: list[tuple[int, int]] = []
    for start, end in sorted(found):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        else:
            merged.append((start, end))
    return merged


def find(pattern: Pattern, text: str) -> list[tuple[int, int]]:
    value = pattern.value if pattern.regex else regex.escape(pattern.value)
    flags = regex.DOTALL | (0 if pattern.case_sensitive else regex.IGNORECASE)
    match pattern.placement:
        case Placement.INCLUDES:
            found = regex.finditer(value, text, flags)
        case Placement.STARTS_WITH:
            found = regex.finditer(rf"\A(?:{value})", text, flags)
        case Placement.ENDS_WITH:
            found = regex.finditer(rf"(?:{value})\Z", text, flags)
        case Placement.FULL_EXACT:
            found = regex.finditer(rf"\A(?:{value})\Z", text, flags)
        case Placement.FULL_TEXT:
            inside = regex.fullmatch(rf"[\W_]*+({value})[\W_]*", text, flags)
            return [inside.span(1)] if inside else []
        case Placement.WORD:
            return _as_words(value, text, flags)
    return [each.span() for each in found if each.end() > each.start()]


def _as_words(value: str, text: str, flags: int) -> list[tuple[int, int]]:
    """Walk along the text; at each place that may be an edge, take the first way the value ends at one, too."""
    edges = "".join("e" if _is_edge(text, place) else "-" for place in range(len(text) + 1))
    if pattern_is_plain(value):
        return _plain_words(value, text, flags, edges)
    left = right = r"(?:(?<!\w)|(?!\w)|(?<={0})|(?={0}))".replace("{0}", UNSPACED.pattern)
    return [m.span(1) for m in regex.finditer(f"{left}({value}){right}", text, flags) if m.end(1) > m.start(1)]


def pattern_is_plain(value: str) -> bool:
    return regex.search(r"[(|*+?{\[.^$]|\\[wdsbWDSB]", value.replace("\\.", "")) is None


def _plain_words(value: str, text: str, flags: int, edges: str) -> list[tuple[int, int]]:
    compiled = regex.compile(value, flags)
    spans, place = [], 0
    while found := compiled.search(text, place):
        start, end = found.span()
        if edges[start] == "e" and edges[end] == "e" and end > start:
            spans.append((start, end))
            place = end
        else:
            place = start + 1
    return spans


def _is_edge(text: str, place: int) -> bool:
    """No edge only between two word characters of scripts that put spaces between words."""
    if place in {0, len(text)}:
        return True
    return not (_is_word(text[place - 1]) and _is_word(text[place]))


def _is_word(character: str) -> bool:
    return regex.match(r"\w", character) is not None and UNSPACED.match(character) is None
