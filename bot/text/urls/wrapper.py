"""How addresses carry other addresses: in a parameter, in the path, under another host, or encoded."""

import base64
import binascii
import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import unquote

from bot.text.urls.address import Address, host_of

OPAQUE = ""
"""What an unwrapping gives for an address that surely wraps another, which only the service itself knows."""
Extract = Callable[[Address], str | None]
"""The wrapped address, ``OPAQUE``, or ``None`` where this address wraps nothing."""

_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:/{1,2}", re.IGNORECASE)
_LOOSE_SCHEME = re.compile(r"^(https?):/(?!/)", re.IGNORECASE)
_ESCAPED = re.compile(r"https?%(?:25)*3a|[\w.-]+%2f", re.IGNORECASE)
_OTHER_SCHEME = re.compile(r"(?:javascript|data|mailto|tel|blob|about|file):", re.IGNORECASE)


class Wrapping(StrEnum):
    """What stands between an address and the page it is about."""

    IMAGE_PROXY = "image proxy"
    ARCHIVE = "archive"
    AMP = "AMP cache"
    READER = "reader"
    FRONTEND = "frontend"
    TRANSLATION = "translation"
    REDIRECT = "redirect"


@dataclass(frozen=True, slots=True)
class Wrapper:
    """One service, or one way of one service."""

    kind: Wrapping
    sites: tuple[str, ...]
    """Keys as of ``site_keys``; ``*`` for a path that means the same on any host."""
    extract: Extract


def whole(url: str) -> str:
    """An address as wrappers write it (without scheme, with one slash, escaped) made whole; OPAQUE for no address."""
    url = url.strip()
    for _ in range(3):
        if not _ESCAPED.match(url):
            break
        url = unquote(url)
    url = "http:" + url if url.startswith("//") else _LOOSE_SCHEME.sub(r"\1://", url)
    if not _SCHEME.match(url) and not _OTHER_SCHEME.match(url):
        url = "http://" + url
    return url if host_of(url) else OPAQUE


def in_query(*names: str, path: str = "") -> Extract:
    """In a parameter, where the path matches. Without a value the address wraps nothing."""
    expression = re.compile(path)

    def extract(address: Address) -> str | None:
        value = address.value(*names) if expression.match(address.path) else ""
        if value.startswith("/") and not value.startswith("//"):
            return whole(address.origin + value)
        return whole(value) if value else None

    return extract


def in_raw_query(path: str = "/") -> Extract:
    """The whole query is the address: ``https://href.li/?https://example.org/``."""

    def extract(address: Address) -> str | None:
        value = address.query.removeprefix("?")
        return whole(unquote(value)) if address.path == path and "." in value.split("=", 1)[0] else None

    return extract


def in_rest(expression: str) -> Extract:
    """In what follows the host: the group ``url``. A group ``s`` tells ``https`` from ``http``."""
    compiled = re.compile(expression, re.IGNORECASE)

    def extract(address: Address) -> str | None:
        found = compiled.match(address.rest)
        if found is None:
            return None
        secure = "https://" if "s" in compiled.groupindex and found["s"] else ""
        return whole(secure + found["url"])

    return extract


def after_host() -> Extract:
    """Right after the host, with a scheme or with a host that has a dot: ``https://12ft.io/example.org/a``."""
    return in_rest(r"/(?P<url>(?:https?(?::|%3a)|(?:[\w-]+\.)+[a-z]{2,}(?:[/?#:]|$)).*)")


def moved(host: str, path: str = "/.", becomes: str = "") -> Extract:
    """The same page under another host: what the path matches is replaced by ``becomes``, or stays."""
    compiled = re.compile(path)

    def extract(address: Address) -> str | None:
        found = compiled.match(address.rest)
        if found is None:
            return None
        rest = found.expand(becomes) + address.rest[found.end() :] if becomes else address.rest
        return whole(f"https://{host}{rest}")

    return extract


def video(address: Address) -> str | None:
    """A video of YouTube, named right after the host."""
    found = re.fullmatch(r"/([\w-]{11})", address.path)
    more = address.query.replace("?", "&", 1)
    return f"https://www.youtube.com/watch?v={found[1]}{more}{address.fragment}" if found else None


def opaque(path: str) -> Extract:
    """An address that wraps another without naming it, where path and query match."""
    compiled = re.compile(path)
    return lambda address: OPAQUE if compiled.match(address.rest) else None


def from_base64(text: str) -> str:
    """What URL-safe or plain base64, padded or not, says; empty when it says nothing."""
    letters = re.sub(r"[^A-Za-z0-9_-]", "", text.replace("+", "-").replace("/", "_"))
    try:
        return base64.urlsafe_b64decode(letters + "=" * (-len(letters) % 4)).decode("utf-8", "replace")
    except (binascii.Error, ValueError):
        return ""


def from_hex(text: str) -> str:
    """What pairs of hexadecimal digits say; empty when they say nothing."""
    try:
        return bytes.fromhex(text).decode("utf-8", "replace")
    except ValueError:
        return ""
