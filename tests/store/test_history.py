"""What people can read back: every decision, every intent, and how it ended."""

from datetime import timedelta

import pytest

from bot.domain.action import ActionKind, Remove, Report
from bot.domain.verdict import Undecided, Verdict
from bot.engine.plan import plan
from bot.engine.ports import Decision, IntentState, Rate, Reason
from bot.engine.wishes import Standing
from bot.engine.wording import orders
from bot.store import history
from bot.store.connect import open_store
from bot.store.ledger import SqlLedger
from tests.builders import NOON, a_comment, a_match, a_post
from tests.fakes import listed

ACCOUNT = "warden@lemmy.test"
OTHER = "warden@other.test"
HOUR = timedelta(hours=1)
BUDGET = {kind: Rate(9, HOUR) for kind in ActionKind}


@pytest.fixture
def store(tmp_path):
    store = open_store(f"sqlite:///{tmp_path}/warden.db")
    yield store
    store.dispose()


@pytest.fixture
def ledger(store):
    return SqlLedger(store)


def decide(ledger, item, *actions, at=NOON, account=ACCOUNT):
    ledger.record(account, [listed(item)], at)
    (waiting,) = [each for each in ledger.due(account, at, 99) if each.listed.item.ref == item.ref]
    matches = (a_match(*actions),) if actions else ()
    verdict = Verdict(item, matches, (Undecided("low-effort", 4, "the link's title is not known"),))
    decided = plan(verdict, Standing(), dict.fromkeys(ActionKind, 9))
    made = Decision(verdict, decided, "book")
    ledger.decide(account, waiting, made, orders(decided, account), at, None)
    return made


def test_a_fresh_store_has_no_history(store):
    assert history.decisions(store) == history.intents(store) == ()


def test_decisions_come_back_as_they_were_made_newest_last(store, ledger):
    first = decide(ledger, a_post(id="2"), Report(), Remove())
    second = decide(ledger, a_comment(id="1"), at=NOON + HOUR)
    third = decide(ledger, a_post(id="1"), at=NOON + HOUR, account=OTHER)
    assert history.decisions(store) == (
        history.PastDecision(1, ACCOUNT, NOON, Reason.NEW, first),
        history.PastDecision(2, ACCOUNT, NOON + HOUR, Reason.NEW, second),
        history.PastDecision(3, OTHER, NOON + HOUR, Reason.NEW, third),
    )


def test_decisions_since_a_time(store, ledger):
    decide(ledger, a_post(id="1"))
    decide(ledger, a_post(id="2"), at=NOON + HOUR)
    numbers = [each.number for each in history.decisions(store, since=NOON + HOUR)]
    assert numbers == [2]
    assert not history.decisions(store, since=NOON + HOUR + timedelta(microseconds=1))


def test_decisions_on_one_item_by_one_account(store, ledger):
    decide(ledger, a_post(id="1"))
    decide(ledger, a_comment(id="1"))
    decide(ledger, a_post(id="1"), account=OTHER)
    edited = decide(ledger, a_post(id="1", body="edited"), at=NOON + HOUR)
    past = history.decisions_on(store, ACCOUNT, a_post(id="1").ref)
    assert [(each.number, each.why) for each in past] == [(1, Reason.NEW), (4, Reason.EDITED)]
    assert past[1].decision == edited


def test_intents_with_their_states(store, ledger):
    made = decide(ledger, a_post(id="1"), Report(), Remove())
    (report,) = ledger.planned(ACCOUNT, NOON)
    ledger.begin(report, BUDGET, NOON)
    ledger.settle(report, IntentState.DONE, "4711", NOON + HOUR)
    done, waiting = history.intents(store)
    assert (done.intent.step, waiting.intent.step) == made.plan.steps
    assert (done.intent.state, done.decision, done.settled_at, done.detail) == (
        IntentState.DONE,
        1,
        NOON + HOUR,
        "4711",
    )
    assert (waiting.intent.state, waiting.settled_at, waiting.detail) == (IntentState.PLANNED, None, "")
    assert waiting.intent == ledger.planned(ACCOUNT, NOON)[0]


def test_intents_of_one_item_and_since_a_time(store, ledger):
    decide(ledger, a_post(id="1"), Report())
    decide(ledger, a_post(id="2"), Report(), at=NOON + HOUR)
    decide(ledger, a_post(id="2"), Report(), at=NOON + HOUR, account=OTHER)
    assert [each.intent.order.ref.id for each in history.intents(store, since=NOON + HOUR)] == ["2", "2"]
    (mine,) = history.intents_on(store, ACCOUNT, a_post(id="2").ref)
    assert (mine.intent.account, mine.decision) == (ACCOUNT, 2)
