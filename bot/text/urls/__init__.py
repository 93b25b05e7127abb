"""Addresses as browsers read them. Every function takes any string and raises nothing."""

from bot.text.urls.address import (
    WEB,
    host_of,
    is_public_suffix,
    is_under,
    joined,
    parse,
    plain_host,
    registrable_domain,
    suffixes,
)
from bot.text.urls.canonical import canonical, source_key
from bot.text.urls.pictures import PICTURE_PARTS, is_image_address, unwrap_image_proxy
from bot.text.urls.referrals import PAYING_PLACES, Referral, referrals
from bot.text.urls.shorteners import SHORTENERS, end_of, hides_its_end, is_short_link
from bot.text.urls.unwrapping import Step, Unwrapped, archived_original, is_archive, unwrap
from bot.text.urls.wrapper import Wrapping

__all__ = [
    "PAYING_PLACES",
    "PICTURE_PARTS",
    "SHORTENERS",
    "WEB",
    "Referral",
    "Step",
    "Unwrapped",
    "Wrapping",
    "archived_original",
    "canonical",
    "end_of",
    "hides_its_end",
    "host_of",
    "is_archive",
    "is_image_address",
    "is_public_suffix",
    "is_short_link",
    "is_under",
    "joined",
    "parse",
    "plain_host",
    "referrals",
    "registrable_domain",
    "source_key",
    "suffixes",
    "unwrap",
    "unwrap_image_proxy",
]
