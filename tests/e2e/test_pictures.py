"""A picture that is posted is fetched, looked into and judged; one that lies on this machine is not fetched."""

from dataclasses import replace
from ipaddress import ip_address

import pytest

from bot.app.config import load_config
from bot.app.wiring import assemble
from bot.daemon.run import run_once
from bot.facts.allowance import Allowance
from bot.facts.eyes import FetchedEyes
from bot.facts.reader import Reader
from bot.http.fetch import Fetcher
from bot.store.history import decisions
from tests.facts import drawn
from tests.fakes import MemoryJournal
from tests.http.loopback import answer, serving

RULES = """version: 1
rules:
  - {id: no-pictures-of-text, on: posts, when: {screenshot_only: {}, title: [look at this]}, mode: act, then: [remove]}
"""
FILES = {"/text.png": drawn.page(), "/photo.png": drawn.noise()}
LOOPBACK = ip_address("127.0.0.1")


@pytest.fixture
def pictures():
    def behave(line, asked):
        line.sendall(answer(200, drawn.stored(FILES[asked.path])).replace(b"application/json", b"image/png"))
        return False

    with serving(behave) as server:
        yield server


@pytest.fixture
def looking(bench):
    """The bench, set up to look into pictures."""
    bench.rules.write_text(RULES)
    bench.may_fetch("images")
    return bench


def test_a_picture_of_text_is_removed_and_a_photograph_is_not(looking, pictures):
    text, _ = (looking.post("Look at this", url=f"{pictures.address}{path}") for path in FILES)
    config = load_config(looking.config)
    assembly = assemble(config, MemoryJournal())
    (seat,) = assembly.seats
    fetcher = Fetcher(denied=lambda address: address != LOOPBACK, ports=frozenset({pictures.listener.getsockname()[1]}))
    eyes = FetchedEyes(fetcher, Reader(reads=False), Allowance())
    seat.cycle = replace(seat.cycle, eyes=eyes)
    assert run_once(assembly.seats, config.settle) == []
    made = {each.decision.verdict.item.id: each.decision.verdict for each in decisions(assembly.store)}
    eyes.close()
    assembly.close()
    assert looking.writes("POST /post/remove") == [text]
    assert sorted(asked.path for asked in pictures.asked) == sorted(FILES)
    assert made[str(text)].item.picture.answer == "yes"


def test_this_machine_is_not_asked_for_pictures(looking, pictures):
    looking.post("Look at this", url=f"{pictures.address}/text.png")
    ended = looking.once()
    assert ended.returncode == 0, ended.stderr
    assert looking.writes("POST /post/remove") == []
    assert looking.writes("POST /post/report") == []
    assert not pictures.connections
