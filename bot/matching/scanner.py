"""All patterns of all rules, compiled once; an item, scanned once."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from bot.matching import exact
from bot.matching.engine import Engine, MakeEngine, fold, folded, gate, make_engine, may_stand
from bot.matching.hits import Found, Groups, Hits
from bot.matching.loosen import parse
from bot.matching.pattern import Pattern, PatternError, Placement, Span
from bot.text.prepared import Prepared, Text
from bot.text.respelling import SHORTEST


class Scanner:
    """Finds patterns in prepared texts. May be shared between threads."""

    def __init__(self, patterns: Iterable[Pattern], engine: Engine | None = None) -> None:
        """``engine`` finds the candidates; the fastest that is installed by default."""
        self.patterns = tuple(dict.fromkeys(patterns))
        self._engine = engine or make_engine(self.patterns)
        self._values = [None if pattern.regex else fold(pattern.value) for pattern in self.patterns]
        self._number_of = {pattern: number for number, pattern in enumerate(self.patterns)}
        self._numbers_in_groups: dict[int, tuple[Groups, Mapping[int, tuple[int, ...]]]] = {}
        self._numbers_of: dict[int, tuple[frozenset[Pattern], frozenset[int]]] = {}

    def __len__(self) -> int:
        return len(self.patterns)

    def scan(self, prepared: Prepared) -> Hits:
        """Every pattern in every field. A pattern hits if it stands in the original, in the folded view, or, as a whole
        word, in the respelt view."""
        candidates = {field: self._candidates(text) for field, text in prepared.fields.items()}
        return Hits(
            self.patterns,
            candidates,
            frozenset(field for field, text in prepared.fields.items() if self._is_exact(text)),
            self._numbers,
            self._groups_of,
            lambda field, number: self._confirm(prepared.fields[field], number),
        )

    def _is_exact(self, text: Text) -> bool:
        """Whether words found in it need no confirmation."""
        return self._engine.has_exact_words and text.folded is text.respelt is None and text.original.isascii()

    def _candidates(self, text: Text) -> frozenset[int]:
        found = [
            self._engine.candidates(view) for view in (text.original, text.folded, text.respelt) if view is not None
        ]
        # One set for all texts is not copied: an engine may name every pattern every time.
        return frozenset(found[0]) if all(each is found[0] for each in found) else frozenset().union(*found)

    def _numbers(self, wanted: frozenset[Pattern]) -> frozenset[int]:
        """Patterns by their numbers, remembered: the same few sets are asked for again and again. They are known again
        by identity, because comparing two equal sets would take as long as the rest of the work."""
        known = self._numbers_of.get(id(wanted))
        if known is not None and known[0] is wanted:
            return known[1]
        numbers = frozenset(self._number_of[pattern] for pattern in wanted)
        self._numbers_of[id(wanted)] = (wanted, numbers)
        return numbers

    def _groups_of(self, groups: Groups) -> Mapping[int, tuple[int, ...]]:
        """For the number of each pattern, in which of the groups it is; remembered in the same way."""
        known = self._numbers_in_groups.get(id(groups))
        if known is not None and known[0] is groups:
            return known[1]
        found: dict[int, tuple[int, ...]] = {}
        for place, group in enumerate(groups):
            for number in self._numbers(group):
                found[number] = (*found.get(number, ()), place)
        self._numbers_in_groups[id(groups)] = (groups, found)
        return found

    def _may_stand(self, number: int, view: str) -> bool:
        """A quick look before the exact one, for engines that name more than they find."""
        value = self._values[number]
        return may_stand(self.patterns[number], view) if value is None else value in folded(view)

    def _confirm(self, text: Text, number: int) -> Found:
        pattern = self.patterns[number]
        spans: list[Span] = []
        timed_out = False
        for view, offsets in _views(pattern, text):
            if not self._may_stand(number, view):
                continue
            try:
                found = exact.spans(pattern, view)
            except TimeoutError:
                timed_out = True
                continue
            spans += found if offsets is None else _in_original(found, offsets)
        return Found(exact.merged(spans), timed_out and not spans)


def _views(pattern: Pattern, text: Text) -> Iterator[tuple[str, Sequence[int] | None]]:
    """The views in which a pattern is looked for, each with its places in the original."""
    yield text.original, None
    if pattern.verbatim:
        return
    if text.folded is not None:
        yield text.folded, text.offsets
    if text.respelt is not None and may_be_respelt(pattern):
        yield text.respelt, text.respelt_offsets


def may_be_respelt(pattern: Pattern) -> bool:
    """Whether the third view is searched for it: only whole words and phrases that are long enough."""
    if pattern.regex or pattern.case_sensitive or pattern.verbatim or pattern.placement is not Placement.WORD:
        return False
    return sum(letter.isalpha() for letter in pattern.value) >= SHORTEST


def compile_patterns(patterns: Iterable[Pattern], make: MakeEngine = make_engine) -> Scanner:
    """One scanner for all the patterns. Raises PatternError for one that cannot be used."""
    wanted = tuple(dict.fromkeys(patterns))
    for pattern in wanted:
        check_pattern(pattern)
    return Scanner(wanted, make(wanted))


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


def _in_original(found: Iterable[Span], offsets: Sequence[int]) -> list[Span]:
    return [Span(offsets[each.start], offsets[each.end - 1] + 1) for each in found]
