"""Addresses of pictures."""

import re
from functools import lru_cache

from bot.text.urls.address import WEB, parse, plain_host
from bot.text.urls.image_proxies import PROXIED_PICTURES
from bot.text.urls.tables import IMAGE_ENDINGS
from bot.text.urls.unwrapping import ANY_SITE, MOST_LAYERS, PARTS_ON_ANY_SITE, first_step
from bot.text.urls.wrapper import Wrapping

_OWN_PARTS = (*IMAGE_ENDINGS, "pictrs", "format=")
_LIKE_A_PICTURE = re.compile("|".join(map(re.escape, _OWN_PARTS)))
"""Stands in every address, in lower case, that says by itself that it is a picture's."""
_PROXIES = {site.strip("*.") for proxy in PROXIED_PICTURES for site in proxy.sites if site != ANY_SITE}
PICTURE_PARTS = frozenset({*_OWN_PARTS, *PARTS_ON_ANY_SITE, *_PROXIES})
"""One of them stands in every plain address, in lower case, that is a picture's or an image proxy's."""


@lru_cache(maxsize=1_024)
def unwrap_image_proxy(url: str) -> str:
    """The picture behind image proxies, through several of them; any other address as it is."""
    for _ in range(MOST_LAYERS):
        step = first_step(url)
        if step is None or step.kind is not Wrapping.IMAGE_PROXY or step.address is None:
            return url
        url = step.address
    return url


@lru_cache(maxsize=1_024)
def is_image_address(url: str) -> bool:
    """Whether the address itself shows that it is a picture's. What an image proxy delivers is one."""
    step = first_step(url)
    if step is not None and step.kind is Wrapping.IMAGE_PROXY:
        return True
    if plain_host(url) and not _LIKE_A_PICTURE.search(url.lower()):
        return False
    parsed = parse(url)
    if parsed is None or parsed.protocol not in WEB:
        return False
    path = str(parsed.pathname).lower()
    if path.startswith("/pictrs/image/"):
        return True
    # A wiki's page about a picture is called `File:name.jpg`, in the wiki's language.
    is_page = ":" in path.rpartition("/")[2]
    return (path.endswith(IMAGE_ENDINGS) and not is_page) or _has_picture_format(str(parsed.search))


def _has_picture_format(query: str) -> bool:
    return "format=jpg" in query or "format=png" in query
