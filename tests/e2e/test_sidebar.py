"""A sidebar is rewritten while the bot watches."""

import json

import pytest

from bot.app import exits
from tests.e2e.conftest import RULES, until

FIRST = "## Rules\n1. Be kind\n2. No pills\n3. Link your sources"
SHORTER = "## Rules\n1. No pills and no powders\n2. Link your sources"
KEPT = "sidebar/technology@sandbox.localhost.md"


@pytest.fixture
def written(bench):
    bench.rules.write_text(RULES.replace("  - id: no-pills\n", "  - id: no-pills\n    sidebar: 2\n"))
    write(bench, FIRST)
    return bench


def write(bench, text):
    bench.steer("sidebar", community="technology", text=text)


def drift(ended):
    events = [json.loads(line) for line in ended.stderr.splitlines()]
    return [each for each in events if each["event"] == "sidebar_drift"]


def doctor(bench, *flags):
    return bench.warden("doctor", *flags)


def test_a_rewritten_rule_is_told_once_over_restarts(written):
    assert drift(written.once()) == []
    write(written, SHORTER)
    (told,) = drift(written.once())
    assert (told["level"], told["rule"], told["fate"]) == ("warning", "no-pills", "moved")
    assert (told["before"], told["now"], told["now_number"]) == ("No pills", "No pills and no powders", 1)
    assert drift(written.once()) == []


def test_the_running_daemon_notices(written):
    written.start()
    until(lambda: written.events("decision"))
    write(written, SHORTER)
    until(lambda: written.events("sidebar_drift"))
    assert written.events("sidebar_drift")[0]["cure"].startswith("write `sidebar: 1`")


def test_the_moderators_are_told_by_private_message(written):
    rules = written.rules.read_text()
    account = "notify: [alice@sandbox.localhost, nobody@sandbox.localhost]"
    written.set_up(rules=rules, budget="notify: 9/h", account=account)
    written.once()
    write(written, SHORTER)
    for _ in range(2):
        written.once()
    letters = written.as_moderator("GET", "/private_message/list", limit=50)["private_messages"]
    (told,) = [each["private_message"]["content"] for each in letters]
    assert "No pills and no powders" in told


def test_the_doctor_shows_drift_until_the_new_sidebar_is_accepted(written):
    assert "✓ sidebar of technology@sandbox.localhost: 3 written rules" in doctor(written).stdout
    written.once()
    write(written, SHORTER)
    ended = doctor(written)
    assert ended.returncode == exits.FINDINGS
    assert "✗ sidebar of technology@sandbox.localhost: Rule no-pills enforces number 2, which said “No pills”." in (
        ended.stdout
    )
    assert "cure: write `sidebar: 1`" in ended.stdout
    accepted = doctor(written, "--accept-sidebars")
    assert accepted.returncode == exits.FINE, accepted.stdout
    assert (written.folder / KEPT).read_text() == SHORTER
    assert doctor(written).returncode == exits.FINE
    assert drift(written.once()) == []


def test_the_doctor_says_when_a_sidebar_cannot_be_kept(written):
    (written.folder / "sidebar").write_text("in the way")
    ended = doctor(written, "--accept-sidebars")
    assert ended.returncode == exits.FINDINGS
    assert "sidebar is no ordinary folder" in ended.stdout


def test_a_community_without_a_sidebar_is_watched_all_the_same(written):
    write(written, None)
    assert written.once().returncode == exits.FINE
    assert "✓ sidebar of technology@sandbox.localhost: 0 written rules" in doctor(written).stdout
