"""Addresses as browsers read them. Every function takes any string and raises nothing."""

import re
from functools import lru_cache
from urllib.parse import parse_qs, unquote

import ada_url
from publicsuffixlist import PublicSuffixList

WEB = frozenset({"http:", "https:"})
IMAGE_ENDINGS = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif", ".bmp", ".tif", ".tiff", ".heic", ".jxl", ".svg")
IMAGE_PROXIES = ("/api/v3/image_proxy", "/api/v4/image/proxy")
WAYBACK_HOSTS = frozenset({"web.archive.org", "wayback.archive.org", "archive.org"})
ARCHIVE_TODAY = frozenset(
    {"archive.is", "archive.ph", "archive.today", "archive.li", "archive.md", "archive.fo", "archive.vn"}
)
OTHER_ARCHIVES = frozenset({"ghostarchive.org", "perma.cc", "megalodon.jp", "webcitation.org", "conifer.rhizome.org"})
"""Archives that name the original in their address only sometimes, or never."""

_WAYBACK = re.compile(r"^/web/(?:\d{1,14}(?:[a-z]{2}_)?|\*|0|2)/(?P<url>.+)$", re.IGNORECASE)
_ARCHIVE_TODAY = re.compile(
    r"^/(?:o/\w+/|newest/|oldest/|timegate/|\d{4,14}/|\d{4}\.\d{2}\.\d{2}-\d{6}/)(?P<url>.+)$", re.IGNORECASE
)
_MEGALODON = re.compile(r"^/(?:ref/)?\d{4}-\d{4}-\d{4}-\d{2}/(?P<url>.+)$")
_SCHEME = re.compile(r"^[a-z][a-z0-9+.-]*:/{1,2}", re.IGNORECASE)
_LOOSE_SCHEME = re.compile(r"^(https?):/(?!/)", re.IGNORECASE)
_HALVES = re.compile(r"[\ud800-\udfff]")
_NUMERIC = re.compile(r"[\d.]+")
_SUFFIXES = PublicSuffixList()


@lru_cache(maxsize=4_096)
def parse(url: str) -> ada_url.URL | None:
    """The address by the WHATWG standard; ``None`` when a browser would not go there."""
    try:
        return ada_url.URL(_HALVES.sub("\ufffd", url).strip())
    except ValueError:
        return None


def host_of(url: str) -> str:
    """The host, lower case and in its ASCII form; empty when there is none."""
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


def is_under(host: str, domain: str) -> bool:
    """Whether the host is the domain or one of its subdomains."""
    host, domain = host.lower().rstrip("."), domain.lower().rstrip(".")
    return bool(domain) and (host == domain or host.endswith("." + domain))


def suffixes(host: str) -> tuple[str, ...]:
    """The host and every domain above it: ``a.b.example`` → ``a.b.example``, ``b.example``, ``example``."""
    labels = host.lower().rstrip(".").split(".")
    return tuple(".".join(labels[place:]) for place in range(len(labels)))


def unwrap_image_proxy(url: str) -> str:
    """The picture behind Lemmy's image proxy, through several of them; any other address as it is."""
    for _ in range(5):
        parsed = parse(url)
        if parsed is None or parsed.pathname not in IMAGE_PROXIES:
            return url
        inner = parse_qs(str(parsed.search).removeprefix("?")).get("url", [""])[0]
        if not inner:
            return url
        url = inner
    return url


def is_image_address(url: str) -> bool:
    """Whether the address itself shows that it is a picture's."""
    parsed = parse(unwrap_image_proxy(url))
    if parsed is None or parsed.protocol not in WEB:
        return False
    path = str(parsed.pathname).lower()
    if path.startswith("/pictrs/image/"):
        return True
    # A wiki's page about a picture is called `File:name.jpg`, in the wiki's language.
    is_page = ":" in path.rpartition("/")[2]
    return (path.endswith(IMAGE_ENDINGS) and not is_page) or _format_of(parsed)


def is_archive(url: str) -> bool:
    """Whether the address is a page kept by a web archive, its original known or not."""
    host, path = _archive_host(url), _path(url)
    if host in WAYBACK_HOSTS:
        return path.startswith(("/web/", "/details/"))
    if host in ARCHIVE_TODAY:
        return len(path) > 1
    return any(is_under(host, archive) for archive in OTHER_ARCHIVES) and len(path) > 1


def archived_original(url: str) -> str | None:
    """The address that an archive's address names, or ``None``: no archive, or a short id that only it can resolve."""
    host, rest = _archive_host(url), _path(url, with_query=True)
    if host in WAYBACK_HOSTS:
        found = _WAYBACK.match(rest)
    elif host in ARCHIVE_TODAY:
        found = _ARCHIVE_TODAY.match(rest) or re.match(r"^/(?P<url>https?:/.+)$", rest, re.IGNORECASE)
    elif host == "megalodon.jp":
        found = _MEGALODON.match(rest)
    elif is_under(host, "webcitation.org"):
        return _named_in_query(url)
    else:
        return None
    return _completed(found["url"]) if found else None


def _archive_host(url: str) -> str:
    return host_of(url).removeprefix("www.")


def _named_in_query(url: str) -> str | None:
    parsed = parse(url)
    inner = parse_qs(str(parsed.search).removeprefix("?")).get("url", [""])[0] if parsed else ""
    return _completed(inner) if inner else None


def _completed(url: str) -> str | None:
    """An address as archives write it (without scheme, with one slash, escaped) made whole."""
    if re.match(r"https?%3a", url, re.IGNORECASE):
        url = unquote(url)
    url = _LOOSE_SCHEME.sub(r"\1://", url)
    if not _SCHEME.match(url):
        url = "http://" + url
    return url if host_of(url) else None


def _format_of(parsed: ada_url.URL) -> bool:
    return "format=jpg" in str(parsed.search) or "format=png" in str(parsed.search)


def _path(url: str, *, with_query: bool = False) -> str:
    parsed = parse(url)
    if parsed is None:
        return ""
    return str(parsed.pathname) + (str(parsed.search) + str(parsed.hash) if with_query else "")
