"""Files that must not load: each mistake is shown at its place, with a cure."""

from pathlib import Path

import pytest
import yaml

from bot.daemon.rules import load_tested
from bot.rulebook.load import BrokenRules
from tests.paths import CHECKOUT

DATA = CHECKOUT / "tests" / "data"
EXPECTED = yaml.safe_load((DATA / "broken.yaml").read_text(encoding="utf-8"))


def test_every_file_has_its_expectation():
    assert {path.stem for path in (DATA / "broken").glob("*.yaml")} == set(EXPECTED)
    assert len(EXPECTED) >= 100


@pytest.mark.parametrize("name", EXPECTED)
def test_a_mistake_is_shown_where_it_is(name):
    with pytest.raises(BrokenRules) as broken:
        load_tested([DATA / "broken" / f"{name}.yaml"])
    shown = [(each.place.line, each.place.column, each.message) for each in broken.value.diagnostics]
    assert [place[:2] for place in shown] == [tuple(each[:2]) for each in EXPECTED[name]], shown
    for (_, _, message), (_, _, part) in zip(shown, EXPECTED[name], strict=True):
        assert part in message


@pytest.mark.parametrize("name", EXPECTED)
def test_every_mistake_has_a_cure_and_a_caret(name):
    with pytest.raises(BrokenRules) as broken:
        load_tested([DATA / "broken" / f"{name}.yaml"])
    for each in broken.value.diagnostics:
        assert each.help
        assert Path(each.place.path).exists() or "cannot be read" in each.message
        assert ("^" in each.render()) == bool(each.place.line)
