"""What editors are told agrees with what the loader does."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from jsonschema import Draft7Validator
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from bot.app.cli.schema import SCHEMAS, text_of
from bot.checks.registry import ITEM_CHECKS
from tests.paths import CHECKOUT

RULES = CHECKOUT / "rules"
BROKEN = sorted((CHECKOUT / "tests" / "data" / "broken").glob("*.yaml"))
SHIPPED = {
    "rules": [RULES / "technology.yaml"],
    "checker": sorted((RULES / "checkers").glob("*.yaml")),
    "model": sorted((RULES / "checkers" / "models").glob("*.yaml")),
    "config": [CHECKOUT / "config.example.yaml"],
}
UNREADABLE = (YAMLError, UnicodeDecodeError, ValueError, RecursionError)
"""What another YAML reader makes of hostile files; an editor shows that itself."""
NOT_STRUCTURE = {
    "checker-out-of-reach": "other files",
    "condition-not-named": "two places compared",
    "posted-zone": "what a time zone is",
    "anchor": "an editor's YAML reader has resolved it",
    "checker-unknown": "checkers have names of their own",
    "disclose-match": "two places compared",
    "disclose-rule": "two places compared",
    "domain-star": "what a domain is",
    "domain-with-path": "what a domain is",
    "domain-with-scheme": "what a domain is",
    "filter-own-text": "inside a text",
    "filter-unknown": "inside a text",
    "id-twice": "two places compared",
    "list-unknown": "two places compared",
    "missing-checker": "other files",
    "missing-list-file": "other files",
    "modifiers-two-placements": "which words go together",
    "placeholder-code": "inside a text",
    "placeholder-in-link": "inside a text",
    "placeholder-unknown": "inside a text",
    "regex-back-reference": "inside an expression",
    "regex-empty": "inside an expression",
    "regex-everything": "inside an expression",
    "regex-huge-repeat": "inside an expression",
    "regex-look-ahead": "inside an expression",
    "regex-look-behind": "inside an expression",
    "regex-unbalanced": "inside an expression",
    "sidebar-underscore": "an editor's YAML reader has made a number of it",
    "template-unknown": "two places compared",
    "test-bad-age": "what an item may say",
    "test-bad-now": "what a time is",
    "test-fails-breaks": "what the rule says",
    "test-fails-keeps": "what the rule says",
    "then-twice": "two places compared",
    "version-octal": "an editor's YAML reader has made a number of it",
}


def read(path: Path) -> object:
    return YAML(typ="safe").load(path)


def mistakes(path: Path) -> list:
    content = read(path)
    name = "checker" if isinstance(content, dict) and "checker" in content else "rules"
    return list(Draft7Validator(SCHEMAS[name]()).iter_errors(content))


@pytest.mark.parametrize("name", SCHEMAS)
def test_schemas_are_schemas(name):
    Draft7Validator.check_schema(SCHEMAS[name]())


@pytest.mark.parametrize("name", SCHEMAS)
def test_the_files_beside_the_rules_are_up_to_date(name):
    assert (RULES / "schemas" / f"{name}.schema.json").read_text() == text_of(name), "run `make schemas`"


@pytest.mark.parametrize("name", SHIPPED)
def test_shipped_files_are_taken(name):
    """By the program that others check files with, and with the schema that their first line names."""
    schema = RULES / "schemas" / f"{name}.schema.json"
    command = [str(Path(sys.executable).with_name("check-jsonschema")), "--schemafile", str(schema)]
    checked = subprocess.run(
        [*command, *map(str, SHIPPED[name])], capture_output=True, text=True, check=False, timeout=60
    )
    assert checked.returncode == 0, checked.stdout
    for path in SHIPPED[name]:
        modeline = path.read_text().splitlines()[0]
        assert (path.parent / modeline.partition("$schema=")[2]).resolve() == schema


@pytest.mark.parametrize("path", BROKEN, ids=lambda path: path.stem)
def test_what_the_loader_refuses_in_structure_the_schema_refuses(path):
    try:
        found = mistakes(path)
    except UNREADABLE:
        return
    assert bool(found) is (path.stem not in NOT_STRUCTURE)


def test_most_of_the_broken_files_are_broken_in_structure():
    refused = 0
    for path in BROKEN:
        try:
            refused += bool(mistakes(path))
        except UNREADABLE:
            continue
    assert refused >= 60


@pytest.mark.parametrize("name", SCHEMAS)
def test_every_key_carries_its_explanation(name):
    for key, shape in SCHEMAS[name]()["properties"].items():
        assert shape["description"].endswith("."), key


def test_conditions_carry_their_explanations():
    patterns = json.loads(text_of("rules"))["definitions"]["group"]["patternProperties"]
    for name in ITEM_CHECKS:
        assert patterns[rf"^~? *{name} *(#\w+)? *$"]["description"] == ITEM_CHECKS[name].about
