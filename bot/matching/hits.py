"""What one scan found."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.matching.pattern import Pattern, Span


@dataclass(frozen=True, slots=True)
class Hits:
    """Hits of one item, by field and pattern. A field or pattern without a hit is absent."""

    found: Mapping[str, Mapping[Pattern, tuple[Span, ...]]]
    """Spans are sorted, and do not overlap for one pattern."""
    timed_out: Mapping[str, frozenset[Pattern]] = field(default_factory=dict)
    """Patterns for which the text was too hard to search in the time allowed: neither found nor absent."""
