"""What must stand in an item for a check to hold at all: one look at the scan tells that most checks cannot."""

from collections.abc import Iterable
from itertools import product

from bot.checks.check import Check, Subject
from bot.checks.combine import All, Any
from bot.checks.domain import DomainSearch
from bot.checks.referral import LinkPays
from bot.checks.text_search import TextSearch
from bot.checks.wallet import WalletAddress
from bot.domain.item import Kind, Post
from bot.matching.hits import Places
from bot.matching.pattern import Pattern
from bot.text.prepare import FIELDS_OF

FIELDS = frozenset({"title", "body", "url", "domain"})
"""Fields that an item brings along. Where one of them is not known, no check can be skipped."""

NEEDED = {kind: FIELDS & FIELDS_OF[kind] for kind in Kind}

Hint = tuple[Places, ...]
"""Of each set one must stand in its field, which is one of FIELDS. Empty for a check that may hold without."""


def hint_of(check: Check) -> Hint:
    """What the check cannot do without."""
    match check:
        case TextSearch(fields=fields, wanted=wanted):
            return (_places(fields, wanted),) if FIELDS.issuperset(fields) else ()
        case DomainSearch(field="domain") | WalletAddress(wanted=True) | LinkPays():
            places = _places({"domain"} if isinstance(check, DomainSearch) else FIELDS, check.patterns())
            return (places,) if places else ()
        case All(inner=inner):
            return tuple(places for each in inner for places in hint_of(each))
        case Any(inner=inner):
            hints = [min(hint_of(each), key=len, default=None) for each in inner]
            known = [hint for hint in hints if hint is not None]
            return (Places().union(*known),) if len(known) == len(hints) else ()
        case _:
            return ()


def is_ruled_out(hint: Hint, subject: Subject) -> bool:
    """Whether the scan alone tells that a check does not hold."""
    return bool(hint) and len(subject.hits.touched(hint)) < len(hint) and is_complete(subject)


def is_complete(subject: Subject) -> bool:
    """Whether all FIELDS are known that this kind of item has, and nothing is linked to that stands in none of them."""
    item = subject.item
    has_codes = isinstance(item, Post) and item.picture is not None and item.picture.links
    return subject.texts.fields.keys() >= NEEDED[item.kind] and not has_codes


def _places(fields: Iterable[str], patterns: Iterable[Pattern]) -> Places:
    return frozenset(product(fields, patterns))
