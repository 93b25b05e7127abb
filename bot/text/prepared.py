"""An item's texts, made ready for one scan."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple


class RegionKind(StrEnum):
    """Parts of a Markdown text that are not the author's own words."""

    QUOTE = "quote"
    CODE = "code"


@dataclass(frozen=True, slots=True)
class Region:
    """A part of a text, in code points of the original."""

    kind: RegionKind
    start: int
    end: int


class Text(NamedTuple):
    """One field of an item."""

    original: str
    folded: str | None = None
    """A second view with disguises undone (NFKC, invisible characters, look-alike letters); ``None`` where equal."""
    offsets: tuple[int, ...] = ()
    """For each code point of ``folded``, and one past the last, its place in ``original``."""
    regions: tuple[Region, ...] = ()
    """Quotes and code, only in Markdown fields, sorted by start."""
    links: tuple[str, ...] = ()
    """Addresses that the rendered text links to, images excluded; in order."""
    images: tuple[str, ...] = ()
    """Addresses of pictures shown in the rendered text; in order."""
    respelt: str | None = None
    """A third view: words as they are read (digits for letters, letters set apart); ``None`` where nothing changes."""
    respelt_offsets: tuple[int, ...] = ()
    """For each code point of ``respelt``, and one past the last, its place in ``original``."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """All known texts of an item, by the field's name in the rule language. A field not known is absent."""

    fields: Mapping[str, Text]
