"""The client against pytest-httpx, and against a real line for what a mock cannot show."""

import gzip
import json
import logging
from dataclasses import dataclass, field
from threading import Event, Thread

import httpx
import pytest

from bot.engine.ports import LemmyError, NotLoggedIn, NotUnderstood, RateLimited, Refused, Unclear, Unreachable
from bot.http.buckets import Bucket, Buckets, Flow
from bot.http.client import LARGEST_ANSWER, USER_AGENT, Client, Limits, Request
from bot.http.secret import Secret
from tests.http.loopback import answer, serving

WIDE = {bucket: Flow(10_000, 1_000.0) for bucket in Bucket}
QUICK = Limits(connect=1, read=0.3, write=0.3)
READ = Request("GET", "/api/v3/site")
WRITE = Request("POST", "/api/v3/post/remove", payload={"post_id": 1, "removed": True, "reason": "x"})
SITE = "https://lemmy.example"


def client(address=SITE, **more):
    return Client(address, **{"buckets": Buckets(WIDE), **more})


@dataclass
class Stop:
    """Waiting moves the clock instead of the wall; after ``patience`` seconds somebody wants us to stop."""

    now: float = 0.0
    patience: float = 1e9
    waits: list[float] = field(default_factory=list)

    def clock(self) -> float:
        return self.now

    def wait(self, seconds: float) -> bool:
        self.waits.append(seconds)
        self.now += seconds
        return self.is_set()

    def is_set(self) -> bool:
        return self.now >= self.patience


class TestAsking:
    def test_a_read_carries_who_we_are_and_what_we_want(self, httpx_mock):
        httpx_mock.add_response(url=f"{SITE}/api/v3/post?id=1", json={"post_view": {}})
        found = client().send(Request("GET", "/api/v3/post", params={"id": "1"}, token=Secret("t0k")))
        sent = httpx_mock.get_request()
        assert found.body == {"post_view": {}}
        assert sent.headers["authorization"] == "Bearer t0k"
        assert sent.headers["user-agent"] == USER_AGENT
        assert USER_AGENT.startswith("Warden/0.")

    def test_a_write_is_json(self, httpx_mock):
        httpx_mock.add_response(json={"success": True})
        client().send(WRITE)
        sent = httpx_mock.get_request()
        assert sent.headers["content-type"] == "application/json"
        assert json.loads(sent.content) == {"post_id": 1, "removed": True, "reason": "x"}

    def test_no_token_no_header(self, httpx_mock):
        httpx_mock.add_response(json={})
        client().send(READ)
        assert "authorization" not in httpx_mock.get_request().headers

    def test_half_a_character_does_not_break_the_request(self, httpx_mock):
        httpx_mock.add_response(json={})
        client().send(Request("POST", "/api/v3/comment", payload={"content": "\ud83d"}))
        assert json.loads(httpx_mock.get_request().content) == {"content": "\ud83d"}

    def test_the_environment_has_no_say(self, httpx_mock, monkeypatch):
        monkeypatch.setenv("HTTPS_PROXY", "http://proxy.example:1")
        httpx_mock.add_response(json={})
        client().send(READ)
        assert httpx_mock.get_request(proxy_url="http://proxy.example:1") is None

    def test_redirects_are_not_followed(self, httpx_mock):
        httpx_mock.add_response(status_code=301, headers={"Location": "https://elsewhere.example/"}, is_reusable=True)
        with pytest.raises(NotUnderstood):
            client().send(READ)
        assert {each.url.host for each in httpx_mock.get_requests()} == {"lemmy.example"}

    def test_cookies_are_not_kept(self, httpx_mock):
        httpx_mock.add_response(json={}, headers={"Set-Cookie": "jwt=another"}, is_reusable=True)
        line = client()
        line.send(READ)
        line.send(READ)
        assert all("cookie" not in each.headers for each in httpx_mock.get_requests())

    def test_plain_http_is_refused_before_anything_is_sent(self):
        with pytest.raises(ValueError, match="unencrypted"):
            client("http://lemmy.example")


class TestRepeating:
    def test_a_read_is_asked_three_times(self, httpx_mock):
        httpx_mock.add_exception(httpx.ReadTimeout("slow"), is_reusable=True)
        with pytest.raises(Unreachable):
            client().send(READ)
        assert len(httpx_mock.get_requests()) == 3

    def test_a_read_that_then_succeeds_is_a_success(self, httpx_mock):
        httpx_mock.add_response(status_code=502, html="<html>")
        httpx_mock.add_response(text="<html>")
        httpx_mock.add_response(json={"ok": 1})
        assert client().send(READ).body == {"ok": 1}

    def test_a_write_that_never_left_is_repeated(self, httpx_mock):
        httpx_mock.add_exception(httpx.ConnectError("refused"))
        httpx_mock.add_response(status_code=503, json={"error": "Lemmy is currently starting"})
        httpx_mock.add_response(json={"ok": 1})
        assert client().send(WRITE).body == {"ok": 1}

    @pytest.mark.parametrize(
        "error", [httpx.ReadTimeout, httpx.WriteTimeout, httpx.ReadError, httpx.WriteError, httpx.RemoteProtocolError]
    )
    def test_a_write_that_may_have_arrived_is_sent_once(self, httpx_mock, error):
        httpx_mock.add_exception(error("Bearer t0k"))
        with pytest.raises(Unclear):
            client().send(WRITE)
        assert len(httpx_mock.get_requests()) == 1

    @pytest.mark.parametrize("status", [403, 404])
    def test_a_wall_in_front_of_a_write_is_asked_once(self, httpx_mock, status):
        httpx_mock.add_response(status_code=status, html="<html>challenge")
        with pytest.raises(NotUnderstood):
            client().send(WRITE)
        assert len(httpx_mock.get_requests()) == 1

    @pytest.mark.parametrize(("word", "error"), [("rate_limit_error", RateLimited), ("not_a_mod_or_admin", Refused)])
    def test_a_clear_no_is_final(self, httpx_mock, word, error):
        httpx_mock.add_response(status_code=400, json={"error": word})
        with pytest.raises(error):
            client().send(READ)
        assert len(httpx_mock.get_requests()) == 1

    def test_nothing_is_repeated_while_stopping(self, httpx_mock):
        httpx_mock.add_exception(httpx.ReadTimeout("slow"))
        stopping = Event()
        stopping.set()
        with pytest.raises(Unreachable):
            client(stopping=stopping).send(READ)
        assert len(httpx_mock.get_requests()) == 1


class TestAllowance:
    def test_clients_of_one_instance_share_it(self, httpx_mock):
        httpx_mock.add_response(json={}, is_reusable=True)
        stop = Stop()
        buckets = Buckets({Bucket.MESSAGE: Flow(2, 0.5)}, stop.clock)
        one, two, other = (
            Client(address, buckets=buckets, stopping=stop) for address in (SITE, SITE, "https://other.example")
        )
        for line in (one, two, other):
            line.send(READ)
        assert stop.waits == []
        one.send(READ)
        assert stop.waits == [2.0]

    def test_who_would_wait_long_is_told_instead(self, httpx_mock):
        httpx_mock.add_response(json={})
        stop = Stop()
        line = client(buckets=Buckets({Bucket.COMMENT: Flow(1, 0.01)}, stop.clock), stopping=stop)
        comment = Request("POST", "/api/v3/comment", payload={}, bucket=Bucket.COMMENT)
        line.send(comment)
        with pytest.raises(RateLimited, match="comment requests is used up for 100 s"):
            line.send(comment)
        assert stop.waits == []
        assert len(httpx_mock.get_requests()) == 1

    def test_stopping_ends_the_wait_and_sends_nothing(self, httpx_mock):
        httpx_mock.add_response(json={})
        stop = Stop(patience=5.0)
        line = client(buckets=Buckets({Bucket.MESSAGE: Flow(1, 0.1)}, stop.clock), stopping=stop)
        line.send(READ)
        with pytest.raises(Unreachable, match="nothing was sent"):
            line.send(WRITE)
        assert len(httpx_mock.get_requests()) == 1

    def test_the_servers_no_empties_our_bucket(self, httpx_mock):
        httpx_mock.add_response(status_code=400, json={"error": "rate_limit_error"})
        httpx_mock.add_response(json={})
        stop = Stop()
        line = client(buckets=Buckets({Bucket.MESSAGE: Flow(30, 1.0)}, stop.clock), stopping=stop)
        with pytest.raises(RateLimited):
            line.send(READ)
        line.send(READ)
        assert stop.waits == [1.0]


class TestContent:
    def test_gzip_is_unpacked(self, httpx_mock):
        packed = gzip.compress(b'{"ok": 1}')
        httpx_mock.add_response(content=packed, headers={"Content-Encoding": "gzip"})
        assert client().send(READ).body == {"ok": 1}

    @pytest.mark.parametrize(
        ("content", "coding"),
        [
            (gzip.compress(b'{"ok": 1}')[:-9], "gzip"),
            (b"not gzip", "gzip"),
            (b"", "gzip"),
            (b"{}", "br"),
            (gzip.compress(b" " * (LARGEST_ANSWER + 1)), "gzip"),
            (b" " * (LARGEST_ANSWER + 1), "identity"),
        ],
        ids=["cut gzip", "no gzip", "empty gzip", "another coding", "bomb", "too large"],
    )
    def test_what_cannot_be_unpacked_or_is_too_large_is_no_answer(self, httpx_mock, content, coding):
        httpx_mock.add_response(content=content, headers={"Content-Encoding": coding}, is_reusable=True)
        with pytest.raises(NotUnderstood):
            client().send(READ)
        with pytest.raises(Unclear):
            client().send(WRITE)

    def test_the_largest_answer_is_read(self, httpx_mock):
        content = b'{"a": "' + b"x" * (LARGEST_ANSWER - 9) + b'"}'
        httpx_mock.add_response(content=gzip.compress(content), headers={"Content-Encoding": "gzip"})
        assert len(client().send(READ).body["a"]) == LARGEST_ANSWER - 9


class TestSecrets:
    def test_a_token_is_in_no_error_and_no_log(self, httpx_mock, caplog):
        caplog.set_level(logging.DEBUG)
        httpx_mock.add_exception(httpx.LocalProtocolError("Illegal header value b'Bearer c4nary'"))
        httpx_mock.add_exception(httpx.ReadTimeout("c4nary"))
        request = Request("POST", "/api/v3/user/login", payload={"password": "c4nary"}, token=Secret("c4nary"))
        seen = repr(request)
        for _ in range(2):
            with pytest.raises(LemmyError) as caught:
                client().send(request)
            seen += "".join(map(repr, _chain(caught.value)))
        assert "c4nary" not in seen + caplog.text

    def test_a_secret_shows_itself_only_when_asked(self):
        secret = Secret("c4nary")
        assert "c4nary" not in f"{secret} {secret!r} {[secret]}"
        assert secret.reveal() == "c4nary"


def _chain(error):
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__


class TestOverARealLine:
    def test_one_connection_serves_many_requests(self):
        def behave(line, asked):
            line.sendall(answer(200, {}))
            return True

        with serving(behave) as server:
            line = client(server.address)
            for _ in range(5):
                line.send(READ)
                line.send(WRITE)
            line.close()
        assert [each.connection for each in server.asked] == [1] * 10

    @pytest.mark.parametrize(("request_", "error"), [(READ, NotLoggedIn), (WRITE, NotLoggedIn)])
    def test_after_a_401_the_next_request_comes_on_a_fresh_connection(self, request_, error):
        def behave(line, asked):
            first = asked.connection == 1
            line.sendall(answer(401, {"error": "incorrect_login"}) if first else answer(200, {"ok": 1}))
            return True

        with serving(behave) as server:
            line = client(server.address)
            with pytest.raises(error):
                line.send(request_)
            assert line.send(READ).body == {"ok": 1}
            line.close()
        assert [each.connection for each in server.asked] == [1, 2]

    def test_a_server_that_never_answers(self):
        def behave(line, asked):
            server.over.wait()
            return False

        with serving(behave) as server:
            line = client(server.address, limits=QUICK)
            with pytest.raises(Unreachable):
                line.send(READ)
            asked_for_the_read = len(server.asked)
            with pytest.raises(Unclear):
                line.send(WRITE)
            line.close()
        assert asked_for_the_read == 3
        assert len(server.asked) == 4

    def test_hanging_up_does_not_wait_for_a_request_that_hangs(self):
        def behave(line, asked):
            arrived.set()
            server.over.wait()
            return False

        def ask(line):
            with pytest.raises(Unclear):
                line.send(WRITE)

        arrived = Event()
        with serving(behave) as server:
            line = client(server.address)
            waiting = Thread(target=ask, args=(line,), daemon=True)
            waiting.start()
            assert arrived.wait(5)
            line.close()
            assert waiting.is_alive()
            server.over.set()
            waiting.join(5)
            line.close()

    def test_an_answer_that_never_ends(self):
        def behave(line, asked):
            line.sendall(answer(200, b"{", length=1000))
            while not server.over.wait(0.05):
                line.sendall(b" ")
            return False

        with serving(behave) as server:
            line = client(server.address, limits=QUICK)
            with pytest.raises(Unclear):
                line.send(WRITE)
            line.close()
        assert len(server.asked) == 1

    def test_a_lost_answer_to_a_write_is_unclear_and_nothing_is_repeated(self):
        with serving(lambda line, asked: False) as server:
            line = client(server.address, limits=QUICK)
            with pytest.raises(Unclear):
                line.send(WRITE)
            line.close()
        assert len(server.asked) == 1

    @pytest.mark.parametrize(
        "content",
        [
            answer(200, b'{"posts": [{"post"'),
            answer(200, b'{"posts": []}', length=500),
            answer(200, b"<html>checking your browser</html>"),
            answer(302, b"{}", extra="Location: data:text/html,x\r\n"),
            b"SSH-2.0-OpenSSH_9.2\r\n\r\n",
            b"HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\n",
        ],
        ids=["cut JSON", "cut body", "HTML", "odd location", "not HTTP", "broken header"],
    )
    def test_rubbish_over_the_line_is_an_engine_error(self, content):
        def behave(line, asked):
            line.sendall(content)
            return False

        with serving(behave) as server:
            read, write = (_outcome(server.address, request) for request in (READ, WRITE))
        assert read in {Unreachable, NotUnderstood}
        assert write is Unclear
        assert sum(each.method == "POST" for each in server.asked) == 1

    def test_nobody_listens(self):
        with serving(lambda line, asked: False) as server:
            address = server.address
        with pytest.raises(Unreachable):
            client(address, limits=QUICK).send(WRITE)


def _outcome(address, request):
    """What comes of one request on a fresh client."""
    line = client(address, limits=QUICK)
    with pytest.raises(LemmyError) as caught:
        line.send(request)
    line.close()
    return type(caught.value)
