"""Parameters by which whoever posted an address is paid or counted, by site.

Sources: the public help pages of the programmes (Amazon Associates, eBay Partner Network, AliExpress Portals, CJ,
Rakuten, Awin, Impact, ShareASale, Partnerize, Apple Services Performance Partners, Humble Partner, exchanges' and
hosting companies' invitation programmes).
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import parse_qsl

from bot.text.urls.address import Address, plain_host, site_keys, web_address
from bot.text.urls.redirects import NETWORKS
from bot.text.urls.tables import words
from bot.text.urls.unwrapping import first_step, unwrap

STRONG_OF = {
    "amazon.*": words("tag ascsubtag"),
    "ebay.*": words("campid customid mkrid"),
    "aliexpress.*": words("aff_fcid aff_fsk aff_platform aff_trace_key aff_short_key af dp"),
    "banggood.com": words("p custlinkid"),
    "gearbest.com": words("lkid"),
    "temu.com": words("refer_share_id refer_page_el_sn referral_code"),
    "shein.*": words("aff_id affiliateid url_from"),
    "walmart.com": words("wmlspartner affp1 affillinktype"),
    "bestbuy.com": words("irclickid loc"),
    "target.com": words("afid clkid"),
    "newegg.com": words("nm_mc cm_mmc"),
    "booking.com": words("aid affiliate_id"),
    "agoda.com": words("cid"),
    "airbnb.*": words("af irclickid"),
    "hotels.com": words("rffrid"),
    "iherb.com": words("rcode"),
    "apple.com": words("at"),
    "humblebundle.com": words("partner charity_partner"),
    "greenmangaming.com": words("tap_a tap_s"),
    "instant-gaming.com": words("igr"),
    "g2a.com": words("reflink gtag"),
    "kinguin.net": words("r"),
    "eneba.com": words("af_id"),
    "gog.com": words("pp as"),
    "fanatical.com": words("ref"),
    "gamivo.com": words("glv"),
    "cdkeys.com": words("mw_aref"),
    "nordvpn.com": words("aff_id offer_id"),
    "expressvpn.com": words("a_fid a_aid"),
    "surfshark.com": words("aff_id aff_sub"),
    "cyberghostvpn.com": words("aff_id"),
    "proton.me": words("pid"),
    "digitalocean.com": words("refcode"),
    "vultr.com": words("ref"),
    "linode.com": words("r"),
    "hetzner.com": words("ref"),
    "hetzner.cloud": words("ref"),
    "namecheap.com": words("aff"),
    "hostinger.*": words("referralcode"),
    "bluehost.com": words("track"),
    "contabo.com": words("ref"),
    "railway.app": words("referralcode"),
    "cursor.com": words("code"),
    "binance.com": words("ref registerchannel"),
    "bybit.com": words("affiliate_id ref ref_id"),
    "kucoin.com": words("r rcode"),
    "gate.io": words("ref ref_type"),
    "okx.com": words("channelid"),
    "mexc.com": words("invitecode"),
    "bitget.com": words("clacccode channelcode"),
    "udemy.com": words("ranmid couponcode referralcode"),
    "skillshare.com": words("teacherref clickid"),
    "etsy.com": words("awc"),
    "gumroad.com": words("a affiliate_id"),
    "envato.com": words("ref"),
    "themeforest.net": words("ref"),
    "codecanyon.net": words("ref"),
    "creativemarket.com": words("u"),
    "revolut.com": words("referral-code"),
    "trading212.com": words("invite"),
    "tesla.com": words("referral redirect_referral"),
    "uber.com": words("invite_code"),
    "rakuten.com": words("referrerid"),
}
"""Parameters, in lower case, that pay at this site."""
STRONG_PATHS = {
    "coinbase.com": r"/join/\w",
    "crypto.com": r"/app/\w{8,}",
    "okx.com": r"/join/\w",
    "wise.com": r"/invite/",
    "revolut.com": r"/referral/",
    "robinhood.com": r"/.*\bjoin\b|/s/",
    "dropbox.com": r"/referrals/",
    "pr.tn": r"/ref/",
    "ts.la": r"/\w",
    "indiegogo.com": r"/projects/[^/]+/x/\d+",
    "rakuten.com": r"/r/\w",
    "ebates.com": r"/r/\w",
    "kucoin.com": r"/r/",
    "fiverr.com": r"/(?:pe|s2)/",
    "cash.app": r"/app/[A-Z]{7}",
    "share.temu.com": r"/\w",
    "temu.to": r"/\w",
    "amazon.*": r"/shop/|/hz/wishlist/",
}
"""Paths that pay at this site."""
PAYING_PLACES = frozenset(key.removesuffix("*") for key in (*STRONG_PATHS, *NETWORKS))
"""What stands in every address that pays by its path."""
STRONG = words(
    "aff affid aff_id aff_code aff_sub aff_fcid affiliate affiliate_id affiliateid affiliate_code "
    "affiliatecode affiliatesource afftrack aff_platform awc awinaffid awinmid cjevent irclickid irgwc ranmid "
    "raneaid ransiteid sscid clickref a_aid a_bid referral referral_code referralcode referralid referral_id "
    "refcode ref_code refid ref_id invite_code invitecode invitation_code invited_by invitedby tap_a partnerid "
    "partner_id kickback"
)
"""Parameters, in lower case, that pay wherever they stand."""
WEAK = words("ref r via referrer referer partner source src promo invite cid campaign coupon discount")
"""Parameters that may pay, and more often only count."""
WEAK_BEGINNING = "utm_"
_SAYING = frozenset({"utm_medium", "utm_source", "veh"})
"""Parameters that may say `affiliate`."""
_NAMES = STRONG.union(WEAK, _SAYING, *STRONG_OF.values())
_PAID_SITES = frozenset({*STRONG_PATHS, *NETWORKS})
_NAME = re.compile(r"[?&]([^=&#]*)=")


@dataclass(frozen=True, slots=True)
class Referral:
    """One sign that a link pays or counts for whoever posted it."""

    site: str
    """The host that reads it."""
    name: str
    """The parameter as it is written; empty where the path or the host is the sign."""
    value: str
    is_strong: bool
    """Whether it pays for certain. A weak one alone proves nothing: newsrooms count their readers by it."""


@lru_cache(maxsize=1_024)
def referrals(url: str) -> tuple[Referral, ...]:
    """Every sign in the address and in what it wraps, from outside in."""
    if _says_nothing(url):
        return ()
    inside = [step.address for step in unwrap(url).steps if step.address]
    addresses = [address for each in (url, *inside) if (address := web_address(each))]
    return tuple(dict.fromkeys(sign for address in addresses for sign in _signs(address)))


def _says_nothing(url: str) -> bool:
    """Whether a look at the names of its parameters is enough, as with most addresses."""
    host = plain_host(url)
    if not host or first_step(url) is not None or not _PAID_SITES.isdisjoint(site_keys(host)):
        return False
    names = [name.lower() for name in _NAME.findall(url)]
    return _NAMES.isdisjoint(names) and not any(name.startswith(WEAK_BEGINNING) or "%" in name for name in names)


def _signs(address: Address) -> list[Referral]:
    keys = site_keys(address.host)
    found = [Referral(address.host, "", address.path, is_strong=True)] if _is_paid_path(keys, address) else []
    paying = {name for key in keys for name in STRONG_OF.get(key, ())}
    for name, value in parse_qsl(address.query.removeprefix("?"), keep_blank_values=True):
        lowered = name.lower()
        if value and (lowered in paying or lowered in STRONG or _says_affiliate(lowered, value)):
            found.append(Referral(address.host, name, value, is_strong=True))
        elif value and (lowered in WEAK or lowered.startswith(WEAK_BEGINNING)):
            found.append(Referral(address.host, name, value, is_strong=False))
    return found


def _is_paid_path(keys: tuple[str, ...], address: Address) -> bool:
    if any(key in NETWORKS for key in keys):
        return len(address.path) > 1
    return any(key in STRONG_PATHS and re.match(STRONG_PATHS[key], address.path) for key in keys)


def _says_affiliate(name: str, value: str) -> bool:
    """``utm_medium=affiliate`` says it in so many words."""
    return name in _SAYING and value.lower() in {
        "affiliate",
        "affiliates",
        "aff",
        "referral",
    }
