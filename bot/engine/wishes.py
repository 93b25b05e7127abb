"""What the matches wish for, and what stands in the way of each wish. Pure; every refusal carries its reason.

A rule asks only for what its mode and its certainty allow:

==========  ===================  ======================================
mode        certain Yes          doubtful Yes
==========  ===================  ======================================
``shadow``  nothing              nothing
``notify``  to tell              to tell
``report``  a report             a report
``act``     what ``then`` says   a report: only a human may go further
==========  ===================  ======================================

To tell the moderators is the least of all: a rule that asks for it in ``then`` does so in the modes above as well.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.domain.action import (
    Action,
    ActionKind,
    Approve,
    Ban,
    Feature,
    Hold,
    Lock,
    Message,
    Mode,
    Notify,
    Remove,
    Reply,
    Report,
    Restore,
    Strike,
)
from bot.domain.item import Item, Kind, Post
from bot.domain.plan import Skipped
from bot.domain.verdict import Match
from bot.engine.ports import Asked

ON_REMOVED = frozenset(
    {
        ActionKind.REMOVE,  # is not done again, but speaks against putting back
        ActionKind.RESTORE,
        ActionKind.APPROVE,
        ActionKind.BAN,
        ActionKind.MESSAGE,
        ActionKind.NOTIFY,
    }
)
"""What may be asked for when Warden itself has removed the item."""


@dataclass(frozen=True, slots=True)
class Standing:
    """What stands between a verdict and an action."""

    bot_id: str | None = None
    """The account that would act; it never judges itself."""
    taken: frozenset[ActionKind] = frozenset()
    """Kinds of action that were ever intended on this item."""
    human_decided: str = ""
    """Why a human's decision on this item stands; empty when there is none."""
    is_approved: bool = False
    """Whether a rule has approved the item as it is."""
    removed_by_us: bool = False
    """Whether Warden has removed the item, and no human has decided since."""
    recipients: tuple[str, ...] = ()
    """Full names of the moderators to tell."""
    told: frozenset[str] = frozenset()
    """Those of them who were told of this item."""
    asked: Asked | None = None
    """How far it is with asking the author for a repair; ``None`` when that was never begun."""


@dataclass(frozen=True, slots=True)
class Wish:
    """One rule's wish for one kind of action."""

    match: Match
    action: Action

    @property
    def kind(self) -> ActionKind:
        return self.action.kind

    def refused(self, why: str) -> Skipped:
        return Skipped(self.kind, (self.match.rule,), why)


Sifted = tuple[list[Wish], list[Skipped]]
"""Wishes that are left, and those that are not."""


def wanted_actions(match: Match) -> tuple[Action, ...]:
    """What a match may ask for, by its mode and certainty."""
    told = tuple(action for action in match.actions if isinstance(action, Notify))
    if match.mode is Mode.SHADOW:
        return ()
    if match.mode is Mode.NOTIFY:
        return told or (Notify(),)
    if match.mode is Mode.REPORT or match.sampled_out or not match.answer.certain:
        return (Report(), *told)
    return match.actions


def allowed(matches: Iterable[Match], item: Item, standing: Standing) -> Sifted:
    """The wishes to which nothing in the item, its author or its past objects."""
    wishes: list[Wish] = []
    skipped: list[Skipped] = []
    for match in matches:
        wanted = wanted_actions(match)
        skipped.extend(Wish(match, action).refused(_mode_limit(match)) for action in _unasked(match.actions, wanted))
        for action in wanted:
            wish = Wish(match, action)
            if objection := _objection(wish, item, standing):
                skipped.append(wish.refused(objection))
            else:
                wishes.append(wish)
    return wishes, skipped


def _unasked(then: Iterable[Action], wanted: Sequence[Action]) -> list[Action]:
    kinds = {action.kind for action in wanted}
    return [action for action in then if action.kind not in kinds]


def _mode_limit(match: Match) -> str:
    if match.mode is Mode.ACT:
        if match.answer.certain:
            return "not among the items on which the rule may act yet (`act_on`)"
        return f"in doubt, so a human decides: {match.answer.doubt or 'the evidence is weak'}"
    return f"the rule is in {match.mode.name.lower()} mode"


def _objection(wish: Wish, item: Item, standing: Standing) -> str:
    """Why this action may not be done to this item, or nothing."""
    author, match = item.author, wish.match
    if _is_gone(wish.kind, item, standing):
        return "the item is already gone"
    if standing.bot_id is not None and author.id == standing.bot_id:
        return "the item is our own"
    if standing.human_decided:
        return standing.human_decided
    if standing.is_approved:
        return "a rule has approved it; it is left alone until it is edited"
    exempt = _exempt(match.exempt_moderators, author.is_moderator, "moderates this community") or _exempt(
        match.exempt_admins, author.is_admin, "is an admin"
    )
    return exempt or _needless(wish.action, item)


def _is_gone(kind: ActionKind, item: Item, standing: Standing) -> bool:
    return item.is_deleted or (item.is_removed and not (standing.removed_by_us and kind in ON_REMOVED))


def _exempt(switch: bool, rank: bool | None, what: str) -> str:
    if not switch or rank is False:
        return ""
    return f"exempt: the author {what}" if rank else f"exempt: it is not known whether the author {what}"


def _needless(action: Action, item: Item) -> str:  # noqa: PLR0911 - one branch a kind of action
    match action:
        case Lock():
            return _only_posts(item, "locked") or ("already locked" if item.is_locked else "")
        case Feature():
            return _only_posts(item, "featured") or ("already featured" if _is_featured(item) else "")
        case Reply():
            return "locked: no one may answer" if is_closed_to_answers(item) else ""
        case Message() | Strike():
            return "" if item.author.id else "the author is not known"
        case Ban():
            return _unbannable(item)
        case Restore():
            return "" if item.is_removed else "it is not removed"
        case Report() | Hold() | Remove() | Approve() | Notify():
            return ""


def _only_posts(item: Item, what: str) -> str:
    return f"only posts can be {what}" if item.kind is Kind.COMMENT else ""


def _is_featured(item: Item) -> bool:
    return isinstance(item, Post) and item.is_featured


def is_closed_to_answers(item: Item) -> bool:
    """A moderator may still comment on a locked post, but nobody would read it below a locked-out comment."""
    return item.is_locked and not isinstance(item, Post)


def _unbannable(item: Item) -> str:
    """Whatever the rule says of exemptions: a mistake here would lock the community's own people out."""
    author = item.author
    if author.is_moderator is not False or author.is_admin is not False:
        return "moderators and admins are never banned"
    return "" if author.id else "the author is not known"
