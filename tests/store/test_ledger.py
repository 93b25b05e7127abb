"""Single promises of the ledger that a person depends on."""

from datetime import timedelta

import pytest

from bot.domain.action import ActionKind, Approve, Notify, Remove, Report, Restore
from bot.domain.verdict import Verdict
from bot.engine.plan import plan
from bot.engine.ports import Decision, IntentState, Rate, Reason
from bot.engine.wishes import Standing
from bot.engine.wording import orders
from tests.builders import NOON, a_comment, a_match, a_post
from tests.fakes import listed

ACCOUNT = "warden@lemmy.test"
OTHER = "warden@other.test"
MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
BUDGET = {kind: Rate(9, HOUR) for kind in ActionKind}


def see(ledger, item, at=NOON, account=ACCOUNT):
    return ledger.record(account, [listed(item)], at)


def decide(ledger, item, *actions, at=NOON, account=ACCOUNT):
    see(ledger, item, at, account)
    (waiting,) = [each for each in ledger.due(account, at, 99) if each.listed.item.ref == item.ref]
    conclude(ledger, waiting, *actions, at=at, account=account)


def conclude(ledger, waiting, *actions, at=NOON, account=ACCOUNT):
    item = waiting.listed.item
    verdict = Verdict(item, (a_match(*actions),) if actions else ())
    decided = plan(verdict, Standing(taken=ledger.taken(account, item.ref)), dict.fromkeys(ActionKind, 9))
    ledger.decide(account, waiting, Decision(verdict, decided, "book"), orders(decided, account), at, None)


def kinds(intents):
    return [each.step.kind for each in intents]


def test_a_later_decision_waits_for_the_open_steps_of_an_earlier_one(ledger):
    decide(ledger, a_post(), Report())
    (report,) = ledger.planned(ACCOUNT, NOON)
    assert ledger.begin(report, BUDGET, NOON)
    decide(ledger, a_post(body="edited"), Report(), Remove(), at=NOON + MINUTE)
    assert ledger.planned(ACCOUNT, NOON + HOUR) == []
    ledger.settle(report, IntentState.DONE, "", NOON + MINUTE)
    assert kinds(ledger.planned(ACCOUNT, NOON + HOUR)) == [ActionKind.REMOVE]


def test_a_note_to_the_moderators_waits_for_nothing(ledger):
    see(ledger, a_post())
    (waiting,) = ledger.due(ACCOUNT, NOON, 9)
    verdict = Verdict(a_post(), (a_match(Remove(), Notify()),))
    decided = plan(verdict, Standing(recipients=("alice@lemmy.test",)), dict.fromkeys(ActionKind, 9))
    ledger.decide(ACCOUNT, waiting, Decision(verdict, decided, "book"), orders(decided, ACCOUNT), NOON, None)
    assert kinds(ledger.planned(ACCOUNT, NOON)) == [ActionKind.REMOVE, ActionKind.NOTIFY]


def test_what_we_removed_and_is_there_again_was_restored_by_a_human(ledger):
    decide(ledger, a_post(), Remove())
    (removal,) = ledger.planned(ACCOUNT, NOON)
    ledger.begin(removal, BUDGET, NOON)
    ledger.settle(removal, IntentState.DONE, "", NOON)
    assert ledger.removed_at(ACCOUNT, a_post().ref) == NOON
    see(ledger, a_post(), NOON + MINUTE)
    assert ledger.human_decided(ACCOUNT, a_post().ref) == "restored after it had been removed"


@pytest.mark.parametrize("settled", [True, False])
def test_what_we_put_back_ourselves_was_not(ledger, settled):
    decide(ledger, a_post(), Remove())
    (removal,) = ledger.planned(ACCOUNT, NOON)
    ledger.begin(removal, BUDGET, NOON)
    ledger.settle(removal, IntentState.DONE, "", NOON)
    (waiting,) = ledger.due(ACCOUNT, NOON + HOUR, 9)
    assert (waiting.reason, waiting.listed.item.is_removed) == (Reason.REMOVED, True)
    verdict = Verdict(waiting.listed.item, (a_match(Restore()),))
    decided = plan(verdict, Standing(removed_by_us=True), dict.fromkeys(ActionKind, 9))
    ledger.decide(ACCOUNT, waiting, Decision(verdict, decided, "book"), orders(decided, ACCOUNT), NOON, None)
    (restoring,) = ledger.planned(ACCOUNT, NOON + HOUR)
    ledger.begin(restoring, BUDGET, NOON + HOUR)
    if settled:
        ledger.settle(restoring, IntentState.DONE, "", NOON + HOUR)
    see(ledger, a_post(), NOON + HOUR)
    assert ledger.human_decided(ACCOUNT, a_post().ref) == ""


def test_an_approval_holds_until_the_text_changes(ledger):
    decide(ledger, a_post(), Approve())
    (approval,) = ledger.planned(ACCOUNT, NOON)
    ledger.begin(approval, BUDGET, NOON)
    ledger.settle(approval, IntentState.DONE, "", NOON)
    assert ledger.approved(ACCOUNT, a_post().ref)
    see(ledger, a_post(body="edited"))
    assert not ledger.approved(ACCOUNT, a_post().ref)


def test_what_an_author_deletes_and_restores_is_judged_again(ledger):
    see(ledger, a_post())
    see(ledger, a_post(is_deleted=True))
    assert ledger.due(ACCOUNT, NOON, 9) == []
    assert see(ledger, a_post()) == 1
    assert [each.reason for each in ledger.due(ACCOUNT, NOON, 9)] == [Reason.EDITED]
    assert ledger.human_decided(ACCOUNT, a_post().ref) == ""


@pytest.mark.parametrize("between", [[], [{"is_removed": True, "is_deleted": True}, {"is_deleted": True}]])
def test_what_a_moderator_restores_is_left_alone(ledger, between):
    see(ledger, a_post())
    see(ledger, a_post(is_removed=True))
    for flags in between:
        see(ledger, a_post(**flags))
    see(ledger, a_post())
    assert ledger.human_decided(ACCOUNT, a_post().ref) == "restored after it had been removed"


def test_a_removed_comment_comes_without_its_text_and_the_judged_text_is_kept(ledger):
    see(ledger, a_comment(body="buy now"))
    see(ledger, a_comment(body="", is_removed=True))
    see(ledger, a_comment(body="buy now"))
    (waiting,) = ledger.due(ACCOUNT, NOON, 9)
    assert waiting.listed.item == a_comment(body="buy now")
    assert ledger.unseen(ACCOUNT, [listed(a_comment(body="buy now"))]) == 0


def test_an_edit_that_arrives_while_an_item_is_judged_is_not_lost(ledger):
    see(ledger, a_post(body="first"))
    (waiting,) = ledger.due(ACCOUNT, NOON, 9)
    see(ledger, a_post(body="second"))
    conclude(ledger, waiting)
    assert [each.listed.item.body for each in ledger.due(ACCOUNT, NOON, 9)] == ["second"]


def test_an_intent_of_a_replaced_plan_can_neither_be_sent_nor_settle_the_new_one(ledger):
    decide(ledger, a_post(), Remove())
    (old,) = ledger.planned(ACCOUNT, NOON)
    decide(ledger, a_post(body="edited"), Remove(), at=NOON + MINUTE)
    assert not ledger.begin(old, BUDGET, NOON + MINUTE)
    ledger.settle(old, IntentState.DONE, "", NOON + MINUTE)
    (new,) = ledger.planned(ACCOUNT, NOON + MINUTE)
    assert ledger.begin(new, BUDGET, NOON + MINUTE)
    ledger.postpone(old, NOON)
    assert [each.step for each in ledger.unsettled(ACCOUNT, NOON + HOUR)] == [new.step]


def test_an_intent_is_begun_once(ledger):
    decide(ledger, a_post(), Remove())
    (intent,) = ledger.planned(ACCOUNT, NOON)
    assert ledger.begin(intent, BUDGET, NOON)
    assert not ledger.begin(intent, BUDGET, NOON)
    ledger.postpone(intent, NOON)
    assert not ledger.begin(intent, BUDGET, NOON)


def test_only_a_final_state_settles(ledger):
    decide(ledger, a_post(), Remove())
    (intent,) = ledger.planned(ACCOUNT, NOON)
    with pytest.raises(AssertionError):
        ledger.settle(intent, IntentState.SENDING, "", NOON)


def test_all_accounts_share_one_budget_in_a_sliding_window(ledger):
    budget = {ActionKind.REMOVE: Rate(2, HOUR)}
    for place, account in enumerate([ACCOUNT, OTHER]):
        at = NOON + place * 10 * MINUTE
        decide(ledger, a_post(id="1"), Remove(), at=at, account=account)
        (intent,) = ledger.planned(account, at)
        assert ledger.begin(intent, budget, at)
    decide(ledger, a_post(id="2"), Remove(), at=NOON + 20 * MINUTE)
    (third,) = ledger.planned(ACCOUNT, NOON + HOUR)
    just_before = NOON + HOUR - timedelta(microseconds=1)
    assert ledger.remaining(budget, just_before) == {ActionKind.REMOVE: 0}
    assert not ledger.begin(third, budget, just_before)
    assert ledger.remaining(budget, NOON + HOUR) == {ActionKind.REMOVE: 1}
    assert ledger.begin(third, budget, NOON + HOUR)


def test_a_budget_that_was_cut_is_used_up_not_negative(ledger):
    decide(ledger, a_post(), Remove())
    (intent,) = ledger.planned(ACCOUNT, NOON)
    ledger.begin(intent, BUDGET, NOON)
    assert ledger.remaining({ActionKind.REMOVE: Rate(0, HOUR)}, NOON) == {ActionKind.REMOVE: 0}


def test_odd_text_is_written_down_not_refused(ledger):
    odd = "\ud800 \x00 \U0001f600"
    ledger.record(ACCOUNT, [listed(a_post(title=odd), content_hash="1")], NOON)
    (waiting,) = ledger.due(ACCOUNT, NOON, 9)
    assert waiting.listed.item.title == "\ufffd \x00 \U0001f600"
    assert not ledger.judging_failed(ACCOUNT, waiting, odd, NOON)
    ledger.mark_human_decided(ACCOUNT, a_post().ref, odd, NOON)
    assert ledger.human_decided(ACCOUNT, a_post().ref) == "\ufffd \x00 \U0001f600"


def test_an_item_that_cannot_be_judged_is_set_aside_until_it_changes(ledger):
    see(ledger, a_post())
    at = NOON
    for last in (False, False, True):
        (waiting,) = ledger.due(ACCOUNT, at, 9)
        assert ledger.judging_failed(ACCOUNT, waiting, "boom", at) is last
        assert ledger.due(ACCOUNT, at, 9) == []
        at += MINUTE
    assert ledger.due(ACCOUNT, at, 9) == []
    see(ledger, a_post(body="edited"), at)
    assert [each.attempts for each in ledger.due(ACCOUNT, at, 9)] == [0]


def test_what_is_settled_stays_settled(ledger):
    decide(ledger, a_post(), Remove())
    (intent,) = ledger.planned(ACCOUNT, NOON)
    ledger.begin(intent, BUDGET, NOON)
    ledger.settle(intent, IntentState.REFUSED, "not_a_moderator", NOON)
    ledger.settle(intent, IntentState.DONE, "", NOON)
    ledger.postpone(intent, NOON)
    assert ledger.planned(ACCOUNT, NOON) == ledger.unsettled(ACCOUNT, NOON) == []
    assert not ledger.begin(intent, BUDGET, NOON)
    assert ledger.taken(ACCOUNT, a_post().ref) == {ActionKind.REMOVE}
