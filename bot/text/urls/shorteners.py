"""Short addresses that hide where they lead. Which of them a rule forbids is a list that moderators keep."""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet

from bot.text.urls.address import host_of, suffixes, web_address
from bot.text.urls.tables import words
from bot.text.urls.unwrapping import MOST_LAYERS, first_step
from bot.text.urls.wrapper import Wrapping

FRONT_PAGES = frozenset(
    {"", "pricing", "login", "signup", "sign-up", "about", "terms", "privacy", "blog", "pages", "help"}
)
SHORTENERS = words(
    "bit.ly bitly.com j.mp tinyurl.com goo.gl ow.ly is.gd v.gd buff.ly rebrand.ly cutt.ly cutt.us rb.gy "
    "shorturl.at short.gy shorter.me shrtco.de adf.ly adfoc.us linkvertise.com ouo.io shorte.st sh.st bc.vc "
    "exe.io tiny.cc tiny.one tiny.pl t.ly t.co t2m.io u.to x.gd s.id soo.gd snip.ly sniply.io sho.rt lnkd.in "
    "lnk.to lnk.bio linktr.ee beacons.ai bl.ink dlvr.it hyperurl.co amzn.to amzn.eu amzn.asia a.co ebay.us "
    "s.click.aliexpress.com a.aliexpress.com geni.us smarturl.it page.link app.link onelink.me go.link fb.me "
    "fb.watch g.co ift.tt trib.al db.tt w.wiki qr.ae qr.net vk.cc clck.ru clc.to surl.li shope.ee t.cn dwz.cn "
    "url.cn suo.im reurl.cc lihi.cc ppt.cc bl.ie gg.gg han.gl me2.do 00m.in kutt.it dub.sh zpr.io chilp.it "
    "clicky.me budurl.com mcaf.ee po.st po.cx hubs.ly hubs.la"
)
"""The services that are known; the list `url_shorteners` of the shipped rules begins with the same."""


def is_short_link(url: str, shorteners: AbstractSet[str] = SHORTENERS) -> bool:
    """Whether the address is a short link of one of the hosts (subdomains included), not a page about the service."""
    address = web_address(url)
    if address is None or shorteners.isdisjoint(suffixes(address.host)):
        return False
    return address.path.strip("/").split("/")[0].lower() not in FRONT_PAGES


def hides_its_end(url: str) -> bool:
    """Whether only a service knows where the address leads."""
    return _stands_for(url) is None


def end_of(way: Sequence[str]) -> tuple[str | None, tuple[str, ...]]:
    """What a short link stands for, and through which addresses; ``None`` while they all hide it.

    ``way`` are the addresses that a server gave for the link, each for the one before. The first that hides nothing is
    the end: where a site itself sends its readers after that (to consent, to log in) is not the link's doing.
    """
    for place, address in enumerate(way):
        end = _stands_for(address) if host_of(address) else None
        if end is not None:
            return end, tuple(way[:place]) if end == address else tuple(way[: place + 1])
    return None, tuple(way)


def _stands_for(url: str) -> str | None:
    """The address, out of redirect pages that carry it; ``None`` when only a service knows."""
    for _ in range(MOST_LAYERS):
        step = first_step(url)
        if step is None or step.kind is not Wrapping.REDIRECT:
            break
        if step.address is None:
            return None
        url = step.address
    return None if is_short_link(url) else url
