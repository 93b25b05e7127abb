"""The gateway against a server on this machine: what a mock cannot show."""

import json

import pytest

from bot.domain.action import Remove
from bot.domain.item import ItemRef, Kind
from bot.engine.ports import NotLoggedIn, Order, Unclear, Unreachable
from bot.http.buckets import Buckets
from bot.http.client import Client, Limits
from bot.http.secret import Secret
from bot.lemmy.account import Account
from bot.lemmy.gateway import LemmyV3
from tests.http.loopback import answer, serving
from tests.lemmy.conftest import NODEINFO, WIDE
from tests.lemmy.recorded import recorded

REMOVAL = Order(ItemRef(Kind.POST, "8"), Remove(), "Rule 2 [w-5e6fab]", "w-5e6fab", "8", "8")
QUICK = Limits(connect=1, read=0.3, write=0.3)


class Instance:
    """A tiny Lemmy: tokens that die, and routes that can be replaced."""

    def __init__(self):
        self.alive = set()
        self.special = {}

    def __call__(self, line, asked):
        path = asked.path.partition("?")[0].removeprefix("/api/v3")
        if path in self.special:
            return self.special[path](line, asked)
        line.sendall(self.reply(path, asked.headers.get("authorization", "").removeprefix("Bearer ")))
        return True

    def reply(self, path, token):
        match path:
            case "/nodeinfo/2.1":
                return answer(200, NODEINFO)
            case "/user/login":
                token = f"t{len(self.alive)}"
                self.alive = {*self.alive, token}
                return answer(200, {"jwt": token})
            case "/site":
                return answer(200, recorded("007" if token in self.alive else "009").body)
            case "/post/remove" if token in self.alive:
                return answer(200, recorded("064").body)
            case "/post/list":
                return answer(200, recorded("011").body)
            case _:
                return answer(401, {"error": "incorrect_login"})


@pytest.fixture
def instance():
    return Instance()


@pytest.fixture
def server(instance):
    with serving(instance) as server:
        yield server


@pytest.fixture
def lemmy(server, tmp_path):
    client = Client(server.address, limits=QUICK, buckets=Buckets(WIDE))
    yield LemmyV3(Account(server.address, "warden", Secret("hunter2"), tmp_path / "token"), client)
    client.close()


def asked(server, path):
    return [each for each in server.asked if each.path.partition("?")[0] == f"/api/v3{path}"]


def test_a_quiet_day_needs_one_connection_and_one_login(lemmy, server):
    for _ in range(3):
        lemmy.identity()
        lemmy.page(Kind.POST, None)
        lemmy.perform(REMOVAL)
    assert server.connections == 1
    assert len(asked(server, "/user/login")) == 1


def test_a_revoked_token_costs_one_refusal_one_login_and_fresh_connections(lemmy, server, instance):
    lemmy.identity()
    instance.alive = {"gone"}
    with pytest.raises(NotLoggedIn):
        lemmy.perform(REMOVAL)
    lemmy.perform(REMOVAL)
    first, second = asked(server, "/post/remove")
    assert first.connection == 1
    assert all(each.connection > 1 for each in server.asked[server.asked.index(first) + 1 :])
    assert second.headers["authorization"] == "Bearer t1"
    assert len(asked(server, "/user/login")) == 2


def test_a_removal_whose_answer_is_lost_is_sent_once(lemmy, server, instance):
    instance.special["/post/remove"] = lambda line, asked: False
    with pytest.raises(Unclear):
        lemmy.perform(REMOVAL)
    assert len(asked(server, "/post/remove")) == 1


def test_a_server_that_hangs_ends_in_an_error(lemmy, server, instance):
    def hang(line, asked):
        server.over.wait()
        return False

    lemmy.identity()
    instance.special |= {"/post/remove": hang, "/post/list": hang}
    with pytest.raises(Unclear):
        lemmy.perform(REMOVAL)
    with pytest.raises(Unreachable):
        lemmy.page(Kind.POST, None)
    assert len(asked(server, "/post/remove")) == 1


def test_nothing_secret_is_in_the_address(lemmy, server):
    lemmy.identity()
    lemmy.page(Kind.POST, None)
    assert not any("hunter2" in each.path or "t0" in each.path for each in server.asked)
    assert json.loads(asked(server, "/user/login")[0].body)["password"] == "hunter2"
