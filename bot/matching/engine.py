"""Finding candidates: which patterns may stand in a text. Never misses one; what it names is confirmed elsewhere."""

import threading
from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from functools import lru_cache
from typing import Any, Protocol

import re2

from bot.matching.loosen import AROUND, loosen, narrow
from bot.matching.pattern import Pattern
from bot.matching.words import Words, fold, folded

try:
    import hyperscan
except ImportError:  # there is no wheel for this platform
    HAS_HYPERSCAN = False
else:
    HAS_HYPERSCAN = True

GATE_MEMORY = 64 * 1024 * 1024
"""Bytes that RE2 may use for one expression."""


class Engine(Protocol):
    """Numbers of the patterns that may stand in a text, in any order, each at most once."""

    @property
    def needs_another_look(self) -> bool:
        """Whether it names patterns without having looked for them."""

    def candidates(self, text: str) -> AbstractSet[int]: ...


MakeEngine = Callable[[Mapping[int, Pattern]], Engine]


def make_engine(patterns: Mapping[int, Pattern]) -> Engine:
    """The fast engine where its library is installed, else the plain one; their candidates serve equally.

    ``patterns`` by the numbers under which they are to be named.
    """
    return HyperscanEngine(patterns) if HAS_HYPERSCAN else PlainEngine(patterns)


@lru_cache(maxsize=4_096)
def gate(pattern: Pattern) -> object:
    """A loosened expression in RE2, whose time is linear in the text: asked before anything that is not."""
    options = re2.Options()
    options.log_errors = False
    options.max_mem = GATE_MEMORY
    return re2.compile(loosen(pattern), options)


def may_stand(pattern: Pattern, text: str) -> bool:
    """Whether an expression may stand in a text, found in time linear in the text."""
    return bool(gate(pattern).search(narrow(text)))  # type: ignore[attr-defined]


class EveryPattern:
    """Names them all: for judging a few items, where compiling a database costs more than it saves."""

    needs_another_look = True

    def __init__(self, patterns: Mapping[int, Pattern]) -> None:
        self._all = frozenset(patterns)

    def candidates(self, text: str) -> AbstractSet[int]:  # noqa: ARG002 - an engine's signature
        return self._all


class PlainEngine:
    """Words looked up, and one other pattern after the other."""

    needs_another_look = False

    def __init__(self, patterns: Mapping[int, Pattern]) -> None:
        self._words = Words(patterns)
        others = [(number, patterns[number]) for number in self._words.rest]
        self._literals = [(number, fold(each.value)) for number, each in others if not each.regex]
        self._gates = [(number, gate(each)) for number, each in others if each.regex]

    def candidates(self, text: str) -> set[int]:
        plain, narrowed = folded(text), narrow(text)
        found = self._words.among(narrowed.encode("latin-1"))
        found |= {number for number, value in self._literals if value in plain}
        found |= {number for number, expression in self._gates if expression.search(narrowed)}  # type: ignore[attr-defined]
        return found


class HyperscanEngine:
    """Words looked up, and one database of all other patterns.

    All are looked for in the narrowed text, but for values of other letters than those of ASCII: they have a database
    of their own for the folded text. Case is left as it is, because a value's letters stand for both.
    """

    needs_another_look = False

    def __init__(self, patterns: Mapping[int, Pattern]) -> None:
        self._words = Words(patterns)
        others = self._words.rest.items()
        expressions = {number: _expression(patterns[number], branches) for number, branches in others}
        beyond = {number for number in expressions if _is_beyond(patterns[number])}
        self._database = _Database({number: each for number, each in expressions.items() if number not in beyond})
        self._beyond = _Database({number: expressions[number] for number in beyond})
        refused = {number: patterns[number] for number in self._database.refused | self._beyond.refused}
        self._others = PlainEngine(refused) if refused else None

    def candidates(self, text: str) -> set[int]:
        is_ascii = text.isascii()
        data = text.encode() if is_ascii else narrow(text).encode("latin-1")
        found = self._words.among(data)
        self._database.scan(data, found)
        if not is_ascii:
            self._beyond.scan(folded(text).encode("utf-8", "replace"), found)
        return found if self._others is None else found | self._others.candidates(text)


class _Database:
    """One compiled database, with scratch space for each thread."""

    def __init__(self, expressions: Mapping[int, bytes]) -> None:
        self.refused: set[int] = set()
        """Numbers of the expressions that the engine finds too large."""
        self._database = self._compile(expressions) if expressions else None
        self._local = threading.local()

    def scan(self, data: bytes, found: set[int]) -> None:
        """Adds the numbers of the expressions that match anywhere."""
        if self._database is None or not data:
            return
        try:
            scratch = self._local.scratch
        except AttributeError:
            scratch = self._local.scratch = hyperscan.Scratch(self._database)
        self._database.scan(data, _collect, 0, found, scratch)

    def _compile(self, expressions: Mapping[int, bytes]) -> "hyperscan.Database | None":
        try:
            return self._compiled(expressions)
        except hyperscan.CompilerError:
            refused = {number for number, each in expressions.items() if not self._is_accepted(each)}
            self.refused |= refused
            accepted = {number: each for number, each in expressions.items() if number not in refused}
            return self._compiled(accepted) if accepted else None

    def _is_accepted(self, expression: bytes) -> bool:
        try:
            self._compiled({0: expression})
        except hyperscan.CompilerError:
            return False
        return True

    def _compiled(self, expressions: Mapping[int, bytes]) -> "hyperscan.Database":
        database = hyperscan.Database(mode=hyperscan.HS_MODE_BLOCK)
        database.compile(
            expressions=list(expressions.values()),
            ids=list(expressions),
            elements=len(expressions),
            flags=[hyperscan.HS_FLAG_SINGLEMATCH] * len(expressions),
        )
        return database


def _collect(number: int, _start: int, _end: int, _flags: int, found: object) -> None:
    found.add(number)  # type: ignore[attr-defined]


def _is_beyond(pattern: Pattern) -> bool:
    """Whether it is a value with letters that stand in no text of ASCII."""
    return not (pattern.regex or narrow(pattern.value).isascii())


def _expression(pattern: Pattern, branches: Sequence[Any]) -> bytes:
    """For a pattern that is no expression, its folded bytes, each ASCII letter in both cases. Boundaries of words are
    left to the exact test: without them a database is compiled in half the time."""
    if pattern.regex:
        return loosen(pattern, branches).encode()
    before, after = AROUND.get(pattern.placement, ("", ""))
    value = fold(pattern.value if _is_beyond(pattern) else narrow(pattern.value))
    return before.encode() + b"".join(map(_either_case, value.encode("utf-8", "replace"))) + after.encode()


def _either_case(byte: int) -> bytes:
    other = ord(chr(byte).upper()) if byte < 0x80 else byte
    return rb"\x%02x" % byte if other == byte else rb"[\x%02x\x%02x]" % (byte, other)
