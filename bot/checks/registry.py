"""Every check that a moderator can name and that is not made of fields: one line each."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from bot.checks.author_history import WrittenHere
from bot.checks.beside_name import BesideName
from bot.checks.body_length import BodyLength
from bot.checks.check import Check
from bot.checks.domain import DomainSearch, domains
from bot.checks.facts import (
    AUTHOR_FLAGS,
    AUTHOR_NUMBERS,
    ITEM_FLAGS,
    ITEM_NUMBERS,
    Flag,
    FlagIs,
    Number,
    NumberIs,
)
from bot.checks.image_post import IsImagePost
from bot.checks.language import SHAPE as LANGUAGE
from bot.checks.language import Language, language_numbers
from bot.checks.leading import FROM_PAGE
from bot.checks.own_site import FIELDS as NAMING_FIELDS
from bot.checks.own_site import NamesItsSite, fields_of
from bot.checks.picture_hash import PictureHash
from bot.checks.posted import Posted
from bot.checks.referral import LinkPays
from bot.checks.screenshot_only import ScreenshotOnly
from bot.checks.seen import Seen
from bot.checks.setting import Comparison, age_comparison, comparison, flag, length
from bot.checks.shape import AGE, FLAG, HOSTS, LENGTH, NUMBER, Shape, many
from bot.checks.tags import Tags
from bot.checks.text_search import TextSearch
from bot.checks.wallet import WalletAddress
from bot.checks.within import Within
from bot.domain.item import Kind

Read = Callable[[str, object], Check]
"""Makes a check from its key and its setting. Raises SettingError."""


@dataclass(frozen=True, slots=True)
class Named:
    """A condition as moderators name it."""

    read: Read
    about: str
    """What it asks, for the reference and for editors."""
    shape: Shape
    """What its setting looks like, with an example under ``examples``."""


def _flag(fact: Flag) -> Named:
    return Named(lambda key, setting: FlagIs(key, fact, flag(setting)), fact.about, FLAG)


def _number(fact: Number) -> Named:
    compare, shape = (age_comparison, AGE) if fact.is_age else (comparison, NUMBER)
    return Named(lambda key, setting: NumberIs(key, fact, compare(setting)), fact.about, shape)


def _written(about: str, *kinds: Kind) -> Named:
    return Named(lambda key, setting: WrittenHere(key, frozenset(kinds), comparison(setting)), about, NUMBER)


ITEM_CHECKS: Mapping[str, Named] = {
    **{name: _flag(fact) for name, fact in ITEM_FLAGS.items()},
    **{name: _number(fact) for name, fact in ITEM_NUMBERS.items()},
    "body_longer_than": Named(
        lambda key, setting: BodyLength(key, longer=True, limit=length(setting)),
        "more code points of text than this, without the blanks and marks around it",
        LENGTH,
    ),
    "body_shorter_than": Named(
        lambda key, setting: BodyLength(key, longer=False, limit=length(setting)),
        "fewer code points of text than this, without the blanks and marks around it",
        LENGTH,
    ),
    "posted": Named(Posted.read, "the day of the week and the time of day it was published", Posted.shape()),
    "seen": Named(Seen.read, "whether the same link or text was there before", Seen.shape()),
    "within": Named(Within.read, "how much the author wrote in a span of time, and where it points", Within.shape()),
    "tags": Named(Tags.read, "the tags of the post, one of them; Lemmy 0.19 has none", Tags.shape()),
    "is_image_post": Named(lambda key, setting: IsImagePost(key, flag(setting)), "whether the post is a picture", FLAG),
    "language": Named(
        lambda key, setting: Language(key, language_numbers(setting)),
        "the language, by its code of two letters",
        LANGUAGE,
    ),
    "picture_hash": Named(
        PictureHash.read, "whether the picture is one of these, by their hashes", PictureHash.shape()
    ),
    "wallet_address": Named(
        lambda key, setting: WalletAddress(key, flag(setting)),
        "whether a wallet's address with a right checksum stands in the title or the text",
        FLAG,
    ),
    "names_its_site": Named(
        lambda key, setting: NamesItsSite(key, fields_of(setting)),
        "whether the linked site's name stands in the title, or is the author's",
        {**many(NAMING_FIELDS), "examples": [["title"]]},
    ),
    "beside_name": Named(BesideName.read, "words of the title right beside a name", BesideName.shape()),
    "referral": Named(LinkPays.read, "whether a link pays whoever posted it, or counts for him", LinkPays.shape()),
    ScreenshotOnly.name: Named(ScreenshotOnly.read, "a picture of text with no source for it", ScreenshotOnly.shape()),
}
AUTHOR_CHECKS: Mapping[str, Named] = {
    **{name: _flag(fact) for name, fact in AUTHOR_FLAGS.items()},
    **{name: _number(fact) for name, fact in AUTHOR_NUMBERS.items()},
    "first_here": Named(
        lambda key, setting: WrittenHere(key, frozenset(Kind), Comparison("=" if flag(setting) else ">", 0)),
        "whether the author never wrote in this community before",
        FLAG,
    ),
    "post_count": _written("posts that the author wrote in this community before", Kind.POST),
    "comment_count": _written("comments that the author wrote in this community before", Kind.COMMENT),
    "instance": Named(
        lambda key, setting: DomainSearch(key, "author.instance", domains(setting)),
        "the host of the author's home instance, or one it is under",
        HOSTS,
    ),
}
HISTORICAL = (Seen, Within, WrittenHere)
"""Checks that look at what was there before."""


def looks_inside(check: Check) -> bool:
    """Whether the check asks what a picture shows."""
    return isinstance(check, ScreenshotOnly | PictureHash) or (
        isinstance(check, TextSearch) and "image_text" in check.fields
    )


def asks_the_end(check: Check) -> bool:
    """Whether the check asks where a short link leads."""
    return isinstance(check, LinkPays) or (isinstance(check, DomainSearch) and check.field == "domain")


def asks_the_page(check: Check) -> bool:
    """Whether the check asks what the link leads to: a page's own words, or whether it is a picture."""
    if isinstance(check, TextSearch) and not FROM_PAGE.isdisjoint(check.fields):
        return True
    return isinstance(check, IsImagePost) or looks_inside(check)
