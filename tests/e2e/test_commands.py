"""Commands against a server."""

import json
import subprocess
import sys

from bot.app import exits
from bot.app.cli import run
from bot.facts.reader import text_reader


def test_explain_reads_a_post_as_a_stranger(bench, capsys):
    number = bench.post("Cheap pills")
    assert run(["explain", f"{bench.address}/post/{number}", "--rules", str(bench.rules)]) == exits.FINE
    shown = capsys.readouterr().out
    assert "Cheap «pills»" in shown
    assert "would remove for no-pills" in shown


def test_explain_of_an_item_that_is_not_there(bench, capsys):
    assert run(["explain", f"{bench.address}/post/999999", "--rules", str(bench.rules)]) == exits.REMOTE
    assert "couldnt_find_post" in capsys.readouterr().err


def test_doctor_finds_nothing_wrong(bench):
    ended = bench.warden("doctor")
    assert ended.returncode == exits.FINE, ended.stdout
    assert "✓ warden moderates technology@sandbox.localhost" in ended.stdout


def test_doctor_says_what_reads_the_text_in_pictures(bench):
    assert "pictures" not in bench.warden("doctor").stdout
    with bench.config.open("a") as config:
        config.write("facts: {fetch: images}\n")
    reader = text_reader()
    how = f"their text read by {reader}" if reader else "without reading text"
    assert f"✓ pictures: looked into, {how}" in bench.warden("doctor").stdout


def test_doctor_names_what_is_wrong_with_its_cure(bench):
    (bench.folder / "password").write_text("wrong")
    ended = bench.warden("doctor")
    assert ended.returncode == exits.REMOTE
    assert "✗ login of warden" in ended.stdout
    assert "cure: " in ended.stdout


def test_doctor_notices_a_community_that_is_not_moderated(bench):
    bench.config.write_text(bench.config.read_text().replace("technology@", "gardening@"))
    ended = bench.warden("doctor")
    assert ended.returncode == exits.FINDINGS
    assert "does not moderate it" in ended.stdout


def test_the_sandbox_tells_its_address_first():
    command = [sys.executable, "-m", "bot", "sandbox", "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout.readline().startswith("http://127.0.0.1:")
        finally:
            process.kill()


def test_events_of_a_run_are_json(bench):
    bench.post("Cheap pills")
    lines = bench.once().stderr.splitlines()
    events = [json.loads(line) for line in lines]
    assert {"decision", "action"} <= {event["event"] for event in events}
    assert all(event["timestamp"].endswith("Z") for event in events)


def test_explain_of_what_was_judged_before(bench, capsys):
    number = bench.post("Cheap pills")
    bench.once()
    bench.rules.write_text(bench.rules.read_text().replace("[pills]", "[eggs]"))
    assert run(["explain", f"post/{number}", "--config", str(bench.config)]) == exits.FINE
    shown = capsys.readouterr().out
    assert "✓ no-pills: certain" in shown
    assert "remove: done" in shown
    assert "By today's rules, which have changed since" in shown
    assert "✗ no-pills (no-pills): no" in shown
    assert run(["explain", f"post/{number}", "--config", str(bench.config), "--json"]) == exits.FINE
    (past,) = json.loads(capsys.readouterr().out)["past"]
    assert [(each["rule"], each["answer"]) for each in past["matches"]] == [("no-pills", "certain")]
    assert [(each["kind"], each["state"]) for each in past["done"]] == [("remove", "done")]


def test_explain_with_a_configuration_knows_its_rules_and_budget(bench, capsys):
    assert run(["explain", "--title", "pills", "--config", str(bench.config)]) == exits.FINE
    assert "would remove for no-pills" in capsys.readouterr().out
    bench.config.write_text(bench.config.read_text().replace("remove: 100/h, ", ""))
    assert run(["explain", "--title", "pills", "--config", str(bench.config)]) == exits.FINE
    assert "no budget for this kind is set" in capsys.readouterr().out


def test_explain_of_what_was_never_judged(bench, capsys):
    assert run(["explain", "post/999999", "--config", str(bench.config)]) == exits.MISUSE
    assert "nothing is recorded of post/999999" in capsys.readouterr().err
    assert not (bench.folder / "warden.db").exists()
