"""Every check that a moderator can name and that is not made of fields: one line each."""

from collections.abc import Callable, Mapping

from bot.checks.author_history import WrittenHere
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
from bot.checks.language import Language, language_numbers
from bot.checks.posted import Posted
from bot.checks.screenshot_only import ScreenshotOnly
from bot.checks.seen import Seen
from bot.checks.setting import Comparison, age_comparison, comparison, flag, length
from bot.checks.within import Within
from bot.domain.item import Kind

Read = Callable[[str, object], Check]
"""Makes a check from its key and its setting. Raises SettingError."""


def _flag(fact: Flag) -> Read:
    return lambda key, setting: FlagIs(key, fact, flag(setting))


def _number(fact: Number) -> Read:
    return lambda key, setting: NumberIs(key, fact, (age_comparison if fact.is_age else comparison)(setting))


ITEM_CHECKS: Mapping[str, Read] = {
    **{name: _flag(fact) for name, fact in ITEM_FLAGS.items()},
    **{name: _number(fact) for name, fact in ITEM_NUMBERS.items()},
    "body_longer_than": lambda key, setting: BodyLength(key, longer=True, limit=length(setting)),
    "body_shorter_than": lambda key, setting: BodyLength(key, longer=False, limit=length(setting)),
    "posted": Posted.read,
    "seen": Seen.read,
    "within": Within.read,
    "is_image_post": lambda key, setting: IsImagePost(key, flag(setting)),
    "language": lambda key, setting: Language(key, language_numbers(setting)),
    ScreenshotOnly.name: ScreenshotOnly.read,
}
AUTHOR_CHECKS: Mapping[str, Read] = {
    **{name: _flag(fact) for name, fact in AUTHOR_FLAGS.items()},
    **{name: _number(fact) for name, fact in AUTHOR_NUMBERS.items()},
    "first_here": lambda key, setting: WrittenHere(
        key, frozenset(Kind), Comparison("=", 0) if flag(setting) else Comparison(">", 0)
    ),
    "post_count": lambda key, setting: WrittenHere(key, frozenset({Kind.POST}), comparison(setting)),
    "comment_count": lambda key, setting: WrittenHere(key, frozenset({Kind.COMMENT}), comparison(setting)),
    "instance": lambda key, setting: DomainSearch(key, "author.instance", domains(setting)),
}
NOT_YET = frozenset({"reports", "is_approved", "strikes"})
"""Conditions that need more than a list of posts and comments tells."""
HISTORICAL = (Seen, Within, WrittenHere)
"""Checks that look at what was there before."""
