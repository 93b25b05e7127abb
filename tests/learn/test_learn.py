"""Learning on items made up by a generator: what decides is found, what does not is left out, and little is not enough."""

import json
import random

import pytest

from bot.app import exits
from bot.app.cli import run
from bot.audit.labelled import read_labelled_files
from bot.audit.scored import scored_in
from bot.audit.source import UnreadableSource
from bot.checks.learned import Learned
from bot.learn.calibrate import Seen, TooFewExamples, bands_of, reliability
from bot.learn.fit import fit
from bot.learn.sample import cases_of
from bot.learn.terms import candidates
from bot.matching.pattern import Span
from bot.rulebook.load import load
from bot.text.prepared import Text

RULES = """version: 1
lists: {people: [Ada Lovelace, Ada, Bob]}
checkers: [gossip.yaml]
rules:
  - {id: gossip, sidebar: 5, on: posts, when: {gossip: {}}}
"""
CHECKER = """checker: gossip
signals:
  - {id: somebody, needs: true, title: {list: people}}
  - {id: words, model: model.yaml, names: {list: people}}
  - {id: pictured, weight: learned, title: [photo]}
"""
EMPTY = "model: gossip\nbands: {doubtful: 40, certain: 60}\nterms: {}\n"
GOSSIP = ("{} mocks a rival", "the wedding of {}", "photo of {} at the beach", "{} mocks everybody again")
NEWS = ("{} launches a compiler", "court hears {} on prices", "{} publishes a proof", "engine of {} rebuilt")
NAMES = ("Ada Lovelace", "Ada", "Bob")


@pytest.fixture
def rules(tmp_path):
    for name, text in (("rules.yaml", RULES), ("gossip.yaml", CHECKER), ("model.yaml", EMPTY)):
        (tmp_path / name).write_text(text)
    return tmp_path / "rules.yaml"


def labelled(path, count, noise=0.0, **more):
    chance = random.Random(7)
    lines = []
    for number in range(count):
        breaks = number % 2
        title = chance.choice(GOSSIP if breaks else NEWS).format(chance.choice(NAMES))
        told = breaks if chance.random() >= noise else 1 - breaks
        lines.append(
            {
                "id": str(number),
                "kind": "post",
                "title": title,
                "url": "https://x.example/a",
                "body": "",
                "labels": {"ceo_rant": told},
                **more,
            }
        )
    path.write_text("".join(json.dumps(line) + "\n" for line in lines))
    return path


def learn(rules, source, *more):
    model = rules.parent / "model.yaml"
    code = run(["learn", "gossip", "--labelled", str(source), "--rules", str(rules), "--out", str(model), *more])
    return code, model.read_text()


def test_what_decides_is_learned(rules, tmp_path, capsys):
    code, text = learn(rules, labelled(tmp_path / "items.jsonl", 160))
    assert code == exits.FINE
    assert "certain (from " in capsys.readouterr().out
    checker = load([rules]).rules[0].when
    model = next(each for each in checker.signals if isinstance(each, Learned))
    points = {
        line.strip().rsplit(": ", 1)[0].strip('"'): int(line.rsplit(": ", 1)[1])
        for line in text.splitlines()
        if line.startswith("    ")
    }
    assert points["NAME mocks"] > 0 > points["NAME launches"]
    assert next(each.weight for each in checker.signals if each.id == "pictured") > 0
    assert not any("ada" in term or "bob" in term for term in points)
    assert sum(1 for _ in model.all_terms()) == len(points)


def test_a_learned_checker_does_not_care_whose_name_it_is(rules, tmp_path):
    learn(rules, labelled(tmp_path / "items.jsonl", 160))
    other = labelled(tmp_path / "other.jsonl", 60)
    before = fired(rules, other)
    other.write_text(other.read_text().replace("Ada Lovelace", "Bob"))
    assert fired(rules, other) == before
    assert 0 < sum(map(bool, before)) < 60


def fired(rules, source):
    told = rules.parent / "told.jsonl"
    assert run(["evaluate", str(source), "--rules", str(rules), "--predictions", str(told)]) == exits.FINE
    return [json.loads(line)["rules"] for line in told.read_text().splitlines()]


def test_what_is_only_learned_from_promises_nothing(rules, tmp_path, capsys):
    few, more = labelled(tmp_path / "few.jsonl", 30), labelled(tmp_path / "more.jsonl", 160)
    code, text = learn(rules, few, "--also", str(more))
    assert (code, text) == (exits.MISUSE, EMPTY)
    code, text = learn(rules, more, "--also", str(few))
    assert code == exits.FINE
    assert "from 160 labelled items and 30 more" in text


def test_the_heavier_items_prevail(rules, tmp_path):
    """The same titles, told the other way round: whoever weighs more is believed."""
    right = labelled(tmp_path / "right.jsonl", 80)
    lines = [json.loads(line) for line in right.read_text().splitlines()]
    wrong = tmp_path / "wrong.jsonl"
    for weight, sign in ((0.1, 1), (10, -1)):
        turned = [{**line, "labels": {"ceo_rant": 1 - line["labels"]["ceo_rant"]}, "weight": weight} for line in lines]
        wrong.write_text("".join(json.dumps(line) + "\n" for line in turned))
        cases = cases_of(
            load([rules]), scored_in(load([rules]).rules[0].when), 5, read_labelled_files([str(right), str(wrong)])
        )
        assert fit(cases).points[("title", "NAME mocks")] * sign > 0


@pytest.mark.parametrize("weight", [0, -1, 101, True, "much"])
def test_no_weight(tmp_path, weight):
    with pytest.raises(UnreadableSource, match="weight"):
        read_labelled_files([str(labelled(tmp_path / "items.jsonl", 1, weight=weight))])


@pytest.mark.parametrize(("given", "code"), [("never", exits.FINE), ("often", exits.MISUSE)])
def test_never_certain(rules, tmp_path, given, code):
    found, text = learn(rules, labelled(tmp_path / "items.jsonl", 160), "--certain", given)
    assert found == code
    assert ("certain: 999" in text) == (code == exits.FINE)


@pytest.mark.parametrize(
    ("count", "noise", "says"),
    [(30, 0.0, "at least 20 are needed"), (80, 0.4, "do not bear out a precision of")],
)
def test_too_little_to_promise_anything(rules, tmp_path, capsys, count, noise, says):
    code, text = learn(rules, labelled(tmp_path / "items.jsonl", count, noise))
    assert code == exits.MISUSE
    assert says in capsys.readouterr().err
    assert text == EMPTY


def test_a_checker_that_no_rule_asks(rules, tmp_path, capsys):
    source = labelled(tmp_path / "items.jsonl", 4)
    assert run(["learn", "nothing", "--labelled", str(source), "--rules", str(rules)]) == exits.MISUSE
    assert "no rule asks" in capsys.readouterr().err


def test_bands_are_the_lowest_that_keep_the_promise():
    seen = [Seen(points, points > 30) for points in range(1, 101)] + [Seen(None, breaks=True)]
    bands = bands_of(seen, 0.8, 0.95)
    assert (bands.doubtful, bands.certain) == (14, 28)
    top, middle, below = reliability(seen, bands)
    assert (top.items, top.breaking, middle.items, below.items) == (73, 70, 14, 14)


def test_what_is_doubted_is_never_counted_as_certain():
    seen = [Seen(50, breaks=True, is_doubted=True)] * 90 + [Seen(50, breaks=True)] * 9
    with pytest.raises(TooFewExamples):
        bands_of(seen, 0.8, 0.95)


@pytest.mark.parametrize(
    ("text", "names", "some", "none"),
    [
        (
            "Ada Lovelace mocks him",
            [Span(0, 12)],
            {"NAME mocks", "NAME mocks him", "mocks him"},
            {"ada", "lovelace mocks"},
        ),
        ("reply to Ada: no", [Span(9, 12)], {"to NAME", "reply to NAME", "NAME :", "NAME no"}, {"ada"}),
        ("one, two", [], {"one", "two"}, {"one two"}),
        ("a b c d", [], {"a b c"}, {"a b c d"}),
    ],
)
def test_terms(text, names, some, none):
    found = candidates(Text(text), names, {"ada", "lovelace"})
    assert some <= found
    assert not none & found


def backlog(path, groups, count=3_000):
    """Texts in which the words of a group stand in like company, and among words that stand everywhere."""
    chance = random.Random(3)
    company = [first + second for first in "abcdefghijklmnopqrst" for second in "abcdefghijklmnopqrstuvwxyzäöüßé"]
    lines = []
    for _ in range(count):
        group = chance.randrange(len(groups))
        near = chance.sample(company[group * 40 : group * 40 + 40], 3)
        common = chance.sample(["the", "of", "and", "to", "in", "for"], 5)
        title = [*common, near[0], chance.choice(groups[group]), *near[1:], *chance.sample(company, 3)]
        lines.append({"id": "1", "kind": "post", "title": " ".join(title), "url": None, "body": None})
    path.write_text("".join(json.dumps(line) + "\n" for line in lines) + "no item\n" + "[" * 100_000 + "\n")
    return path


GROUPS = (
    ("wedding", "mocks", "rival", "beach", "photo", "marriage", "Bob", "Bob's"),
    ("court", "launches", "compiler", "publishes", "proof", "engine", "tribunal"),
)


def test_words_that_are_alike_count_alike(rules, tmp_path):
    """`wedding` is gossip and `court` is news; of `marriage` and `tribunal` only the unlabelled texts tell something."""
    texts = backlog(tmp_path / "backlog.jsonl", GROUPS)
    source = labelled(tmp_path / "items.jsonl", 160)
    _, without = learn(rules, source)
    code, text = learn(rules, source, "--unlabelled", str(texts))
    assert code == exits.FINE
    assert ("kindred" in text, "kindred" in without) == (True, False)
    checker = load([rules]).rules[0].when
    model = next(each for each in checker.signals if isinstance(each, Learned))
    points = {pattern.value: sum(term.points for term in terms) for pattern, terms in model.terms["title"].items()}
    assert points["marriage"] > 0 > points["tribunal"]
    assert not {"bob", "bob's"} & points.keys()


def test_a_backlog_that_is_too_short_to_learn_likeness_from_is_refused(rules, tmp_path, capsys):
    texts = backlog(tmp_path / "backlog.jsonl", (("wedding",),), count=50)
    code, text = learn(rules, labelled(tmp_path / "items.jsonl", 160), "--unlabelled", str(texts))
    assert code == exits.MISUSE
    assert text == EMPTY
    assert "Cure: give a longer backlog" in capsys.readouterr().err


def test_learning_from_a_damaged_backlog_is_refused(rules, tmp_path, capsys):
    (tmp_path / "backlog.jsonl.gz").write_bytes(b"\x1f\x8b\x08")
    source = labelled(tmp_path / "items.jsonl", 160)
    code, _ = learn(rules, source, "--unlabelled", str(tmp_path / "backlog.jsonl.gz"))
    assert code == exits.MISUSE
    assert "Cure: fetch it again" in capsys.readouterr().err
