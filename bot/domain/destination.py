"""Where a link leads."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Page:
    """What a page says of itself; empty where it says nothing."""

    title: str = ""
    description: str = ""
    canonical: str = ""
    """The address that it calls its own: a claim, by which nothing is judged."""


@dataclass(frozen=True, slots=True)
class Destination:
    """What following the address of a post showed. An address that nobody followed has none."""

    url: str | None = None
    """Where it leads: of a short link, what it stands for, else the address itself; ``None``: not known."""
    way: tuple[str, ...] = ()
    """Addresses through which a short link leads there, itself not among them."""
    page: Page | None = None
    """``None`` where no page could be read."""
    type: str | None = None
    """Content type, lower case; ``None`` when the server gave no answer that counts."""
    why: str = ""
    """Why something is not known; for moderators."""
