"""What is written when servers and people have odd names."""

from functools import cache

import pytest

from bot.app.cli.shared import pack
from bot.app.config import load_config
from bot.app.new_config import CONFIG, KeptSecret, NewAccount, NewCommunity, is_usable, new_files, rule_files
from bot.app.new_folder import write
from bot.app.new_rules import PACK_FILE, Chosen, Pack
from bot.daemon.rules import load_tested
from bot.rulebook.load import load_for_few


@cache
def crypto():
    return next(each for each in load_for_few((pack() / PACK_FILE,)).rules if each.id == "crypto")


def account(*names, **changes):
    communities = tuple(NewCommunity(name, "1. No crypto", (Chosen(crypto(), 1, "No crypto"),)) for name in names)
    facts = {
        "instance": "https://lemmy.example",
        "username": "warden",
        "password": KeptSecret(file="password", value="hunter2"),
        "totp": None,
        "communities": communities,
    }
    return NewAccount(**(facts | changes))


@pytest.fixture
def written(tmp_path):
    def _written(new):
        write(tmp_path, new_files(new, Pack(pack()), []), force=False)
        return load_config(tmp_path / CONFIG), load_tested(rule_files(new, tmp_path), load_for_few)

    return _written


@pytest.mark.parametrize("name", ["null", "no", "123", 'a"b', "a: b", "ünï", "a\x85b", "{env: X}", "#"])
def test_whatever_a_name_is_it_is_read_as_it_was_meant(written, name):
    config, _ = written(account("boats@lemmy.example", username=name, password=KeptSecret(env=name)))
    assert (config.accounts[0].username, config.accounts[0].password.env) == (name, name)


def test_communities_of_one_name_on_two_hosts(written):
    config, book = written(account("boats@lemmy.test", "boats@lemmy-test"))
    names = ["boats@lemmy_test.yaml", "boats@lemmy-test.yaml"]
    assert [each.name for each in config.accounts[0].rules] == names
    assert [rule.id for rule in book.rules] == ["crypto-boats-1", "crypto-boats-2"]
    assert {rule.communities for rule in book.rules} == {
        frozenset({"boats@lemmy.test"}),
        frozenset({"boats@lemmy-test"}),
    }


def test_an_underscore_fits_into_no_id(written):
    _, book = written(account("old_boats@lemmy.test", "__@lemmy.test"))
    assert [rule.id for rule in book.rules] == ["crypto-old-boats-1", "crypto-2"]


@pytest.mark.parametrize(
    "name", ["../x@lemmy.test", "a/b@lemmy.test", "x@..", "x", "x y@h", "a.test@h", "-x@h", "x@h\n"]
)
def test_names_that_could_leave_the_folder_are_not_used(name):
    assert not is_usable(name)


@pytest.mark.parametrize("name", ["technology@lemmy.ml", "_a_@x.example", "a-b@10.0.0.1"])
def test_ordinary_names_are_used(name):
    assert is_usable(name)


def test_no_secret_shows_itself():
    assert "hunter2" not in repr(account("boats@lemmy.test"))
