"""What must stand in an item for a check to hold at all: one look at the scan tells that most checks cannot."""

from bot.checks.check import Check, Subject
from bot.checks.combine import All, Any
from bot.checks.referral import HINT as REFERRAL_HINT
from bot.checks.referral import LinkPays
from bot.checks.text_search import TextSearch
from bot.checks.wallet import PATTERNS, WalletAddress
from bot.matching.pattern import Pattern
from bot.text.prepare import FIELDS_OF

FIELDS = frozenset({"title", "body", "url", "domain"})
"""Fields that an item brings along. Where one of them is not known, no check can be skipped."""

Hint = frozenset[Pattern]


def hint_of(check: Check) -> Hint | None:
    """Patterns of which one must stand in one of FIELDS; ``None`` for a check that may hold without."""
    match check:
        case TextSearch(fields=fields, wanted=wanted):
            return wanted if FIELDS.issuperset(fields) else None
        case WalletAddress(wanted=True):
            return PATTERNS
        case LinkPays():
            return REFERRAL_HINT
        case All(inner=inner):
            return min((hint for each in inner if (hint := hint_of(each)) is not None), key=len, default=None)
        case Any(inner=inner):
            hints = [hint_of(each) for each in inner]
            known = [hint for hint in hints if hint is not None]
            return frozenset().union(*known) if len(known) == len(hints) else None
        case _:
            return None


def is_complete(subject: Subject) -> bool:
    """Whether all FIELDS are known that this kind of item has."""
    return subject.texts.fields.keys() >= FIELDS & FIELDS_OF[subject.item.ref.kind]
