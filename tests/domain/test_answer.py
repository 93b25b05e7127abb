"""The algebra of answers: a chain of No < Unknown < doubtful Yes < certain Yes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.answer import Answer, Evidence, No, Unknown, Yes, doubtful, every, none, opposite, some

NO, UNKNOWN, DOUBT, CERTAIN = No(), Unknown("no age"), Yes(certain=False, doubt="maybe"), Yes()
ANSWERS = [NO, UNKNOWN, DOUBT, CERTAIN]

answers = st.sampled_from(ANSWERS)
lists = st.lists(answers, max_size=5)


def rank(answer: Answer) -> int:
    match answer:
        case No():
            return 0
        case Unknown():
            return 1
        case Yes(certain=False):
            return 2
        case Yes():
            return 3


@given(lists)
def test_every_is_the_weakest(said):
    assert rank(every(said)) == min((rank(each) for each in said), default=3)


@given(lists)
def test_some_is_the_strongest(said):
    assert rank(some(said)) == max((rank(each) for each in said), default=0)


@given(lists)
def test_order_does_not_matter(said):
    assert rank(every(said)) == rank(every(reversed(said)))
    assert rank(some(said)) == rank(some(reversed(said)))


@pytest.mark.parametrize(
    ("given_answer", "expected"), [(NO, CERTAIN), (UNKNOWN, UNKNOWN), (DOUBT, UNKNOWN), (CERTAIN, NO)]
)
def test_opposite_never_makes_certainty_of_doubt(given_answer, expected):
    assert rank(opposite(given_answer)) == rank(expected)


@given(lists)
def test_de_morgan(said):
    assert rank(opposite(every(said))) == rank(some(opposite(each) for each in said))
    assert rank(opposite(some(said))) == rank(every(opposite(each) for each in said))
    assert rank(none(said)) == rank(every(opposite(each) for each in said))


@given(lists)
def test_unknown_stays_unknown_under_none(said):
    if UNKNOWN in said and all(rank(each) < 2 for each in said):
        assert rank(none(said)) == 1


@given(answers, answers)
def test_an_answer_that_gets_stronger_never_weakens_the_whole(one, other):
    weaker, stronger = sorted([one, other], key=rank)
    for rest in ANSWERS:
        assert rank(every([weaker, rest])) <= rank(every([stronger, rest]))
        assert rank(some([weaker, rest])) <= rank(some([stronger, rest]))
        assert rank(opposite(weaker)) >= rank(opposite(stronger))


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
    assert rank(doubtful(said, "look")) == min(rank(said), 2)
