"""What was there before an item: found by whoever remembers, judged by checks that see values only."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from bot.domain.item import ItemRef, Kind


@dataclass(frozen=True, slots=True)
class Trace:
    """What is kept of an item to recognise its like later."""

    ref: ItemRef
    at: datetime
    """When it was published."""
    author: str | None
    """``name@instance``, lower case; ``None`` when it is not known."""
    community: str | None
    """``name@host``; ``None`` when it is not known."""
    link: str | None = None
    """Canonical address of the link; ``None`` without one."""
    domain: str | None = None
    """Registrable domain of the link."""
    text: str | None = None
    """Hash of the words, whatever their case and marks; ``None`` for texts too short to mean anything."""
    sketch: tuple[int, ...] = ()
    """MinHash of the word triples; empty for texts too short for one."""


@dataclass(frozen=True, slots=True)
class History:
    """What is remembered of the time before an item was published. Each row newest first, the item not among them."""

    since: datetime | None
    """From when on nothing is missing; ``None`` when that cannot be said."""
    by_author: tuple[Trace, ...] = ()
    same_link: tuple[Trace, ...] = ()
    same_text: tuple[Trace, ...] = ()
    near_text: tuple[Trace, ...] = ()
    """The same text or one of which nearly all is the same."""
    here: Mapping[Kind, int] = field(default_factory=dict)
    """How many items of each kind the author has ever written in this community, as far as is remembered."""
