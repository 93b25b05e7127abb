"""Finding candidates: which patterns may stand in a text. Never misses one; what it names is confirmed elsewhere."""

import threading
from collections.abc import Callable, Sequence
from collections.abc import Set as AbstractSet
from functools import lru_cache
from typing import Protocol

import re2

from bot.matching.loosen import loosen
from bot.matching.pattern import Pattern, Placement

try:
    import hyperscan
except ImportError:  # there is no wheel for this platform
    HAS_HYPERSCAN = False
else:
    HAS_HYPERSCAN = True

_TURKIC = str.maketrans({"İ": "i", "ı": "i"})
GATE_MEMORY = 64 * 1024 * 1024
"""Bytes that RE2 may use for one expression."""


class Engine(Protocol):
    """Numbers of the patterns that may stand in a text, in any order, each at most once."""

    @property
    def has_exact_words(self) -> bool:
        """Whether a word that it names in an ASCII text surely stands there as a word."""

    def candidates(self, text: str) -> AbstractSet[int]: ...


MakeEngine = Callable[[Sequence[Pattern]], Engine]


def fold(text: str) -> str:
    """Text in which every two strings are equal that a search without regard to case takes for equal."""
    if text.isascii():
        return text.lower()
    return text.translate(_TURKIC).casefold()


@lru_cache(maxsize=16)
def folded(text: str) -> str:
    """The same, remembered: an engine and the look after it fold the same few texts."""
    return fold(text)


def make_engine(patterns: Sequence[Pattern]) -> Engine:
    """The fast engine where its library is installed, else the plain one; their candidates serve equally."""
    return HyperscanEngine(patterns) if HAS_HYPERSCAN else PlainEngine(patterns)


@lru_cache(maxsize=4_096)
def gate(pattern: Pattern) -> object:
    """A loosened expression in RE2, whose time is linear in the text: asked before anything that is not."""
    options = re2.Options()
    options.log_errors = False
    options.max_mem = GATE_MEMORY
    return re2.compile(loosen(pattern.value), options)


def may_stand(pattern: Pattern, text: str) -> bool:
    """Whether an expression may stand in a text, found in time linear in the text."""
    return bool(gate(pattern).search(readable_text(text)))  # type: ignore[attr-defined]


class EveryPattern:
    """Names them all: for judging a few items, where compiling a database costs more than it saves."""

    has_exact_words = False

    def __init__(self, patterns: Sequence[Pattern]) -> None:
        self._all = frozenset(range(len(patterns)))

    def candidates(self, text: str) -> AbstractSet[int]:  # noqa: ARG002 - an engine's signature
        return self._all


class PlainEngine:
    """One pattern after the other."""

    has_exact_words = False

    def __init__(self, patterns: Sequence[Pattern]) -> None:
        self._literals = [(number, fold(each.value)) for number, each in enumerate(patterns) if not each.regex]
        self._gates = [(number, gate(each)) for number, each in enumerate(patterns) if each.regex]

    def candidates(self, text: str) -> set[int]:
        plain = folded(text)
        readable = readable_text(text)
        found = {number for number, value in self._literals if value in plain}
        found |= {number for number, expression in self._gates if expression.search(readable)}  # type: ignore[attr-defined]
        return found


class HyperscanEngine:
    """All literal values in one database over folded bytes, all expressions in another over the text."""

    def __init__(self, patterns: Sequence[Pattern]) -> None:
        literals = {number: _literal(each) for number, each in enumerate(patterns) if not each.regex}
        expressions = {number: loosen(each.value).encode() for number, each in enumerate(patterns) if each.regex}
        flags = hyperscan.HS_FLAG_SINGLEMATCH
        self._words = _Database(literals, flags)
        self._expressions = _Database(expressions, flags | hyperscan.HS_FLAG_UTF8)
        self._literals = [(number, fold(patterns[number].value)) for number in self._words.refused]
        self._gates = [(number, gate(patterns[number])) for number in self._expressions.refused]
        self.has_exact_words = not self._literals

    def candidates(self, text: str) -> set[int]:
        plain = folded(text)
        found = self._words.hits(_encoded(plain)) | self._expressions.hits(_encoded(text))
        found |= {number for number, value in self._literals if value in plain}
        if self._gates:
            readable = readable_text(text)
            found |= {number for number, expression in self._gates if expression.search(readable)}  # type: ignore[attr-defined]
        return found


class _Database:
    """One compiled database, with scratch space for each thread."""

    def __init__(self, expressions: dict[int, bytes], flags: int) -> None:
        self._flags = flags
        self.refused: set[int] = set()
        """Numbers of the expressions that the engine finds too large."""
        self._database = self._compile(expressions) if expressions else None
        self._local = threading.local()

    def hits(self, data: bytes) -> set[int]:
        found: set[int] = set()
        if self._database is not None and data:
            if not hasattr(self._local, "scratch"):
                self._local.scratch = hyperscan.Scratch(self._database)
            self._database.scan(data, match_event_handler=_collect, context=found, scratch=self._local.scratch)
        return found

    def _compile(self, expressions: dict[int, bytes]) -> "hyperscan.Database | None":
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

    def _compiled(self, expressions: dict[int, bytes]) -> "hyperscan.Database":
        database = hyperscan.Database(mode=hyperscan.HS_MODE_BLOCK)
        database.compile(
            expressions=list(expressions.values()),
            ids=list(expressions),
            elements=len(expressions),
            flags=[self._flags] * len(expressions),
        )
        return database


def _collect(number: int, _start: int, _end: int, _flags: int, found: object) -> None:
    found.add(number)  # type: ignore[attr-defined]


def _literal(pattern: Pattern) -> bytes:
    """A value's folded bytes. An edge that is an ASCII word character keeps its boundary: beyond ASCII all bytes count
    as no word, so that the boundary is there whenever the exact test finds one."""
    data = _encoded(fold(pattern.value))
    escaped = b"".join(rb"\x%02x" % byte for byte in data)
    if pattern.placement is not Placement.WORD:
        return escaped
    return (rb"\b" if _is_word(data[:1]) else b"") + escaped + (rb"\b" if _is_word(data[-1:]) else b"")


def _is_word(byte: bytes) -> bool:
    return byte.isalnum() or byte == b"_"


def readable_text(text: str) -> str:
    """The text without half characters, which no engine can read."""
    return text.encode("utf-8", "replace").decode("utf-8")


def _encoded(text: str) -> bytes:
    return text.encode("utf-8", "replace")
