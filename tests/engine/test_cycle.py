"""What a tick looks at by itself, because no list shows it in time."""

from datetime import timedelta

import pytest

from bot.domain.action import ActionKind
from bot.engine.cycle import Cycle
from bot.engine.execute import Executor
from bot.engine.poll import Poller
from bot.engine.ports import Rate, Refused, Unreachable
from bot.rulebook.load import load_for_few
from tests.builders import NOON, a_post
from tests.fakes import FakeLemmy, MemoryJournal, SteadyClock, listed

ACCOUNT = "warden@lemmy.test"
HOUR = timedelta(hours=1)
BUDGET = {kind: Rate(99, HOUR) for kind in ActionKind}
RULES = """version: 1
rules:
  - id: pills
    when: {title (includes-word): [pills]}
    mode: act
    then: [hold: {for: 6h, message: 'Please repair it.'}, remove]
  - id: reported
    when: {reports: '>= 1'}
    mode: act
    then: [lock]
"""
POST = a_post(title="Cheap pills")


class Bench:
    """A cycle on a real ledger; the list goes on showing what it showed at first."""

    def __init__(self, ledger, folder):
        (folder / "rules.yaml").write_text(RULES)
        book = load_for_few([folder / "rules.yaml"])
        self.clock = SteadyClock()
        self.lemmy, self.journal, self.ledger = FakeLemmy(self.clock), MemoryJournal(), ledger
        poller = Poller(
            ACCOUNT, self.lemmy, ledger, self.clock, self.journal, frozenset({"technology@lemmy.test"}), HOUR
        )
        executor = Executor(
            ACCOUNT, self.lemmy, ledger, self.clock, self.journal, lambda: False, BUDGET, timedelta(seconds=5)
        )
        self.cycle = Cycle(
            ACCOUNT, self.lemmy, ledger, self.clock, self.journal, poller, executor, lambda: book, BUDGET,
            live=True, stop=lambda: False,
        )  # fmt: skip

    def tick(self, after=timedelta(0)):
        self.clock.forward(after)
        self.cycle.tick()
        return [order.kind.value for order in self.lemmy.performed]


@pytest.fixture
def bench(ledger, tmp_path):
    bench = Bench(ledger, tmp_path)
    bench.lemmy.add(listed(POST))
    assert bench.tick() == ["hold"]
    return bench


def test_after_the_time_the_item_counts_as_it_is_then_and_not_as_it_was_listed(bench):
    repaired = listed(a_post(title="A kernel"))
    bench.lemmy.look = lambda _ref: repaired
    assert bench.tick(7 * HOUR) == ["hold"]
    assert bench.ledger.due(ACCOUNT, NOON + 99 * HOUR, 9) == []


def test_a_report_in_the_last_moment_does_not_make_an_old_text_count(bench):
    repaired = listed(a_post(title="A kernel"))
    bench.lemmy.look = lambda _ref: repaired
    bench.lemmy.reported = {POST.ref: 1}
    assert bench.tick(7 * HOUR) == ["hold", "lock"]


def test_an_item_that_cannot_be_looked_at_waits_without_being_set_aside(bench):
    def fail(_ref):
        raise Unreachable("down")

    original, bench.lemmy.look = bench.lemmy.look, fail
    for _ in range(5):
        assert bench.tick(7 * HOUR) == ["hold"]
    bench.lemmy.look = original
    assert bench.tick(HOUR) == ["hold", "remove"]


def test_an_item_that_is_purged_is_forgotten(bench):
    bench.lemmy.items.clear()
    bench.lemmy.add(listed(a_post(id="2", title="Another")))
    assert bench.tick(7 * HOUR) == ["hold"]
    assert bench.ledger.due(ACCOUNT, NOON + 99 * HOUR, 9) == []


def test_new_reports_bring_an_item_back_and_fewer_do_not(bench):
    bench.lemmy.add(listed(a_post(id="2", title="Another")))
    bench.tick()
    bench.lemmy.reported = {a_post(id="2").ref: 1}
    assert bench.tick() == ["hold", "lock"]
    decisions = len(bench.journal.named("decision"))
    bench.lemmy.reported = {}
    bench.tick()
    assert len(bench.journal.named("decision")) == decisions


@pytest.mark.parametrize("unread", [None, Refused("not_a_mod_or_admin")])
def test_reports_that_cannot_be_read_stop_nothing(bench, unread):
    def reports():
        if unread is None:
            return
        raise unread

    bench.lemmy.open_reports = reports
    bench.tick()
    assert bench.journal.named("reports_unread")
