"""Texts of items without labels, for what can be learned from them."""

import json
from collections.abc import Iterable, Iterator
from itertools import chain

from bot.audit.source import open_source

LONGEST = 2_000
"""Code points of a body: more is no better sample of how words are used."""


def read_texts(sources: Iterable[str]) -> list[str]:
    """Titles and bodies of the items of some backlogs; a line that is no item has none. Raises UnreadableSource."""
    return list(chain.from_iterable(map(_texts, sources)))


def _texts(source: str) -> Iterator[str]:
    with open_source(source) as lines:
        for _, line in lines:
            try:
                item = json.loads(line)
            except (ValueError, RecursionError):
                continue
            for field in ("title", "body"):
                text = item.get(field) if isinstance(item, dict) else None
                if isinstance(text, str):
                    yield text[:LONGEST]
