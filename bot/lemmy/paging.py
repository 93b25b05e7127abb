"""Lists that Lemmy pages by number."""

import re
from collections.abc import Callable, Iterator
from typing import TypeVar

from bot.engine.ports import Refused

PAGE = 50
"""Rows a page; the most that Lemmy gives."""
MOST_PAGES = 20
"""A list of more than a thousand is not read to its end."""
RowT = TypeVar("RowT")


def pages(page_of: Callable[[int], list[RowT]]) -> Iterator[list[RowT]]:
    """Every page that has something on it, up to MOST_PAGES of them."""
    for page in range(1, MOST_PAGES + 1):
        rows = page_of(page)
        if rows:
            yield rows
        if len(rows) < PAGE:
            return


def number(id_: str) -> int:
    """Lemmy's own form of an id. Raises Refused for one that no Lemmy has given."""
    if re.fullmatch(r"[0-9]{1,18}", id_) is None:
        raise Refused("not_a_number", f"{id_[:40]!r} is no id of an item or person")
    return int(id_)
