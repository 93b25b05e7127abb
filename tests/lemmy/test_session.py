"""Logging in, noticing a dead token, and sparing logins."""

import json
from dataclasses import dataclass

import httpx
import pytest

from bot.engine.ports import Kind, NotLoggedIn, NotUnderstood, RateLimited, Refused, Unreachable
from bot.http.buckets import Buckets
from bot.http.client import Client
from bot.http.secret import Secret
from bot.lemmy import tokenfile
from bot.lemmy.account import Account
from bot.lemmy.gateway import LemmyV3
from bot.lemmy.session import FIRST_PAUSE, LOGIN_PAUSE, LoginRefused, NotSupported
from tests.lemmy.conftest import NODEINFO, SITE, WIDE, no, ok, said

LOGIN = "POST /user/login"


@dataclass
class Hand:
    now: float = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock():
    return Hand()


@pytest.fixture
def lemmy(server, account, clock):
    client = Client(SITE, buckets=Buckets(WIDE))
    yield LemmyV3(account, client, clock)
    client.close()


def token_of(request):
    return request.headers.get("authorization", "").removeprefix("Bearer ")


def alive(*tokens):
    """The site as it shows itself to the holders of these tokens; others are strangers."""
    return lambda request: said("007") if token_of(request) in tokens else said("009")


def test_the_first_call_logs_in_and_keeps_the_token(lemmy, server, account):
    assert lemmy.identity().name == "warden"
    (login,) = server.requests(LOGIN)
    assert json.loads(login.content) == {"username_or_email": "warden", "password": "hunter2"}
    assert "authorization" not in login.headers
    assert token_of(server.requests("GET /site")[0]) == "t0ken"
    assert tokenfile.load(account).reveal() == "t0ken"


def test_a_kept_token_spares_the_login(lemmy, server, account, clock):
    lemmy.identity()
    client = Client(SITE, buckets=Buckets(WIDE))
    LemmyV3(account, client, clock).identity()
    client.close()
    assert server.count(LOGIN) == 1


def test_the_second_factor_is_sent(server, account, clock):
    given = Account(
        SITE, "warden", account.password, account.token_file, totp=Secret("JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP")
    )
    client = Client(SITE, buckets=Buckets(WIDE))
    LemmyV3(given, client, clock).identity()
    client.close()
    code = json.loads(server.requests(LOGIN)[0].content)["totp_2fa_token"]
    assert len(code) == 6
    assert code.isdecimal()


class TestADeadToken:
    def test_is_replaced_once(self, lemmy, server, account):
        tokenfile.save(account, Secret("old"))
        lemmy = _again(account)
        server.on("GET /site", alive("t0ken"))
        assert lemmy.identity().name == "warden"
        assert server.count(LOGIN) == 1
        assert tokenfile.load(account).reveal() == "t0ken"

    def test_is_not_replaced_again_before_the_pause_is_over(self, lemmy, server, clock):
        lemmy.identity()
        server.on("GET /site", alive("second"))
        server.on(LOGIN, ok({"jwt": "second"}), ok({"jwt": "third"}))
        assert lemmy.identity().name == "warden"
        server.on("GET /site", alive("third"))
        for _ in range(5):
            with pytest.raises(NotLoggedIn, match="too recent"):
                lemmy.identity()
        assert server.count(LOGIN) == 2
        clock.now += FIRST_PAUSE
        assert lemmy.identity().name == "warden"
        assert server.count(LOGIN) == 3

    def test_tokens_that_keep_dying_leave_most_of_the_hours_logins_to_others(self, lemmy, server, clock):
        server.on("GET /site", said("009"))
        for _ in range(120):
            with pytest.raises(NotLoggedIn):
                lemmy.identity()
            clock.now += 30
        assert 4 <= server.count(LOGIN) <= 7

    def test_one_stranger_answer_is_taken_for_a_fault_of_the_database(self, lemmy, server):
        lemmy.identity()
        server.on("GET /site", said("009"), said("007"))
        assert lemmy.identity().name == "warden"
        assert server.count(LOGIN) == 1

    def test_a_new_token_that_is_not_accepted_either(self, lemmy, server):
        server.on("GET /site", said("009"))
        with pytest.raises(NotLoggedIn):
            lemmy.identity()
        assert server.count(LOGIN) == 2

    def test_a_token_of_somebody_else_counts_as_dead(self, server, account):
        somebody = Account(SITE, "alice", account.password, account.token_file)
        tokenfile.save(somebody, Secret("wardens"))
        lemmy = _again(somebody)
        with pytest.raises(NotLoggedIn):
            lemmy.identity()
        assert server.count(LOGIN) == 1

    def test_a_mail_address_is_no_name_to_compare(self, server, account):
        by_mail = Account(SITE, "warden@mail.example", account.password, account.token_file)
        assert _again(by_mail).identity().name == "warden"

    def test_a_write_notices_and_the_next_call_logs_in(self, lemmy, server):
        lemmy.identity()
        server.on("GET /site", alive("second"))
        server.on(LOGIN, ok({"jwt": "second"}))
        server.on("PUT /user/save_user_settings", no("incorrect_login", 401), ok({"success": True}))
        with pytest.raises(NotLoggedIn):
            lemmy.apply_settings()
        lemmy.apply_settings()
        assert server.count(LOGIN) == 2
        assert [token_of(each) for each in server.requests("PUT /user/save_user_settings")] == ["t0ken", "second"]

    def test_a_private_instance_does_not_hide_it(self, lemmy, server):
        lemmy.identity()
        server.on("GET /comment/list", no("instance_is_private"), ok({"comments": []}))
        with pytest.raises(NotLoggedIn):
            lemmy.page(Kind.COMMENT, None)
        assert lemmy.page(Kind.COMMENT, None).listed == ()
        assert server.count("GET /site") == 2


class TestARefusedLogin:
    @pytest.mark.parametrize(
        ("reply", "word", "cure"),
        [
            (said("002"), "incorrect_login", "password is wrong"),
            (said("126"), "site_ban", "banned"),
            (no("missing_totp_token"), "missing_totp_token", "second factor"),
            (no("incorrect_totp_token"), "incorrect_totp_token", "clock"),
            (no("something_new"), "something_new", "something_new"),
            (ok({"registration_created": True}), "no_token_given", "no_token_given"),
        ],
    )
    def test_is_said_with_its_cure_and_not_tried_again_soon(self, lemmy, server, clock, reply, word, cure):
        server.on(LOGIN, reply)
        for _ in range(5):
            with pytest.raises(LoginRefused, match=cure) as caught:
                lemmy.identity()
            assert caught.value.word == word
        assert server.count(LOGIN) == 1
        clock.now += LOGIN_PAUSE
        server.on(LOGIN, ok({"jwt": "t0ken"}))
        assert lemmy.identity().name == "warden"

    def test_shows_neither_password_nor_token(self, lemmy, server, caplog, capsys):
        caplog.set_level(0)
        server.on(LOGIN, httpx.Response(400, json={"error": "site_ban", "message": "hunter2"}))
        with pytest.raises(LoginRefused) as caught:
            lemmy.identity()
        assert caught.value.__cause__ is caught.value.__context__ is None
        assert "hunter2" not in repr(caught.value) + caplog.text + "".join(capsys.readouterr())


@pytest.mark.parametrize(
    ("reply", "error"),
    [
        (said("129"), RateLimited),
        (httpx.ReadTimeout("slow"), Unreachable),
        (httpx.ConnectError("refused"), Unreachable),
        (httpx.Response(403, html="<html>challenge"), NotUnderstood),
        (ok({"jwt": "a\r\nb"}), Unreachable),
    ],
)
def test_a_login_without_an_answer_may_be_tried_again(lemmy, server, reply, error):
    server.on(LOGIN, reply)
    with pytest.raises(error):
        lemmy.identity()
    server.on(LOGIN, ok({"jwt": "t0ken"}))
    assert lemmy.identity().name == "warden"


def test_a_token_that_cannot_be_saved_is_used_and_complained_of(server, account):
    account.token_file.parent.write_text("a file where a folder should be")
    identity = _again(account).identity()
    assert any("could not be saved" in each for each in identity.warnings)


class TestTheServer:
    @pytest.mark.parametrize(
        ("software", "message"),
        [
            ({"name": "lemmy", "version": "1.0.0-beta.1"}, "API v4"),
            ({"name": "lemmy", "version": "1.0.0"}, "API v4"),
            ({"name": "lemmy", "version": "0.18.5"}, "oldest"),
            ({"name": "lemmy", "version": "nightly"}, "not understood"),
            ({"name": "piefed", "version": "1.6"}, "not Lemmy"),
        ],
    )
    def test_another_language_is_refused_before_any_login(self, lemmy, server, software, message):
        server.on("GET /nodeinfo/2.1", ok({"software": software}))
        with pytest.raises(NotSupported, match=message):
            lemmy.identity()
        assert server.count(LOGIN) == 0

    @pytest.mark.parametrize("version", ["0.19.0", "0.19.20", "0.20.1", "0.19.5-fork.2"])
    def test_these_are_understood(self, lemmy, server, version):
        server.on("GET /nodeinfo/2.1", ok({"software": {"name": "lemmy", "version": version}}))
        assert lemmy.identity().name == "warden"

    def test_the_older_address_of_nodeinfo(self, lemmy, server):
        server.on("GET /nodeinfo/2.1", httpx.Response(404))
        server.on("GET /nodeinfo/2.0.json", ok(NODEINFO))
        assert lemmy.identity().name == "warden"

    def test_is_asked_once(self, lemmy, server):
        for _ in range(3):
            lemmy.identity()
        assert sum(each.url.path.startswith("/nodeinfo") for each in server.asked) == 1

    def test_an_upgrade_while_we_run_is_noticed(self, lemmy, server):
        lemmy.identity()
        server.on("GET /site", ok({"version": "1.0.0", "my_user": None}))
        with pytest.raises(NotSupported, match="API v4"):
            lemmy.identity()

    def test_what_it_says_of_us_is_no_answer_about_an_item(self, lemmy, server):
        server.on("GET /site", no("couldnt_find_site", 404))
        with pytest.raises(NotUnderstood):
            lemmy.page(Kind.POST, None)
        with pytest.raises(Refused):
            lemmy.identity()


def _again(account):
    """A gateway as after a restart."""
    return LemmyV3(account, Client(SITE, buckets=Buckets(WIDE)), Hand())
