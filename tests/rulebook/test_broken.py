"""Files with mistakes and with doubtful rules: each finding is shown at its place, with a cure."""

from functools import cache
from pathlib import Path

import pytest
import yaml

from bot.app.checking import check
from bot.daemon.rules import load_tested
from bot.rulebook.codes import Code
from bot.rulebook.load import BrokenRules, load_for_few
from bot.rulebook.located import LARGEST
from tests.paths import CHECKOUT

DATA = CHECKOUT / "tests" / "data"
EXPECTED = yaml.safe_load((DATA / "broken.yaml").read_text(encoding="utf-8"))
ELSEWHERE = {Code.CREDENTIAL, Code.ADDRESS, Code.TOO_LARGE}
"""Codes of the configuration, and of a file that is made when it is needed."""


@cache
def findings(name):
    return check([DATA / "broken" / f"{name}.yaml"]).findings


def test_every_file_has_its_expectation():
    assert {path.stem for path in (DATA / "broken").glob("*.yaml")} == set(EXPECTED)
    assert len(EXPECTED) >= 150


@pytest.mark.parametrize("name", EXPECTED)
def test_a_finding_is_shown_where_it_is(name):
    shown = [(each.place.line, each.place.column, each.code, each.message) for each in findings(name)]
    assert [(line, code) for line, _, code, _ in shown] == [(line, code) for line, _, code, _ in EXPECTED[name]], shown
    for (*_, message), (*_, part) in zip(shown, EXPECTED[name], strict=True):
        assert part in message


def test_nearly_every_column_is_right():
    columns = [
        (found.place.column, expected[1])
        for name, all_expected in EXPECTED.items()
        for found, expected in zip(findings(name), all_expected, strict=True)
    ]
    right = sum(shown == expected for shown, expected in columns)
    assert right / len(columns) >= 0.95


def test_every_code_of_rule_files_occurs():
    occurring = {each[2] for expected in EXPECTED.values() for each in expected}
    assert occurring == {code.value for code in Code if code not in ELSEWHERE}


@pytest.mark.parametrize("name", EXPECTED)
def test_every_finding_has_a_file_a_caret_and_a_cure(name):
    for each in findings(name):
        assert each.message
        assert each.help
        assert Path(each.place.path).exists() or "cannot be read" in each.message
        assert ("^" in each.render()) == bool(each.place.line)
        assert each.render().startswith(f"{each.place}: {each.code.severity}[{each.code}]: ")


@pytest.mark.parametrize("name", [name for name in EXPECTED if any(each[2] >= "W" for each in EXPECTED[name])])
def test_a_warning_keeps_no_file_from_being_used(name):
    assert load_tested([DATA / "broken" / f"{name}.yaml"], load_for_few).rules


@pytest.mark.parametrize("name", [name for name in EXPECTED if any(each[2] < "W" for each in EXPECTED[name])])
def test_an_error_does(name):
    with pytest.raises(BrokenRules) as broken:
        load_tested([DATA / "broken" / f"{name}.yaml"], load_for_few)
    assert broken.value.diagnostics == findings(name)


def test_a_file_that_is_too_large_is_not_read(tmp_path):
    path = tmp_path / "rules.yaml"
    path.write_text("version: 1\nrules: []\n" + "#" * LARGEST)
    found = check([path]).findings
    assert [(each.code, each.place.path) for each in found] == [(Code.TOO_LARGE, path)]
    assert found[0].help
