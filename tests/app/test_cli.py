"""The commands: what they say, and their exit codes."""

import json

import pytest

from bot.app import exits
from bot.app.cli import COMMANDS, run
from tests.paths import CHECKOUT

BROKEN = CHECKOUT / "tests" / "data" / "broken"


@pytest.mark.parametrize("command", COMMANDS)
def test_help_of_each_command_shows_an_example(command, capsys):
    assert run([command, "--help"]) == exits.FINE
    assert f"Example: warden {command}" in capsys.readouterr().out


def test_help_names_every_command(capsys):
    assert run(["--help"]) == exits.FINE
    shown = capsys.readouterr().out
    assert all(f"  {command} " in shown for command in COMMANDS)


@pytest.mark.parametrize(
    "arguments", [["nonsense"], ["check", "nowhere.yaml"], ["audit"], ["run", "--config", "nowhere"]]
)
def test_misuse(arguments, capsys):
    assert run(arguments) == exits.MISUSE
    assert capsys.readouterr().err


def test_check_is_content_with_the_pack(capsys):
    assert run(["check", str(CHECKOUT / "rules")]) == exits.FINE
    assert "no mistakes" in capsys.readouterr().out


def test_check_shows_the_line_the_caret_and_the_cure(capsys):
    assert run(["check", str(BROKEN / "several.yaml")]) == exits.FINDINGS
    shown = capsys.readouterr().out
    assert "several.yaml:4:12: error[E021]: `titel` is not a condition" in shown
    assert " 4 |     when: {titel: [x]}\n   |            ^^^^^\n  = help: did you mean `title`?" in shown
    assert shown.endswith("4 errors\n")


def test_who_wanted_to_run_is_shown_what_is_wrong_with_the_rules(tmp_path, capsys):
    (tmp_path / "backlog.jsonl").write_text("")
    arguments = ["audit", str(tmp_path / "backlog.jsonl"), "--rules", str(BROKEN / "several.yaml")]
    assert run(arguments) == exits.MISUSE
    assert "   |            ^^^^^\n  = help: did you mean `title`?" in capsys.readouterr().err


def test_explain_shows_conditions_and_places(tmp_path, capsys):
    item = tmp_path / "item.json"
    item.write_text(json.dumps({"title": "Solana presale is live, 100x guaranteed", "url": "", "body": ""}))
    assert run(["explain", str(item), "--rules", str(CHECKOUT / "rules")]) == exits.FINE
    shown = capsys.readouterr().out
    assert "crypto (sidebar 7" in shown
    assert "title 0–6" in shown
    assert "shadow mode" in shown


@pytest.mark.parametrize("content", ["", "[]", '{"kind": "photo"}', None])
def test_explain_refuses_what_is_no_item(tmp_path, capsys, content):
    item = tmp_path / "item.json"
    if content is not None:
        item.write_text(content)
    assert run(["explain", str(item)]) == exits.MISUSE
    assert str(item) in capsys.readouterr().err


@pytest.mark.parametrize("url", ["https://lemmy.example/c/technology", "http://lemmy.example/post/1"])
def test_explain_refuses_addresses_of_no_item(url, capsys):
    assert run(["explain", url]) == exits.REMOTE
    assert capsys.readouterr().err.startswith("warden: ")


def test_warnings_count_only_when_they_are_asked_to(capsys):
    path = str(BROKEN / "no-sidebar.yaml")
    assert run(["check", path]) == exits.FINE
    assert run(["check", path, "--strict"]) == exits.FINDINGS
    assert capsys.readouterr().out.count("1 warning\n") == 2


def test_a_code_is_explained(capsys):
    assert run(["check", "--explain", "w031"]) == exits.FINE
    assert capsys.readouterr().out.startswith("W031: Stands inside innocent words\n\n")
    assert run(["check", "--explain", "W039"]) == exits.MISUSE
    assert "did you mean `W03" in capsys.readouterr().err
