"""From a post to what its picture shows, over HTTP on this machine."""

from ipaddress import ip_address

import pytest

from bot.domain.item import Author
from bot.facts.allowance import HOUR, MOST, MOST_OF_AUTHOR, Allowance
from bot.facts.eyes import FetchedEyes
from bot.facts.reader import Reader
from bot.http.fetch import Fetcher, FetchLimits
from tests.builders import a_post
from tests.facts import drawn
from tests.http.loopback import answer, serving

PAGE = drawn.stored(drawn.page(), "JPEG")


def picture(body, kind="image/jpeg"):
    return answer(200, body).replace(b"application/json", kind.encode())


class Watch:
    """A clock that is set by hand, in seconds."""

    time = 0.0

    def __call__(self):
        return self.time


@pytest.fixture
def watch():
    return Watch()


@pytest.fixture
def eyes_on(watch):
    """A function that makes eyes for a server with one answer, and the address of a picture there."""
    opened = []

    def make(content):
        server = serving(lambda line, _asked: bool(line.sendall(content)))
        here = server.__enter__()
        port = here.listener.getsockname()[1]
        fetcher = Fetcher(
            limits=FetchLimits(seconds=30),
            denied=lambda address: address != ip_address("127.0.0.1"),
            ports=frozenset({port}),
        )
        eyes = FetchedEyes(fetcher, Reader(reads=False), Allowance(watch))
        opened.append((eyes, server))
        return eyes, f"{here.address}/a.jpg", here

    yield make
    for eyes, server in opened:
        eyes.close()
        server.__exit__(None, None, None)


@pytest.mark.parametrize("kind", ["image/jpeg", "image/png", "application/octet-stream"])
def test_a_picture_is_fetched_and_looked_into(eyes_on, kind):
    eyes, address, _ = eyes_on(picture(PAGE, kind))
    seen = eyes.look(a_post(), address)
    assert (seen.answer, seen.certain) == ("yes", True)


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (picture(b"<html>", "text/html"), "it was not fetched: the address leads to text/html"),
        (picture(b"<svg/>", "image/svg+xml"), "a drawing in SVG"),
        (picture(PAGE[:2_000]), "broken"),
        (answer(404, {}), "status 404"),
    ],
)
def test_what_cannot_be_looked_into_is_told_once_and_for_all(eyes_on, content, why):
    eyes, address, _ = eyes_on(content)
    seen = eyes.look(a_post(), address)
    assert seen.answer == "unknown"
    assert why in seen.why[0]


def test_a_server_that_is_down_may_be_asked_again(eyes_on):
    eyes, address, _ = eyes_on(answer(503, {}))
    assert eyes.look(a_post(), address) is None


@pytest.mark.parametrize("is_nsfw", [True, None])
def test_what_is_not_known_to_be_safe_for_work_is_not_fetched(eyes_on, is_nsfw):
    eyes, address, here = eyes_on(picture(PAGE))
    assert "not safe for work" in eyes.look(a_post(is_nsfw=is_nsfw), address).why[0]
    assert not here.connections


def test_one_author_cannot_keep_it_busy(eyes_on, watch):
    eyes, address, here = eyes_on(picture(b"x", "text/plain"))
    looks = [eyes.look(a_post(), address) for _ in range(MOST_OF_AUTHOR + 1)]
    assert [each is None for each in looks] == [False] * MOST_OF_AUTHOR + [True]
    assert here.connections == MOST_OF_AUTHOR
    assert eyes.look(a_post(author=Author(name="eve")), address) is not None
    watch.time = HOUR
    assert eyes.look(a_post(), address) is not None


def test_nor_can_many(eyes_on):
    eyes, address, here = eyes_on(picture(b"x", "text/plain"))
    looks = [eyes.look(a_post(author=Author(name=f"eve{number}")), address) for number in range(MOST + 1)]
    assert looks[-1] is None
    assert here.connections == MOST
