"""Fetching from hostile servers, on this machine: which one here counts as public is told to the fetcher."""

import gzip
import socket
import time
from contextlib import ExitStack

import pytest

from bot.http.fetch import Fetched, Fetcher, FetchLimits, NotFetched
from tests.http.loopback import answer
from tests.http.net import drip, endless, net_with, redirect

PNG = "Content-Type: image/png; x=y\r\n"
LIMITS = FetchLimits(seconds=10, largest=10_000)
HURRY = FetchLimits(seconds=0.5, largest=10_000)


def is_picture(kind):
    return kind.startswith("image/")


def picture(body=b"pixels", **more):
    return answer(200, body, **more).replace(b"Content-Type: application/json\r\n", PNG.encode())


class Asking:
    """A net, asked for pictures."""

    def __init__(self, net):
        self.net = net

    def __getattr__(self, name):
        return getattr(self.net, name)

    def get(self, url, limits=LIMITS):
        return self.fetcher(limits=limits).get(self.at(url), is_picture)


@pytest.fixture
def net():
    """A function that starts both servers with a behaviour."""
    with ExitStack() as opened:
        yield lambda behave: Asking(opened.enter_context(net_with(behave)))


def test_a_picture_is_fetched_from_the_address_that_was_checked(net):
    here = net(picture())
    got = here.get("http://good.example:PORT/a.png?b=c")
    assert got == Fetched(f"http://good.example:{here.port}/a.png?b=c", "image/png", b"pixels")
    (asked,) = here.server.asked
    assert (asked.method, asked.path, asked.headers["host"]) == ("GET", "/a.png?b=c", f"good.example:{here.port}")
    assert not {"cookie", "authorization", "referer"} & set(asked.headers)
    assert here.resolved == ["good.example"]


@pytest.mark.parametrize(
    "url",
    [
        "http://bad.example:PORT/",
        "http://mixed.example:PORT/",
        "http://127.0.0.2:PORT/",
        "http://127.2:PORT/",
        "http://0x7f000002:PORT/",
        "http://2130706434:PORT/",
        "http://0177.0.0.2:PORT/",
        "http://１２７.0.0.2:PORT/",
        "http://[::ffff:127.0.0.2]:PORT/",
        "http://[::1]:PORT/",
        "http:\\\\127.0.0.2:PORT/",
        "http://good.example@127.0.0.2:PORT/",
    ],
)
def test_nothing_connects_to_a_denied_address(net, url):
    here = net(picture())
    got = here.get(url)
    assert isinstance(got, NotFetched)
    assert not got.may_pass
    assert not here.touched()
    assert not here.server.connections


def test_a_name_that_resolves_otherwise_a_moment_later_gains_nothing(net):
    here = net(picture())
    assert isinstance(here.get("http://rebinding.example:PORT/"), Fetched)
    assert isinstance(here.get("http://rebinding.example:PORT/"), NotFetched)
    assert not here.touched()


@pytest.mark.parametrize(
    "to", ["http://127.0.0.2:PORT/", "http://bad.example:PORT/", "//mixed.example:PORT/", "http://10.0.0.1:PORT/"]
)
def test_every_redirect_is_checked_anew(net, to):
    here = net(lambda line, _asked: line.sendall(redirect(to.replace("PORT", str(here.port)))))
    got = here.get("http://good.example:PORT/")
    assert isinstance(got, NotFetched)
    assert "not on the public internet" in got.why
    assert got.hops
    assert not here.touched()
    assert here.server.connections == 1


@pytest.mark.parametrize(
    "to",
    [
        "file:///etc/passwd",
        "gopher://good.example/",
        "data:image/png,x",
        "http://good.example:22/",
        "http://[",
        "x" * 3000,
    ],
)
def test_redirects_lead_to_plain_web_addresses_only(net, to):
    here = net(redirect(to))
    assert isinstance(here.get("http://good.example:PORT/"), NotFetched)
    assert here.server.connections == 1


def test_a_redirect_on_the_same_server_is_followed(net):
    def behave(line, asked):
        line.sendall(picture() if asked.path == "/b/c" else redirect("c", 308))

    here = net(behave)
    got = here.get("http://good.example:PORT/b/a")
    assert isinstance(got, Fetched)
    assert got.url.endswith("/b/c")
    assert got.hops == (got.url,)


def test_a_loop_of_redirects_ends(net):
    here = net(redirect("/again"))
    got = here.get("http://good.example:PORT/")
    assert got == NotFetched("the server redirects more than 3 times", may_pass=False, hops=got.hops)
    assert got.hops == (here.at("http://good.example:PORT/again"),) * 4
    assert here.server.connections == 4


@pytest.mark.parametrize(
    "url",
    ["", "no address", "ftp://good.example/", "http://user@good.example:PORT/", "http://good.example:22/", "http:///"],
)
def test_other_addresses_are_not_asked(net, url):
    here = net(picture())
    assert isinstance(here.get(url), NotFetched)
    assert not here.server.connections


def test_a_name_that_is_not_there_may_be_there_later(net):
    got = net(picture()).get("http://nowhere.example:PORT/")
    assert isinstance(got, NotFetched)
    assert got.may_pass


def test_a_resolver_that_hangs_is_left_behind(net):
    here = net(picture())
    here.net.resolve = lambda _host: here.server.over.wait() and []
    got = here.get("http://good.example:PORT/", HURRY)
    assert isinstance(got, NotFetched)
    assert "within 0.5 s" in got.why


@pytest.mark.parametrize(
    ("behave", "why"),
    [
        (endless(b"HTTP/1.1 200 X\r\n" + PNG.encode()), "larger than 9 KiB"),
        (picture(b"x" * 10_001), "larger than 9 KiB"),
        (picture(b"", length=10**12), "larger than 9 KiB"),
        (picture(gzip.compress(bytes(5_000_000)), extra="Content-Encoding: gzip\r\n"), "larger than 9 KiB"),
        (picture(b"not packed", extra="Content-Encoding: gzip\r\n"), "packed in a way"),
        (picture(b"x", extra="Content-Encoding: br\r\n"), "packed in a way"),
        (picture(b"short", length=9_000), "could not be spoken to"),
        (b"SSH-2.0-OpenSSH_9.2\r\n", "could not be spoken to"),
        (b"HTTP/1.1 200 X\r\nX: " + b"x" * 1_000_000, "could not be spoken to"),
        (answer(503, {}), "could not be spoken to"),
        (answer(404, {}), "status 404"),
        (answer(200, {}), "leads to application/json"),
        (b"HTTP/1.1 200 X\r\nContent-Length: 0\r\n\r\n", "without a type"),
    ],
)
def test_bad_answers_end_in_a_reason(net, behave, why):
    got = net(behave).get("http://good.example:PORT/")
    assert isinstance(got, NotFetched)
    assert why in got.why


@pytest.mark.parametrize(
    "behave",
    [
        drip(b"HTTP/1.1 200 X\r\nX-Long: "),
        drip(b"HTTP/1.1 200 X\r\n" + PNG.encode() + b"Content-Length: 9000\r\n\r\n"),
        lambda _line, _asked: time.sleep(2),
    ],
)
def test_time_is_up_however_often_something_arrives(net, behave):
    got = net(behave).get("http://good.example:PORT/", HURRY)
    assert got == NotFetched("the server did not answer within 0.5 s", may_pass=True)


def test_what_is_packed_is_unpacked(net):
    packed = picture(gzip.compress(b"pixels"), extra="Content-Encoding: gzip\r\n")
    assert net(packed).get("http://good.example:PORT/").content == b"pixels"


def test_the_name_and_not_the_address_is_asked_for_over_tls(net):
    hello = []
    here = net(lambda *_: None)
    here.server.serve = lambda line, _number: (hello.append(line.recv(4096)), line.close())
    got = here.get("https://good.example:PORT/")
    assert isinstance(got, NotFetched)
    assert b"good.example" in hello[0]


def test_the_usual_ports_alone_are_asked_by_default():
    assert "port 8080" in Fetcher().get("http://good.example:8080/", is_picture).why


def test_this_machine_is_not_asked_by_default():
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
        got = Fetcher(ports=frozenset({port})).get(f"http://localhost:{port}/", is_picture)
    assert "not on the public internet" in got.why


def test_proxies_of_the_environment_take_no_part(net, monkeypatch):
    here = net(picture())
    monkeypatch.setenv("HTTP_PROXY", f"http://127.0.0.2:{here.port}")
    monkeypatch.setenv("ALL_PROXY", f"http://127.0.0.2:{here.port}")
    assert isinstance(here.get("http://good.example:PORT/"), Fetched)
    assert not here.touched()


BEGINNING = FetchLimits(seconds=10, largest=1_000, cut=True)


@pytest.mark.parametrize(
    "behave",
    [
        endless(b"HTTP/1.1 200 X\r\n" + PNG.encode()),
        picture(b"x" * 1_001),
        picture(b"x" * 1_000, length=10**12),
        picture(gzip.compress(b"x" * 50_000_000), extra="Content-Encoding: gzip\r\n"),
    ],
)
def test_where_the_beginning_is_enough_no_more_is_taken(net, behave):
    got = net(behave).get("http://good.example:PORT/", BEGINNING)
    assert got.content == b"x" * 1_000


@pytest.mark.parametrize(
    ("kind", "charset"),
    [
        ("image/png", ""),
        ("image/png; charset=UTF-8", "utf-8"),
        ('Image/PNG;x=y; Charset = "windows-1252"', "windows-1252"),
        ("image/png; charset='", ""),
    ],
)
def test_what_the_server_calls_the_charset_comes_along(net, kind, charset):
    got = net(picture().replace(b"image/png; x=y", kind.encode())).get("http://good.example:PORT/")
    assert (got.content_type, got.charset) == ("image/png", charset)


@pytest.mark.parametrize(
    ("behave", "kind"),
    [(answer(200, {}), "application/json"), (b"HTTP/1.1 200 X\r\n\r\n", ""), (answer(404, {}), None)],
)
def test_what_stands_there_instead_is_told(net, behave, kind):
    assert net(behave).get("http://good.example:PORT/").content_type == kind


def test_how_many_redirects_are_followed_can_be_set(net):
    here = net(redirect("/again"))
    here.get("http://good.example:PORT/", FetchLimits(redirects=1))
    assert here.server.connections == 2
