"""One tick of one account: who are we, settle what is open, read, judge, act."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.domain.action import ActionKind, Mode
from bot.domain.plan import Plan
from bot.domain.verdict import Verdict
from bot.engine.evaluate import LINK_SETTLES, awaits_link
from bot.engine.execute import Executor
from bot.engine.looking import Looking
from bot.engine.plan import Standing, plan
from bot.engine.poll import Poller
from bot.engine.ports import Budget, Clock, Decision, Eyes, Identity, Journal, Ledger, Lemmy, Stop, Waiting
from bot.engine.wording import orders
from bot.rulebook.rule import Rulebook

BATCH = 200
"""Items judged between two looks at the stop switch."""


@dataclass(frozen=True, slots=True)
class Cycle:
    """Everything that one account's tick needs."""

    account: str
    lemmy: Lemmy
    ledger: Ledger
    clock: Clock
    journal: Journal
    poller: Poller
    executor: Executor
    rulebook: Callable[[], Rulebook]
    """The rules in force now; asked once per tick, so that one tick is judged by one book."""
    budget: Budget
    live: bool
    """``False``: judge and record, send nothing."""
    stop: Stop
    eyes: Eyes | None = None
    """Look into pictures; ``None``: nobody does."""

    def tick(self) -> None:
        """Raises LemmyError when the instance cannot be spoken to; what was read by then is not lost."""
        identity = self.lemmy.identity()
        if self.live:
            self.executor.reconcile()
        self.poller.poll()
        self.judge(identity)
        if self.live and not self.stop():
            self.executor.send()

    def judge(self, identity: Identity) -> None:
        """Judge everything that is due, by the rules in force now."""
        book = self.rulebook()
        while batch := self.ledger.due(self.account, self.clock.now(), BATCH):
            for waiting in batch:
                self._judge_one(book, waiting, identity)

    def _judge_one(self, book: Rulebook, waiting: Waiting, identity: Identity) -> None:
        now = self.clock.now()
        item = waiting.listed.item
        try:
            history = self.ledger.history(self.account, item) if book.needs_history else None
            verdict = Looking(self.account, self.ledger, self.eyes).verdict(book, item, now, history)
            decided = self._plan(verdict, identity, now)
            codes = orders(decided, self.account) if self.live else ()
        except Exception as error:  # noqa: BLE001 - one item must not stop the others
            set_aside = self.ledger.judging_failed(self.account, waiting, repr(error), now)
            self.journal.event("judging_failed", item=str(item.ref), error=repr(error), set_aside=set_aside)
            return
        again = _judge_again(verdict, now)
        self.ledger.decide(self.account, waiting, Decision(verdict, decided, book.hash), codes, now, again)
        self._tell(waiting, verdict, decided)

    def _plan(self, verdict: Verdict, identity: Identity, now: datetime) -> Plan:
        ref = verdict.item.ref
        standing = Standing(
            bot_id=identity.person_id,
            taken=self.ledger.taken(self.account, ref) if verdict.matches else frozenset(),
            human_decided=self.ledger.human_decided(self.account, ref) if verdict.matches else "",
        )
        return plan(verdict, standing, self._remaining(now) if verdict.matches else {})

    def _remaining(self, now: datetime) -> Mapping[ActionKind, int]:
        return self.ledger.remaining(self.budget, now)

    def _tell(self, waiting: Waiting, verdict: Verdict, decided: Plan) -> None:
        """The canonical line: one a decision."""
        self.journal.event(
            "decision",
            account=self.account,
            item=str(verdict.item.ref),
            community=verdict.item.community.full_name,
            why=waiting.reason.value,
            matches={match.rule: "certain" if match.answer.certain else "doubtful" for match in verdict.matches},
            signals=sorted({fact.signal for match in verdict.matches for fact in match.answer.evidence}),
            notify=[match.rule for match in verdict.matches if match.mode is Mode.NOTIFY],
            unknown=[each.rule for each in verdict.undecided],
            broken={each.rule: each.error for each in verdict.broken},
            steps=[step.kind.value for step in decided.steps],
            held=[step.kind.value for step in decided.held],
            skipped={each.kind.value: each.why for each in decided.skipped},
            live=self.live,
        )


def _judge_again(verdict: Verdict, now: datetime) -> datetime | None:
    """When to judge once more because the link's metadata is still to come."""
    item = verdict.item
    if not awaits_link(item) or item.published is None:
        return None
    settled = item.published + LINK_SETTLES
    return settled if settled > now else None
