"""Model files: what is read, what is refused, and what the points do."""

import pytest

from bot.domain.answer import Strength, Yes
from bot.rulebook.load import BrokenRules
from tests.builders import a_comment, a_post
from tests.checks.asking import ask, word

CHECKER = """checker: gossip
signals:
  - {id: words, model: model.yaml, names: [Ada, Bob]}
  - {id: photo, weight: learned, title: [photo]}
  - {id: court, weight: -3, doubt: true, title: [court]}
"""
MODEL = """model: gossip
bands: {doubtful: 10, certain: 20}
base: 1
signals: {photo: 8}
terms:
  title: {"NAME mocks": 9, "beside NAME": 4, launches: -5, long phrase: 12}
  body: {wedding: 7}
kindred:
  title:
    - {points: 3, words: "marriage vows"}
    - {points: -2, words: tribunal}
"""


def asked(item, model=MODEL, checker=CHECKER):
    return ask(item, "{gossip: {}}", more="checkers: [g.yaml]\n", files={"g.yaml": checker, "model.yaml": model})


@pytest.mark.parametrize(
    ("item", "expected"),
    [
        (a_post(title="Ada mocks us"), "doubt"),
        (a_post(title="BOB  mocks us"), "doubt"),
        (a_post(title="He mocks Ada"), "no"),
        (a_post(title="Ada mocks us, a photo"), "doubt"),
        (a_post(title="Ada mocks us, a photo, beside Bob"), "yes"),
        (a_post(title="Ada mocks us, a photo, beside Bob, in court"), "doubt"),
        (a_post(title="Ada mocks us and launches"), "no"),
        (a_post(title="A long phrase", body="wedding"), "yes"),
        (a_post(title="marriage, photo"), "doubt"),
        (a_post(title="marriage, photo before a tribunal"), "doubt"),
        (a_post(title="tribunal, photo"), "no"),
        (a_post(title="A long phrase", body="> wedding"), "doubt"),
        (a_post(title="photo", body=None), "unknown"),
        (a_post(title=None), "unknown"),
        (a_comment(body="wedding"), "no"),
    ],
)
def test_the_points_decide(item, expected):
    assert word(asked(item)) == expected


def test_words_are_evidence_with_their_points():
    said = asked(a_post(title="Ada mocks us, a photo that launches", body="wedding"))
    assert isinstance(said, Yes)
    assert {(fact.signal, fact.text, fact.strength) for fact in said.evidence} == {
        ("words +9", "mocks", Strength.WEAK),
        ("words -5", "launches", Strength.CLEARING),
        ("words +7", "wedding", Strength.WEAK),
        ("photo", "photo", Strength.WEAK),
    }


def test_a_checker_may_have_bands_of_its_own():
    assert word(asked(a_post(title="Ada mocks us"), checker=CHECKER + "bands: {doubtful: 2, certain: 3}\n")) == "yes"


@pytest.mark.parametrize(
    ("model", "checker", "says"),
    [
        (MODEL.replace("model: gossip", "model: other"), CHECKER, "not of the checker `gossip`"),
        (MODEL.replace("body:", "image_text:"), CHECKER, "no words are looked for in `image_text`"),
        (MODEL.replace("kindred:\n  title", "kindred:\n  image_text"), CHECKER, "no words are looked for in"),
        (MODEL.replace("points: 3", "points: many"), CHECKER, "`points`"),
        (MODEL.replace("words: tribunal", "wrods: tribunal"), CHECKER, "wrods"),
        (MODEL.replace("wedding: 7", "wedding: much"), CHECKER, "must be a whole number"),
        (MODEL.replace("beside NAME", "beside NAME too"), CHECKER, "stands once, at the beginning or at the end"),
        (MODEL.replace("base: 1", "bias: 1"), CHECKER, "unknown key `bias`"),
        (MODEL, CHECKER.replace("model.yaml", "none.yaml"), "cannot be read"),
        (MODEL, CHECKER + "  - {id: more, model: model.yaml}\n", "a checker has one model"),
        (MODEL, CHECKER.replace("names: [Ada, Bob]", "title: [x]"), "unknown key `title`"),
        (
            MODEL,
            "checker: gossip\nsignals: [{id: a, weight: learned, title: [x]}]\nbands: {doubtful: 1, certain: 2}\n",
            "no model",
        ),
        (MODEL, CHECKER.replace("weight: -3, doubt: true", "clears: true, doubt: true"), "needs one of"),
    ],
)
def test_what_cannot_be_used_is_told(model, checker, says):
    with pytest.raises(BrokenRules) as broken:
        asked(a_post(), model, checker)
    assert says in "\n".join(each.render() for each in broken.value.diagnostics)
