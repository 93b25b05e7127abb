"""The algebra of answers: a chain of No < Unknown < doubtful Yes < certain Yes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.answer import (
    Evidence,
    No,
    Unknown,
    Yes,
    doubtful,
    every,
    none,
    opposite,
    some,
    truth_of,
    turned_round,
)

NO, UNKNOWN, DOUBT, CERTAIN = No(), Unknown("no age"), Yes(certain=False, doubt="maybe"), Yes()
ANSWERS = [NO, UNKNOWN, DOUBT, CERTAIN]

answers = st.sampled_from(ANSWERS)
lists = st.lists(answers, max_size=5)


def test_the_chain():
    assert [truth_of(each) for each in ANSWERS] == [0, 1, 2, 3]


@given(answers)
def test_a_truth_is_turned_round_as_its_answer(said):
    assert turned_round(truth_of(said)) is truth_of(opposite(said))


@given(lists)
def test_every_is_the_weakest(said):
    assert truth_of(every(said)) == min((truth_of(each) for each in said), default=3)


@given(lists)
def test_some_is_the_strongest(said):
    assert truth_of(some(said)) == max((truth_of(each) for each in said), default=0)


@given(lists)
def test_order_does_not_matter(said):
    assert truth_of(every(said)) == truth_of(every(reversed(said)))
    assert truth_of(some(said)) == truth_of(some(reversed(said)))


@pytest.mark.parametrize(
    ("given_answer", "expected"), [(NO, CERTAIN), (UNKNOWN, UNKNOWN), (DOUBT, UNKNOWN), (CERTAIN, NO)]
)
def test_opposite_never_makes_certainty_of_doubt(given_answer, expected):
    assert truth_of(opposite(given_answer)) == truth_of(expected)


@given(lists)
def test_de_morgan(said):
    assert truth_of(opposite(every(said))) == truth_of(some(opposite(each) for each in said))
    assert truth_of(opposite(some(said))) == truth_of(every(opposite(each) for each in said))
    assert truth_of(none(said)) == truth_of(every(opposite(each) for each in said))


@given(lists)
def test_unknown_stays_unknown_under_none(said):
    if UNKNOWN in said and all(truth_of(each) < 2 for each in said):
        assert truth_of(none(said)) == 1


@given(answers, answers)
def test_an_answer_that_gets_stronger_never_weakens_the_whole(one, other):
    weaker, stronger = sorted([one, other], key=truth_of)
    for rest in ANSWERS:
        assert truth_of(every([weaker, rest])) <= truth_of(every([stronger, rest]))
        assert truth_of(some([weaker, rest])) <= truth_of(some([stronger, rest]))
        assert truth_of(opposite(weaker)) >= truth_of(opposite(stronger))


def test_every_gathers_evidence_and_doubts():
    one, two = Evidence("title", 0, 1, "a", "x"), Evidence("body", 2, 3, "b", "y")
    assert every([Yes((one,)), Yes((two,), certain=False, doubt="small")]) == Yes(
        (one, two), certain=False, doubt="small"
    )


def test_some_gathers_the_evidence_of_the_strongest_only():
    one, two, three = (Evidence("title", n, n + 1, "a", "x") for n in range(3))
    said = some([Yes((one,), certain=False, doubt="small"), Yes((two,)), UNKNOWN, Yes((three, two))])
    assert said == Yes((two, three))


def test_unknown_tells_each_reason_once():
    assert every([Unknown("no age"), Unknown("no link"), Unknown("no age")]) == Unknown("no age; no link")


@pytest.mark.parametrize("said", ANSWERS)
def test_doubtful_never_raises_an_answer(said):
    assert truth_of(doubtful(said, "look")) == min(truth_of(said), 2)
