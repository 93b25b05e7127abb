"""What can be looked for in a text."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple, TypeVar


class Placement(StrEnum):
    """Where in the field a value must stand; AutoModerator's names and meanings."""

    WORD = "includes-word"
    INCLUDES = "includes"
    STARTS_WITH = "starts-with"
    ENDS_WITH = "ends-with"
    FULL_EXACT = "full-exact"
    FULL_TEXT = "full-text"


class PatternError(ValueError):
    """A regular expression that cannot be used; says which part, and the nearest form that works."""

    def __init__(self, message: str, cure: str = "", position: int | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.cure = cure
        self.position = position
        """Code point in the value where the fault is, if known."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """One value to look for."""

    value: str
    placement: Placement = Placement.WORD
    regex: bool = False
    case_sensitive: bool = False
    verbatim: bool = False
    """Looked for letter by letter as the text stands, with AutoModerator's own word test; no disguise is undone."""

    def __hash__(self) -> int:
        """By the value alone, which Python remembers: patterns are looked up for every item."""
        return hash(self.value)


class Span(NamedTuple):
    """A hit, in code points of the original field."""

    start: int
    end: int


EMPTY = Pattern("", Placement.FULL_EXACT)
"""Stands in a field that is known and empty, and nowhere else."""
Spot = tuple[str, Pattern]
"""A field, and what may stand in it."""
Spots = frozenset[Spot]
Told = TypeVar("Told")
ByField = Mapping[str, Mapping[Pattern, Told]]
"""What is told of patterns, by the field in which they are looked for."""
