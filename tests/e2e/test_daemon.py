"""The daemon as its operator knows it: signals, rule files that change, the STOP file, exit codes."""

import os
import signal
import subprocess
import sys
import time

from tests.e2e.conftest import RULES, until

REMOVE = "POST /post/remove"


def test_one_tick_judges_acts_and_ends(bench):
    spam = bench.post("Cheap pills")
    bench.post("A kernel")
    command = [sys.executable, "-m", "bot", "run", "--once", "--config", str(bench.config)]
    ended = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert ended.returncode == 0, ended.stderr
    assert bench.writes(REMOVE) == [spam]


def test_a_second_tick_does_nothing_again(bench):
    spam = bench.post("Cheap pills")
    bench.once()
    assert bench.once().returncode == 0
    assert bench.writes(REMOVE) == [spam]


def test_without_live_nothing_is_sent(bench):
    bench.set_up(live=False)
    bench.post("Cheap pills")
    assert bench.once().returncode == 0
    assert bench.writes(REMOVE) == []


def test_a_stop_file_stops_all_acting_but_not_the_judging(bench):
    (bench.folder / "STOP").touch()
    spam = bench.post("Cheap pills")
    assert bench.once().returncode == 4
    assert bench.writes(REMOVE) == []
    (bench.folder / "STOP").unlink()
    assert bench.once().returncode == 0
    assert bench.writes(REMOVE) == [spam]


def test_a_refused_login_is_the_remotes_fault(bench):
    (bench.folder / "password").write_text("wrong")
    ended = bench.once()
    assert ended.returncode == 3
    assert "wrong" not in ended.stderr


def test_a_second_process_on_the_same_store_is_refused(bench):
    bench.start()
    until(lambda: bench.events("started"))
    ended = bench.once()
    assert ended.returncode == 2
    assert "Cure" in ended.stderr


def test_sigterm_ends_within_ten_seconds_even_when_the_server_hangs(bench):
    bench.post("Cheap pills")
    bench.steer("trouble", kind="hang", on="write", times=1)
    process = bench.start()
    until(lambda: bench.events("decision"))
    began = time.monotonic()
    os.kill(process.pid, signal.SIGTERM)
    process.join(15)
    assert process.exitcode == 0
    assert time.monotonic() - began < 10


def test_changed_rules_come_into_force_and_broken_ones_do_not(bench):
    process = bench.start()
    until(lambda: bench.events("started"))
    time.sleep(0.5)
    bench.rules.write_text("version: 1\nrules: [")
    until(lambda: bench.events("rules_broken"))
    kept = bench.post("Cheap pills")
    until(lambda: bench.writes(REMOVE) == [kept])
    bench.rules.write_text(RULES.replace("pills", "watches"))
    until(lambda: bench.events("rules_reloaded"))
    new = bench.post("Cheap watches")
    until(lambda: bench.writes(REMOVE) == [kept, new])
    assert process.is_alive()


def test_sighup_reads_the_rules_again(bench):
    process = bench.start()
    until(lambda: bench.events("started"))
    bench.rules.write_text(RULES.replace("pills", "watches"))
    os.kill(process.pid, signal.SIGHUP)
    until(lambda: bench.events("rules_reloaded"))
    assert process.is_alive()


def test_what_was_there_before_is_remembered_between_starts(bench):
    bench.rules.write_text(
        "version: 1\nrules:\n  - {id: repost, when: {seen: {same: link}}, mode: act, then: [remove]}\n"
    )
    link = {"community": "technology", "author": "eve", "url": "https://news.example/again"}
    first = bench.steer("post", title="News", **link)["id"]
    assert bench.once().returncode == 0
    second = bench.steer("post", title="The news", **link)["id"]
    assert bench.once().returncode == 0
    assert first != second
    assert bench.writes(REMOVE) == [second]


def test_the_log_holds_no_password(bench):
    bench.once()
    process = bench.start()
    until(lambda: bench.events("started"))
    os.kill(process.pid, signal.SIGTERM)
    process.join(15)
    log = (bench.folder / "log").read_text()
    assert "sandbox" not in log.replace("sandbox.localhost", "")
