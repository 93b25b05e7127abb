"""One address taken apart by the WHATWG standard, and hosts compared."""

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from urllib.parse import parse_qs

import ada_url
from publicsuffixlist import PublicSuffixList

WEB = frozenset({"http:", "https:"})
BRANDS = frozenset(
    {"airbnb", "aliexpress", "amazon", "ebay", "google", "hostinger", "nitter", "rimgo", "sci-hub", "shein", "yandex"}
)
"""Names under which a company or a program has domains in many countries."""

_HALVES = re.compile(r"[\ud800-\udfff]")
_NUMERIC = re.compile(r"[\d.]+")
_SUFFIXES = PublicSuffixList()
_PLAIN = re.compile(r"https?://((?:[a-z0-9-]+\.)+[a-z]+)(?:[/?#][!-\[\]-~]*)?")
_PUNYCODE = "xn--"


@dataclass(frozen=True, slots=True)
class Address:
    """A web address in parts."""

    parsed: ada_url.URL
    host: str
    """Lower case, in its ASCII form, without a dot at the end; not empty."""
    path: str
    query: str
    """With its question mark, or empty."""

    @property
    def origin(self) -> str:
        """Scheme, host and port."""
        return str(self.parsed.origin)

    @property
    def fragment(self) -> str:
        """With its number sign, or empty."""
        return str(self.parsed.hash)

    @property
    def rest(self) -> str:
        """Everything after the host."""
        return self.path + self.query + self.fragment

    def value(self, *names: str) -> str:
        """The first parameter of one of these names that is not empty; the order of the names decides."""
        found = parse_qs(self.query.removeprefix("?"))
        return next((found[name][0] for name in names if name in found), "")


@lru_cache(maxsize=4_096)
def parse(url: str) -> ada_url.URL | None:
    """The address by the WHATWG standard; ``None`` when a browser would not go there."""
    try:
        return ada_url.URL(_HALVES.sub("\ufffd", url).strip())
    except ValueError:
        return None


def joined(base: str, reference: str) -> str | None:
    """Where a reference on a page leads; ``None`` when a browser would not go there."""
    try:
        return str(ada_url.URL(_HALVES.sub("\ufffd", reference).strip(), base).href)
    except ValueError:
        return None


def web_address(url: str) -> Address | None:
    """The parts of an address of the web; ``None`` for everything else."""
    parsed = parse(url)
    host = host_of(url)
    if parsed is None or not host:
        return None
    return Address(parsed, host, str(parsed.pathname), str(parsed.search))


@lru_cache(maxsize=256)
def plain_host(url: str) -> str:
    """The host of an address that the standard reads letter by letter as it stands, as it does with nearly all; empty
    for every other. Nothing is decoded in it, and nothing but dots as segments taken out of its path."""
    found = _PLAIN.fullmatch(url)
    return found[1] if found and _PUNYCODE not in found[1] else ""


@lru_cache(maxsize=4_096)
def host_of(url: str) -> str:
    """The host, lower case and in its ASCII form; empty when there is none."""
    plain = plain_host(url)
    if plain:
        return plain
    parsed = parse(url)
    if parsed is None or parsed.protocol not in WEB:
        return ""
    return str(parsed.hostname).rstrip(".")


def registrable_domain(host: str) -> str:
    """The part of a host that somebody registered (``shop.example.co.uk`` → ``example.co.uk``); the host if none."""
    host = host.lower().rstrip(".")
    if _NUMERIC.fullmatch(host):
        return host
    return _SUFFIXES.privatesuffix(host) or host


def is_public_suffix(host: str) -> bool:
    """Whether a registry sells names right under it (``com``, ``co.uk``); a host of one label counts as one."""
    host = host.lower().rstrip(".")
    return bool(_SUFFIXES.is_public(host) and _registries().is_public(host))


@cache
def _registries() -> PublicSuffixList:
    """Without the endings that companies give away, such as ``github.io``: those are sites."""
    return PublicSuffixList(only_icann=True)


def is_under(host: str, domain: str) -> bool:
    """Whether the host is the domain or one of its subdomains."""
    host, domain = host.lower().rstrip("."), domain.lower().rstrip(".")
    return bool(domain) and (host == domain or host.endswith("." + domain))


@lru_cache(maxsize=4_096)
def suffixes(host: str) -> tuple[str, ...]:
    """The host and every domain above it: ``a.b.example`` → ``a.b.example``, ``b.example``, ``example``."""
    labels = host.lower().rstrip(".").split(".")
    return tuple(".".join(labels[place:]) for place in range(len(labels)))


@lru_cache(maxsize=4_096)
def site_keys(host: str) -> tuple[str, ...]:
    """Under which keys a table of sites may know a host.

    Its suffixes; ``google.*`` for a brand with domains in many countries; ``nitter.`` for a first label by which
    those who host a program themselves call it.
    """
    above = suffixes(host)
    labels = [each.partition(".")[0] for each in above]
    if BRANDS.isdisjoint(labels):
        return (*above, f"{labels[0]}.")
    return (*above, f"{registrable_domain(host).partition('.')[0]}.*", f"{labels[0]}.")
