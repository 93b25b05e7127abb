"""All patterns of all rules, compiled once; an item, scanned once."""

from collections.abc import Callable, Iterable, Mapping
from collections.abc import Set as AbstractSet
from functools import lru_cache
from typing import Any, Generic, TypeVar

from bot.matching import exact
from bot.matching.engine import Engine, MakeEngine, gate, make_engine
from bot.matching.hits import NONE, Hits
from bot.matching.loosen import parse
from bot.matching.pattern import EMPTY, ByField, Pattern, PatternError, Placement, Spot, Told
from bot.matching.places import Places
from bot.matching.remembered import Remembered
from bot.matching.sure import is_plain_text
from bot.matching.tally import Tally
from bot.matching.words import fold
from bot.text.prepared import Prepared, Text

REPEATED = frozenset({"community", "domain", "author.instance"})
"""Fields whose few names come again and again."""
Asked = TypeVar("Asked")


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
        self._number_of = {pattern: number for number, pattern in enumerate(self.patterns)}
        self._in_empty = frozenset({self._number_of[EMPTY]} if EMPTY in self._number_of else ())
        self._asked = None if spots is None else self._asked_of(spots)
        self._engines = {} if self._asked is None else self._made(make, self._asked)
        self._engine = make(self._numbered(range(len(self.patterns)) if self._asked is None else ()))
        """For all other fields."""
        self.numbers = _OfField(self._numbers_of).of
        """The numbers of some patterns, which are looked for in a field."""
        self._by_number = Remembered(self._told_of)
        self._in_name = lru_cache(maxsize=4_096)(self._named)
        self.places = Places(self.patterns, looks_again=self._engine.needs_another_look)
        self.tally = Tally(self._number, len(self.patterns), self.places.exactly)

    def __len__(self) -> int:
        return len(self.patterns)

    def scan(self, prepared: Prepared) -> Hits:
        """Every pattern in every field that is asked about. A pattern hits if it stands in the original, in the folded
        view, or, as a whole word, in the respelt view."""
        return Hits(self, prepared.fields)

    def candidates(self, field: str, text: Text) -> AbstractSet[int]:
        """Numbers of the patterns that may stand in a text; all others that are looked for in the field do not."""
        original = text.original
        if not original:
            return self._in_empty if self._asked is None else self._in_empty & self._asked.get(field, NONE)
        if field in REPEATED:
            return self._in_name(field, original)
        engine = self._engines.get(field, self._engine)
        found = engine.candidates(original)
        for view in (text.folded, self.places.respelt(text) if text.respelt else None):
            if view is not None:
                more = engine.candidates(view.text)
                # One set for all texts is not copied: an engine may name every pattern every time.
                found = found if more is found else found | more
        return found

    def is_plain(self, text: Text) -> bool:
        """Whether those that are found exactly stand in a text, and not in a quote or in code, when they may."""
        if self._engine.needs_another_look or not is_plain_text(text.original):
            return False
        return self.places.respelt(text) is None and not text.regions

    def by_number(self, told: ByField[Told]) -> Mapping[str, Mapping[int, Told]]:
        """What is told of some patterns, by their numbers."""
        known: Mapping[str, Mapping[int, Told]] = self._by_number.of(told)
        return known

    def _named(self, field: str, name: str) -> AbstractSet[int]:
        """Candidates in one of the few names that come again and again; nothing in them is read in another way."""
        text, engine = Text(name), self._engines.get(field, self._engine)
        found = frozenset(engine.candidates(name))
        return found if text.folded is None else found | engine.candidates(text.folded.text)

    def _number(self, field: str, pattern: Pattern) -> int:
        """Raises LookupError for a pattern that is not looked for in the field: nothing could be told about it."""
        number = self._number_of[pattern]
        if self._asked is not None and number not in self._asked.get(field, ()):
            raise LookupError(f"`{pattern.value}` is not looked for in {field}")
        return number

    def _numbers_of(self, field: str, wanted: frozenset[Pattern]) -> frozenset[int]:
        return frozenset(self._number(field, pattern) for pattern in wanted)

    def _told_of(self, told: ByField[Any]) -> Mapping[str, Mapping[int, Any]]:
        return {
            field: {self._number(field, pattern): each for pattern, each in found.items()}
            for field, found in told.items()
        }

    def _asked_of(self, spots: Iterable[Spot]) -> dict[str, set[int]]:
        asked: dict[str, set[int]] = {}
        for field, pattern in spots:
            asked.setdefault(field, set()).add(self._number_of[pattern])
        return asked

    def _made(self, make: MakeEngine, asked: Mapping[str, AbstractSet[int]]) -> dict[str, Engine]:
        """One engine for all fields in which the same is looked for."""
        different = {numbers: make(self._numbered(numbers)) for numbers in set(map(frozenset, asked.values()))}
        return {field: different[frozenset(numbers)] for field, numbers in asked.items()}

    def _numbered(self, numbers: Iterable[int]) -> dict[int, Pattern]:
        """What an engine is to look for, which is never asked about an empty text."""
        return {number: self.patterns[number] for number in sorted(numbers) if number not in self._in_empty}


class _OfField(Generic[Asked, Told]):
    """The same for questions about a field."""

    def __init__(self, answer: Callable[[str, Asked], Told]) -> None:
        self._answer = answer
        self._known: dict[tuple[str, int], tuple[Asked, Told]] = {}

    def of(self, field: str, asked: Asked) -> Told:
        known = self._known.get((field, id(asked)))
        if known is None:
            known = self._known[field, id(asked)] = (asked, self._answer(field, asked))
        return known[1]


def compile_patterns(
    patterns: Iterable[Pattern], make: MakeEngine = make_engine, spots: Iterable[Spot] | None = None
) -> Scanner:
    """One scanner for all the patterns, wherever ``spots`` say they are looked for, else in every field.

    Raises PatternError for one that cannot be used.
    """
    wanted = tuple(dict.fromkeys(patterns))
    for pattern in wanted:
        if pattern != EMPTY:
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
