"""What a stranger can find out about an instance."""

import pytest

from bot.engine.ports import NotUnderstood, Unreachable
from bot.lemmy.public import NoSuchAddress, is_known_community, public_version
from bot.lemmy.session import NotSupported
from tests.lemmy.conftest import SITE, no, ok


def test_the_version_is_told(server):
    assert public_version(SITE) == "0.19.20"


@pytest.mark.parametrize(
    ("software", "says"),
    [
        ({"name": "mbin", "version": "1.7.4"}, "runs 'mbin', not Lemmy"),
        ({"name": "lemmy", "version": "1.0.1"}, "API v4"),
        ({"name": "lemmy", "version": "0.18.5"}, "0.19 is the oldest"),
        ({"name": "lemmy", "version": "\x1b[2J"}, r"'\\x1b\[2J' is not understood"),
    ],
)
def test_another_server_is_not_supported(server, software, says):
    server.on("GET /nodeinfo/2.1", ok({"software": software}))
    with pytest.raises(NotSupported, match=says):
        public_version(SITE)


def test_what_is_no_address(server):
    with pytest.raises(NoSuchAddress):
        public_version("lemmy.example")


def test_a_community_is_known_or_not(server):
    server.on("GET /community", ok({"community_view": {"community": {"id": 1, "name": "x", "actor_id": SITE}}}))
    assert is_known_community(SITE, "boats@lemmy.example")
    (request,) = server.requests("GET /community")
    assert request.url.params["name"] == "boats@lemmy.example"
    server.on("GET /community", no("couldnt_find_community", 404))
    assert not is_known_community(SITE, "boats@lemmy.example")


@pytest.mark.parametrize(("reply", "error"), [(no("unknown"), NotUnderstood), (no("x", 503), Unreachable)])
def test_what_cannot_be_told_is_not_taken_for_a_no(server, reply, error):
    server.on("GET /community", reply)
    with pytest.raises(error):
        is_known_community(SITE, "boats@lemmy.example")
