"""All patterns of all rules, compiled once; an item, scanned once."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from bot.matching import exact
from bot.matching.engine import Engine, fold, gate, make_engine, readable_text
from bot.matching.hits import Hits
from bot.matching.loosen import parse
from bot.matching.pattern import Pattern, PatternError, Placement, Span
from bot.text.prepared import Prepared, Text


class Scanner:
    """Finds patterns in prepared texts. May be shared between threads."""

    def __init__(self, patterns: Iterable[Pattern], engine: Engine | None = None) -> None:
        """``engine`` finds the candidates; the fastest that is installed by default."""
        self._patterns = tuple(dict.fromkeys(patterns))
        self._engine = engine or make_engine(self._patterns)
        self._gates = {each: gate(each) for each in self._patterns if each.regex}

    def __len__(self) -> int:
        return len(self._patterns)

    def scan(self, prepared: Prepared) -> Hits:
        """Every pattern in every field. A pattern hits if it stands in the original or in the folded view."""
        found: dict[str, Mapping[Pattern, tuple[Span, ...]]] = {}
        timed_out: dict[str, frozenset[Pattern]] = {}
        for field, text in prepared.fields.items():
            hits, hard = self._scan_text(text)
            if hits:
                found[field] = hits
            if hard:
                timed_out[field] = hard
        return Hits(found, timed_out)

    def _scan_text(self, text: Text) -> tuple[dict[Pattern, tuple[Span, ...]], frozenset[Pattern]]:
        spans: defaultdict[Pattern, list[Span]] = defaultdict(list)
        hard: set[Pattern] = set()
        for view in (text.original,) if text.folded is None else (text.original, text.folded):
            for number in self._engine.candidates(view):
                pattern = self._patterns[number]
                try:
                    found = self._confirm(pattern, view)
                except TimeoutError:
                    hard.add(pattern)
                    continue
                spans[pattern] += found if view is text.original else _in_original(found, text)
        hits = {pattern: exact.merged(each) for pattern, each in spans.items() if each}
        return hits, frozenset(hard - hits.keys())

    def _confirm(self, pattern: Pattern, view: str) -> tuple[Span, ...]:
        if pattern.regex and not self._gates[pattern].search(readable_text(view)):  # type: ignore[attr-defined]
            return ()
        return exact.spans(pattern, view)


def compile_patterns(patterns: Iterable[Pattern]) -> Scanner:
    """One scanner for all the patterns. Raises PatternError for one that cannot be used."""
    wanted = tuple(dict.fromkeys(patterns))
    for pattern in wanted:
        check_pattern(pattern)
    return Scanner(wanted)


def check_pattern(pattern: Pattern) -> None:
    """Raises PatternError for a pattern that cannot be used, with the part that is wrong and the cure."""
    if not pattern.value:
        raise PatternError("an empty value would match everywhere", "leave it out")
    if not pattern.regex:
        if not fold(pattern.value) or (not pattern.value.strip() and pattern.placement is Placement.FULL_TEXT):
            raise PatternError("a value of blanks matches every text", "leave it out")
        return
    if parse(pattern.value).getwidth()[0] == 0:
        raise PatternError(
            f"`{pattern.value}` also matches nothing at all, so it would match every text",
            "ask for at least one character: `+` in place of `*`",
        )
    try:
        gate(pattern)
        exact.compiled(pattern)
    except PatternError:
        raise
    except Exception as error:  # noqa: BLE001 - RE2 raises bare errors of several kinds
        message = str(error.args[0] if error.args else error)
        raise PatternError(f"not a regular expression that can be searched in linear time: {message}") from None


def _in_original(found: Iterable[Span], text: Text) -> list[Span]:
    return [Span(text.offsets[each.start], text.offsets[each.end - 1] + 1) for each in found]
