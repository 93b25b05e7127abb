"""What must stand in an item for a check to hold at all: one look at the scan tells that most checks cannot."""

from bot.checks.check import Check, Subject
from bot.checks.combine import All, Any
from bot.checks.domain import DomainSearch
from bot.checks.referral import LinkPays
from bot.checks.text_search import TextSearch
from bot.checks.wallet import WalletAddress
from bot.domain.item import Post
from bot.matching.pattern import Pattern
from bot.text.prepare import FIELDS_OF

FIELDS = frozenset({"title", "body", "url", "domain"})
"""Fields that an item brings along. Where one of them is not known, no check can be skipped."""

Hint = tuple[frozenset[Pattern], ...]
"""Of each set one must stand in one of FIELDS. Empty for a check that may hold without."""


def hint_of(check: Check) -> Hint:
    """What the check cannot do without."""
    match check:
        case TextSearch(fields=fields, wanted=wanted):
            return (wanted,) if FIELDS.issuperset(fields) else ()
        case DomainSearch(field="domain") | WalletAddress(wanted=True) | LinkPays():
            patterns = frozenset(check.patterns())
            return (patterns,) if patterns else ()
        case All(inner=inner):
            return tuple(patterns for each in inner for patterns in hint_of(each))
        case Any(inner=inner):
            hints = [min(hint_of(each), key=len, default=None) for each in inner]
            known = [hint for hint in hints if hint is not None]
            return (frozenset[Pattern]().union(*known),) if len(known) == len(hints) else ()
        case _:
            return ()


def is_ruled_out(hint: Hint, subject: Subject) -> bool:
    """Whether the scan alone tells that a check does not hold."""
    return any(not subject.hits.may_stand(each) for each in hint) and is_complete(subject)


def is_complete(subject: Subject) -> bool:
    """Whether all FIELDS are known that this kind of item has, and it has no links besides."""
    post = subject.item
    if isinstance(post, Post) and (post.destination or (post.picture and post.picture.links)):
        return False
    return subject.texts.fields.keys() >= FIELDS & FIELDS_OF[subject.item.ref.kind]
