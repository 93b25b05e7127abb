"""A short link that is posted is followed and judged; one that leads to this machine is not."""

from dataclasses import replace

import pytest

from bot.app import cli, exits
from bot.app.config import load_config
from bot.app.wiring import assemble
from bot.daemon.run import run_once
from bot.facts.allowance import Allowance
from bot.facts.links import LIMITS, FetchedLinks
from bot.facts.pages import PageReader
from bot.store.history import decisions
from tests.fakes import MemoryJournal
from tests.http.loopback import answer
from tests.http.net import PUBLIC, net_with, redirect

RULES = """version: 1
rules:
  - {id: no-shops, on: posts, when: {domain: [shop.example]}, mode: act, then: [remove]}
  - {id: no-sales, on: posts, when: {link_title: [sale]}, mode: act, then: [report]}
"""
PAGE = answer(200, b"<title>Summer sale</title>").replace(b"application/json", b"text/html")


@pytest.fixture
def net():
    def behave(line, asked):
        ends = {"/shop": f"http://shop.example:{made.port}/a", "/news": f"http://news.example:{made.port}/a"}
        ends["/inside"] = f"http://bad.example:{made.port}/a"
        line.sendall(redirect(ends[asked.path]) if asked.path in ends else PAGE)

    with net_with(behave) as made:
        made.names |= {host: [[PUBLIC]] for host in ("bit.ly", "shop.example", "news.example")}
        yield made


@pytest.fixture
def following(bench):
    """The bench, set up to follow links."""
    bench.rules.write_text(RULES)
    bench.may_fetch("links")
    return bench


def run_over(bench, net):
    """One run of the daemon for which the net is the internet; the verdicts by the post's number."""
    config = load_config(bench.config)
    assembly = assemble(config, MemoryJournal())
    (seat,) = assembly.seats
    links = FetchedLinks(net.fetcher(limits=LIMITS), PageReader(), Allowance())
    seat.cycle = replace(seat.cycle, links=links)
    assert run_once(assembly.seats, config.settle) == []
    made = {int(each.decision.verdict.item.id): each.decision.verdict for each in decisions(assembly.store)}
    links.close()
    assembly.close()
    return made


def test_a_short_link_to_a_shop_is_removed_and_one_to_the_news_is_not(following, net, capsys):
    shop, news, inside = (
        following.post("Look at this", url=net.at(f"http://bit.ly:PORT/{to}")) for to in ("shop", "news", "inside")
    )
    made = run_over(following, net)
    assert following.writes("POST /post/remove") == [shop]
    assert [made[each].item.resolved_url for each in (shop, news, inside)] == [
        net.at(f"http://{host}.example:PORT/a") for host in ("shop", "news", "bad")
    ]
    assert "not on the public internet" in made[inside].item.destination.why
    assert not net.touched()
    asked = len(net.server.asked)
    run_over(following, net)
    assert len(net.server.asked) == asked
    assert cli.run(["explain", f"post/{shop}", "--config", str(following.config)]) == exits.FINE
    assert net.at("resolved url: http://«shop.example»:PORT/a") in capsys.readouterr().out


def test_explaining_follows_links_too_and_remembers_nothing(following, net, capsys, monkeypatch):
    def links_for(config):
        assert config.fetch == "links"
        return FetchedLinks(net.fetcher(limits=LIMITS), PageReader(), Allowance())

    monkeypatch.setattr("bot.app.wiring.links_for", links_for)
    asked = ["explain", "--title", "Look", "--config", str(following.config), "--url"]
    assert cli.run([*asked, net.at("http://bit.ly:PORT/shop")]) == exits.FINE
    shown = capsys.readouterr().out
    assert "✓ no-shops" in shown
    assert "✓ no-sales" in shown
    assert cli.run([*asked, net.at("http://bad.example:PORT/a")]) == exits.FINE
    assert "not all is known of the link: bad.example is at 127.0.0.2" in capsys.readouterr().out
    assert not (following.folder / "warden.db").exists()


def test_an_address_that_leads_to_this_machine_is_not_asked(following, net):
    following.post("Look at this", url=net.at("http://127.0.0.1:PORT/shop"))
    ended = following.once()
    assert ended.returncode == 0, ended.stderr
    assert following.writes("POST /post/remove") == []
    assert not net.server.connections
