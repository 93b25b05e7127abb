"""The arithmetic of an evaluation, by tables made by hand, and the command around it."""

import json

import pytest

from bot.app import exits
from bot.app.cli import run
from bot.audit.evaluation import Bin, calibration, counts, differing, false_alarms, misses, random_alarms
from bot.audit.evaluation_items import Tier, judge_all
from bot.audit.intervals import wilson
from bot.audit.labelled import read_labelled
from bot.audit.source import UnreadableSource
from bot.rulebook.load import load

CRYPTO = 7
RULES = """version: 1
checkers: [coins.yaml]
rules:
  - {id: coins, sidebar: 7, on: posts, when: {coins: {}}}
"""
CHECKER = """checker: coins
signals:
  - {id: asked, needs: true, title: [coin]}
  - {id: coin, weight: 5, title: [coin]}
  - {id: buy, weight: 10, title: [buy]}
  - {id: law, weight: -6, title: [law]}
bands: {doubtful: 4, certain: 15}
"""
ITEMS = [  # title, label, borderline, stratum
    ("buy a coin", 1, False, "targeted"),  # certain, right
    ("coin", 1, False, "random_a"),  # doubtful, right
    ("coin of Rome", 0, False, "random_a"),  # doubtful, wrong
    ("buy this coin", 0, True, "random_a"),  # certain, wrong, borderline
    ("coin law", 1, False, "targeted"),  # missed
    ("money", 1, False, "targeted"),  # missed, the question does not arise
    ("news", 0, False, "random_b"),
    ("coin news", None, False, "random_b"),  # no label: counts only as an alarm
]


@pytest.fixture
def rules(tmp_path):
    (tmp_path / "coins.yaml").write_text(CHECKER)
    path = tmp_path / "rules.yaml"
    path.write_text(RULES)
    return path


@pytest.fixture
def labelled(tmp_path):
    path = tmp_path / "labelled.jsonl"
    lines = [
        {
            "id": str(number),
            "kind": "post",
            "title": title,
            "url": None,
            "body": "",
            "labels": {"crypto": label},
            "flags": {"borderline": borderline},
            "stratum": stratum,
        }
        for number, (title, label, borderline, stratum) in enumerate(ITEMS, start=1)
    ]
    path.write_text("".join(json.dumps(line) + "\n" for line in lines))
    return path


@pytest.fixture
def judged(rules, labelled):
    return judge_all(load([rules]), read_labelled(enumerate(labelled.read_bytes().splitlines(), start=1)))


@pytest.mark.parametrize(
    ("tier", "strict", "expected"),
    [
        (Tier.CERTAIN, True, (1, 0, 3, 2)),
        (Tier.ANY, True, (2, 1, 2, 1)),
        (Tier.CERTAIN, False, (1, 1, 3, 2)),
        (Tier.ANY, False, (2, 2, 2, 1)),
    ],
)
def test_counts(judged, tier, strict, expected):
    found = counts(judged, CRYPTO, tier, strict=strict)
    assert (found.right, found.false_alarms, found.missed, found.rest) == expected


def test_shares(judged):
    found = counts(judged, CRYPTO, Tier.ANY, strict=True)
    assert found.precision == pytest.approx(2 / 3)
    assert found.recall == pytest.approx(1 / 2)
    assert found.f1 == pytest.approx(4 / 7)
    nothing = counts(judged, 6, Tier.ANY, strict=True)
    assert (nothing.precision, nothing.recall, nothing.f1) == (None, None, None)


@pytest.mark.parametrize(
    ("hits", "cases", "low", "high"),
    [(0, 0, 0.0, 1.0), (9, 9, 0.7009, 1.0), (0, 10, 0.0, 0.2775), (5, 10, 0.2366, 0.7634), (44, 46, 0.8547, 0.9880)],
)
def test_wilson(hits, cases, low, high):
    assert wilson(hits, cases) == pytest.approx((low, high), abs=2e-4)


def test_disagreements_say_what_was_found(judged):
    wrong = false_alarms(judged, CRYPTO, strict=False)
    assert [(each.id, each.certain, each.borderline) for each in wrong] == [("4", True, True), ("3", False, False)]
    assert wrong[1].why == ("coin: coin",)
    assert [each.text for each in misses(judged, CRYPTO, strict=True)] == ["coin law", "money"]


def test_calibration_joins_small_ranges(judged):
    assert calibration(judged, CRYPTO, strict=True) == [Bin(-10, 19, 4, 3)]


def test_alarms_count_only_what_was_drawn_blindly(judged):
    assert (random_alarms(judged, Tier.ANY).wrong, random_alarms(judged, Tier.ANY).items) == (3, 5)
    assert random_alarms(judged, Tier.CERTAIN).per_thousand == 200


def test_two_rule_sets_differ_where_they_say_something_else(judged, rules, labelled):
    (rules.parent / "coins.yaml").write_text(CHECKER.replace("certain: 15", "certain: 16"))
    other = judge_all(load([rules]), read_labelled(enumerate(labelled.read_bytes().splitlines(), start=1)))
    assert [pair[0].labelled.id for pair in differing(judged, other)] == ["1", "4"]


def test_the_command(rules, labelled, tmp_path, capsys):
    page, told = tmp_path / "page.html", tmp_path / "told.jsonl"
    asked = ["evaluate", str(labelled), "--rules", str(rules), "--against", str(rules)]
    assert run([*asked, "--html", str(page), "--predictions", str(told), "--json"]) == exits.FINE
    found = json.loads(capsys.readouterr().out)
    crypto = next(each for each in found["rule_sets"][0]["rules"] if each["label"] == "crypto")
    assert crypto["any"]["strict"]["right"] == 2
    assert found["differing"] == []
    text = page.read_text()
    assert "<svg" in text
    assert "coin of Rome" in text
    assert "http" not in text.replace("http-equiv", "")
    assert [json.loads(line)["rules"] for line in told.read_text().splitlines()][:3] == [["crypto"]] * 3
    assert run(asked) == exits.FINE
    assert "7 crypto" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("line", "says"),
    [
        (b"{", "line 2"),
        (b'{"id": 1, "kind": "post"}', "`labels` must be a group"),
        (b'{"id": 1, "kind": "post", "labels": {"crypto": 3}}', "`labels.crypto` must be 0, 1 or null"),
    ],
)
def test_a_bad_line_is_told(line, says):
    with pytest.raises(UnreadableSource) as told:
        read_labelled([(2, line)])
    assert says in str(told.value)
    assert "line 2" in str(told.value)


def test_a_bad_line_ends_the_command_with_its_place(rules, tmp_path, capsys):
    path = tmp_path / "bad.jsonl"
    path.write_text("{}\n")
    assert run(["evaluate", str(path), "--rules", str(rules)]) == exits.MISUSE
    assert "line 1" in capsys.readouterr().err
