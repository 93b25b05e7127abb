"""Killed at any moment, Warden does nothing twice and forgets nothing; schemes without a ledger do."""

import pytest

from benchmarks.kill import ASKING, AT_ONCE, measure

KILLS = 25
QUESTIONS = 8
ENOUGH_TO_SEE = 15


def test_warden_killed_at_many_moments_does_everything_once():
    tally = measure("warden", KILLS, seed=7)
    assert (tally.duplicates, tally.lost) == (0, 0)
    assert tally.deserved == KILLS * AT_ONCE * 2


def test_warden_killed_between_a_question_and_the_ban_after_it_asks_and_bans_once():
    tally = measure("warden", QUESTIONS, seed=11, task=ASKING)
    assert (tally.duplicates, tally.lost) == (0, 0)
    assert tally.deserved == QUESTIONS * AT_ONCE * 2


@pytest.mark.parametrize(("scheme", "error"), [("act-then-mark", "duplicates"), ("mark-then-act", "lost")])
def test_the_harness_sees_the_errors_of_naive_schemes(scheme, error):
    assert getattr(measure(scheme, ENOUGH_TO_SEE, seed=7), error) > 0
