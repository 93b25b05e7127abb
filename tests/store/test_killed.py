"""Killed at any moment, what was said to be written is written."""

import random
import sqlite3
import time
from contextlib import contextmanager
from datetime import timedelta

from benchmarks.forking import FORKS
from bot.domain.action import ActionKind, Remove, Report
from bot.domain.item import ItemRef, Kind
from bot.domain.verdict import Verdict
from bot.engine.plan import plan
from bot.engine.ports import Decision, IntentState, Rate
from bot.engine.wishes import Standing
from bot.engine.wording import orders
from bot.store import history
from bot.store.connect import open_store
from bot.store.ledger import SqlLedger
from bot.store.lock import hold
from tests.builders import NOON, a_match, a_post
from tests.fakes import listed

ACCOUNT = "warden@lemmy.test"
BUDGET = {kind: Rate(10**6, timedelta(hours=1)) for kind in ActionKind}
KILLS = 10


def make_tables(url, line):
    """What the child does: say that it begins, and begin."""
    line.send("go")
    open_store(url)


def write_for_ever(url, line, first):
    """What the child does: take posts through the ledger, and tell each reference after its commit."""

    def say(*words):
        line.send(words)

    with hold(url):
        ledger = SqlLedger(open_store(url))
        say("open")
        for number in range(first, first + 10**6):
            post = a_post(id=str(number))
            ledger.record(ACCOUNT, [listed(post)], NOON)
            (waiting,) = [each for each in ledger.due(ACCOUNT, NOON, 9) if each.listed.item == post]
            verdict = Verdict(post, (a_match(Report(), Remove()),))
            decided = plan(verdict, Standing(), dict.fromkeys(ActionKind, 9))
            codes = orders(decided, ACCOUNT)
            ledger.decide(ACCOUNT, waiting, Decision(verdict, decided, "book"), codes, NOON, None)
            say("decided", str(number), *[order.reference for order in codes])
            (report,) = [each for each in ledger.planned(ACCOUNT, NOON) if each.order == codes[0]]
            ledger.begin(report, BUDGET, NOON)
            say("sending", str(number), report.order.reference)
            ledger.settle(report, IntentState.DONE, "4711", NOON)
            say("done", str(number), report.order.reference)


def test_ten_kills_lose_nothing_that_was_committed(tmp_path):
    url = f"sqlite:///{tmp_path}/warden.db"
    told = []
    for turn in range(KILLS):
        told += _written_until_killed(url, first=1 + turn * 10_000)
        _check(url, tmp_path / "warden.db", told)
    assert len(told) > KILLS


def test_killed_while_the_tables_are_made(tmp_path):
    for turn in range(KILLS):
        path = tmp_path / f"{turn}.db"
        with _child(make_tables, f"sqlite:///{path}") as (line, child):
            assert line.recv() == "go"
            time.sleep(random.uniform(0, 0.06))
            child.kill()
        store = open_store(f"sqlite:///{path}")
        assert history.decisions(store) == ()
        store.dispose()
        _check_integrity(path)


def _written_until_killed(url, first):
    with _child(write_for_ever, url, first) as (line, child):
        assert line.recv() == ("open",)
        time.sleep(random.uniform(0.02, 0.3))
        child.kill()
        return list(_rest(line))


def _rest(line):
    """What was told whole."""
    try:
        while True:
            yield line.recv()
    except (EOFError, OSError):
        return


@contextmanager
def _child(target, url, *arguments):
    """A process, and the line on which it tells."""
    ours, theirs = FORKS.Pipe(duplex=False)
    child = FORKS.Process(target=target, args=(url, theirs, *arguments), daemon=True)
    child.start()
    theirs.close()
    with ours:
        yield ours, child
    child.kill()
    child.join()


def _check(url, path, told):
    """Everything told is there, in the state it was said to have reached, or a later one."""
    store = open_store(url)
    intents = {each.intent.order.reference: each.intent.state for each in history.intents(store)}
    decided = {each.decision.verdict.item.ref for each in history.decisions(store)}
    store.dispose()
    assert len(intents) == 2 * len(decided)
    reached = {
        "decided": set(IntentState),
        "sending": {IntentState.SENDING, IntentState.DONE},
        "done": {IntentState.DONE},
    }
    for word, number, *references in told:
        assert ItemRef(Kind.POST, number) in decided
        assert all(intents[reference] in reached[word] for reference in references)
    _check_integrity(path)


def _check_integrity(path):
    with sqlite3.connect(path) as raw:
        assert raw.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert raw.execute("PRAGMA foreign_key_check").fetchall() == []
    raw.close()
