"""From an address to the page it is about, through as many wrappings as are honest."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from bot.text.urls.address import Address, plain_host, site_keys, web_address
from bot.text.urls.archives import ARCHIVES
from bot.text.urls.image_proxies import PROXIED_PICTURES
from bot.text.urls.readers import READERS
from bot.text.urls.redirects import REDIRECTS
from bot.text.urls.wrapper import Wrapper, Wrapping

MOST_LAYERS = 5
"""Wrappings that are undone. What is wrapped deeper was made to get lost in."""
ANY_SITE = "*"
PARTS_ON_ANY_SITE = ("image", "proxy", "/unsafe/", "/_ipx/", "ipfs", "ipns")
"""One of them stands in every address, in lower case, that is wrapped in the same way on any site: asked first, because
most have none."""
_ON_ANY_SITE = re.compile("|".join(PARTS_ON_ANY_SITE))


@dataclass(frozen=True, slots=True)
class Step:
    """One wrapping undone."""

    kind: Wrapping
    address: str | None
    """What was inside; ``None`` when only the service knows."""


@dataclass(frozen=True, slots=True)
class Unwrapped:
    """An address and what it wraps, from outside in."""

    given: str
    steps: tuple[Step, ...] = ()

    @property
    def address(self) -> str | None:
        """The innermost; the given address when it wraps nothing; ``None`` when only a service knows."""
        return self.steps[-1].address if self.steps else self.given

    @property
    def kinds(self) -> frozenset[Wrapping]:
        return frozenset(step.kind for step in self.steps)


def _by_site(wrappers: Iterable[Wrapper]) -> dict[str, tuple[Wrapper, ...]]:
    table: dict[str, tuple[Wrapper, ...]] = {}
    for wrapper in wrappers:
        for site in wrapper.sites:
            table[site] = (*table.get(site, ()), wrapper)
    return table


_WRAPPERS = _by_site((*ARCHIVES, *PROXIED_PICTURES, *READERS, *REDIRECTS))
_WRAPPED_SITES = frozenset(_WRAPPERS)


def unwrap(url: str) -> Unwrapped:
    """What an address wraps: archived copies, proxies, caches, readers, frontends, redirects."""
    steps: list[Step] = []
    inner: str | None = url
    while inner is not None and len(steps) < MOST_LAYERS:
        step = first_step(inner)
        if step is None:
            break
        steps.append(step)
        inner = step.address
    return Unwrapped(url, tuple(steps))


@lru_cache(maxsize=4_096)
def first_step(url: str) -> Step | None:
    """The outermost wrapping undone; ``None`` when there is none."""
    plain = plain_host(url)
    if plain and _WRAPPED_SITES.isdisjoint(site_keys(plain)) and not _ON_ANY_SITE.search(url.lower()):
        return None
    address = web_address(url)
    if address is None:
        return None
    for wrapper in _candidates(address):
        inner = wrapper.extract(address)
        if inner is not None and inner != url:
            return Step(wrapper.kind, inner or None)
    return None


def _candidates(address: Address) -> Iterable[Wrapper]:
    for key in site_keys(address.host):
        yield from _WRAPPERS.get(key, ())
    if _ON_ANY_SITE.search((address.host + address.path).lower()):
        yield from _WRAPPERS[ANY_SITE]


def is_archive(url: str) -> bool:
    """Whether the address is a page kept by a web archive, its original known or not."""
    step = first_step(url)
    return step is not None and step.kind is Wrapping.ARCHIVE


def archived_original(url: str) -> str | None:
    """The address that an archive's address names, or ``None``: no archive, or a short id that only it can resolve."""
    step = first_step(url)
    return step.address if step is not None and step.kind is Wrapping.ARCHIVE else None
