"""Doing what was planned: once, in order, and never on a guess.

An intent is written down before it is sent. A clear answer settles it; without one it stays *sending* until enough
time has passed to read back what the server did. Nothing that may have happened is ever sent again unread.
"""

from dataclasses import dataclass
from datetime import timedelta
from enum import Enum, auto

from bot.domain.action import ActionKind, Strike
from bot.engine.objections import Present
from bot.engine.ports import (
    Budget,
    Clock,
    Found,
    Gone,
    Intent,
    IntentState,
    Journal,
    Ledger,
    Lemmy,
    LemmyError,
    NotLoggedIn,
    NotUnderstood,
    RateLimited,
    Refused,
    Stop,
    Unclear,
    Unreachable,
)

TRIES = 3
"""How often an action is sent that, read back, did not happen."""
WAIT = timedelta(seconds=30)
"""Pause after an answer that says: not now."""
OVERDUE = timedelta(minutes=3)
"""How long a reply that may not be sent yet holds up the removal after it."""
CLOCK_SKEW = timedelta(minutes=10)
"""How far the server's clock may be behind ours when we look for what we did."""


class Onward(Enum):
    """What may be sent next, after one intent."""

    ANYTHING = auto()
    OTHER_KINDS = auto()
    NOTHING = auto()


@dataclass(frozen=True, slots=True)
class Executor:
    """Sends one account's intents, and reads back those without an answer."""

    account: str
    lemmy: Lemmy
    ledger: Ledger
    clock: Clock
    journal: Journal
    stop: Stop
    budget: Budget
    settle: timedelta
    """How long an unanswered action rests before it is read back."""

    def send(self) -> None:
        """Send everything that may go now. A step follows only when the one before it on the item is settled.

        What has no budget now stays planned and is tried again with the next call.
        """
        tried: set[tuple[int, int]] = set()
        blocked: set[ActionKind] = set()
        while waiting := [
            each for each in self.ledger.planned(self.account, self.clock.now()) if (each.id, each.attempt) not in tried
        ]:
            for intent in waiting:
                tried.add((intent.id, intent.attempt))
                if intent.step.kind in blocked:
                    continue
                onward = self._send_one(intent)
                if onward is Onward.NOTHING:
                    return
                if onward is Onward.OTHER_KINDS:
                    blocked.add(intent.step.kind)

    def reconcile(self) -> None:
        """Read back every action whose answer never came and that has rested long enough."""
        for intent in self.ledger.unsettled(self.account, self.clock.now() - self.settle):
            try:
                self._read_back(intent)
            except LemmyError as error:
                self._tell("read_back_failed", intent, error=str(error))

    def rest(self) -> timedelta:
        """How long until the youngest unanswered action may be read back; zero when there is none."""
        now = self.clock.now()
        sent = [intent.sent_at for intent in self.ledger.unsettled(self.account, now + self.settle) if intent.sent_at]
        return max((at + self.settle - now for at in sent), default=timedelta(0))

    def _send_one(self, intent: Intent) -> Onward:
        if self.stop():
            self._tell("stopped", intent)
            return Onward.NOTHING
        try:
            objection = Present(self.account, self.lemmy, self.ledger, self.clock.now()).objection(intent)
        except LemmyError as error:
            self._tell("not_sent", intent, error=str(error))
            return Onward.NOTHING
        if objection:
            self._settle(intent, IntentState.MOOT, objection)
            return Onward.ANYTHING
        if not self.ledger.begin(intent, self.budget, self.clock.now()):
            self._give_up_overdue(intent, "no budget")
            return Onward.ANYTHING
        return self._perform(intent)

    def _perform(self, intent: Intent) -> Onward:
        if self.stop():
            self.ledger.postpone(intent, self.clock.now())
            return Onward.NOTHING
        if isinstance(intent.step.action, Strike):
            self.ledger.strike(intent, self.clock.now())
            self._tell(IntentState.DONE.value, intent)
            return Onward.ANYTHING
        try:
            receipt = self.lemmy.perform(intent.order)
        except RateLimited as error:
            self._postpone(intent, error)
            self._give_up_overdue(intent, "rate limited")
            return Onward.OTHER_KINDS
        except (NotLoggedIn, Unreachable) as error:
            self._postpone(intent, error)
            return Onward.NOTHING
        except Gone as error:
            self._settle(intent, IntentState.MOOT, error.word)
        except Refused as error:
            self._settle(intent, IntentState.REFUSED, error.word)
        except (Unclear, NotUnderstood) as error:
            self._tell("unclear", intent, error=str(error))
        else:
            self._settle(intent, IntentState.DONE, receipt.remote_id)
        return Onward.ANYTHING

    def _postpone(self, intent: Intent, error: LemmyError) -> None:
        self.ledger.postpone(intent, self.clock.now() + WAIT)
        self._tell("postponed", intent, error=f"{type(error).__name__}: {error}")

    def _give_up_overdue(self, intent: Intent, why: str) -> None:
        """In a wave of spam the replies run out first; the spam must not stay up because of them."""
        if intent.step.kind is ActionKind.REPLY and self.clock.now() - intent.planned_at > OVERDUE:
            self._settle(intent, IntentState.GIVEN_UP, f"{why} for {OVERDUE.total_seconds() / 60:.0f} minutes")

    def _read_back(self, intent: Intent) -> None:
        assert intent.sent_at is not None
        now = self.clock.now()
        match self.lemmy.find(intent.order, intent.sent_at - CLOCK_SKEW):
            case Found.DONE:
                self._settle(intent, IntentState.DONE, "read back")
            case Found.MOOT:
                self._settle(intent, IntentState.MOOT, "read back")
            case Found.ABSENT if intent.missed + 1 >= TRIES:
                self._settle(intent, IntentState.GIVEN_UP, f"not done after {TRIES} tries")
            case Found.ABSENT:
                self.ledger.postpone(intent, now, missed=True)
                self._tell("repeating", intent)

    def _settle(self, intent: Intent, state: IntentState, detail: str) -> None:
        self.ledger.settle(intent, state, detail, self.clock.now())
        self._tell(state.value, intent, detail=detail)

    def _tell(self, outcome: str, intent: Intent, **facts: object) -> None:
        self.journal.event(
            "action",
            account=self.account,
            outcome=outcome,
            action=intent.step.kind.value,
            item=str(intent.order.ref),
            to=intent.order.to or None,
            reference=intent.order.reference,
            rules=list(intent.step.rules),
            **facts,
        )
