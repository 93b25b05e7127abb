"""Where an instance is."""

from ipaddress import ip_address
from urllib.parse import urlsplit

_NOT_PLAIN = "the instance is not a plain address; write it like https://lemmy.example"
"""Does not quote what was given, which may hold a password."""


def instance_address(text: str) -> str:
    """The instance's address as ``scheme://host[:port]``, lower case.

    Raises ValueError for anything but the bare address of a server, and for plain ``http://`` to another machine: the
    password and the token would be readable on the way.
    """
    try:
        parts = urlsplit(text.strip())
        host, port = parts.hostname or "", parts.port
    except ValueError:
        raise ValueError(_NOT_PLAIN) from None
    if parts.scheme not in {"http", "https"} or not host or parts.username is not None or parts.password is not None:
        raise ValueError(_NOT_PLAIN)
    if parts.path.strip("/") or parts.query or parts.fragment:
        raise ValueError(f"the instance {text!r} names a page, not a server; write it like https://lemmy.example")
    if parts.scheme == "http" and not is_loopback(host):
        raise ValueError(f"the instance {text!r} would get the password unencrypted; write https://{host}")
    bare = f"[{host}]" if ":" in host else host
    return f"{parts.scheme}://{bare}:{port}" if port is not None else f"{parts.scheme}://{bare}"


def is_loopback(host: str) -> bool:
    """Whether a host name or numeric address certainly means this machine."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")
