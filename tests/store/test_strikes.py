"""How many points an author has: each counts from its strike until it is forgotten or taken back, whatever happens."""

from datetime import timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.domain.action import ActionKind, Strike
from bot.domain.item import ItemRef, Kind
from bot.domain.verdict import Verdict
from bot.engine.plan import plan
from bot.engine.ports import Decision, Rate, Reason
from bot.engine.wishes import Standing
from bot.engine.wording import orders
from tests.builders import NOON, a_match, a_post
from tests.fakes import listed

ACCOUNT = "warden@lemmy.test"
BUDGET = {ActionKind.STRIKE: Rate(1_000, timedelta(hours=1))}
DAY = timedelta(days=1)

strikes = st.lists(
    st.tuples(st.integers(0, 40), st.integers(1, 5), st.integers(1, 30), st.none() | st.integers(0, 40)), max_size=5
)
"""Day of the strike, points, days until it is forgotten, and the day on which it is taken back."""


def give(ledger, number, points, days, at):
    """A strike as it is given: judged, planned, begun and recorded."""
    post = a_post(id=str(number))
    ledger.record(ACCOUNT, [listed(post)], at)
    (waiting,) = [each for each in ledger.due(ACCOUNT, at, 99) if each.listed.item.ref == post.ref]
    verdict = Verdict(post, (a_match(Strike(points, days)),))
    decided = plan(verdict, Standing(), {ActionKind.STRIKE: 1})
    ledger.decide(ACCOUNT, waiting, Decision(verdict, decided, "book"), orders(decided, ACCOUNT), at, None)
    (intent,) = ledger.planned(ACCOUNT, at)
    assert ledger.begin(intent, BUDGET, at)
    (begun,) = ledger.unsettled(ACCOUNT, at)
    ledger.strike(begun, at)
    return begun


def points_at(ledger, day):
    return ledger.strikes(ACCOUNT, "2", "7", NOON + day * DAY)


@given(strikes)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_points_are_those_in_force(new_ledger, given_):
    ledger = new_ledger()
    events = [(day, 0, number) for number, (day, *_) in enumerate(given_, start=1)]
    events += [(back, 1, number) for number, (*_, back) in enumerate(given_, start=1) if back is not None]
    for day, is_taken_back, number in sorted(events):
        start, points, days, _ = given_[number - 1]
        if not is_taken_back:
            give(ledger, number, points, days, NOON + day * DAY)
        elif start <= day:
            ledger.mark_human_decided(ACCOUNT, ItemRef(Kind.POST, str(number)), "restored", NOON + day * DAY)
    last = max((day for day, *_ in events), default=0)
    for later in range(last, last + 35):
        expected = sum(
            points for start, points, days, back in given_ if later < start + days and (back is None or back < start)
        )
        assert points_at(ledger, later) == expected
    assert ledger.strikes(ACCOUNT, "3", "7", NOON) == ledger.strikes(ACCOUNT, "2", "8", NOON) == 0


def test_a_strike_counts_once_and_brings_its_item_back_to_judgement(ledger):
    begun = give(ledger, 1, 3, 90, NOON)
    ledger.strike(begun, NOON)
    assert points_at(ledger, 0) == 3
    assert [each.reason for each in ledger.due(ACCOUNT, NOON, 9)] == [Reason.STRUCK]


def test_it_is_forgotten_to_the_day(ledger):
    give(ledger, 1, 3, 90, NOON)
    assert [points_at(ledger, day) for day in (0, 89, 90)] == [3, 3, 0]
