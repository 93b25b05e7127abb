"""``warden init`` with somebody at the terminal, who makes mistakes."""

import stat

import pytest

from bot.app import exits
from bot.app.config import load_config
from bot.app.secrets import resolve_secret
from bot.rulebook.load import load_for_few
from tests.app.conftest import KEY, PASSWORD

TECH = "technology@sandbox.localhost"


def answers(beginning, **changes):
    """From the first question to the last."""
    given = {
        "instance": beginning.address,
        "username": "warden",
        "password": PASSWORD,
        "communities": TECH,
        "rules": "",
        "right": "",
        "keep": "file",
        "write": "y",
    }
    return (given | changes).values()


def sidebars(beginning):
    rules = load_for_few([beginning.folder / "rules" / "technology.yaml"]).rules
    return {rule.id: rule.sidebar for rule in rules}


def test_from_the_first_question_to_the_next_commands(beginning):
    code, shown = beginning.talk(*answers(beginning))
    assert code == exits.FINE, shown
    assert "runs Lemmy 0.19.20" in shown
    assert f"warden moderates {TECH}" in shown
    assert f"warden doctor --config {beginning.folder}/config.yaml" in shown
    assert sidebars(beginning) == {"instance-rules": 1, "crypto": 2, "advertisement": 3}
    (account,) = load_config(beginning.folder / "config.yaml").accounts
    assert resolve_secret(account.password).reveal() == PASSWORD
    assert stat.S_IMODE((beginning.folder / "password").stat().st_mode) == 0o600


def test_the_password_is_only_in_its_file(beginning):
    _, shown = beginning.talk(*answers(beginning))
    assert PASSWORD not in shown
    holding = [each for each in beginning.files() if PASSWORD in (beginning.folder / each).read_text()]
    assert holding == ["password"]


def test_the_password_in_an_environment_variable_is_in_no_file(beginning, monkeypatch):
    code, shown = beginning.talk(*answers(beginning, keep="env\nMY_PASSWORD"))
    assert code == exits.FINE
    assert "export MY_PASSWORD=..." in shown
    assert [each for each in beginning.files() if PASSWORD in (beginning.folder / each).read_text()] == []
    monkeypatch.setenv("MY_PASSWORD", PASSWORD)
    (account,) = load_config(beginning.folder / "config.yaml").accounts
    assert resolve_secret(account.password).reveal() == PASSWORD


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"instance": "http://127.0.0.1:9\n%(address)s"}, "✗ http://127.0.0.1:9 does not answer"),
        ({"instance": "https://lemmy.example/c/x\n%(address)s"}, "names a page, not a server"),
        ({"password": f"wrong\nwarden\n{PASSWORD}"}, "✗ the user name or the password is wrong"),
        ({"communities": "nowhere@x.example\n1"}, "knows no community nowhere@x.example"),
        ({"communities": f"music@sandbox.localhost, {TECH}\n1"}, "does not moderate music@sandbox.localhost"),
        ({"communities": "9\n1"}, "knows no community 9@"),
        ({"rules": "everything\nmatching"}, "✗ there is no rule `everything`"),
    ],
)
def test_a_bad_answer_is_explained_and_asked_again(beginning, changes, says):
    given = {key: value % {"address": beginning.address} for key, value in changes.items()}
    code, shown = beginning.talk(*answers(beginning, **({"communities": "2"} | given)))
    assert says in shown
    assert code == exits.FINE, shown
    assert PASSWORD not in shown


def test_a_second_factor_is_asked_for_when_there_is_one(beginning):
    code, shown = beginning.talk(*answers(beginning, username="dora", password=f"{PASSWORD}\n123456\n{KEY}"))
    assert code == exits.FINE, shown
    assert "✗ the account has a second factor" in shown
    assert "✗ this is not the key of a second factor" in shown
    assert KEY not in shown
    (account,) = load_config(beginning.folder / "config.yaml").accounts
    assert resolve_secret(account.totp).reveal() == KEY
    assert stat.S_IMODE((beginning.folder / "totp").stat().st_mode) == 0o600


def test_wrong_passwords_are_not_tried_for_ever(beginning):
    code, shown = beginning.talk(beginning.address, *(["warden", "wrong"] * 9))
    assert code == exits.REMOTE
    assert "logins in a row failed" in shown
    assert shown.count("the user name or the password is wrong") == 5
    assert beginning.leftovers() == []


def test_whoever_moderates_nothing_is_waited_for(beginning):
    code, shown = beginning.talk(*answers(beginning, username="fay", communities="\n"))
    assert "✗ fay moderates nothing" in shown
    assert code == exits.INTERRUPTED


def test_whoever_is_appointed_meanwhile_goes_on(beginning, monkeypatch):
    wait = "bot.app.cli.init_asking.Asking.wait"
    monkeypatch.setattr(wait, lambda *_: beginning.steer("seat", community="technology", person="fay", added=True))
    code, shown = beginning.talk(*answers(beginning, username="fay"))
    assert code == exits.FINE, shown
    assert f"fay moderates {TECH}" in shown


def test_all_communities_that_the_account_moderates_are_offered(beginning):
    code, shown = beginning.talk(*answers(beginning, communities="", right="\n\n"))
    assert code == exits.FINE, shown
    assert "  1. gardening@sandbox.localhost\n  2. technology@sandbox.localhost" in shown
    (account,) = load_config(beginning.folder / "config.yaml").accounts
    assert account.communities == {TECH, "gardening@sandbox.localhost"}


def test_the_numbers_can_be_corrected(beginning):
    code, shown = beginning.talk(*answers(beginning, rules="crypto, low-effort", right="n\n0\n77\n4"))
    assert code == exits.FINE, shown
    assert sidebars(beginning) == {"low-effort": None, "crypto": 4}


def test_a_community_without_rules_can_be_looked_at_again(beginning):
    beginning.steer("sidebar", community="technology", text=None)
    code, shown = beginning.talk(*answers(beginning, rules="y\nn\nall", right="file", keep="y"))
    assert code == exits.FINE, shown
    assert shown.count("no written rules were found") == 2
    assert set(sidebars(beginning).values()) == {None}


def test_what_the_command_line_says_is_not_asked(beginning):
    arguments = ["--instance", beginning.address, "--username", "warden", "--community", TECH, "--rules", "crypto"]
    code, shown = beginning.talk(PASSWORD, "", "file", "", arguments=arguments)
    assert code == exits.FINE, shown
    assert sidebars(beginning) == {"crypto": 2}


@pytest.mark.parametrize("place", range(8))
def test_whoever_breaks_off_leaves_nothing_behind(beginning, place):
    code, shown = beginning.talk(*list(answers(beginning))[:place])
    assert code == exits.INTERRUPTED, shown
    assert beginning.leftovers() == []


def test_whoever_says_no_at_the_end_leaves_nothing_behind(beginning):
    code, _ = beginning.talk(*answers(beginning, write="n"))
    assert code == exits.INTERRUPTED
    assert beginning.leftovers() == []
