"""The ledger on SQLite answers as the plain one does, whatever is asked in whatever order, restarts included."""

import shutil
import tempfile
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from bot.domain.action import ActionKind, Strike
from bot.domain.destination import Destination, Page
from bot.domain.item import ItemRef, Kind
from bot.domain.picture import Picture
from bot.domain.plan import Plan, Step
from bot.domain.verdict import Verdict
from bot.engine.ports import Again, Decision, IntentState, Listed, Rate, Reason, Start
from bot.engine.wording import orders
from bot.store import history
from bot.store.connect import open_store
from bot.store.ledger import FINAL, SqlLedger
from tests.builders import AN_ACTION, NOON, a_comment, a_match, a_post
from tests.store.model import OPEN, MemoryLedger

BUDGET = {
    ActionKind.REPORT: Rate(2, timedelta(hours=1)),
    ActionKind.REMOVE: Rate(1, timedelta(minutes=10)),
    ActionKind.REPLY: Rate(3, timedelta(hours=1)),
    **dict.fromkeys(
        set(ActionKind) - {ActionKind.REPORT, ActionKind.REMOVE, ActionKind.REPLY}, Rate(9, timedelta(hours=1))
    ),
}
ACCOUNTS = ["warden@lemmy.test", "warden@other.test"]
REFS = [*(ItemRef(Kind.POST, number) for number in "123"), ItemRef(Kind.COMMENT, "1")]
DEPTHS = [timedelta(hours=1), timedelta(days=2)]
SETTLE = timedelta(seconds=30)
FAR = timedelta(days=9)
ADDRESSES = ["https://bit.ly/a", "https://bit.ly/b"]
SEEN = [Picture(), Picture(shows_text=True, certain=True, text="news")]
FOUND = [Destination(why="status 404"), Destination("https://a.example/", ("https://t.co/a",), Page("A"), "text/html")]
ALL = set(ActionKind)

accounts = st.sampled_from(ACCOUNTS)
refs = st.sampled_from(REFS)
addresses = st.sampled_from(ADDRESSES)
kinds = st.sampled_from(list(Kind))
minutes = st.integers(-60, 60).map(lambda each: NOON + timedelta(minutes=each))
wishes = st.sampled_from(
    [{ActionKind.REMOVE}, {ActionKind.REPORT, ActionKind.REMOVE}, {ActionKind.REPLY}, ALL, ALL, set()]
)
picks = st.integers(0, 9)


@pytest.fixture(scope="module", autouse=True)
def _to_copy(empty_store):
    LedgerMachine.empty = empty_store


class LedgerMachine(RuleBasedStateMachine):
    """Every rule asks both ledgers the same."""

    empty: Path

    def __init__(self):
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.url = f"sqlite:///{self.folder.name}/warden.db"
        shutil.copy(self.empty, Path(self.folder.name) / "warden.db")
        self.store = open_store(self.url)
        self.sql, self.plain = SqlLedger(self.store), MemoryLedger()
        self.now = NOON
        self.handles = []
        self.settled = {}
        self.arrivals = 0

    def teardown(self):
        self.both_remember_the_same()
        self.store.dispose()
        self.folder.cleanup()

    def both(self, method, *facts):
        said, expected = getattr(self.sql, method)(*facts), getattr(self.plain, method)(*facts)
        assert said == expected, method
        return said

    def intents(self, method, *facts):
        """Pairs of the same intent as each ledger gives it; the numbers are their own."""
        said, expected = getattr(self.sql, method)(*facts), getattr(self.plain, method)(*facts)
        assert [replace(each, id=0) for each in said] == [replace(each, id=0) for each in expected]
        pairs = list(zip(said, expected, strict=True))
        self.handles = (self.handles + pairs)[-12:]
        return pairs

    def each(self, pair, method, *facts, **flags):
        """Ask each ledger about its own intent."""
        said, expected = (
            getattr(self.sql, method)(pair[0], *facts, **flags),
            getattr(self.plain, method)(pair[1], *facts, **flags),
        )
        assert said == expected
        return said

    @initialize(wanted=wishes.filter(bool))
    def everything_is_judged(self, wanted):
        for account in ACCOUNTS:
            self.judge(account, REFS, wanted, held=False, live=True, again=None, edited=False)

    @rule(seconds=st.sampled_from([1, 31, 61, 600, 601, 3_600]))
    def time_passes(self, seconds):
        self.now += timedelta(seconds=seconds)

    @rule()
    def restart(self):
        self.store.dispose()
        self.store = open_store(self.url)
        self.sql = SqlLedger(self.store)
        self.both_remember_the_same()

    @rule(
        account=accounts,
        refs=st.lists(refs, min_size=1, max_size=3),
        version=st.sampled_from("aab"),
        gone=st.sampled_from(["", "", "", "removed", "deleted", "both"]),
        age=minutes,
    )
    def record(self, account, refs, version, gone, age):
        flags = {"is_removed": gone in {"removed", "both"}, "is_deleted": gone in {"deleted", "both"}}
        seen = [_listed(ref, version, age, **flags) for ref in refs]
        self.both("unseen", account, seen)
        self.both("record", account, seen, self.now)

    @rule(
        account=accounts,
        refs=st.lists(refs, min_size=1, max_size=4, unique=True),
        wanted=wishes,
        held=st.booleans(),
        live=st.sampled_from([True, True, True, False]),
        again=st.sampled_from([None, None, timedelta(minutes=2)]),
        edited=st.sampled_from([False, False, False, True]),
    )
    def judge(self, account, refs, wanted, held, live, again, edited):
        self.arrivals += 1
        fresh = [_listed(ref, f"text {self.arrivals}", NOON) for ref in refs]
        self.both("record", account, fresh, self.now)
        for waiting in self.both("due", account, self.now, 4):
            item = waiting.listed.item
            if edited:
                newer = [_listed(item.ref, f"{item.body}!", waiting.listed.sort_key)]
                self.both("record", account, newer, self.now)
            steps = tuple(
                Step(AN_ACTION[kind], f"{kind} {item.body}", ("no-ads",)) for kind in ActionKind if kind in wanted
            )
            plan = Plan(item, steps=steps[held:], held=steps[:held])
            made = Decision(Verdict(item, (a_match(),)), plan, "book")
            codes = orders(plan, account) if live else ()
            self.both(
                "decide", account, waiting, made, codes, self.now, again and Again(self.now + again, Reason.SETTLED)
            )

    @rule(account=accounts, pick=picks)
    def fail_to_judge(self, account, pick):
        waiting = self.both("due", account, self.now, 9)
        if waiting:
            chosen = waiting[pick % len(waiting)]
            self.both("judging_failed", account, chosen, "boom", self.now)

    @rule(account=accounts, ref=refs, version=st.sampled_from("ab"), removed=st.booleans())
    def look(self, account, ref, version, removed):
        self.both("refresh", account, _listed(ref, version, NOON, is_removed=removed), self.now)

    @rule(account=accounts, pick=picks, until=st.sampled_from([None, timedelta(minutes=2)]))
    def put_off(self, account, pick, until):
        waiting = self.both("due", account, self.now, 9)
        if waiting:
            self.both("defer", account, waiting[pick % len(waiting)], until and self.now + until)

    @rule(account=accounts, numbers=st.dictionaries(refs, st.integers(1, 3), max_size=3))
    def reports_come_in(self, account, numbers):
        self.both("record_reports", account, numbers, self.now)

    @rule(account=accounts, ref=refs, address=addresses, seen=st.sampled_from(SEEN))
    def a_picture_is_seen(self, account, ref, address, seen):
        self.both("keep_picture", account, ref, address, seen, self.now)

    @rule(account=accounts, ref=refs, address=addresses, found=st.sampled_from(FOUND))
    def a_link_is_followed(self, account, ref, address, found):
        self.both("keep_destination", account, ref, address, found, self.now)

    @rule(account=accounts, ref=refs)
    def a_human_decides(self, account, ref):
        self.both("mark_human_decided", account, ref, "approved", self.now)

    @rule(most=st.integers(1, 6), budget=st.sampled_from([BUDGET, BUDGET, BUDGET, {}]))
    def send(self, most, budget):
        for account in ACCOUNTS:
            for pair in self.intents("planned", account, self.now)[:most]:
                begun = self.each(pair, "begin", budget, self.now)
                assert not begun or pair[0].step.kind in budget

    @precondition(lambda self: self.handles)
    @rule(pick=picks, what=st.sampled_from(["begin", "settle", "postpone", "strike"]), state=st.sampled_from(FINAL))
    def use_an_old_handle(self, pick, what, state):
        pair = self.handles[pick % len(self.handles)]
        if what == "begin":
            self.each(pair, "begin", BUDGET, self.now)
        elif what == "settle":
            self._settle(pair, state)
        elif what == "strike":
            if isinstance(pair[0].step.action, Strike):
                self.each(pair, "strike", self.now)
        else:
            self.each(pair, "postpone", self.now)

    @rule(
        rested=st.sampled_from([SETTLE, -SETTLE]),
        states=st.lists(st.sampled_from([*FINAL, IntentState.PLANNED]), min_size=1, max_size=6),
    )
    def read_back(self, rested, states):
        open_ = [pair for account in ACCOUNTS for pair in self.intents("unsettled", account, self.now - rested)]
        for pair, state in zip(open_, states, strict=False):
            if state is IntentState.PLANNED:
                self.each(pair, "postpone", self.now + timedelta(seconds=1), missed=True)
            else:
                self._settle(pair, state)

    def _settle(self, pair, state):
        self.each(pair, "settle", state, "word", self.now)

    @rule(account=accounts, kind=kinds, at=minutes, depth=st.sampled_from(DEPTHS))
    def a_list_is_read(self, account, kind, at, depth):
        self.both("complete_pass", account, kind, at)
        self.both("begin_watch", account, kind, "2", Start(at, at.minute))
        self.both("mark_swept", account, kind, depth, at)

    @rule()
    def both_remember_the_same(self):
        for account in ACCOUNTS:
            self.both("due", account, self.now + FAR, 99)
            self.intents("planned", account, self.now + FAR)
            self.intents("unsettled", account, self.now + FAR)
            for ref in REFS:
                self.both("taken", account, ref)
                self.both("done", account, ref)
                self.both("human_decided", account, ref)
                self.both("reports", account, ref)
                self.both("asked", account, ref, self.now)
                self.both("told", account, ref)
                self.both("approved", account, ref)
                self.both("removed_at", account, ref)
                for address in ADDRESSES:
                    self.both("picture", account, ref, address)
                    self.both("destination", account, ref, address)
            self.both("strikes", account, "2", "7", self.now)
            self.both("strikes", account, "2", "7", self.now + timedelta(days=89))
            self.both("struck_items", account, "2", "7", self.now)
            self.both("taken_back", account, "2", "7", self.now - timedelta(minutes=10))
            for kind in Kind:
                self.both("floor", account, kind)
                self.both("start", account, kind, "2")
                self.both("has_history", account, kind)
                for depth in DEPTHS:
                    self.both("swept", account, kind, depth)

    @invariant()
    def the_budget_is_never_exceeded(self):
        left = self.both("remaining", BUDGET, self.now)
        sent = [each.intent for each in history.intents(self.store) if each.intent.sent_at]
        for kind, rate in BUDGET.items():
            spent = sum(each.step.kind is kind and self.now - each.sent_at < rate.per for each in sent)
            assert spent <= rate.count
            assert left[kind] == rate.count - spent
        assert {each.step.kind for each in sent} <= set(BUDGET)

    @invariant()
    def one_intent_an_item_and_kind_and_settled_is_settled(self):
        past = history.intents(self.store)
        states = {(each.intent.account, each.intent.order.ref, each.intent.step.kind): each for each in past}
        assert len(states) == len(past) == len(self.plain.intents)
        for key, state in self.settled.items():
            assert states[key].intent.state is state
        self.settled = {key: each.intent.state for key, each in states.items() if each.intent.state not in OPEN}
        assert all((each.settled_at is None) == (each.intent.state in OPEN) for each in past)


def _listed(ref, version, sort_key, **flags):
    build = a_post if ref.kind is Kind.POST else a_comment
    item = build(id=ref.id, body=version, **flags)
    return Listed(item, "2", int(ref.id), sort_key, version, pinned=False)


TestLedger = LedgerMachine.TestCase
TestLedger.settings = settings(max_examples=20, stateful_step_count=40, deadline=None)
