"""What a condition may take from where the post's link leads."""

from bot.domain.answer import Answer, No, Unknown
from bot.domain.item import Item, Post

FROM_PAGE = frozenset({"link_title", "link_description"})
"""Fields that the linked page fills."""


def stands_for(item: Item) -> tuple[str, ...]:
    """Every address through which a short link leads, and at last its end; empty where nothing is hidden or known."""
    if not isinstance(item, Post) or item.destination is None or not item.resolved_url:
        return ()
    return (*item.destination.way, item.resolved_url)


def without_end(item: Item) -> Answer:
    """The answer of a condition that holds of no known address: No, unless the link's end was looked for in vain."""
    if isinstance(item, Post) and item.destination is not None and item.destination.url is None:
        return Unknown(_because("where the short link leads is not known", item.destination.why))
    return No()


def missing(field: str, item: Item) -> str:
    """That a field is not known; of what a look at the linked page should have shown, with the reason."""
    followed = isinstance(item, Post) and field in FROM_PAGE and item.destination
    return _because(f"{field} is not known", followed.why if followed else "")


def _because(what: str, why: str) -> str:
    return f"{what}: {why}" if why else what
