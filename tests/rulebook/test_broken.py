"""Files that must not load: each mistake is shown at its place, with a cure."""

from pathlib import Path

import pytest
import yaml

from bot.daemon.rules import load_tested
from bot.rulebook.codes import MEANINGS, Code
from bot.rulebook.load import BrokenRules, load_for_few
from bot.rulebook.located import LARGEST
from tests.paths import CHECKOUT

DATA = CHECKOUT / "tests" / "data"
EXPECTED = yaml.safe_load((DATA / "broken.yaml").read_text(encoding="utf-8"))


def test_every_file_has_its_expectation():
    assert {path.stem for path in (DATA / "broken").glob("*.yaml")} == set(EXPECTED)
    assert len(EXPECTED) >= 100


@pytest.mark.parametrize("name", EXPECTED)
def test_a_mistake_is_shown_where_it_is(name):
    with pytest.raises(BrokenRules) as broken:
        load_tested([DATA / "broken" / f"{name}.yaml"], load_for_few)
    shown = [(each.place.line, each.place.column, each.code, each.message) for each in broken.value.diagnostics]
    assert [each[:3] for each in shown] == [tuple(each[:3]) for each in EXPECTED[name]], shown
    for (*_, message), (*_, part) in zip(shown, EXPECTED[name], strict=True):
        assert part in message


def test_every_code_of_rule_files_occurs():
    occurring = {each[2] for expected in EXPECTED.values() for each in expected}
    elsewhere = {Code.CREDENTIAL, Code.ADDRESS, Code.TOO_LARGE}
    assert occurring == {code.value for code in Code if code not in elsewhere}


def test_a_file_that_is_too_large_is_not_read(tmp_path):
    path = tmp_path / "rules.yaml"
    path.write_text("version: 1\nrules: []\n" + "#" * LARGEST)
    with pytest.raises(BrokenRules) as broken:
        load_tested([path])
    assert [each.code for each in broken.value.diagnostics] == [Code.TOO_LARGE]


@pytest.mark.parametrize("code", Code)
def test_every_code_is_explained(code):
    meaning = MEANINGS[code]
    assert meaning.title
    assert meaning.about.endswith(".")


@pytest.mark.parametrize("name", EXPECTED)
def test_every_mistake_has_a_cure_and_a_caret(name):
    with pytest.raises(BrokenRules) as broken:
        load_tested([DATA / "broken" / f"{name}.yaml"], load_for_few)
    for each in broken.value.diagnostics:
        assert each.help
        assert Path(each.place.path).exists() or "cannot be read" in each.message
        assert ("^" in each.render()) == bool(each.place.line)
