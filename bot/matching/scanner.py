"""All patterns of all rules, compiled once; an item, scanned once."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import Generic, TypeVar

from bot.matching import exact
from bot.matching.engine import Engine, MakeEngine, gate, make_engine, may_stand
from bot.matching.hits import Found, Hits, Spot, Spots
from bot.matching.loosen import parse
from bot.matching.pattern import Pattern, PatternError, Placement, Span
from bot.matching.words import WORD, fold, folded, is_plain
from bot.text.prepared import Prepared, Text
from bot.text.respelling import SHORTEST

Asked = TypeVar("Asked")
Told = TypeVar("Told")


class Scanner:
    """Finds patterns in prepared texts. May be shared between threads."""

    def __init__(
        self, patterns: Iterable[Pattern], make: MakeEngine = make_engine, spots: Iterable[Spot] | None = None
    ) -> None:
        """``make`` makes what finds the candidates; the fastest that is installed by default.

        ``spots`` tell in which fields the patterns are looked for; without them, in all. Each field has its own engine,
        so that nothing is looked for where nobody asks for it.
        """
        self.patterns = tuple(dict.fromkeys(patterns))
        self._values = [None if pattern.regex else fold(pattern.value) for pattern in self.patterns]
        self._literals = [exact.literal(pattern) for pattern in self.patterns]
        self._may_be_respelt = [may_be_respelt(pattern) for pattern in self.patterns]
        self._number_of = {pattern: number for number, pattern in enumerate(self.patterns)}
        self._asked = None if spots is None else self._asked_of(spots)
        self._engines = {} if self._asked is None else self._made(make, self._asked)
        self._engine = make(dict(enumerate(self.patterns)) if self._asked is None else {})
        """For all other fields."""
        self._numbers = _OfField(self._numbers_of)
        self._weights = _OfField(self._weights_of)
        self._groups = _Remembered(self._groups_of)
        self._words = {
            number: pattern.value.lower() for number, pattern in enumerate(self.patterns) if is_plain(pattern)
        }

    def __len__(self) -> int:
        return len(self.patterns)

    def scan(self, prepared: Prepared) -> Hits:
        """Every pattern in every field that is asked about. A pattern hits if it stands in the original, in the folded
        view, or, as a whole word, in the respelt view."""
        return Hits(self, prepared.fields)

    def candidates(self, field: str, text: Text) -> AbstractSet[int]:
        """Numbers of the patterns that may stand in a text; all others that are looked for in the field do not."""
        engine = self._engines.get(field, self._engine)
        found = engine.candidates(text.original)
        for view in (text.folded, text.respelt):
            more = found if view is None else engine.candidates(view)
            # One set for all texts is not copied: an engine may name every pattern every time.
            found = found if more is found else found | more
        return found

    def is_exact(self, text: Text) -> bool:
        """Whether words found in it need no confirmation."""
        return self._engine.has_exact_words and text.folded is text.respelt is None and text.original.isascii()

    def words(self, text: Text, numbers: AbstractSet[int]) -> Mapping[int, Found]:
        """Where those of the patterns stand that are words, in one reading of a text of ASCII; of none that is respelt
        there as well, and of no other text."""
        if not text.original.isascii():
            return {}
        respelt = "" if text.respelt is None else folded(text.respelt)
        wanted = {self._words[number]: number for number in numbers & self._words.keys()}
        wanted = {word: number for word, number in wanted.items() if word not in respelt} if respelt else wanted
        spans: dict[int, list[Span]] = {number: [] for number in wanted.values()}
        for word in WORD.finditer(folded(text.original)) if wanted else ():
            number = wanted.get(word[0])
            if number is not None:
                spans[number].append(Span(*word.span()))
        return {number: Found(tuple(found)) for number, found in spans.items()}

    def numbers(self, field: str, wanted: frozenset[Pattern]) -> frozenset[int]:
        """The numbers of some patterns."""
        return self._numbers.of(field, wanted)

    def weights(self, field: str, weighed: Mapping[Pattern, int]) -> Mapping[int, int]:
        """What patterns weigh, by their numbers."""
        return self._weights.of(field, weighed)

    def groups(self, groups: tuple[Spots, ...]) -> Mapping[str, Mapping[int, tuple[int, ...]]]:
        """For each field and the number of each pattern, in which of the groups it is."""
        return self._groups.of(groups)

    def _number(self, field: str, pattern: Pattern) -> int:
        """Raises LookupError for a pattern that is not looked for in the field: nothing could be told about it."""
        number = self._number_of[pattern]
        if self._asked is not None and number not in self._asked.get(field, ()):
            raise LookupError(f"`{pattern.value}` is not looked for in {field}")
        return number

    def _numbers_of(self, field: str, wanted: frozenset[Pattern]) -> frozenset[int]:
        return frozenset(self._number(field, pattern) for pattern in wanted)

    def _weights_of(self, field: str, weighed: Mapping[Pattern, int]) -> Mapping[int, int]:
        return {self._number(field, pattern): weight for pattern, weight in weighed.items()}

    def _asked_of(self, spots: Iterable[Spot]) -> dict[str, set[int]]:
        asked: dict[str, set[int]] = {}
        for field, pattern in spots:
            asked.setdefault(field, set()).add(self._number_of[pattern])
        return asked

    def _made(self, make: MakeEngine, asked: Mapping[str, AbstractSet[int]]) -> dict[str, Engine]:
        """One engine for all fields in which the same is looked for."""
        different = {numbers: make(self._numbered(numbers)) for numbers in set(map(frozenset, asked.values()))}
        return {field: different[frozenset(numbers)] for field, numbers in asked.items()}

    def _numbered(self, numbers: AbstractSet[int]) -> dict[int, Pattern]:
        return {number: self.patterns[number] for number in sorted(numbers)}

    def _groups_of(self, groups: tuple[Spots, ...]) -> Mapping[str, Mapping[int, tuple[int, ...]]]:
        found: dict[str, dict[int, tuple[int, ...]]] = {}
        for place, group in enumerate(groups):
            for field, pattern in group:
                numbers = found.setdefault(field, {})
                number = self._number(field, pattern)
                numbers[number] = (*numbers.get(number, ()), place)
        return found

    def _may_stand(self, number: int, view: str) -> bool:
        """A quick look before the exact one, for engines that name more than they find."""
        value = self._values[number]
        return may_stand(self.patterns[number], view) if value is None else value in folded(view)

    def confirm(self, text: Text, number: int) -> Found:
        """Where one pattern stands in a text."""
        literal = self._literals[number]
        if literal and text.original.isascii() and (text.respelt is None or not self._may_be_respelt[number]):
            return Found(literal.spans(text.original))
        pattern = self.patterns[number]
        if text.folded is text.respelt is None and not self._engine.needs_another_look:
            return _in_one_view(pattern, text.original)
        spans: list[Span] = []
        timed_out = False
        views = list(_views(pattern, text))
        looks_again = self._engine.needs_another_look or len(views) > 1
        for view, offsets in views:
            if looks_again and not self._may_stand(number, view):
                continue
            try:
                found = exact.spans(pattern, view)
            except TimeoutError:
                timed_out = True
                continue
            spans += found if offsets is None else _in_original(found, offsets)
        return Found(exact.merged(spans), timed_out and not spans)


def _in_one_view(pattern: Pattern, text: str) -> Found:
    """Spans of one pattern in one text are sorted and do not overlap."""
    try:
        return Found(exact.spans(pattern, text))
    except TimeoutError:
        return Found(timed_out=True)


class _Remembered(Generic[Asked, Told]):
    """Answers to the same few questions, asked again and again. A question is known again by identity: to compare two
    equal ones would take as long as the rest of the work."""

    def __init__(self, answer: Callable[[Asked], Told]) -> None:
        self._answer = answer
        self._known: dict[int, tuple[Asked, Told]] = {}

    def of(self, asked: Asked) -> Told:
        known = self._known.get(id(asked))
        if known is None or known[0] is not asked:
            known = self._known[id(asked)] = (asked, self._answer(asked))
        return known[1]


class _OfField(Generic[Asked, Told]):
    """The same for questions about a field."""

    def __init__(self, answer: Callable[[str, Asked], Told]) -> None:
        self._answer = answer
        self._known: dict[tuple[str, int], tuple[Asked, Told]] = {}

    def of(self, field: str, asked: Asked) -> Told:
        known = self._known.get((field, id(asked)))
        if known is None or known[0] is not asked:
            known = self._known[field, id(asked)] = (asked, self._answer(field, asked))
        return known[1]


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


def compile_patterns(
    patterns: Iterable[Pattern], make: MakeEngine = make_engine, spots: Iterable[Spot] | None = None
) -> Scanner:
    """One scanner for all the patterns, wherever ``spots`` say they are looked for, else in every field.

    Raises PatternError for one that cannot be used.
    """
    wanted = tuple(dict.fromkeys(patterns))
    for pattern in wanted:
        check_pattern(pattern)
    return Scanner(wanted, make, spots)


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
