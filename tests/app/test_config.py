"""``config.yaml``: strict, complete in its complaints, and silent about secrets."""

from datetime import timedelta
from importlib.util import find_spec

import pytest

from bot.app.config import BadConfig, SecretSource, load_config
from bot.app.secrets import resolve_secret
from bot.app.wiring import eyes_for, links_for
from bot.domain.action import ActionKind
from bot.engine.ports import Rate
from bot.facts import pages, reader
from bot.facts.worker import ExtraMissing
from bot.rulebook.diagnostic import Place
from tests.paths import CHECKOUT

GOOD = """accounts:
  - instance: https://lemmy.example
    username: warden
    password: {env: WARDEN_PASSWORD}
    communities: ["!Technology@Lemmy.ML:8536"]
    rules: [rules.yaml]
"""
HOUR = timedelta(hours=1)


@pytest.fixture
def written(tmp_path):
    (tmp_path / "rules.yaml").write_text("version: 1\nrules: []\n")

    def write(text):
        path = tmp_path / "config.yaml"
        path.write_text(text)
        return path

    return write


def complaints(path):
    with pytest.raises(BadConfig) as bad:
        load_config(path)
    return bad.value


def test_defaults_send_nothing(written):
    config = load_config(written(GOOD))
    (account,) = config.accounts
    assert (config.live, config.budget, config.every, config.look_back) == (False, {}, timedelta(seconds=30), HOUR)
    assert account.communities == {"technology@lemmy.ml"}
    assert config.settle == timedelta(seconds=5)
    assert config.fetch == "off"
    assert config.store == f"sqlite:///{config.folder / 'warden.db'}"


def test_everything_can_be_said(written):
    more = "live: true\npoll: {every: 1m, look_back: 2d}\nbudget: {report: 30/h, remove: 5 / 10m, lock: 0/h}\n"
    more += "store: sqlite:////var/lib/w.db\nsettle: 500ms\nlog: {level: debug, format: json}\n"
    more += "facts: {fetch: images}\n"
    config = load_config(written(GOOD + more))
    assert config.budget == {
        ActionKind.REPORT: Rate(30, HOUR),
        ActionKind.REMOVE: Rate(5, timedelta(minutes=10)),
    }
    assert (config.live, config.look_back, config.settle) == (True, timedelta(days=2), timedelta(milliseconds=500))
    assert (config.store, config.level, config.format) == ("sqlite:////var/lib/w.db", "debug", "json")
    assert config.fetch == "images"


@pytest.mark.parametrize(
    ("fetch", "follows", "looks"), [("off", False, False), ("images", False, True), ("links", True, True)]
)
def test_each_step_of_fetching_holds_the_one_before(written, fetch, follows, looks):
    config = load_config(written(GOOD + f"facts: {{fetch: {fetch}}}\n"))
    parts = links_for(config), eyes_for(config)
    assert [each is not None for each in parts] == [follows, looks]
    for each in parts:
        if each is not None:
            each.close()


@pytest.mark.parametrize(("missing", "extra", "part"), [("selectolax", "links", links_for), ("PIL", "image", eyes_for)])
def test_an_extra_that_fetching_needs_is_named(written, missing, extra, part, monkeypatch):
    config = load_config(written(GOOD + "facts: {fetch: links}\n"))
    for module in (pages, reader):
        monkeypatch.setattr(module, "find_spec", lambda name: None if name == missing else find_spec(name))
    with pytest.raises(ExtraMissing, match=rf"pip install 'lemmy-warden\[{extra}\]'"):
        part(config)


def test_people_are_named_once_and_in_small_letters(written):
    more = (
        "[rules.yaml]\n    notify: ['@Alice@Lemmy.ML', alice@lemmy.ml, bob@lemmy.ml]\n    approved: [Carol@lemmy.ml]\n"
    )
    (account,) = load_config(written(GOOD.replace("[rules.yaml]\n", more))).accounts
    assert account.notify == ("alice@lemmy.ml", "bob@lemmy.ml")
    assert account.approved == {"carol@lemmy.ml"}


def test_the_example_is_safe_as_it_stands(tmp_path, monkeypatch):
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "technology.yaml").touch()
    path = tmp_path / "config.yaml"
    path.write_text((CHECKOUT / "config.example.yaml").read_text())
    config = load_config(path)
    assert not config.live
    monkeypatch.setenv("WARDEN_PASSWORD", "x")
    assert resolve_secret(config.accounts[0].password).reveal() == "x"


@pytest.mark.parametrize(
    ("before", "after", "line", "says"),
    [
        ("https://lemmy.example", "http://lemmy.example", 2, "unencrypted"),
        ("https://lemmy.example", "https://lemmy.example/c/x", 2, "names a page"),
        ("username: warden", "username: []", 3, "`username` must be a text"),
        ("{env: WARDEN_PASSWORD}", "{env: A, file: B}", 4, "needs one of `env` and `file`"),
        ("{env: WARDEN_PASSWORD}", "[a]", 4, "must be a group of keys"),
        ("!Technology@Lemmy.ML:8536", "technology", 5, "no full name"),
        ('["!Technology@Lemmy.ML:8536"]', "[]", 5, "names nothing"),
        ("[rules.yaml]", "[nowhere.yaml]", 6, "there is no rule file"),
        ("    rules: [rules.yaml]\n", "", 2, "an account needs `rules`"),
        ("username", "user", 3, "unknown key `user`"),
        ("[rules.yaml]\n", "[rules.yaml]\n    notify: [alice]\n", 7, "no full name of a person"),
        ("[rules.yaml]\n", "[rules.yaml]\n    notify: alice@lemmy.ml\n", 7, "`notify` must be a list"),
        ("[rules.yaml]\n", "[rules.yaml]\n    approved: ['a@b@c']\n", 7, "no full name of a person"),
    ],
)
def test_a_mistake_in_an_account_is_shown_in_its_line(written, before, after, line, says):
    found = [each for each in complaints(written(GOOD.replace(before, after))).diagnostics if says in each.message]
    assert [each.place.line for each in found] == [line]
    assert found[0].help


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ("live: yes\n", "`live` must be true or false"),
        ("poll: {every: 1s}\n", "shorter than 5 seconds"),
        ("poll: {every: fast}\n", "must be a span of time"),
        ("budget: {report: many}\n", "a number in a span of time"),
        ("budget: {nuke: 1/h}\n", "unknown key `nuke`"),
        ("store: postgresql://db/w\n", "not a place for a database"),
        ("settle: 5\n", "must be a span of time"),
        ("facts: {fetch: all}\n", "`fetch` cannot be `all`"),
        ("log: {level: loud}\n", "`level` cannot be `loud`"),
        ("dry_run: true\n", "unknown key `dry_run`"),
    ],
)
def test_a_mistake_elsewhere(written, more, says):
    assert says in str(complaints(written(GOOD + more)))


def test_every_mistake_is_told_at_once(written):
    bad = complaints(written(GOOD.replace("https", "http") + "live: on\nsettle: x\n"))
    assert [each.place.line for each in bad.diagnostics] == [2, 7, 8]


def test_a_secret_in_the_file_is_refused_and_not_repeated(written):
    for line in ("    password: hunter22\n", "    totp: hunter22\n", "    password: {value: hunter22}\n"):
        bad = complaints(written(GOOD.replace("    password: {env: WARDEN_PASSWORD}\n", line)))
        assert "hunter22" not in str(bad)


def test_an_account_or_community_is_there_once(written):
    account = GOOD.partition("\n")[2]
    assert "a second time" in str(complaints(written(GOOD + account)))
    other = account.replace("username: warden", "username: other")
    assert "two accounts" in str(complaints(written(GOOD + other)))


@pytest.mark.parametrize("text", ["", "[]", "accounts: []", "accounts: {}"])
def test_no_account_is_a_mistake(written, text):
    assert complaints(written(text)).diagnostics


def test_a_secret_file_loses_one_line_end_and_must_be_private(tmp_path):
    path = tmp_path / "password"
    source = SecretSource(Place(tmp_path / "config.yaml", 4, 1), file=path)
    with pytest.raises(BadConfig, match="cannot be read"):
        resolve_secret(source)
    path.write_text("hunter22 \n\n")
    path.chmod(0o644)
    with pytest.raises(BadConfig, match="others can read") as bad:
        resolve_secret(source)
    assert [each.help for each in bad.value.diagnostics] == [f"run `chmod 600 {path}`"]
    path.chmod(0o600)
    assert resolve_secret(source).reveal() == "hunter22 \n"
    path.write_text("\n")
    with pytest.raises(BadConfig, match="is empty"):
        resolve_secret(source)


def test_a_variable_that_is_not_set_is_told(monkeypatch, tmp_path):
    monkeypatch.delenv("WARDEN_PASSWORD", raising=False)
    with pytest.raises(BadConfig, match="WARDEN_PASSWORD is not set"):
        resolve_secret(SecretSource(Place(tmp_path / "config.yaml"), env="WARDEN_PASSWORD"))
