"""``warden demo`` shows what it promises."""

from bot.app import exits
from bot.app.cli import run

PROMISED = (
    "reports",
    "removals",
    "replies",
    "doubts left to a human",
    "exempt authors left alone",
    "edited items judged again",
    "late items found",
)


def test_the_demo_shows_everything_and_does_nothing_twice(capfd):
    assert run(["demo"]) == exits.FINE
    shown = capfd.readouterr().out
    summary = " ".join(shown[shown.rindex("reports ·") - 4 :].split())
    assert [each for each in PROMISED if each not in summary] == []
    assert "0 duplicates" in summary
    assert "What the server says afterwards" in shown
