"""From a post to where its link leads, over HTTP on this machine."""

import gzip
from contextlib import ExitStack
from dataclasses import replace

import pytest

from bot.domain.destination import Destination, Page
from bot.domain.item import Author
from bot.facts.allowance import MOST_OF_AUTHOR, Allowance
from bot.facts.links import LIMITS, FetchedLinks
from bot.facts.pages import PageReader
from tests.builders import a_post
from tests.http.loopback import answer
from tests.http.net import PRIVATE, PUBLIC, drip, endless, net_with, redirect

HEAD = b"HTTP/1.1 200 X\r\nContent-Type: text/html\r\n"
HURRY = replace(LIMITS, seconds=0.5)


def html(body, extra="", kind="text/html", **more):
    content = body if isinstance(body, bytes) else body.encode()
    return answer(200, content, extra=extra, **more).replace(b"application/json", kind.encode())


@pytest.fixture(scope="module")
def reader():
    opened = PageReader()
    yield opened
    opened.close()


class Web:
    """Hosts and what they answer to a path; ``PORT`` in an answer is the server's."""

    def __init__(self, net, reader):
        self.net = net
        self.reader = reader
        for host in ("bit.ly", "tinyurl.com", "shop.example", "www.shop.example", "consent.example", "linktr.ee"):
            net.names[host] = [[PUBLIC]]

    def resolve(self, url, limits=LIMITS, allowance=None, **facts):
        links = FetchedLinks(self.net.fetcher(limits=limits), self.reader, allowance or Allowance())
        return links.resolve(a_post(url=self.net.at(url), **facts))


@pytest.fixture
def web(reader):
    """A function that starts the net with an answer for everything, or one for each ``host/path``."""
    with ExitStack() as opened:

        def start(answers):
            def behave(line, asked):
                host = asked.headers["host"].partition(":")[0]
                said = answers if isinstance(answers, bytes) else answers.get(host + asked.path, answer(404, {}))
                line.sendall(said.replace(b"PORT", str(net.port).encode()))

            net = opened.enter_context(net_with(answers if callable(answers) else behave))
            return Web(net, reader)

        yield start


def to(url):
    return redirect(url)


SHOP = "http://shop.example:PORT/a?ref=eve"


def test_a_short_link_leads_where_its_service_says(web):
    here = web({"bit.ly/x": to(SHOP), "shop.example/a?ref=eve": html("<title>Buy</title>")})
    found = here.resolve("http://bit.ly:PORT/x")
    assert found == Destination(here.net.at(SHOP), (), Page("Buy"), "text/html")


def test_through_several_services(web):
    here = web({"bit.ly/x": to("http://tinyurl.com:PORT/y"), "tinyurl.com/y": to(SHOP)})
    found = here.resolve("http://bit.ly:PORT/x")
    assert (found.url, found.way) == (here.net.at(SHOP), (here.net.at("http://tinyurl.com:PORT/y"),))
    assert found.why == "the server answers with status 404"


def test_consent_and_login_pages_of_others_are_not_where_it_leads(web):
    here = web(
        {
            "bit.ly/x": to(SHOP),
            "shop.example/a?ref=eve": to("http://consent.example:PORT/?to=shop"),
            "consent.example/?to=shop": html("<title>Sign in to buy</title>"),
        }
    )
    found = here.resolve("http://bit.ly:PORT/x")
    assert found == Destination(here.net.at(SHOP), why="the site sends its readers on to consent.example")


def test_an_ordinary_address_leads_to_itself(web):
    page = html("<title>Buy</title><meta property=og:description content=Cheap><link rel=canonical href=/b>")
    here = web({"shop.example/a": to("http://www.shop.example:PORT/a"), "www.shop.example/a": page})
    found = here.resolve("http://shop.example:PORT/a")
    canonical = here.net.at("http://www.shop.example:PORT/b")
    assert found == Destination(
        here.net.at("http://shop.example:PORT/a"), (), Page("Buy", "Cheap", canonical), "text/html"
    )


def test_no_address_on_the_page_is_asked(web):
    page = (
        "<meta http-equiv=refresh content='0;url=http://127.0.0.2:PORT/'><link rel=canonical href=http://127.0.0.2:PORT/c>"
        "<meta property=og:url content=http://127.0.0.2:PORT/o><meta property=og:image content=http://127.0.0.2:PORT/i>"
        "<script>location = 'http://127.0.0.2:PORT/s'</script><title>Plain</title>"
    )
    here = web(html(page.replace("PORT", "8080")))
    assert here.resolve("http://shop.example:PORT/").page.title == "Plain"
    assert here.net.server.connections == 1
    assert not here.net.touched()


def test_a_service_that_shows_something_itself_leads_to_that(web):
    here = web({"linktr.ee/eve": html("<title>All my links</title>"), "bit.ly/p": html(b"x", kind="image/png")})
    found = here.resolve("http://linktr.ee:PORT/eve")
    assert (found.url, found.page.title) == (here.net.at("http://linktr.ee:PORT/eve"), "All my links")
    assert here.resolve("http://bit.ly:PORT/p").type == "image/png"


@pytest.mark.parametrize("kind", ["image/png", "application/pdf", ""])
def test_what_is_no_page_has_a_type_and_a_reason(web, kind):
    found = web(html(b"\x89PNG", kind=kind)).resolve("http://shop.example:PORT/x")
    assert (found.page, found.type) == (None, kind)
    assert found.why == f"the address leads to {kind or 'something without a type'}"


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.2:PORT/",
        "http://bad.example:PORT/",
        "http://mixed.example:PORT/",
        "http://10.0.0.1:PORT/",
        "http://[::1]:PORT/",
    ],
)
def test_nothing_connects_to_a_denied_address(web, address):
    here = web({"bit.ly/x": to(address)})
    direct, behind = here.resolve(address), here.resolve("http://bit.ly:PORT/x")
    assert "not on the public internet" in direct.why
    assert (behind.url, behind.why) == (here.net.at(address), direct.why)
    assert not here.net.touched()
    assert here.net.server.connections == 1


def test_a_name_that_resolves_otherwise_a_moment_later_gains_nothing(web):
    here = web(
        {"bit.ly/x": to("http://rebinding.example:PORT/"), "rebinding.example/": to("http://rebinding.example:PORT/b")}
    )
    here.net.names["rebinding.example"] = [[PUBLIC], [PRIVATE]]
    assert "not on the public internet" in here.resolve("http://bit.ly:PORT/x").why
    assert not here.net.touched()


@pytest.mark.parametrize(
    "target",
    [
        "mailto:eve@shop.example",
        "intent://shop.example#x",
        "http://[",
        "javascript:alert(1)",
        "http://shop.example/" + "x" * 3_000,
    ],
)
def test_what_is_no_web_address_is_nowhere(web, target):
    found = web({"bit.ly/x": to(target)}).resolve("http://bit.ly:PORT/x")
    assert found == Destination(why="the address is no web address")


def test_a_loop_of_services_ends(web):
    here = web({"bit.ly/x": to("http://tinyurl.com:PORT/y"), "tinyurl.com/y": to("http://bit.ly:PORT/x")})
    assert here.resolve("http://bit.ly:PORT/x") == Destination(why="the server redirects more than 5 times")
    assert here.net.server.connections == 6


@pytest.mark.parametrize(
    ("behave", "title"),
    [
        (endless(HEAD), ""),
        (html("<title>a</title>" + "x" * 1_000_000), "a"),
        (html("<meta property=og:title content=a>" * 100_000), "a"),
        (html(gzip.compress(b"<title>a</title>" + bytes(50_000_000)), "Content-Encoding: gzip\r\n"), "a"),
        (html("<title>Žluť</title>".encode("cp1250"), kind="text/html; charset=windows-1250"), "Žluť"),
        (html("<title>Žluť</title>".encode(), kind="text/html; charset=bogus"), "Žluť"),
        (html(b"\x89PNG\r\n\x1a\n"), ""),
        (html("<html><head><title>a<body><<<"), "a<body><<<"),
        (html(""), ""),
    ],
)
def test_the_beginning_of_any_page_is_read(web, behave, title):
    found = web(behave).resolve("http://shop.example:PORT/")
    assert (found.page.title, found.type, found.why) == (title, "text/html", "")


@pytest.mark.parametrize(
    ("behave", "why"),
    [
        (answer(403, {}), "status 403"),
        (html(b"not packed", "Content-Encoding: gzip\r\n"), "packed in a way"),
        (html(b"x", "Content-Encoding: br\r\n"), "packed in a way"),
    ],
)
def test_what_cannot_be_read_is_told_once_and_for_all(web, behave, why):
    found = web(behave).resolve("http://shop.example:PORT/")
    assert found.page is None
    assert why in found.why


@pytest.mark.parametrize(
    "behave",
    [
        answer(503, {}),
        b"SSH-2.0-OpenSSH_9.2\r\n",
        b"HTTP/1.1 200 X\r\nX: " + b"x" * 1_000_000,
        html(b"short", length=9_000),
        drip(b"HTTP/1.1 200 X\r\nX-Long: "),
        drip(HEAD + b"Content-Length: 900000\r\n\r\n"),
    ],
)
def test_a_server_that_is_down_or_slow_may_be_asked_again(web, behave):
    assert web(behave).resolve("http://shop.example:PORT/", HURRY) is None


def test_where_a_short_link_leads_is_known_though_there_is_no_answer(web):
    here = web({"bit.ly/x": to(SHOP), "shop.example/a?ref=eve": answer(503, {})})
    found = here.resolve("http://bit.ly:PORT/x")
    assert found.url == here.net.at(SHOP)
    assert "could not be spoken to" in found.why


@pytest.mark.parametrize("facts", [{"is_nsfw": True}, {"is_nsfw": None}])
def test_links_of_what_is_not_known_to_be_safe_for_work_are_not_followed(web, facts):
    here = web(html("<title>a</title>"))
    assert here.resolve("http://shop.example:PORT/", **facts) is None
    assert not here.net.server.connections


def test_one_author_cannot_keep_it_busy(web):
    here, allowance = web(html(b"x", kind="text/plain")), Allowance(lambda: 0.0)
    found = [here.resolve("http://shop.example:PORT/", allowance=allowance) for _ in range(MOST_OF_AUTHOR + 1)]
    assert [each is None for each in found] == [False] * MOST_OF_AUTHOR + [True]
    assert here.net.server.connections == MOST_OF_AUTHOR
    assert here.resolve("http://shop.example:PORT/", allowance=allowance, author=Author(name="eve")) is not None
