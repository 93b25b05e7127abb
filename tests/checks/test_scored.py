"""Weighted, clearing and doubt signals, summed with three values."""

import pytest

from bot.domain.answer import Strength, Yes
from tests.builders import a_post
from tests.checks.asking import ask, word

CHECKER = """checker: offer
about: an offer
signals:
  - {id: pills, weight: 3, title: [pills]}
  - {id: cheap, weight: 2, title: [cheap]}
  - {id: body, weight: 3, body: [order]}
  - {id: recipe, clears: true, title: [recipe]}
  - {id: alt, clears: true, alt_text: [recipe]}
  - {id: court, doubt: true, title+link_title: [court]}
bands: {doubtful: 3, certain: 5}
"""


@pytest.mark.parametrize(
    ("facts", "when", "expected"),
    [
        ({"title": "cheap"}, "{offer: {}}", "no"),
        ({"title": "pills"}, "{offer: {}}", "doubt"),
        ({"title": "cheap pills"}, "{offer: {}}", "yes"),
        ({"title": "cheap pills recipe"}, "{offer: {}}", "no"),
        ({"title": "cheap pills in court"}, "{offer: {}}", "doubt"),
        ({"title": "cheap pills", "body": None}, "{offer: {}}", "yes"),
        ({"title": "cheap", "body": None}, "{offer: {}}", "unknown"),
        ({"title": "eggs", "body": None}, "{offer: {bands: {doubtful: 4}}}", "no"),
        ({"title": "cheap pills", "alt_text": None}, "{offer: {}}", "unknown"),
        ({"title": "eggs", "alt_text": None}, "{offer: {}}", "no"),
        ({"title": "cheap pills", "link_title": None}, "{offer: {}}", "doubt"),
        ({"title": "cheap pills"}, "{offer: {bands: {certain: 9}}}", "doubt"),
        ({"title": "cheap pills"}, "{offer: {without: [pills]}}", "no"),
        ({"title": "cheap pills recipe"}, "{offer: {without: recipe}}", "yes"),
        ({"title": "cheap pills"}, "{~offer: {}}", "no"),
        ({"title": "pills"}, "{~offer: {}}", "unknown"),
    ],
)
def test_the_sum_decides(facts, when, expected):
    item = a_post(**({"alt_text": "", "link_title": "x", "published": a_post().published} | facts))
    assert word(ask(item, when, more="checkers: [offer.yaml]\n", files={"offer.yaml": CHECKER})) == expected


def test_evidence_counts_for_its_signal():
    item = a_post(title="cheap pills in court")
    said = ask(item, "{offer: {}}", more="checkers: [offer.yaml]\n", files={"offer.yaml": CHECKER})
    assert isinstance(said, Yes)
    assert {(fact.signal, fact.strength) for fact in said.evidence} == {
        ("pills", Strength.WEAK),
        ("cheap", Strength.WEAK),
        ("court", Strength.CLEARING),
    }


@pytest.mark.parametrize(
    ("checker", "says"),
    [
        ("[]\n", "must be a group of keys"),
        ("signals: []\nbands: {doubtful: 1, certain: 2}\n", "needs the key `checker`"),
        ("checker: title\nsignals: []\nbands: {doubtful: 1, certain: 2}\n", "cannot be a checker's name"),
        ("checker: a_b\nsignals: [{id: x, weight: 1, title: [a]}]\n", "needs `bands`"),
        (
            "checker: a_b\nsignals: [{id: x, weight: 1, title: [a]}]\nbands: {doubtful: 3, certain: 2}\n",
            "the bands must",
        ),
        ("checker: a_b\nsignals: [{id: x, weight: 1, title: [a]}]\nbands: {doubtful: 1}\n", "lacks `certain`"),
        ("checker: a_b\nsignals: [{id: x, weight: 1, title: [a]}]\nbands: {doubtful: 2, certain: 3}\n", "out of reach"),
        ("checker: a_b\nsignals: x\nbands: {doubtful: 1, certain: 2}\n", "needs a list of `signals`"),
        ("checker: a_b\nsignals: [x]\nbands: {doubtful: 1, certain: 2}\n", "a signal must be a group"),
        (
            "checker: a_b\nsignals: [{id: X Y, weight: 1, title: [a]}]\nbands: {doubtful: 1, certain: 2}\n",
            "needs an `id`",
        ),
        ("checker: a_b\nsignals: [{id: x, title: [a]}]\nbands: {doubtful: 1, certain: 2}\n", "needs one of `weight`"),
        (
            "checker: a_b\nsignals: [{id: x, clears: false, title: [a]}]\nbands: {doubtful: 1, certain: 2}\n",
            "does nothing",
        ),
        ("checker: a_b\nsignals: [{id: x, weight: 0, title: [a]}]\nbands: {doubtful: 1, certain: 2}\n", "does nothing"),
        (
            "checker: a_b\nsignals: [{id: x, weight: 1, title: [a]}, {id: x, weight: 1, title: [b]}]\nbands: {doubtful: 1, certain: 2}\n",
            "a second time",
        ),
    ],
)
def test_a_broken_checker_is_told(checker, says):
    from bot.rulebook.load import BrokenRules

    with pytest.raises(BrokenRules) as broken:
        ask(a_post(), "{title: [x]}", more="checkers: [c.yaml]\n", files={"c.yaml": checker})
    assert says in str(broken.value)


@pytest.mark.parametrize(
    ("when", "says"),
    [
        ("{offer: []}", "must be a group of keys"),
        ("{offer: {bands: {doubtful: x}}}", "must be a whole number"),
        ("{offer: {without: [nothing]}}", "has no signal `nothing`"),
        ("{offer: {limit: 3}}", "unknown setting `limit`"),
    ],
)
def test_wrong_overrides_are_told(when, says):
    from bot.rulebook.load import BrokenRules

    with pytest.raises(BrokenRules) as broken:
        ask(a_post(), when, more="checkers: [offer.yaml]\n", files={"offer.yaml": CHECKER})
    assert says in str(broken.value)
