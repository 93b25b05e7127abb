"""Rules that ask the author for a repair and wait before they do the rest. Pure.

Who is not asked is not waited for, and nothing is done behind an author's back: where the question cannot be put, a
report takes the place of everything that should have followed it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from bot.domain.action import ActionKind, Hold, Report
from bot.domain.item import Item
from bot.engine.ports import Asked, IntentState
from bot.engine.wishes import Sifted, Standing, Wish, is_closed_to_answers, wanted_actions

NOT_ASKED = frozenset({IntentState.REFUSED, IntentState.MOOT, IntentState.GIVEN_UP})


@dataclass(frozen=True, slots=True)
class Held:
    """What the holding rules leave."""

    sifted: Sifted
    wait: timedelta | None = None
    """How long the author still has."""


def hold_back(wishes: list[Wish], item: Item, standing: Standing, budget: Mapping[ActionKind, int]) -> Held:
    """Each rule with a ``hold`` asks first; the rest of its wishes comes when the time is over."""
    holds = {w.match.rule: each for w in wishes for each in wanted_actions(w.match) if isinstance(each, Hold)}
    if not holds:
        return Held((wishes, []))
    holding = [wish for wish in wishes if wish.match.rule in holds]
    others = [wish for wish in wishes if wish.match.rule not in holds]
    if _removes(others, standing, budget):
        return Held((others, [wish.refused("another rule removes the item at once") for wish in holding]))
    left = _time_left(holds, standing.asked)
    kept, skipped = others, []
    for wish in holding:
        stage = _Stage(holds[wish.match.rule], wish.match.rule, item, standing, ActionKind.HOLD in budget, left)
        passed, why = stage.of(wish)
        kept = [*kept, *passed]
        skipped += [wish.refused(why)] if why else []
    return Held((kept, skipped), left or None)


def _removes(wishes: list[Wish], standing: Standing, budget: Mapping[ActionKind, int]) -> bool:
    can = ActionKind.REMOVE in budget and ActionKind.REMOVE not in standing.taken
    return can and any(wish.kind is ActionKind.REMOVE for wish in wishes)


def _time_left(holds: Mapping[str, Hold], asked: Asked | None) -> timedelta:
    """Of the longest wait that the author was promised; zero when there is none or it is over."""
    if asked is None or asked.state is not IntentState.DONE:
        return timedelta(0)
    waits = [hold.wait - asked.ago for rule, hold in holds.items() if rule in asked.rules]
    return max([*waits, timedelta(0)])


@dataclass(frozen=True, slots=True)
class _Stage:
    """One holding rule, and how far its question has come."""

    hold: Hold
    rule: str
    item: Item
    standing: Standing
    has_budget: bool
    left: timedelta

    def of(self, wish: Wish) -> tuple[list[Wish], str]:
        """What becomes of one wish of the rule: the wishes in its place, and why it is not among them."""
        is_question = wish.kind is ActionKind.HOLD
        if obstacle := self._obstacle():
            instead = [Wish(wish.match, Report())] if is_question else []
            return instead, f"the author cannot be asked first: {obstacle}"
        asked = self.standing.asked
        if asked is None or asked.state is IntentState.PLANNED:
            return ([wish], "") if is_question else ([], "the author is asked for a repair first")
        if asked.state is IntentState.SENDING:
            return [], "the author is being asked for a repair"
        if is_question:
            return [], "already done or under way"
        return ([], "the author still has time for a repair") if self.left else ([wish], "")

    def _obstacle(self) -> str:
        """Why the author can neither be asked, nor has been; empty when one of the two is the case."""
        asked = self.standing.asked
        if asked is None or asked.state is IntentState.PLANNED:
            return self._unaskable()
        if asked.state in NOT_ASKED:
            return "the question was not delivered"
        return "" if self.rule in asked.rules else "there was a question for another rule"

    def _unaskable(self) -> str:
        if not self.has_budget:
            return "no budget for this kind is set (`budget: hold:`)"
        if self.item.is_removed:
            return "the item is already gone"
        if self.hold.in_public:
            return "it is locked" if is_closed_to_answers(self.item) else ""
        return "" if self.item.author.id else "the author is not known"
