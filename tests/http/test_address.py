"""Which addresses a password may be sent to."""

import pytest

from bot.http.address import instance_address, is_loopback

GOOD = {
    "https://lemmy.ml": "https://lemmy.ml",
    " https://Lemmy.ML/ ": "https://lemmy.ml",
    "https://lemmy.example:8443": "https://lemmy.example:8443",
    "http://127.0.0.1:8536": "http://127.0.0.1:8536",
    "http://127.9.9.9": "http://127.9.9.9",
    "http://[::1]:8536": "http://[::1]:8536",
    "http://localhost:8536": "http://localhost:8536",
}
BAD = [
    "http://lemmy.ml",
    "http://localhost.evil.example",
    "http://0.0.0.0:8536",
    "http://[2001:db8::1]",
    "http://127.0.0.1.nip.example",
    "lemmy.ml",
    "ftp://lemmy.ml",
    "https://",
    "https://user:hunter2@lemmy.ml",
    "https://user:hunter2@lemmy.ml:99999",
    "https://lemmy.ml/c/technology",
    "https://lemmy.ml?x=1",
    "https://lemmy.ml#x",
    "https://[::1",
    "",
]


@pytest.mark.parametrize(("given", "address"), GOOD.items())
def test_a_server_is_accepted(given, address):
    assert instance_address(given) == address


@pytest.mark.parametrize("given", BAD)
def test_anything_else_is_refused_without_quoting_a_password(given):
    with pytest.raises(ValueError, match="https://") as caught:
        instance_address(given)
    assert "hunter2" not in str(caught.value)


def test_a_name_is_loopback_only_when_it_certainly_is():
    assert is_loopback("lemmy.localhost")
    assert not is_loopback("localhost.example")
