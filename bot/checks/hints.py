"""What must stand in an item for a check to hold at all: one look at the scan tells that most checks cannot."""

from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from itertools import product
from typing import Protocol, TypeVar, runtime_checkable

from bot.checks.beside_name import FIELD as TITLE
from bot.checks.beside_name import BesideName
from bot.checks.check import Check
from bot.checks.combine import All, Any
from bot.checks.domain import DomainSearch
from bot.checks.facts import FlagIs
from bot.checks.image_post import SPOTS as PICTURE_SPOTS
from bot.checks.image_post import IsImagePost
from bot.checks.learned import FIELDS as LEARNED_FIELDS
from bot.checks.learned import Learned
from bot.checks.referral import FIELDS as LINKING_FIELDS
from bot.checks.referral import LinkPays
from bot.checks.screenshot_only import ScreenshotOnly
from bot.checks.text_search import TextSearch
from bot.checks.wallet import FIELDS as WALLET_FIELDS
from bot.checks.wallet import WalletAddress
from bot.matching.pattern import EMPTY, Pattern, Spots
from bot.text.prepare import FIELDS_OF

FIELDS = frozenset({"title", "body", "url", "domain"})
"""Fields that an item brings along. Where they do not tell all, no check can be skipped."""

ALL_FIELDS = frozenset[str]().union(*FIELDS_OF.values())

Thing = TypeVar("Thing")
MOST_REMEMBERED = 2_048
"""Different sets of hints."""


@runtime_checkable
class Hinted(Protocol):
    """A check that tells itself."""

    @property
    def hint(self) -> Spots: ...


def hint_of(check: Check) -> Spots:
    """What the check cannot do without: one of these must stand in its field, which is one of FIELDS. Nothing for a
    check that may hold without."""
    match check:
        case Hinted(hint=hint):
            return hint
        case TextSearch(fields=fields, wanted=wanted, unquoted=False):
            return _spots(fields, wanted) if FIELDS.issuperset(fields) else Spots()
        case DomainSearch(field="domain") | WalletAddress(wanted=True) | LinkPays():
            return spots_of(check)
        case All(inner=inner):
            return hint_of_all(inner)
        case Any(inner=inner):
            hints = [hint_of(each) for each in inner]
            return Spots().union(*hints) if all(hints) else Spots()
        case _:
            return Spots()


def hint_of_all(checks: Iterable[Check]) -> Spots:
    """What they cannot do without together: the shortest that one of them names, but rather words than that there are
    none."""
    return min(filter(None, map(hint_of, checks)), key=_preference, default=Spots())


def _preference(hint: Spots) -> tuple[bool, int]:
    return any(pattern is EMPTY for _, pattern in hint), len(hint)


def left_by(things: Sequence[Thing], hints: Sequence[Spots]) -> Callable[[int], Sequence[Thing]]:
    """What tells, by the hints of which a scan has found something, as bits, which of the things it does not rule out;
    in their order. Most items have these in common with an item before them."""
    always = sum(1 << place for place, hint in enumerate(hints) if not hint)

    @lru_cache(MOST_REMEMBERED)
    def left(touched: int) -> Sequence[Thing]:
        found, bits = [], touched | always
        while bits:
            lowest = bits & -bits
            found.append(things[lowest.bit_length() - 1])
            bits ^= lowest
        return found

    return left


def spots_of(check: Check) -> Spots:
    """Where a check, and those inside it, may look for anything."""
    if isinstance(check, Learned):
        # Names also where no term is yet: what is to be learned of them is looked for in all its fields.
        terms = (_spots((field,), found) for field, found in check.terms.items())
        return _spots(LEARNED_FIELDS, check.names).union(*terms)
    if isinstance(check, IsImagePost | ScreenshotOnly):
        return PICTURE_SPOTS.union(*map(spots_of, check.parts()))
    if isinstance(check, FlagIs):
        return check.hint
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
            return LINKING_FIELDS
        case _:
            return ALL_FIELDS


def _spots(fields: Iterable[str], patterns: Iterable[Pattern]) -> Spots:
    return frozenset(product(fields, patterns))
