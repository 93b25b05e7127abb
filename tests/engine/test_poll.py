"""Nothing is missed and nothing is read twice in vain, whatever the lists do."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.domain.item import Community, Kind
from bot.engine.poll import Poller
from tests.builders import NOON, a_comment, a_post
from tests.fakes import FakeLemmy, MemoryJournal, SteadyClock, listed

ACCOUNT = "warden@lemmy.test"
MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)


@pytest.fixture
def clock():
    return SteadyClock()


@pytest.fixture
def lemmy(clock):
    return FakeLemmy(clock)


@pytest.fixture
def journal():
    return MemoryJournal()


@pytest.fixture
def poller(lemmy, ledger, clock, journal):
    return Poller(ACCOUNT, lemmy, ledger, clock, journal, frozenset({"technology@lemmy.test"}), look_back=HOUR)


def post(number, age=timedelta(0), **changes):
    return listed(a_post(id=str(number), published=NOON - age), **changes)


def comment(number, age=timedelta(0), **changes):
    return listed(a_comment(id=str(number), published=NOON - age), **changes)


def queued(ledger, clock):
    return {str(each.listed.item.ref) for each in ledger.due(ACCOUNT, clock.now(), 1_000)}


def test_the_first_start_looks_back_only_as_configured(poller, lemmy, ledger, clock):
    lemmy.add(post(1, 90 * MINUTE), post(2, 59 * MINUTE), comment(1, 30 * HOUR), comment(2, MINUTE))
    poller.poll()
    assert queued(ledger, clock) == {"post/2", "comment/2"}


def test_history_is_not_judged_by_later_sweeps_either(poller, lemmy, ledger, clock):
    lemmy.add(post(1, 5 * HOUR), post(2, 3 * timedelta(days=1)), post(3))
    poller.poll()
    clock.forward(timedelta(days=2))
    poller.poll()
    assert queued(ledger, clock) == {"post/3"}


def test_an_item_that_federates_late_is_found_by_a_sweep(poller, lemmy, ledger, clock):
    lemmy.add(*(post(n, n * MINUTE) for n in range(1, 9)))
    poller.poll()
    lemmy.add(post(100, 20 * HOUR))
    clock.forward(timedelta(minutes=16))
    poller.poll()
    assert "post/100" in queued(ledger, clock)


def test_an_edit_is_found_though_it_keeps_its_place(poller, lemmy, ledger, clock):
    lemmy.add(*(post(n, 40 * MINUTE + n * MINUTE) for n in range(1, 9)))
    poller.poll()
    for waiting in ledger.due(ACCOUNT, clock.now(), 100):
        ledger.judging_failed(ACCOUNT, waiting, "x", clock.now())
    before = ledger.unseen(ACCOUNT, list(lemmy.items.values()))
    edited = post(8, 48 * MINUTE, content_hash="changed")
    lemmy.add(edited)
    clock.forward(timedelta(minutes=3))
    assert before == 0
    assert poller.poll() == 1


def test_pinned_posts_do_not_end_a_pass(poller, lemmy, ledger, clock):
    lemmy.add(*(post(n, 300 * HOUR, pinned=True) for n in range(1, 4)), *(post(n, MINUTE) for n in range(4, 9)))
    poller.poll()
    assert {"post/4", "post/8"} <= queued(ledger, clock)


def test_one_item_from_the_future_does_not_move_the_floor_past_now(poller, lemmy, ledger, clock):
    lemmy.add(post(1, -400 * HOUR), post(2, 2 * MINUTE))
    poller.poll()
    assert ledger.floor(ACCOUNT, Kind.POST) == NOON - 2 * MINUTE


@pytest.mark.parametrize("stranger", [post, comment])
def test_a_list_with_a_foreign_community_is_void(poller, lemmy, ledger, clock, journal, stranger):
    poller.poll()
    lemmy.add(post(1), comment(1), replace(stranger(5), community_id="77"))
    assert poller.poll() == 1
    assert [each["stream"] for each in journal.named("pass_void")] == [stranger(5).item.ref.kind.value]


def test_an_empty_list_with_a_history_is_void(poller, lemmy, ledger, clock, journal):
    lemmy.add(post(1))
    poller.poll()
    floor = ledger.floor(ACCOUNT, Kind.POST)
    lemmy.items.clear()
    clock.forward(MINUTE)
    poller.poll()
    assert ledger.floor(ACCOUNT, Kind.POST) == floor
    assert len(journal.named("pass_void")) == 1


def test_communities_that_are_not_configured_are_passed_over(poller, lemmy, ledger, clock, journal):
    lemmy.moderates["cooking@lemmy.test"] = "3"
    lemmy.add(post(1), listed(a_post(id="2", community=Community("3", "cooking", "lemmy.test"))))
    poller.poll()
    assert queued(ledger, clock) == {"post/1"}
    assert journal.named("pass_void") == []


def test_a_community_added_later_has_a_history_of_its_own(poller, lemmy, ledger, clock):
    lemmy.add(post(1))
    poller.poll()
    cooking = Community("3", "cooking", "lemmy.test")
    lemmy.moderates["cooking@lemmy.test"] = "3"
    wider = replace(poller, communities=frozenset({"technology@lemmy.test", "cooking@lemmy.test"}))
    lemmy.add(*(listed(a_post(id=str(n), community=cooking, published=NOON - n * HOUR)) for n in (2, 3)))
    lemmy.add(listed(a_post(id="4", community=cooking)))
    clock.forward(timedelta(minutes=20))
    wider.poll()
    assert queued(ledger, clock) == {"post/1", "post/4"}


def test_comments_that_shift_the_pages_while_they_are_read_are_not_missed(poller, lemmy, ledger, clock):
    poller.poll()
    lemmy.add(*(comment(n, n * MINUTE) for n in range(1, 9)))
    arrivals = [lambda n=n: lemmy.add(comment(100 + n, -n * timedelta(seconds=1))) for n in range(4)]
    lemmy.between_pages = [lambda: None, *arrivals]
    poller.poll()
    assert {f"comment/{n}" for n in [*range(1, 9), 100, 101, 102]} <= queued(ledger, clock)


def test_a_quiet_tick_reads_no_more_than_it_must(poller, lemmy, ledger, clock):
    lemmy.add(*(post(n, n * 30 * MINUTE) for n in range(1, 40)))
    poller.poll()
    poller.poll()
    lemmy.pages_read = 0
    poller.poll()
    assert lemmy.pages_read == 2


arrivals = st.lists(st.tuples(st.sampled_from([0, 5, 40, 300, 1_400]), st.booleans()), min_size=1, max_size=12)


@given(arrivals)
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_whatever_arrives_late_or_in_time_is_queued_within_a_day(new_ledger, events):
    clock, journal = SteadyClock(), MemoryJournal()
    lemmy, ledger = FakeLemmy(clock), new_ledger()
    poller = Poller(ACCOUNT, lemmy, ledger, clock, journal, frozenset({"technology@lemmy.test"}), look_back=HOUR)
    poller.poll()
    expected = set()
    for number, (lateness, is_comment) in enumerate(events, start=1):
        clock.forward(MINUTE)
        build = a_comment if is_comment else a_post
        entry = listed(build(id=str(number), published=clock.now() - lateness * MINUTE))
        lemmy.add(entry)
        expected.add(str(entry.item.ref))
        poller.poll()
    clock.forward(timedelta(minutes=16))
    poller.poll()
    clock.forward(timedelta(days=1))
    poller.poll()
    assert queued(ledger, clock) == expected
