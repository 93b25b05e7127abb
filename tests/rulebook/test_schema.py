"""What editors are told agrees with what the loader does."""

import copy
import json
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft7Validator

from bot.app.cli.schema import SCHEMAS, text_of
from bot.app.config import BadConfig, load_config
from bot.app.config_schema import config_schema
from bot.checks.registry import AUTHOR_CHECKS, ITEM_CHECKS
from bot.rulebook.codes import Code
from bot.rulebook.example_files import load_with_tests
from bot.rulebook.key import AUTHOR_FIELDS, SEARCH_FIELDS
from bot.rulebook.load import BrokenRules, load_for_few
from bot.rulebook.rule_shape import rule_shape
from tests.paths import CHECKOUT

RULES = CHECKOUT / "rules"
DATA = CHECKOUT / "tests" / "data"
EXPECTED = yaml.safe_load((DATA / "broken.yaml").read_text(encoding="utf-8"))
MUTATIONS = yaml.load((DATA / "mutations.yaml").read_text(encoding="utf-8"), yaml.BaseLoader)
UNSEEN = ("is not a condition", "is no time zone", "is no language code")
"""Ends of messages: a name may be a checker's, time zones are not listed, a language may stand in a named list."""
FILES = yaml.safe_load((DATA / "broken_files.yaml").read_text(encoding="utf-8"))
SHIPPED = {
    "rules": [RULES / "technology.yaml"],
    "checker": sorted((RULES / "checkers").glob("*.yaml")),
    "model": sorted((RULES / "checkers" / "models").glob("*.yaml")),
    "config": [CHECKOUT / "config.example.yaml"],
    "tests": sorted(RULES.glob("*.test.yaml")),
}
STRUCTURAL = {
    Code.EMPTY,
    Code.UNKNOWN_KEY,
    Code.MISSING_KEY,
    Code.WRONG_KIND,
    Code.WRONG_VALUE,
    Code.WRONG_NUMBER,
    Code.WRONG_SPAN,
    Code.WRONG_NAME,
    Code.VERSION,
    Code.CONDITION_KEY,
    Code.UNKNOWN_CONDITION,
    Code.MODIFIER,
    Code.NOTHING_ASKED,
    Code.SETTING,
    Code.ACTION,
    Code.REASON,
    Code.PLACEHOLDER,
    Code.NOT_AN_ITEM,
}
"""Mistakes that a schema can see: keys, kinds, forms of values. The others need other files, two places compared, an
expression parsed, or the rule asked."""
YET_UNSEEN = {
    "hold-too-long": "how much `30d` is",
    "checker-unknown": "which checkers there are stands in another place",
    "placeholder-in-link": "Markdown",
    "modifier-unquoted-alone": "which words go together",
    "posted-zone": "the list of time zones",
    "sidebar-underscore": "a YAML reader has made a number of it",
    "version-octal": "a YAML reader has made a number of it",
}


def broken(*, structural: bool) -> list[Path]:
    """Broken files that are YAML, in which there is a structural mistake, or none."""
    found = [
        name for name, mistakes in EXPECTED.items() if any(each[2] in STRUCTURAL for each in mistakes) is structural
    ]
    return [DATA / "broken" / f"{name}.yaml" for name in found]


STRUCTURALLY_BROKEN = [path for path in broken(structural=True) if path.stem not in YET_UNSEEN]
OTHERWISE_BROKEN = [
    path
    for path in broken(structural=False)
    if not any(
        each[2] in {Code.NOT_YAML, Code.NOT_TEXT, Code.NOT_TAKEN, Code.REPEATED_KEY} for each in EXPECTED[path.stem]
    )
]


def checked(name: str, *paths: Path) -> dict:
    """What the program says that others check files with."""
    schema = RULES / "schemas" / f"{name}.schema.json"
    command = [str(Path(sys.executable).with_name("check-jsonschema")), "--output-format", "json"]
    ran = subprocess.run(
        [*command, "--schemafile", str(schema), *map(str, paths)],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    return json.loads(ran.stdout)


def refused(name: str, paths: list[Path]) -> set[str]:
    said = checked(name, *paths)
    return {Path(each["filename"]).stem for each in said["errors"]}


@pytest.mark.parametrize("name", SCHEMAS)
def test_schemas_are_schemas(name):
    Draft7Validator.check_schema(SCHEMAS[name]())


@pytest.mark.parametrize("name", SCHEMAS)
def test_the_files_beside_the_rules_are_up_to_date(name):
    assert (RULES / "schemas" / f"{name}.schema.json").read_text() == text_of(name), "run `make docs`"


@pytest.mark.parametrize("name", [name for name, paths in SHIPPED.items() if paths])
def test_shipped_files_are_taken(name):
    """With the schema that their first line names."""
    assert checked(name, *SHIPPED[name])["status"] == "ok"
    for path in SHIPPED[name]:
        modeline = path.read_text().splitlines()[0]
        assert (path.parent / modeline.partition("$schema=")[2]).resolve() == RULES / "schemas" / f"{name}.schema.json"


def test_what_is_broken_in_structure_is_refused():
    assert len(STRUCTURALLY_BROKEN) >= 60
    checkers = [path for path in STRUCTURALLY_BROKEN if path.read_text().startswith("checker:")]
    rules = [path for path in STRUCTURALLY_BROKEN if path not in checkers]
    found = refused("rules", rules) | (refused("checker", checkers) if checkers else set())
    assert {path.stem for path in STRUCTURALLY_BROKEN} - found == set()


def test_what_is_broken_otherwise_is_taken():
    """So that nothing is refused for the wrong reason, and the list of what cannot be seen stays true."""
    paths = OTHERWISE_BROKEN + [DATA / "broken" / f"{name}.yaml" for name in YET_UNSEEN]
    assert len(paths) >= 20
    assert refused("rules", paths) == set()


@pytest.mark.parametrize("case", FILES, ids=lambda case: f"{case['schema']}-{case['name']}")
def test_files_of_other_kinds_are_refused_by_both(tmp_path, case):
    assert not Draft7Validator(SCHEMAS[case["schema"]]()).is_valid(yaml.safe_load(case["text"]))
    rules = tmp_path / "r.yaml"
    rules.write_text("version: 1\ncheckers: [quick.yaml]\nrules: [{id: a, when: {title: x}}]\n")
    (tmp_path / "quick.yaml").write_text(
        case["text"]
        if case["schema"] == "checker"
        else "checker: quick\nsignals: [{id: a, weight: 2, title: x}]\nbands: {doubtful: 1, certain: 2}\n"
    )
    path = tmp_path / f"{case['schema']}.test.yaml"
    path.write_text(case["text"])
    with pytest.raises((BrokenRules, BadConfig)):
        load_config(path) if case["schema"] == "config" else load_with_tests(
            [path if case["schema"] == "tests" else rules]
        )


def places(node, path=()):
    """Paths to everything inside a value."""
    inner = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for key, each in inner:
        yield (*path, key)
        yield from places(each, (*path, key))


@st.composite
def files(draw):
    """A rule file that was right, with something taken out, put in or changed at one place."""
    file = copy.deepcopy(MUTATIONS["file"])
    *path, last = draw(st.sampled_from(list(places(file))))
    parent = file
    for step in path:
        parent = parent[step]
    value = copy.deepcopy(draw(st.sampled_from(MUTATIONS["values"])))
    match draw(st.sampled_from(("take out", "change", "rename", "put in"))):
        case "take out":
            del parent[last]
        case "rename" if isinstance(parent, dict):
            parent[draw(st.sampled_from(MUTATIONS["keys"]))] = parent.pop(last)
        case "put in" if isinstance(parent, dict):
            parent[draw(st.sampled_from(MUTATIONS["keys"]))] = value
        case "put in":
            parent.append(value)
        case _:
            parent[last] = value
    return file


class Plain(yaml.SafeDumper):
    """Every text in quotes, so that no reader makes anything else of it; no anchors."""

    def ignore_aliases(self, data):
        return True


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(files())
def test_what_the_loader_takes_the_schema_takes_and_what_it_refuses_in_structure_the_schema_refuses(tmp_path, file):
    path = tmp_path / "rules.yaml"
    path.write_text(yaml.dump(file, Dumper=Plain, sort_keys=False, default_style='"'))
    problems = []
    try:
        load_for_few([path])
    except BrokenRules as broken:
        problems = broken.diagnostics
    is_taken = Draft7Validator(SCHEMAS["rules"]()).is_valid(file)
    if not problems:
        assert is_taken
    elif all(each.code in STRUCTURAL and not each.message.endswith(UNSEEN) for each in problems):
        assert not is_taken


@pytest.mark.parametrize("name", SCHEMAS)
def test_every_key_carries_its_explanation_and_an_example(name):
    for key, shape in SCHEMAS[name]()["properties"].items():
        assert shape["description"].endswith("."), key
        assert shape.get("examples") or shape.get("enum"), key


@pytest.mark.parametrize("name", ["rules", "checker"])
def test_conditions_are_completed_with_their_explanations(name):
    """Editors complete what stands under `properties`; keys with signs around them are known by their pattern."""
    definitions = json.loads(text_of(name))["definitions"]
    group, author = definitions["group"], definitions["author"]["anyOf"][0]
    for known, shape, where in (
        (SEARCH_FIELDS | ITEM_CHECKS, group, "group"),
        (AUTHOR_FIELDS | AUTHOR_CHECKS, author, "author/anyOf/0"),
    ):
        for key, named in known.items():
            assert shape["properties"][key]["description"] == named.about
            same = shape["patternProperties"][rf"^~? *{key} *(#\w+)? *$"]
            assert same == {"$ref": f"#/definitions/{where}/properties/{key}"}


DEFAULTS = {name: shape["default"] for name, shape in rule_shape()["properties"].items() if "default" in shape}


@pytest.mark.parametrize("name", DEFAULTS)
def test_a_default_that_editors_show_is_what_the_loader_takes(tmp_path, name):
    path = tmp_path / "rules.yaml"
    books = []
    for more in ("", f"    {name}: {json.dumps(DEFAULTS[name])}\n"):
        path.write_text(f"version: 1\nrules:\n  - id: a\n    when: {{title: x}}\n{more}")
        books.append(load_for_few([path]).rules)
    assert books[0] == books[1]


def settings_with_defaults():
    for name, named in ITEM_CHECKS.items():
        for setting, shape in named.shape.get("properties", {}).items():
            if "default" in shape:
                yield name, setting, str(shape["default"])


@pytest.mark.parametrize(("name", "setting", "default"), list(settings_with_defaults()))
def test_a_default_of_a_condition_is_what_it_takes(name, setting, default):
    named = ITEM_CHECKS[name]
    given = {key: tuple(each) if isinstance(each, list) else each for key, each in named.shape["examples"][0].items()}
    given.pop(setting, None)
    assert named.read(name, given) == named.read(name, {**given, setting: default})


def config_defaults(shape, path=()):
    for key, each in shape["properties"].items():
        if "default" in each:
            yield (*path, key), each["default"]
        yield from config_defaults(each, (*path, key)) if "properties" in each else ()


@pytest.mark.parametrize(("path", "default"), list(config_defaults(config_schema())), ids=str)
def test_a_default_of_the_configuration_is_what_it_takes(tmp_path, path, default):
    account = {
        "instance": "a.example",
        "username": "w",
        "password": {"env": "W"},
        "communities": ["a@b.c"],
        "rules": ["."],
    }
    file = tmp_path / "config.yaml"
    given = default
    for key in reversed(path):
        given = {key: given}
    loaded = []
    for more in ("", json.dumps(given)[1:-1]):
        file.write_text(f"accounts: [{json.dumps(account)}]\n{more}\n")
        loaded.append(load_config(file))
    assert loaded[0] == loaded[1]
