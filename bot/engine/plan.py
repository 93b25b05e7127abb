"""Planning: from what the rules ask for to what shall be done. Pure; every refusal carries its reason.

A rule asks only for what its mode and its certainty allow:

==========  ===================  ======================================
mode        certain Yes          doubtful Yes
==========  ===================  ======================================
``shadow``  nothing              nothing
``notify``  nothing              nothing
``report``  a report             a report
``act``     what ``then`` says   a report: only a human may go further
==========  ===================  ======================================

A removal that no budget allows is reported instead, and an answer to the author goes only with the removal that it
speaks of.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bot.domain.action import ORDER, Action, ActionKind, Lock, Message, Mode, Remove, Reply, Report, kind_of
from bot.domain.item import Item, Kind, Post
from bot.domain.plan import Plan, Skipped, Step
from bot.domain.verdict import Match, Verdict
from bot.engine.wording import answer_text, reason_text

ANSWERS = frozenset({ActionKind.REPLY, ActionKind.MESSAGE})


@dataclass(frozen=True, slots=True)
class Standing:
    """What stands between a verdict and an action."""

    bot_id: str | None = None
    """The account that would act; it never judges itself."""
    taken: frozenset[ActionKind] = frozenset()
    """Kinds of action that were ever intended on this item."""
    human_decided: str = ""
    """Why a human's decision on this item stands; empty when there is none."""


@dataclass(frozen=True, slots=True)
class Wish:
    """One rule's wish for one kind of action."""

    match: Match
    action: Action

    @property
    def kind(self) -> ActionKind:
        return kind_of(self.action)


def plan(verdict: Verdict, standing: Standing, budget: Mapping[ActionKind, int]) -> Plan:
    """Merge what the matches want into steps.

    ``budget`` says how many of each kind are left now; a kind that is absent is never done.
    """
    item = verdict.item
    matches = sorted(verdict.matches, key=_weight)
    wishes, skipped = _allowed(matches, item, standing)
    wishes, refused = _affordable(wishes, standing, budget)
    skipped += refused
    steps = [_merge(kind, [wish for wish in wishes if wish.kind is kind], item) for kind in ActionKind]
    wanted = [step for step in steps if step is not None]
    held = _held(wanted, budget)
    return Plan(
        item,
        steps=tuple(step for step in wanted if step not in held),
        held=tuple(held),
        skipped=tuple(sorted(skipped, key=lambda each: (ORDER[each.kind], each.rules, each.why))),
    )


def wanted_actions(match: Match) -> tuple[Action, ...]:
    """What a match may ask for, by its mode and certainty."""
    if match.mode < Mode.REPORT:
        return ()
    if match.mode is Mode.REPORT or match.sampled_out or not match.answer.certain:
        return (Report(),)
    return match.actions


def _weight(match: Match) -> tuple[bool, int, str]:
    """Certain first, then in the order of the written rules."""
    return (not match.answer.certain, match.sidebar if match.sidebar is not None else 1_000, match.rule)


def _allowed(matches: Iterable[Match], item: Item, standing: Standing) -> tuple[list[Wish], list[Skipped]]:
    wishes: list[Wish] = []
    skipped: list[Skipped] = []
    for match in matches:
        wanted = wanted_actions(match)
        capped = _unasked(match.actions, wanted)
        skipped.extend(Skipped(kind_of(action), (match.rule,), _mode_limit(match)) for action in capped)
        for action in wanted:
            objection = _objection(match, action, item, standing)
            if objection:
                skipped.append(Skipped(kind_of(action), (match.rule,), objection))
            else:
                wishes.append(Wish(match, action))
    return wishes, skipped


def _unasked(then: Iterable[Action], wanted: Iterable[Action]) -> list[Action]:
    kinds = {kind_of(action) for action in wanted}
    return [action for action in then if kind_of(action) not in kinds]


def _mode_limit(match: Match) -> str:
    if match.mode is Mode.ACT:
        if match.answer.certain:
            return "not among the items on which the rule may act yet (`act_on`)"
        return f"in doubt, so a human decides: {match.answer.doubt or 'the evidence is weak'}"
    return f"the rule is in {match.mode.name.lower()} mode"


def _objection(match: Match, action: Action, item: Item, standing: Standing) -> str:
    """Why this action may not be done to this item, or nothing."""
    author = item.author
    if item.is_removed or item.is_deleted:
        return "the item is already gone"
    if standing.bot_id is not None and author.id == standing.bot_id:
        return "the item is our own"
    if standing.human_decided:
        return standing.human_decided
    exempt = _exempt(match.exempt_moderators, author.is_moderator, "moderates this community") or _exempt(
        match.exempt_admins, author.is_admin, "is an admin"
    )
    return exempt or _needless(action, item)


def _exempt(switch: bool, rank: bool | None, what: str) -> str:
    if not switch or rank is False:
        return ""
    return f"exempt: the author {what}" if rank else f"exempt: it is not known whether the author {what}"


def _needless(action: Action, item: Item) -> str:
    match action:
        case Lock():
            if item.ref.kind is Kind.COMMENT:
                return "only posts can be locked"
            return "already locked" if item.is_locked else ""
        case Reply():
            return "locked: no one may answer" if item.is_locked and not isinstance(item, Post) else ""
        case Message():
            return "" if item.author.id else "the author is not known"
        case Report() | Remove():
            return ""


def _affordable(
    wishes: list[Wish], standing: Standing, budget: Mapping[ActionKind, int]
) -> tuple[list[Wish], list[Skipped]]:
    """Drop what was done before and what no budget allows."""
    skipped: list[Skipped] = []
    kept: list[Wish] = []
    without_removal = {wish.match.rule for wish in wishes if wish.kind is ActionKind.REMOVE and wish.kind not in budget}
    for wish in wishes:
        rules = (wish.match.rule,)
        if wish.kind in standing.taken:
            skipped.append(Skipped(wish.kind, rules, "already done or under way"))
        elif wish.kind not in budget:
            skipped.append(Skipped(wish.kind, rules, f"no budget for this kind is set (`budget: {wish.kind}:`)"))
        elif wish.kind in ANSWERS and rules[0] in without_removal:
            skipped.append(Skipped(wish.kind, rules, "it speaks of a removal that is not made"))
        else:
            kept.append(wish)
    return kept + _reports_instead(wishes, without_removal, standing, budget), skipped


def _reports_instead(
    wishes: Iterable[Wish], without_removal: set[str], standing: Standing, budget: Mapping[ActionKind, int]
) -> list[Wish]:
    if ActionKind.REPORT in standing.taken or ActionKind.REPORT not in budget:
        return []
    return [
        Wish(wish.match, Report())
        for wish in wishes
        if wish.kind is ActionKind.REMOVE and wish.match.rule in without_removal
    ]


def _merge(kind: ActionKind, wishes: list[Wish], item: Item) -> Step | None:
    """All wishes for one kind become one step; the wishes are in order of weight."""
    if not wishes:
        return None
    return Step(kind, _text(kind, wishes, item), tuple(sorted({wish.match.rule for wish in wishes})))


def _text(kind: ActionKind, wishes: list[Wish], item: Item) -> str:
    match kind:
        case ActionKind.REPORT | ActionKind.REMOVE:
            return reason_text(list(dict.fromkeys(wish.match for wish in wishes)))
        case ActionKind.REPLY | ActionKind.MESSAGE:
            asked = [(w.match, w.action.text) for w in wishes if isinstance(w.action, Reply | Message)]
            return answer_text(asked, item)
        case ActionKind.LOCK:
            return ""


def _held(wanted: list[Step], budget: Mapping[ActionKind, int]) -> list[Step]:
    """Steps over the budget for now; with a removal, the answers that speak of it wait too."""
    over = {step.kind for step in wanted if budget[step.kind] <= 0}
    if ActionKind.REMOVE in over:
        over |= ANSWERS
    return [step for step in wanted if step.kind in over]
