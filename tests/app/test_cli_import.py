"""``warden import automod``: its interface to the letter."""

import json

import pytest

from bot.app import exits
from bot.app.cli import run
from tests.paths import SHARED, needs_shared_data

PAGE = "# No cats\ntitle: cat\naction: remove\n---\nauthor: {flair_text: x}\naction: report\n---\ntitle: [\naction: remove\n"


@pytest.fixture
def page(tmp_path):
    path = tmp_path / "page.yaml"
    path.write_text(PAGE)
    return path


def test_rules_go_to_one_output_and_the_report_to_the_other(page, capsys):
    assert run(["import", "automod", str(page)]) == exits.FINE
    shown = capsys.readouterr()
    assert shown.out.startswith("# Imported from page.yaml by `warden import automod`: 3 rules, 1 active, 1 disabled")
    assert "page.yaml: 3 rules: 1 active, 1 disabled, 1 failed" in shown.err


def test_json_is_one_line_a_file(page, capsys):
    assert run(["import", "automod", str(page), str(page), "--json"]) == exits.FINE
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [list(line) for line in lines] == [["file", "rules", "active", "disabled", "failed", "findings"]] * 2
    assert lines[0]["file"] == str(page)
    assert [lines[0][key] for key in ("rules", "active", "disabled", "failed")] == [3, 1, 1, 1]
    dropped = next(each for each in lines[0]["findings"] if each["effect"] == "check dropped")
    assert (dropped["rule"], dropped["line"], dropped["key"], dropped["status"]) == (2, 5, "flair_text", "X")


def test_out_writes_rules_that_pass_the_check(page, tmp_path, capsys):
    assert run(["import", "automod", str(page), str(page), "--out", str(tmp_path / "new")]) == exits.FINE
    written = sorted(path.name for path in (tmp_path / "new").iterdir())
    assert written == ["page-2.report.md", "page-2.yaml", "page.report.md", "page.yaml"]
    assert run(["check", str(tmp_path / "new")]) == exits.FINE
    assert "2 rules" in capsys.readouterr().out


def test_what_is_read_is_never_written_over(page, tmp_path, capsys):
    assert run(["import", "automod", str(page), "--out", str(tmp_path)]) == exits.MISUSE
    assert page.read_text() == PAGE
    assert "name another folder" in capsys.readouterr().err


def test_a_file_that_cannot_be_read_does_not_stop_the_others(page, tmp_path, capsys):
    picture = tmp_path / "cat.png"
    picture.write_bytes(b"\x89PNG\0")
    arguments = ["import", "automod", str(tmp_path / "none.yaml"), str(picture), str(page), "--json"]
    assert run(arguments) == exits.MISUSE
    shown = capsys.readouterr()
    assert [json.loads(line)["rules"] for line in shown.out.splitlines()] == [0, 0, 3]
    assert "none.yaml cannot be read: No such file" in shown.err
    assert "cat.png cannot be read: no text" in shown.err


def test_a_file_of_something_else_is_told_so(tmp_path, capsys):
    path = tmp_path / "other.py"
    path.write_text("print('hello')\n")
    assert run(["import", "automod", str(path)]) == exits.FINE
    assert "no rule of AutoModerator is in this file" in capsys.readouterr().err


@needs_shared_data
def test_the_public_pages_are_carried_over(tmp_path, capsys):
    """All 115 rules can be read, and more than four fifths of them are active and pass the check."""
    pages = [str(path) for path in sorted((SHARED / "automod").glob("*.y*ml"))]
    assert run(["import", "automod", *pages, "--out", str(tmp_path), "--json"]) == exits.FINE
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    total = {key: sum(line[key] for line in lines) for key in ("rules", "active", "disabled", "failed")}
    assert total["rules"] == 115
    assert total["failed"] == 0
    assert total["active"] >= 0.8 * 115
    assert run(["check", str(tmp_path)]) == exits.FINE
    assert f"{total['active']} rules" in capsys.readouterr().out
