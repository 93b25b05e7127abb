"""Vectors of words: like company makes them alike, and nothing else does."""

import random

import numpy as np
import pytest

from bot.learn.calibrate import TooFewExamples
from bot.learn.vectors import SIZE, vectors_of, words_of

COMPANY = [first + second for first in "abcdefghijklmnopqrst" for second in "abcdefghijklmnopqrstuvwxyzäöüßé"]
GROUPS = (("marriage", "wedding", "Ada's", "Ada"), ("tribunal", "court", "judge's"))


@pytest.fixture(scope="module")
def texts():
    chance = random.Random(5)
    found = []
    for number in range(3_000):
        near = chance.sample(COMPANY[number % 2 * 40 : number % 2 * 40 + 40], 4)
        common = chance.sample(["the", "of", "and", "to", "in", "for"], 5)
        words = [*common, *near[:2], chance.choice(GROUPS[number % 2]), *near[2:], *chance.sample(COMPANY, 2)]
        found.append(" ".join(words))
    return found


def test_words_in_like_company_are_alike(texts):
    vectors = vectors_of(texts, {"ada"})

    def likeness(one, other):
        return float(vectors.sum([one]) @ vectors.sum([other]))

    assert likeness("marriage", "wedding") > 0.5 > likeness("marriage", "tribunal")
    assert likeness("court", "judge's") > 0.5
    assert vectors.places.keys().isdisjoint({"ada", "ada's", "the", "of"})


def test_vectors_of_several_words_add_up(texts):
    vectors = vectors_of(texts)
    one, other = vectors.sum(["marriage"]), vectors.sum(["court", "a word that is not known"])
    assert np.allclose(vectors.sum(["marriage", "court"]), one + other)
    assert not vectors.sum([]).any()
    assert vectors.sum([]).shape == one.shape == (SIZE,)
    assert np.isclose(np.linalg.norm(one), 1)


def test_the_same_texts_give_the_same_vectors(texts):
    once, again = vectors_of(texts), vectors_of(texts)
    assert once.places == again.places
    assert np.array_equal(once.rows, again.rows)


def test_too_few_words_are_refused(texts):
    with pytest.raises(TooFewExamples, match="Cure: give a longer backlog"):
        vectors_of(texts[:20])


def test_words_are_told_as_they_stand():
    assert words_of("Ada’s 2nd wedding-cake, ÉTÉ") == ["ada's", "nd", "wedding", "cake", "été"]
