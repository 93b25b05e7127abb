"""Planning: from what the rules ask for to what shall be done. Pure; every refusal carries its reason.

A wish passes four sieves: what the item and its past allow, contradictions between rules, authors who are asked first,
and the budget. What is left of a kind is merged into one step: all reasons, the longest ban, the strike with the most
points, the longest wait.

A removal that no budget allows is reported instead, and what goes with the removal is not done without it.
"""

from collections.abc import Iterable, Iterator, Mapping

from bot.domain.action import (
    ORDER,
    Action,
    ActionKind,
    Approve,
    Ban,
    Feature,
    Hold,
    Lock,
    Message,
    Notify,
    Remove,
    Reply,
    Report,
    Restore,
    Strike,
)
from bot.domain.item import Item
from bot.domain.plan import Plan, Skipped, Step
from bot.domain.verdict import Match, Verdict
from bot.engine.contradictions import without_contradictions
from bot.engine.holding import hold_back
from bot.engine.wishes import Sifted, Standing, Wish, allowed
from bot.engine.wording import answer_text, notice_text, reason_text

WITH_A_REMOVAL = frozenset({ActionKind.REPLY, ActionKind.MESSAGE, ActionKind.STRIKE, ActionKind.BAN})
"""What a rule that removes asks for besides stands and falls with the removal."""


def plan(verdict: Verdict, standing: Standing, budget: Mapping[ActionKind, int]) -> Plan:
    """Merge what the matches want into steps.

    ``budget`` says how many of each kind are left now; a kind that is absent is never done.
    """
    item = verdict.item
    wishes, skipped = allowed(sorted(verdict.matches, key=_weight), item, standing)
    wishes, lost = without_contradictions(wishes)
    held_back = hold_back(wishes, item, standing, budget)
    wishes, waiting = held_back.sifted
    wishes, refused = _affordable(wishes, standing, budget)
    wanted = [step for kind in ActionKind for step in _steps(kind, wishes, item, standing)]
    held = _held(wanted, budget)
    return Plan(
        item,
        steps=tuple(step for step in wanted if step not in held),
        held=tuple(held),
        skipped=tuple(sorted({*skipped, *lost, *waiting, *refused}, key=_place)),
        wait=held_back.wait,
    )


def _weight(match: Match) -> tuple[bool, int, str]:
    """Certain first, then in the order of the written rules."""
    return (not match.answer.certain, match.sidebar if match.sidebar is not None else 1_000, match.rule)


def _place(skipped: Skipped) -> tuple[int, tuple[str, ...], str]:
    return (ORDER[skipped.kind], skipped.rules, skipped.why)


def _affordable(wishes: list[Wish], standing: Standing, budget: Mapping[ActionKind, int]) -> Sifted:
    """Drop what was done before and what no budget allows."""
    skipped: list[Skipped] = []
    kept: list[Wish] = []
    without_removal = {wish.match.rule for wish in wishes if wish.kind is ActionKind.REMOVE and wish.kind not in budget}
    for wish in wishes:
        if _is_taken(wish.kind, standing):
            skipped.append(wish.refused("already done or under way"))
        elif wish.kind not in budget:
            skipped.append(wish.refused(f"no budget for this kind is set (`budget: {wish.kind}:`)"))
        elif wish.kind in WITH_A_REMOVAL and wish.match.rule in without_removal:
            skipped.append(wish.refused("it goes with a removal that is not made"))
        elif wish.kind is ActionKind.NOTIFY and not standing.recipients:
            skipped.append(wish.refused("nobody is named to be told (`notify: [name@instance]`, with the account)"))
        else:
            kept.append(wish)
    return kept + _reports_instead(wishes, without_removal, standing, budget), skipped


def _is_taken(kind: ActionKind, standing: Standing) -> bool:
    if kind is ActionKind.NOTIFY:
        return bool(standing.recipients) and not _untold(standing)
    return kind in standing.taken


def _untold(standing: Standing) -> list[str]:
    return [name for name in standing.recipients if name not in standing.told]


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


def _steps(kind: ActionKind, every: Iterable[Wish], item: Item, standing: Standing) -> Iterator[Step]:
    """All wishes for one kind become one step, or one for each moderator who is told; they are in order of weight."""
    wishes = [wish for wish in every if wish.kind is kind]
    if not wishes:
        return
    action = _merged([wish.action for wish in wishes])
    rules = tuple(sorted({wish.match.rule for wish in wishes}))
    text = _text(action, wishes, item)
    for name in _untold(standing) if kind is ActionKind.NOTIFY else ("",):
        yield Step(action, text, rules, name)


def _merged(actions: list[Action]) -> Action:
    """The strongest of several actions of one kind."""
    first = actions[0]
    match first:
        case Ban():
            days = [action.days for action in actions if isinstance(action, Ban)]
            return Ban(None if None in days else max(each for each in days if each is not None))
        case Strike():
            strikes = [action for action in actions if isinstance(action, Strike)]
            return max(strikes, key=lambda strike: (strike.points, strike.days))
        case Hold():
            holds = [action for action in actions if isinstance(action, Hold)]
            return Hold(max(hold.wait for hold in holds), first.text, all(hold.in_public for hold in holds))
        case Report() | Remove() | Restore() | Approve() | Lock() | Feature() | Notify() | Reply() | Message():
            return first


def _text(action: Action, wishes: list[Wish], item: Item) -> str:
    matches = list(dict.fromkeys(wish.match for wish in wishes))
    match action:
        case Report() | Remove() | Restore() | Approve() | Ban() | Strike():
            return reason_text(matches)
        case Reply() | Message() | Hold():
            asked = [(w.match, w.action.text) for w in wishes if isinstance(w.action, Reply | Message | Hold)]
            return answer_text(asked, item)
        case Notify():
            return notice_text([(w.match, w.action.text) for w in wishes if isinstance(w.action, Notify)], item)
        case Lock() | Feature():
            return ""


def _held(wanted: list[Step], budget: Mapping[ActionKind, int]) -> list[Step]:
    """Steps over the budget for now; what goes with a removal waits for it."""
    over = {step.kind for step in wanted if budget[step.kind] <= 0}
    if ActionKind.REMOVE in over:
        over |= WITH_A_REMOVAL
    return [step for step in wanted if step.kind in over]
