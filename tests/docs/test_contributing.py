"""The worked example: one file and one entry make a check that everything knows."""

import sys
from types import ModuleType

import pytest
from jsonschema import Draft7Validator

from bot.app.cli.schema import SCHEMAS
from bot.app.reference import reference
from bot.checks import registry, shape
from bot.daemon.rules import load_tested
from bot.rulebook.load import BrokenRules, load_for_few
from tests.docs.pages import DOCS, as_file, blocks
from tests.docs.running import at_the_readers, commands, is_like, printed, save

BLOCKS = {block.title or block.language: block for block in blocks(DOCS / "contributing.md")}
FILE, ENTRY, RULES, CONSOLE = (BLOCKS[name] for name in ("bot/checks/capitals.py", "entry", "capitals.yaml", "console"))


@pytest.fixture
def added(monkeypatch):
    """The check is there, as if its file lay among the others and its entry stood in the list."""
    module = ModuleType("bot.checks.capitals")
    monkeypatch.setitem(sys.modules, module.__name__, module)
    exec(compile(FILE.text, "<contributing.md>", "exec"), module.__dict__)
    names = {**vars(shape), **vars(registry), **vars(module)}
    for name, named in eval(f"{{{ENTRY.text}}}", names).items():
        monkeypatch.setitem(registry.ITEM_CHECKS, name, named)


@pytest.fixture
def folder(tmp_path):
    with at_the_readers(tmp_path / "reader") as folder:
        save(RULES, folder)
        yield folder


def test_before_it_is_added_nobody_knows_it(folder):
    with pytest.raises(BrokenRules, match="`title_capitals` is not a condition"):
        load_for_few([folder / RULES.title])
    assert "title_capitals" not in reference()


def test_rules_can_use_it(folder, added):
    assert load_tested([folder / RULES.title], load_for_few).rules


def test_a_wrong_setting_is_told(folder, added):
    path = folder / "wrong.yaml"
    path.write_text(RULES.text.replace("> 70%", "much"))
    with pytest.raises(BrokenRules, match="must compare a percentage"):
        load_for_few([path])


def test_editors_know_it(added):
    group = SCHEMAS["rules"]()["definitions"]["group"]
    assert group["properties"]["title_capitals"]["description"] == "how many of the letters of the title are capitals"
    content = {"version": 1, "rules": [{"id": "a", "when": {"title_capitals": "> 70%"}}]}
    assert Draft7Validator(SCHEMAS["rules"]()).is_valid(content)
    content["rules"][0]["when"]["title_capitals"] = "much"
    assert not Draft7Validator(SCHEMAS["rules"]()).is_valid(content)
    assert as_file(RULES.text)[0] == "rules"


def test_the_reference_has_it(added):
    row = '| `title_capitals` | how many of the letters of the title are capitals | `title_capitals: "> 50%"` |'
    assert row in reference()


def test_it_is_explained(folder, added):
    for command, expected in commands(CONSOLE):
        output = printed(command)
        assert is_like(output, expected), output
