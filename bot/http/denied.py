"""Addresses to which no request of a stranger's making may go: everything that is not the public internet."""

from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

Address = IPv4Address | IPv6Address

_DENIED = tuple(
    ip_network(text)
    for text in (
        # What Python's registry calls global, or may call so in an older version.
        "0.0.0.0/8",
        "100.64.0.0/10",  # carriers' own
        "169.254.0.0/16",  # link-local, and the clouds' metadata
        "192.0.0.0/24",
        "192.88.99.0/24",  # 6to4 relays
        "224.0.0.0/4",
        "240.0.0.0/4",
        # Of IPv6 only what is handed out for hosts, and there not what only wraps an IPv4 address.
        "::/3",  # unspecified, loopback, mapped and compatible IPv4, NAT64 (64:ff9b::/96, 64:ff9b:1::/48), discard
        "2001::/23",  # protocols' own, Teredo among them
        "2001:db8::/32",
        "2002::/16",  # 6to4
        "3fff::/20",
        "4000::/2",
        "8000::/1",  # among them fc00::/7 (private), fe80::/10 (link-local), fec0::/10, ff00::/8 (multicast)
    )
)
_METADATA = frozenset(ip_address(text) for text in ("100.100.100.200", "168.63.129.16", "192.0.0.192"))
"""Where clouds tell virtual machines their secrets, as far as they lie outside of reserved networks."""


def is_denied(address: Address) -> bool:
    """Whether the address is anything but a public host's."""
    if not address.is_global or address.is_multicast or address in _METADATA:
        return True
    return any(address.version == network.version and address in network for network in _DENIED)
