"""One tick of one account: who are we, settle what is open, read, judge, act."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.domain.action import Approve, Restore
from bot.domain.item import Item
from bot.domain.plan import Plan
from bot.domain.verdict import Verdict
from bot.engine.evaluate import LINK_SETTLES, awaits_link
from bot.engine.execute import Executor
from bot.engine.looking import Looking
from bot.engine.plan import plan
from bot.engine.poll import Poller
from bot.engine.ports import (
    Again,
    Budget,
    Clock,
    Decision,
    Eyes,
    Gone,
    Identity,
    Journal,
    Ledger,
    Lemmy,
    LemmyError,
    LinkResolver,
    Reason,
    Refused,
    Stop,
    Waiting,
)
from bot.engine.surroundings import Around
from bot.engine.wording import orders
from bot.rulebook.rule import Rulebook

BATCH = 200
"""Items judged between two looks at the stop switch."""
LOOK_AGAIN = timedelta(minutes=1)
"""Pause after an item could not be read by itself."""
FIRST_LOOK = timedelta(minutes=30)
LOOKED_AFTER = timedelta(days=7)
"""How long what we removed is looked at again, in case its author repairs it."""


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
    recipients: tuple[str, ...] = ()
    """Full names of the moderators to tell."""
    approved: frozenset[str] = frozenset()
    """Full names of approved authors."""
    eyes: Eyes | None = None
    """Look into pictures; ``None``: nobody does."""
    links: LinkResolver | None = None
    """Follows links; ``None``: nobody does."""

    def tick(self) -> Identity:
        """Returns who we were. Raises LemmyError when the instance cannot be spoken to; what was read is not lost."""
        identity = self.lemmy.identity()
        if self.live:
            self.executor.reconcile()
        self.poller.poll()
        self.judge(identity)
        if self.live and not self.stop():
            self.executor.send()
        return identity

    def judge(self, identity: Identity) -> None:
        """Judge everything that is due, by the rules in force now."""
        book = self.rulebook()
        if book.needs_reports:
            self._count_reports()
        while batch := self.ledger.due(self.account, self.clock.now(), BATCH):
            for waiting in batch:
                if (present := self._as_it_is_now(book, waiting)) is not None:
                    self._judge_one(book, present, identity)

    def _count_reports(self) -> None:
        try:
            counted = self.lemmy.open_reports()
        except Refused as error:
            self.journal.event("reports_unread", account=self.account, why=str(error))
            return
        if counted is None:
            self.journal.event("reports_unread", account=self.account, why="there are more than can be read")
        else:
            self.ledger.record_reports(self.account, counted, self.clock.now())

    def _as_it_is_now(self, book: Rulebook, waiting: Waiting) -> Waiting | None:
        """What lists do not show in time is read by itself. ``None``: there is nothing to judge now."""
        match waiting.reason:
            case Reason.HELD:
                return self._looked_at(waiting)
            case Reason.REMOVED:
                return self._if_repaired(book, waiting)
            case Reason.SETTLED | Reason.RULES | Reason.REPORTED:
                is_held = self.ledger.asked(self.account, waiting.listed.item.ref, self.clock.now()) is not None
                return self._looked_at(waiting) if is_held else waiting
            case Reason.NEW | Reason.EDITED | Reason.STRUCK:
                return waiting

    def _looked_at(self, waiting: Waiting) -> Waiting | None:
        """An item after its author was asked for a repair; removed or deleted meanwhile, it needs no more."""
        seen = self._look(waiting)
        if seen is None or not (seen.listed.item.is_removed or seen.listed.item.is_deleted):
            return seen
        self.ledger.defer(self.account, waiting, None)
        self.journal.event("hold_over", account=self.account, item=str(waiting.listed.item.ref), why="gone")
        return None

    def _if_repaired(self, book: Rulebook, waiting: Waiting) -> Waiting | None:
        """What we removed is judged again when it was edited, if there is a rule that could put it back."""
        now, ref = self.clock.now(), waiting.listed.item.ref
        removed_at = self.ledger.removed_at(self.account, ref)
        if removed_at is None or now - removed_at > LOOKED_AFTER or not _may_put_back(book):
            self.ledger.defer(self.account, waiting, None)
            return None
        seen = self._look(waiting)
        if seen is None:
            return None
        item = seen.listed.item
        if item.is_deleted or seen.listed.content_hash == waiting.listed.content_hash:
            self.ledger.defer(self.account, waiting, None if item.is_deleted else _later(removed_at, now))
            return None
        return seen

    def _look(self, waiting: Waiting) -> Waiting | None:
        now, ref = self.clock.now(), waiting.listed.item.ref
        try:
            listed = self.lemmy.look(ref)
        except Gone:
            self.ledger.defer(self.account, waiting, None)
            return None
        except LemmyError as error:
            self.ledger.defer(self.account, waiting, now + LOOK_AGAIN)
            self.journal.event("not_looked_at", account=self.account, item=str(ref), error=str(error))
            return None
        self.ledger.refresh(self.account, listed, now)
        return replace(waiting, listed=listed)

    def _judge_one(self, book: Rulebook, waiting: Waiting, identity: Identity) -> None:
        now = self.clock.now()
        try:
            item = self._around.informed(waiting.listed.item, now)
            history = self.ledger.history(self.account, item) if book.needs_history else None
            verdict = Looking(self.account, self.ledger, self.eyes, self.links).verdict(book, item, now, history)
            decided = self._plan(verdict, identity, now)
            codes = orders(decided, self.account) if self.live else ()
        except Exception as error:  # noqa: BLE001 - one item must not stop the others
            set_aside = self.ledger.judging_failed(self.account, waiting, repr(error), now)
            self.journal.event(
                "judging_failed", item=str(waiting.listed.item.ref), error=repr(error), set_aside=set_aside
            )
            return
        again = self._again(verdict, decided, now)
        self.ledger.decide(self.account, waiting, Decision(verdict, decided, book.hash), codes, now, again)
        self._tell(waiting, verdict, decided)

    @property
    def _around(self) -> Around:
        return Around(self.account, self.ledger, self.recipients, self.approved)

    def _plan(self, verdict: Verdict, identity: Identity, now: datetime) -> Plan:
        if not verdict.matches:
            return plan(verdict, self._around.nothing, {})
        standing = replace(self._around.standing(verdict.item, now), bot_id=identity.person_id)
        return plan(verdict, standing, self.ledger.remaining(self.budget, now))

    def _again(self, verdict: Verdict, decided: Plan, now: datetime) -> Again | None:
        """The next time the item has to be judged though nothing about it changes."""
        times = [_settled(verdict.item, now)]
        if decided.wait is not None:
            times.append(Again(now + decided.wait, Reason.HELD))
        if verdict.item.is_removed:
            times.append(self._next_look(verdict.item, now))
        return min((each for each in times if each is not None), key=lambda each: each.at, default=None)

    def _next_look(self, item: Item, now: datetime) -> Again | None:
        removed_at = self.ledger.removed_at(self.account, item.ref)
        return None if removed_at is None else Again(_later(removed_at, now), Reason.REMOVED)

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
            unknown=[each.rule for each in verdict.undecided],
            broken={each.rule: each.error for each in verdict.broken},
            steps=[step.kind.value for step in decided.steps],
            held=[step.kind.value for step in decided.held],
            skipped={each.kind.value: each.why for each in decided.skipped},
            live=self.live,
        )


def _settled(item: Item, now: datetime) -> Again | None:
    """When to judge once more because the link's metadata is still to come."""
    if not awaits_link(item) or item.published is None:
        return None
    settled = item.published + LINK_SETTLES
    return Again(settled, Reason.SETTLED) if settled > now else None


def _later(removed_at: datetime, now: datetime) -> datetime:
    """The next look at what we removed: each after twice the time of the one before."""
    return now + max(now - removed_at, FIRST_LOOK)


def _may_put_back(book: Rulebook) -> bool:
    return any(isinstance(action, Restore | Approve) for rule in book.rules for action in rule.actions)
