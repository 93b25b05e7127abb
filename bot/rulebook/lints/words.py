"""Values that find too much, or not what was meant."""

from collections.abc import Iterator
from functools import cache
from importlib.resources import files

from bot.matching.exact import is_unspaced, spans
from bot.matching.pattern import Pattern, Placement
from bot.matching.words import fold
from bot.rulebook.codes import Code
from bot.rulebook.diagnostic import Diagnostic
from bot.rulebook.lints.lint import NAMING, Linted, Wanted

SHORTEST = 3
"""Letters under which a value stands in too many texts by chance."""
LONGEST_TRAP = 6
"""Letters up to which a part of a word is looked for in common words."""
SHOWN = 4
"""Innocent words that are named."""
INNOCENT = (
    "The update is here.",
    "Why does my printer blink twice?",
    "Regulators open an inquiry into cloud fees",
    "I measured ten power banks: 3 of them failed",
    "Thanks, that was helpful!",
    "New RISC-V board reviewed",
)
"""Texts that have nothing in common but being harmless."""


def finds_all(linted: Linted) -> Iterator[Diagnostic]:
    """Patterns that find something in every text, however harmless."""
    for each in linted.wording.searches:
        if (each.pattern.regex or len(each.pattern.value) < SHORTEST) and _finds_all(each):
            yield Diagnostic(
                each.place,
                Code.FINDS_ALL,
                f"`{each.pattern.value}` finds something in every one of {len(INNOCENT)} harmless texts, such as "
                f"“{INNOCENT[0]}”",
                "ask for a word of its own in the pattern",
            )


def _finds_all(each: Wanted) -> bool:
    return not set(each.search.fields) & set(NAMING) and all(spans(each.pattern, text) for text in INNOCENT)


def short(linted: Linted) -> Iterator[Diagnostic]:
    """Words of one or two letters."""
    for each in linted.wording.searches:
        value = each.pattern.value.strip()
        if len(value) >= SHORTEST:
            continue
        least = 2 if any(map(is_unspaced, value)) else SHORTEST
        if len(value) < least and _is_part(each) and not _finds_all(each):
            yield Diagnostic(
                each.place,
                Code.SHORT,
                f"`{value}` has only {len(value)} letter{'s' if len(value) > 1 else ''}: it stands in many texts by "
                "chance",
                "write a longer word or a phrase around it",
            )


def inside_words(linted: Linted) -> Iterator[Diagnostic]:
    """Parts of words that stand in innocent words too."""
    for each in linted.wording.searches:
        if each.pattern.placement is Placement.INCLUDES and _is_part(each):
            innocent = _innocent(fold(each.pattern.value))
            if innocent:
                yield Diagnostic(
                    each.place,
                    Code.INSIDE_WORDS,
                    f"`{each.pattern.value}` also stands in {', '.join(f'“{word}”' for word in innocent[:SHOWN])}",
                    "ask for a whole word with `(includes-word)`, or write a longer part",
                )


def _innocent(part: str) -> list[str]:
    if not SHORTEST <= len(part) <= LONGEST_TRAP or not part.isalpha():
        return []
    return [word for word in common_words() if part in word and part != word]


@cache
def common_words() -> tuple[str, ...]:
    """Everyday English words, and names, that are known to get caught by filters; the plainest first."""
    text = files("bot.rulebook.lints").joinpath("common_words.txt").read_text(encoding="utf-8")
    return tuple(text.split())


def unspaced(linted: Linted) -> Iterator[Diagnostic]:
    """Whole words of a script that puts no spaces between words: once for each condition."""
    told: set[int] = set()
    for each in linted.wording.searches:
        value = each.pattern.value
        if id(each.search) in told or each.pattern.placement is not Placement.WORD or each.pattern.regex:
            continue
        if is_unspaced(value[0]) or is_unspaced(value[-1]):
            told.add(id(each.search))
            yield Diagnostic(
                each.condition.place,
                Code.UNSPACED,
                f"`{value}` is in a script without spaces between words: it is found inside longer words too",
                "write `(includes)` to say so, and longer words where that finds too much",
            )


def _is_part(each: Wanted) -> bool:
    """Whether it is a value as written that may stand anywhere in a text."""
    anywhere = {Placement.WORD, Placement.INCLUDES, Placement.STARTS_WITH, Placement.ENDS_WITH}
    pattern: Pattern = each.pattern
    return not pattern.regex and pattern.placement in anywhere and not set(each.search.fields) & set(NAMING)
