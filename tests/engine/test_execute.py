"""Once, in order, and never on a guess."""

from datetime import timedelta

import pytest

from bot.domain.action import ActionKind, Message, Mode, Remove, Reply, Report
from bot.domain.verdict import Verdict
from bot.engine.execute import Executor
from bot.engine.plan import plan
from bot.engine.ports import (
    Decision,
    Found,
    Gone,
    NotLoggedIn,
    NotUnderstood,
    Rate,
    RateLimited,
    Refused,
    Unclear,
    Unreachable,
)
from bot.engine.wishes import Standing
from bot.engine.wording import orders
from tests.builders import NOON, a_match, a_post
from tests.fakes import FakeLemmy, MemoryJournal, SteadyClock, listed

ACCOUNT = "warden@lemmy.test"
SETTLE = timedelta(seconds=5)
BUDGET = {kind: Rate(10, timedelta(hours=1)) for kind in ActionKind}


class Bench:
    """An executor with everything around it at hand."""

    def __init__(self, ledger, budget=BUDGET):
        self.clock = SteadyClock()
        self.lemmy = FakeLemmy(self.clock)
        self.journal = MemoryJournal()
        self.ledger = ledger
        self.stopped = False
        self.executor = Executor(
            ACCOUNT, self.lemmy, ledger, self.clock, self.journal, lambda: self.stopped, budget, SETTLE
        )

    def intend(self, *actions, number=1):
        post = a_post(id=str(number))
        self.lemmy.add(listed(post))
        self.ledger.record(ACCOUNT, [listed(post)], self.clock.now())
        (waiting,) = [each for each in self.ledger.due(ACCOUNT, self.clock.now(), 99) if each.listed.item.id == post.id]
        verdict = Verdict(post, (a_match(*actions, mode=Mode.ACT),))
        decided = plan(verdict, Standing(), dict.fromkeys(ActionKind, 9))
        self.ledger.decide(
            ACCOUNT, waiting, Decision(verdict, decided, "book"), orders(decided, ACCOUNT), self.clock.now(), None
        )

    def outcomes(self):
        return [facts["outcome"] for facts in self.journal.named("action")]

    def sent(self):
        return [order.kind.value for order in self.lemmy.performed]


@pytest.fixture
def bench(ledger):
    return Bench(ledger)


def test_steps_go_out_in_the_order_that_lemmy_needs(bench):
    bench.intend(Message("m"), Remove(), Reply("r"), Report())
    bench.executor.send()
    assert bench.sent() == ["report", "reply", "remove", "message"]
    assert bench.outcomes() == ["done"] * 4


def test_every_text_carries_its_reference(bench):
    bench.intend(Message("m"), Remove(), Reply("r"), Report())
    bench.executor.send()
    assert all(order.reference in order.text for order in bench.lemmy.performed)
    assert len({order.reference for order in bench.lemmy.performed}) == 4


def test_sending_again_sends_nothing(bench):
    bench.intend(Report(), Remove())
    bench.executor.send()
    bench.executor.send()
    assert bench.sent() == ["report", "remove"]


@pytest.mark.parametrize("error", [Unclear("reset"), NotUnderstood("<html>")])
def test_an_unclear_answer_is_never_repeated_and_holds_back_what_follows(bench, error):
    bench.intend(Report(), Remove())
    bench.lemmy.answers = [error]
    bench.executor.send()
    bench.executor.send()
    assert bench.sent() == ["report"]


def test_what_was_done_after_all_is_found_by_reading_back(bench):
    bench.intend(Report(), Remove())
    bench.lemmy.answers = [Unclear("reset")]
    bench.executor.send()
    bench.lemmy.found = Found.DONE
    bench.clock.forward(SETTLE)
    bench.executor.reconcile()
    bench.executor.send()
    assert bench.sent() == ["report", "remove"]
    assert bench.outcomes() == ["unclear", "done", "done"]


def test_reading_back_waits_until_the_action_has_rested(bench):
    bench.intend(Report())
    bench.lemmy.answers = [Unclear("reset")]
    bench.executor.send()
    bench.lemmy.found = Found.DONE
    bench.clock.forward(SETTLE - timedelta(seconds=1))
    assert bench.executor.rest() == timedelta(seconds=1)
    bench.executor.reconcile()
    assert bench.outcomes() == ["unclear"]
    bench.clock.forward(timedelta(seconds=1))
    assert bench.executor.rest() == timedelta(0)
    bench.executor.reconcile()
    assert bench.outcomes() == ["unclear", "done"]
    assert bench.executor.rest() == timedelta(0)


def test_what_is_not_found_is_sent_again_three_times_and_then_left_to_a_human(bench):
    bench.intend(Report())
    bench.lemmy.answers = [Unclear("reset")] * 5
    for _ in range(5):
        bench.executor.send()
        bench.clock.forward(SETTLE)
        bench.executor.reconcile()
    assert bench.sent() == ["report"] * 3
    assert bench.outcomes()[-1] == "given_up"


def test_what_was_never_sent_is_no_try(bench):
    bench.intend(Report())
    bench.lemmy.answers = [RateLimited("wait")] * 5 + [Unclear("reset")] * 2
    for _ in range(8):
        bench.executor.send()
        bench.clock.forward(timedelta(minutes=1))
        bench.executor.reconcile()
    assert bench.outcomes() == ["postponed"] * 5 + ["unclear", "repeating"] * 2 + ["done"]


@pytest.mark.parametrize("error", [RateLimited("wait"), NotLoggedIn("who?"), Unreachable("down")])
def test_what_certainly_did_not_happen_is_sent_later_and_costs_no_budget(ledger, error):
    bench = Bench(ledger, {ActionKind.REPORT: Rate(1, timedelta(hours=1))})
    bench.intend(Report())
    bench.lemmy.answers = [error]
    bench.executor.send()
    assert bench.outcomes() == ["postponed"]
    bench.clock.forward(timedelta(minutes=1))
    bench.executor.send()
    assert bench.outcomes() == ["postponed", "done"]


def test_a_refusal_is_recorded_with_lemmys_word_and_the_next_step_follows(bench):
    bench.intend(Report(), Remove())
    bench.lemmy.answers = [Refused("couldnt_create_report")]
    bench.executor.send()
    assert bench.outcomes() == ["refused", "done"]
    assert bench.journal.named("action")[0]["detail"] == "couldnt_create_report"


def test_an_item_that_is_gone_makes_its_action_moot(bench):
    bench.intend(Report())
    bench.lemmy.answers = [Gone("couldnt_find_post")]
    bench.executor.send()
    assert bench.outcomes() == ["moot"]


def test_one_kind_that_must_wait_holds_up_no_other_item(bench):
    bench.intend(Reply("r"), Remove(), number=1)
    bench.intend(Reply("r"), Remove(), number=2)
    bench.intend(Report(), number=3)
    bench.lemmy.answers = [RateLimited("comments")]
    bench.executor.send()
    assert bench.sent() == ["reply", "report"]
    assert bench.outcomes() == ["postponed", "done"]


def test_a_reply_that_must_wait_long_no_longer_holds_up_the_removal(bench):
    bench.intend(Reply("r"), Remove(), Message("m"))
    bench.lemmy.answers = [RateLimited("comments")] * 9
    while "given_up" not in bench.outcomes():
        assert bench.clock.now() - NOON < timedelta(minutes=5)
        assert "remove" not in bench.sent()
        bench.executor.send()
        bench.clock.forward(timedelta(seconds=35))
    bench.lemmy.answers = []
    bench.executor.send()
    assert bench.sent()[-2:] == ["remove", "message"]


def test_a_reply_without_budget_no_longer_holds_up_the_removal(ledger):
    bench = Bench(ledger, {kind: rate for kind, rate in BUDGET.items() if kind is not ActionKind.REPLY})
    bench.intend(Reply("r"), Remove())
    bench.executor.send()
    assert bench.outcomes() == []
    bench.clock.forward(timedelta(minutes=4))
    bench.executor.send()
    assert bench.outcomes() == ["given_up", "done"]
    assert bench.sent() == ["remove"]


def test_a_message_follows_our_own_removal_however_late(bench):
    bench.intend(Remove(), Message("m"))
    bench.lemmy.answers = [None, RateLimited("messages")]
    bench.executor.send()
    bench.lemmy.change(a_post().ref, is_removed=True)
    bench.clock.forward(timedelta(minutes=2))
    bench.executor.send()
    assert bench.outcomes() == ["done", "postponed", "done"]


def test_no_late_message_about_what_a_human_restored(bench):
    bench.intend(Remove(), Message("m"))
    bench.lemmy.answers = [None, RateLimited("messages")]
    bench.executor.send()
    bench.lemmy.decisions = ["restored by alice"]
    bench.clock.forward(timedelta(minutes=2))
    bench.executor.send()
    assert bench.outcomes() == ["done", "postponed", "moot"]


def test_no_message_about_a_removal_that_was_refused(bench):
    bench.intend(Remove(), Message("m"))
    bench.lemmy.answers = [Refused("not_a_moderator")]
    bench.executor.send()
    assert bench.sent() == ["remove"]
    assert bench.outcomes() == ["refused", "moot"]


@pytest.mark.parametrize("action", [Remove(), Reply("r"), Message("m")])
def test_a_humans_decision_stands(bench, action):
    bench.intend(action)
    bench.lemmy.decisions = ["restored by alice"]
    bench.executor.send()
    assert bench.sent() == []
    assert bench.outcomes() == ["moot"]
    assert bench.ledger.human_decided(ACCOUNT, a_post().ref) == "restored by alice"


@pytest.mark.parametrize("change", [{"is_removed": True}, {"is_deleted": True}])
def test_an_item_that_went_meanwhile_is_not_removed_again(bench, change):
    bench.intend(Remove())
    bench.lemmy.change(a_post().ref, **change)
    bench.executor.send()
    assert bench.sent() == []
    assert bench.outcomes() == ["moot"]


def test_an_old_plan_is_checked_against_the_present_before_it_is_sent(bench):
    bench.intend(Report())
    bench.clock.forward(timedelta(minutes=2))
    bench.lemmy.items.clear()
    bench.executor.send()
    assert bench.sent() == []
    assert bench.outcomes() == ["moot"]


def test_the_stop_switch_is_asked_before_every_send(bench):
    bench.intend(Report(), number=1)
    bench.intend(Report(), number=2)
    original = bench.lemmy.perform

    def perform_then_stop(order):
        bench.stopped = True
        return original(order)

    bench.lemmy.perform = perform_then_stop
    bench.executor.send()
    assert bench.sent() == ["report"]
    bench.stopped = False
    bench.lemmy.perform = original
    bench.executor.send()
    assert bench.sent() == ["report", "report"]


def test_the_budget_is_never_overdrawn_and_what_is_over_it_waits(ledger):
    bench = Bench(ledger, {ActionKind.REPORT: Rate(2, timedelta(hours=1))})
    for number in range(1, 6):
        bench.intend(Report(), number=number)
    bench.executor.send()
    assert bench.sent() == ["report"] * 2
    bench.clock.forward(timedelta(minutes=59))
    bench.executor.send()
    assert bench.sent() == ["report"] * 2
    bench.clock.forward(timedelta(minutes=1, seconds=1))
    bench.executor.send()
    assert bench.sent() == ["report"] * 4


def test_a_later_judgement_replaces_what_was_only_planned(bench):
    bench.intend(Remove())
    post = a_post(body="repaired")
    bench.ledger.record(ACCOUNT, [listed(post)], bench.clock.now())
    (waiting,) = bench.ledger.due(ACCOUNT, bench.clock.now(), 9)
    verdict = Verdict(post)
    decided = plan(verdict, Standing(), {})
    bench.ledger.decide(ACCOUNT, waiting, Decision(verdict, decided, "book"), (), NOON, None)
    bench.executor.send()
    assert bench.sent() == []
