"""What an account must be, and where its token is kept."""

import json
import stat

import pyotp
import pytest

from bot.http.secret import Secret
from bot.lemmy import tokenfile
from bot.lemmy.account import Account


def made(tmp_path, **more):
    given = {"instance": "https://lemmy.example", "username": "warden", "password": Secret("hunter2")}
    return Account(**(given | {"token_file": tmp_path / "state" / "token"} | more))


def test_nothing_secret_shows(tmp_path):
    account = made(tmp_path, totp=Secret("JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"))
    assert "hunter2" not in repr(account)
    assert "JBSW" not in repr(account)


def test_the_second_factor(tmp_path):
    assert made(tmp_path).totp_code() is None
    code = made(tmp_path, totp=Secret("JBSW Y3DP EHPK 3PXP JBSW Y3DP EHPK 3PXP")).totp_code()
    assert pyotp.TOTP("JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP").verify(code, valid_window=1)


@pytest.mark.parametrize("secret", ["", "not base32!", "JBSWY3DPEHPK3PXX", "otpauth://totp/x?secret=JBSW", "ÄÖÜ"])
def test_a_second_factor_that_is_none_is_refused_without_quoting_it(tmp_path, secret):
    with pytest.raises(ValueError, match="base32") as caught:
        made(tmp_path, totp=Secret(secret))
    assert not secret or secret not in str(caught.value)


def test_an_address_in_the_clear_is_refused(tmp_path):
    with pytest.raises(ValueError, match="unencrypted"):
        made(tmp_path, instance="http://lemmy.example")


def test_a_token_comes_back_and_only_its_owner_can_read_it(tmp_path):
    account = made(tmp_path)
    assert tokenfile.load(account) is None
    tokenfile.save(account, Secret("one"))
    tokenfile.save(account, Secret("two"))
    assert tokenfile.load(account).reveal() == "two"
    assert stat.S_IMODE(account.token_file.stat().st_mode) == 0o600
    assert [path.name for path in account.token_file.parent.iterdir()] == ["token"]


def test_a_token_belongs_to_one_account(tmp_path):
    tokenfile.save(made(tmp_path), Secret("one"))
    assert tokenfile.load(made(tmp_path, username="other")) is None
    assert tokenfile.load(made(tmp_path, instance="https://other.example")) is None


@pytest.mark.parametrize(
    "content",
    [
        "",
        "{",
        "[]",
        '{"token": 1}',
        json.dumps({"instance": "https://lemmy.example", "username": "warden", "token": "a\nb"}),
    ],
)
def test_a_damaged_file_is_no_token(tmp_path, content):
    account = made(tmp_path)
    account.token_file.parent.mkdir()
    account.token_file.write_text(content)
    assert tokenfile.load(account) is None


def test_a_place_that_cannot_be_written(tmp_path):
    (tmp_path / "state").write_text("a file where a folder should be")
    with pytest.raises(OSError):
        tokenfile.save(made(tmp_path), Secret("one"))


def test_a_token_that_cannot_be_put_in_its_place_leaves_nothing_behind(tmp_path):
    account = made(tmp_path)
    account.token_file.mkdir(parents=True)
    (account.token_file / "x").touch()
    with pytest.raises(OSError):
        tokenfile.save(account, Secret("one"))
    assert [path.name for path in account.token_file.parent.iterdir()] == ["token"]
