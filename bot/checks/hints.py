"""What must stand in an item for a check to hold at all: one look at the scan tells that most checks cannot."""

from collections.abc import Iterable
from itertools import product
from typing import Protocol, runtime_checkable

from bot.checks.beside_name import FIELD as TITLE
from bot.checks.beside_name import BesideName
from bot.checks.check import Check, Subject
from bot.checks.combine import All, Any
from bot.checks.domain import DomainSearch
from bot.checks.learned import FIELDS as LEARNED_FIELDS
from bot.checks.learned import Learned
from bot.checks.referral import LinkPays
from bot.checks.text_search import TextSearch
from bot.checks.wallet import FIELDS as WALLET_FIELDS
from bot.checks.wallet import WalletAddress
from bot.domain.item import Kind, Post
from bot.matching.hits import Spots
from bot.matching.pattern import Pattern
from bot.text.prepare import FIELDS_OF

FIELDS = frozenset({"title", "body", "url", "domain"})
"""Fields that an item brings along. Where one of them is not known, no check can be skipped."""

ALL_FIELDS = frozenset[str]().union(*FIELDS_OF.values())
NEEDED = {kind: FIELDS & FIELDS_OF[kind] for kind in Kind}

Hint = tuple[Spots, ...]
"""Of each set one must stand in its field, which is one of FIELDS. Empty for a check that may hold without."""


@runtime_checkable
class Hinted(Protocol):
    """A check that has found out itself."""

    @property
    def hint(self) -> Hint: ...


def hint_of(check: Check) -> Hint:
    """What the check cannot do without."""
    match check:
        case TextSearch(fields=fields, wanted=wanted, unquoted=False):
            return (_spots(fields, wanted),) if FIELDS.issuperset(fields) else ()
        case DomainSearch(field="domain") | WalletAddress(wanted=True) | LinkPays():
            spots = spots_of(check)
            return (spots,) if spots else ()
        case Hinted(hint=hint):
            return hint
        case All(inner=inner):
            return tuple(spots for each in inner for spots in hint_of(each))
        case Any(inner=inner):
            hints = [min(hint_of(each), key=len, default=None) for each in inner]
            known = [hint for hint in hints if hint is not None]
            return (Spots().union(*known),) if len(known) == len(hints) else ()
        case _:
            return ()


def spots_of(check: Check) -> Spots:
    """Where a check, and those inside it, may look for anything."""
    if isinstance(check, Learned):
        # Names also where no term is yet: what is to be learned of them is looked for in all its fields.
        terms = (_spots((field,), found) for field, found in check.terms.items())
        return _spots(LEARNED_FIELDS, check.names).union(*terms)
    return Spots().union(*map(spots_of, check.parts())) or _spots(_searched(check), check.patterns())


def _searched(check: Check) -> Iterable[str]:
    """The fields of one check; all of them, where it is not known better."""
    match check:
        case TextSearch(fields=fields):
            return fields
        case DomainSearch(field=field):
            return (field,)
        case BesideName():
            return (TITLE,)
        case WalletAddress():
            return WALLET_FIELDS
        case LinkPays():
            return FIELDS
        case _:
            return ALL_FIELDS


def first_hint(check: Check) -> Spots:
    """One of the sets; empty for a check that may hold without."""
    return next(iter(hint_of(check)), Spots())


def is_ruled_out(hint: Hint, subject: Subject) -> bool:
    """Whether the scan alone tells that a check does not hold."""
    return bool(hint) and len(subject.hits.touched(hint)) < len(hint) and is_complete(subject)


def is_complete(subject: Subject) -> bool:
    """Whether all FIELDS are known that this kind of item has, and nothing is linked to that stands in none of them."""
    item = subject.item
    if isinstance(item, Post) and (item.destination or (item.picture and item.picture.links)):
        return False
    return subject.texts.fields.keys() >= NEEDED[item.kind]


def _spots(fields: Iterable[str], patterns: Iterable[Pattern]) -> Spots:
    return frozenset(product(fields, patterns))
