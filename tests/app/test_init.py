"""``warden init`` without anybody to ask."""

import stat

import pytest

from bot.app import exits
from bot.app.cli import run
from bot.app.config import load_config
from bot.app.secrets import resolve_secret
from bot.daemon.rules import load_tested
from bot.domain.action import Mode
from bot.rulebook.load import load_for_few
from tests.app.conftest import GARDENING, KEY, PASSWORD, TECHNOLOGY
from tests.http.loopback import answer, serving

TECH = "technology@sandbox.localhost"


@pytest.fixture(autouse=True)
def password(monkeypatch):
    monkeypatch.setenv("BOT_PASSWORD", PASSWORD)


def flags(beginning, *more, instance=None, username="warden", community=TECH):
    who = ["--instance", instance or beginning.address, "--username", username, "--password-env", "BOT_PASSWORD"]
    return ["init", str(beginning.folder), "--non-interactive", *who, "--community", community, *more]


def rules_of(beginning, name="technology"):
    return {rule.id: rule for rule in load_for_few([beginning.folder / "rules" / f"{name}.yaml"]).rules}


def test_it_writes_what_runs_and_sends_nothing(beginning):
    assert run(flags(beginning)) == exits.FINE
    config = load_config(beginning.folder / "config.yaml")
    (account,) = config.accounts
    assert (config.live, config.budget) == (False, {})
    assert (account.instance, account.username) == (beginning.address, "warden")
    assert account.communities == {TECH}
    assert resolve_secret(account.password).reveal() == PASSWORD
    book = load_tested(account.rules, load_for_few)
    assert {rule.mode for rule in book.rules} == {Mode.SHADOW}
    assert {rule.communities for rule in book.rules} == {frozenset({TECH})}


def test_matching_rules_come_with_this_communitys_numbers(beginning):
    run(flags(beginning))
    rules = rules_of(beginning)
    assert {id_: rule.sidebar for id_, rule in rules.items()} == {"instance-rules": 1, "crypto": 2, "advertisement": 3}
    assert rules["crypto"].reason.startswith("Rule 2: ")
    assert "# Rule 2: “No crypto”" in (beginning.folder / "rules" / "technology.yaml").read_text()


def test_the_sidebar_is_kept_as_it_was_read(beginning):
    run(flags(beginning))
    assert (beginning.folder / "rules" / "sidebar" / f"{TECH}.md").read_bytes() == TECHNOLOGY.encode()


def test_what_fits_and_what_does_not_is_shown(beginning, capsys):
    run(flags(beginning))
    shown = capsys.readouterr().out
    assert "Write in English" in shown
    assert "none: left to humans" in shown
    assert "Not written here, as far as words can tell: low-effort, " in shown
    assert "warden doctor --config" in shown
    assert "warden run --once --config" in shown


def test_check_is_content(beginning):
    run(flags(beginning))
    assert run(["check", str(beginning.folder / "rules")]) == exits.FINE


@pytest.mark.parametrize(
    ("wanted", "ids"),
    [("none", set()), ("crypto, ask-first", {"crypto", "ask-first"}), ("matching", None), ("all", None)],
)
def test_which_rules(beginning, wanted, ids):
    assert run(flags(beginning, "--rules", wanted)) == exits.FINE
    found = rules_of(beginning)
    assert len(found) == {"matching": 3, "all": 8}.get(wanted, len(ids or ()))
    assert ids is None or set(found) == ids
    assert run(["check", str(beginning.folder / "rules")]) == exits.FINE


def test_several_communities_have_rules_of_their_own(beginning):
    assert run(flags(beginning, "--community", "!gardening")) == exits.FINE
    (account,) = load_config(beginning.folder / "config.yaml").accounts
    assert account.communities == {TECH, "gardening@sandbox.localhost"}
    book = load_tested(account.rules, load_for_few)
    numbers = {rule.id: rule.sidebar for rule in book.rules}
    assert (numbers["advertisement-technology"], numbers["advertisement-gardening"]) == (3, 1)
    assert (beginning.folder / "rules/sidebar/gardening@sandbox.localhost.md").read_text() == GARDENING


@pytest.mark.parametrize(
    "name", ["technology", "!Technology@Sandbox.localhost", "http://sandbox.localhost/c/technology"]
)
def test_communities_are_known_however_they_are_written(beginning, name):
    assert run(flags(beginning, community=name)) == exits.FINE
    assert load_config(beginning.folder / "config.yaml").accounts[0].communities == {TECH}


def test_the_login_is_not_done_again_by_the_first_start(beginning):
    run(flags(beginning))
    assert beginning.doctor() == exits.FINE
    assert beginning.logins() == 1


def test_no_secret_is_in_what_is_written_or_said(beginning, capsys):
    run(flags(beginning))
    said = capsys.readouterr()
    assert PASSWORD not in said.out + said.err
    assert [each for each in beginning.files() if PASSWORD in (beginning.folder / each).read_text()] == []
    (token,) = [each for each in beginning.files() if each.startswith(".token-")]
    assert stat.S_IMODE((beginning.folder / token).stat().st_mode) == 0o600


def test_a_password_file_is_named_from_the_folder(beginning, tmp_path):
    secret = tmp_path / "secret"
    secret.write_text(PASSWORD)
    secret.chmod(0o600)
    arguments = [each for each in flags(beginning) if each not in {"--password-env", "BOT_PASSWORD"}]
    assert run([*arguments, "--password-file", str(secret)]) == exits.FINE
    (account,) = load_config(beginning.folder / "config.yaml").accounts
    assert account.password.file == secret


def test_a_second_factor(beginning, monkeypatch, capsys):
    assert run(flags(beginning, username="dora")) == exits.REMOTE
    assert "second factor. Cure: give its key" in capsys.readouterr().err
    monkeypatch.setenv("BOT_TOTP", KEY)
    assert run(flags(beginning, "--totp-env", "BOT_TOTP", username="dora")) == exits.FINE
    (account,) = load_config(beginning.folder / "config.yaml").accounts
    assert (account.totp.env, account.username) == ("BOT_TOTP", "dora")


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ({"instance": "http://127.0.0.1:9"}, "does not answer: ConnectError"),
        ({"instance": "http://lemmy.example"}, "unencrypted. Cure: write https://lemmy.example"),
        ({"instance": "https://u:pw@lemmy.example"}, "not a plain address"),
        ({"username": "alise"}, "the user name or the password is wrong"),
        ({"username": "fay"}, "fay moderates nothing on http"),
        (
            {"community": "music@sandbox.localhost"},
            "warden does not moderate music@sandbox.localhost. Cure: let one of its moderators",
        ),
        ({"community": "../../etc/passwd"}, "knows no community"),
        ({"community": "nowhere@sandbox.localhost"}, "knows no community nowhere@sandbox.localhost. Cure: check the"),
    ],
)
def test_what_stands_in_the_way_is_told_with_its_cure(beginning, arguments, says, capsys):
    assert run(flags(beginning, **arguments)) == exits.REMOTE
    error = capsys.readouterr().err
    assert says in error
    assert "Cure: " in error
    assert PASSWORD not in error
    assert beginning.leftovers() == []


@pytest.mark.parametrize(
    ("software", "says"),
    [
        ({"name": "mbin", "version": "1.7.4"}, "runs 'mbin', not Lemmy"),
        ({"name": "lemmy", "version": "1.0.0"}, "speaks API v4"),
        ({"name": "lemmy", "version": "0.18.5"}, "0.19 is the oldest"),
    ],
)
def test_another_server_is_refused_before_the_password_is_sent(beginning, software, says, capsys):
    def behave(line, _asked):
        line.sendall(answer(200, {"version": "2.1", "software": software}))
        return True

    with serving(behave) as server:
        assert run(flags(beginning, instance=server.address)) == exits.REMOTE
        assert {each.path for each in server.asked} == {"/nodeinfo/2.1"}
    assert says in capsys.readouterr().err


def test_a_banned_account(beginning, capsys):
    beginning.steer("ban", person="warden")
    assert run(flags(beginning)) == exits.REMOTE
    assert "banned from its instance. Cure: " in capsys.readouterr().err


@pytest.mark.parametrize("text", [None, "Welcome to a place without rules."])
def test_a_community_without_written_rules(beginning, text, capsys):
    beginning.steer("sidebar", community="technology", text=text)
    assert run(flags(beginning)) == exits.FINE
    assert f"no written rules were found in the sidebar of {TECH}" in capsys.readouterr().out
    assert rules_of(beginning) == {}
    assert (beginning.folder / "rules" / "sidebar" / f"{TECH}.md").read_text() == (text or "")
    assert beginning.doctor() == exits.FINE


def test_rules_with_a_number_below_one_are_no_number_for_ours(beginning):
    beginning.steer("sidebar", community="technology", text="Rules\n\n0. No crypto\n1. No ads")
    assert run(flags(beginning)) == exits.FINE
    assert {id_: rule.sidebar for id_, rule in rules_of(beginning).items()} == {"advertisement": 1}


def test_a_hostile_sidebar_steers_no_terminal(beginning, capsys):
    beginning.steer("sidebar", community="technology", text="Rules:\n1. No ads \x1b[2J\x07 [red]x[/red] \u202e gnirts")
    assert run(flags(beginning)) == exits.FINE
    shown = capsys.readouterr().out
    assert not {"\x1b", "\x07", "\u202e"} & set(shown)
    assert "[red]x" in shown


def test_what_is_missing_is_named(beginning, capsys):
    assert run(["init", str(beginning.folder), "--non-interactive", "--instance", "x"]) == exits.MISUSE
    assert "needs --username, --password-env or --password-file, --community" in " ".join(
        capsys.readouterr().err.split()
    )


@pytest.mark.parametrize(
    ("more", "says"),
    [
        (["--rules", "no-such-rule"], "there is no rule `no-such-rule`"),
        (["--password-file", "x"], "exclude each other"),
        (["--totp-env", "NOT_SET"], "NOT_SET is not set"),
    ],
)
def test_mistakes_on_the_command_line(beginning, more, says, capsys):
    assert run(flags(beginning, *more)) == exits.MISUSE
    assert says in " ".join(capsys.readouterr().err.split())
    assert beginning.leftovers() == []


def test_nothing_is_overwritten_and_nothing_asked_when_a_configuration_is_there(beginning, capsys):
    beginning.folder.mkdir()
    (beginning.folder / "config.yaml").write_text("mine")
    assert run(flags(beginning)) == exits.MISUSE
    assert "config.yaml is there already. Cure: " in capsys.readouterr().err
    assert (beginning.folder / "config.yaml").read_text() == "mine"
    assert beginning.logins() == 0


def test_no_rule_file_is_overwritten_either(beginning):
    (beginning.folder / "rules").mkdir(parents=True)
    (beginning.folder / "rules" / "technology.yaml").write_text("mine")
    assert run(flags(beginning)) == exits.MISUSE
    assert beginning.files() == {"rules/technology.yaml"}
    assert run(flags(beginning, "--force")) == exits.FINE
    assert "crypto" in rules_of(beginning)
