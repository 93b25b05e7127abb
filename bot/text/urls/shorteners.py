"""Short addresses that hide where they lead. Which services there are is a list that moderators keep."""

from collections.abc import Set as AbstractSet

from bot.text.urls.address import suffixes, web_address

FRONT_PAGES = frozenset(
    {"", "pricing", "login", "signup", "sign-up", "about", "terms", "privacy", "blog", "pages", "help"}
)


def is_short_link(url: str, shorteners: AbstractSet[str]) -> bool:
    """Whether the address is a short link of one of the hosts (subdomains included), not a page about the service."""
    address = web_address(url)
    if address is None or shorteners.isdisjoint(suffixes(address.host)):
        return False
    return address.path.strip("/").split("/")[0].lower() not in FRONT_PAGES
