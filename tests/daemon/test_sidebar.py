"""Rewritten sidebars are told: once, to the end, and only where they concern our rules."""

from dataclasses import dataclass, field

import pytest

from bot.daemon.rules import RulesInForce
from bot.daemon.sidebar import SidebarWatch
from bot.engine.ports import Identity, Unreachable
from bot.store.connect import open_store
from bot.store.sidebars import SqlSidebars
from tests.builders import NOON
from tests.fakes import MemoryJournal, SteadyClock

BOATS = "boats@lemmy.test"
FIRST = "## Rules\n1. Be kind\n2. No adverts\n3. No crypto"
SHORTER = "## Rules\n1. Be kind\n2. No crypto"
RULES = """version: 1
rules:
  - {id: no-ads, sidebar: 2, when: {title: [sale]}}
  - {id: no-coins, sidebar: 3, when: {title: [coin]}}
"""


@dataclass
class Harbour:
    """A database, rules and whoever listens; ``watch`` begins anew, as after a restart."""

    folder: object
    journal: MemoryJournal = field(default_factory=MemoryJournal)
    news: list = field(default_factory=list)
    failures: int = 0
    is_stopped: bool = False

    def listen(self, news):
        if self.failures:
            self.failures -= 1
            raise Unreachable("no answer")
        if self.is_stopped:
            return False
        self.news.append(news)
        return True

    def watch(self):
        rules = RulesInForce([self.folder / "rules.yaml"], self.journal)
        communities = frozenset({BOATS})
        return SidebarWatch(
            "warden@lemmy.test", communities, SqlSidebars(self.store), rules, SteadyClock(), self.journal, self.listen
        )

    def told(self):
        return [(each["rule"], each["fate"]) for each in self.journal.named("sidebar_drift")]


@pytest.fixture
def harbour(tmp_path):
    (tmp_path / "rules.yaml").write_text(RULES)
    harbour = Harbour(tmp_path)
    harbour.store = open_store(f"sqlite:///{tmp_path}/a.db")
    yield harbour
    harbour.store.dispose()


def seen(sidebar, community=BOATS):
    return Identity("99", "warden", {community: "2"}, NOON, sidebars={community: sidebar})


def test_the_first_sight_tells_nothing(harbour):
    harbour.watch().look(seen(FIRST))
    assert harbour.journal.events == []


def test_a_change_is_told_once_with_both_versions(harbour):
    watch = harbour.watch()
    for sidebar in (FIRST, SHORTER, SHORTER):
        watch.look(seen(sidebar))
    assert harbour.told() == [("no-ads", "gone"), ("no-coins", "moved")]
    gone, moved = harbour.journal.named("sidebar_drift")
    assert (gone["number"], gone["before"], gone["now"], gone["now_number"]) == (2, "No adverts", "", None)
    assert (moved["before"], moved["now"], moved["now_number"]) == ("No crypto", "No crypto", 2)
    (news,) = harbour.news
    assert (news.community, [each.rule for each in news.drifts]) == (BOATS, ["no-ads", "no-coins"])


def test_a_restart_neither_forgets_nor_repeats(harbour):
    harbour.watch().look(seen(FIRST))
    harbour.watch().look(seen(SHORTER))
    harbour.watch().look(seen(SHORTER))
    assert len(harbour.news) == 1


def test_what_could_not_be_passed_on_is_told_again_as_the_same_news(harbour):
    harbour.watch().look(seen(FIRST))
    harbour.failures = 1
    watch = harbour.watch()
    with pytest.raises(Unreachable):
        watch.look(seen(SHORTER))
    assert harbour.told() == []
    watch.look(seen(SHORTER))
    assert len(harbour.told()) == 2
    assert len(harbour.news) == 1


def test_there_and_back_are_two_news(harbour):
    for sidebar in (FIRST, SHORTER, FIRST):
        harbour.watch().look(seen(sidebar))
    assert len({each.key for each in harbour.news}) == 2


def test_what_concerns_no_rule_of_ours_is_only_noted(harbour):
    harbour.watch().look(seen(FIRST))
    harbour.watch().look(seen(f"{FIRST}\n4. Write in English"))
    assert (harbour.told(), harbour.news) == ([], [])
    (noted,) = harbour.journal.named("sidebar_changed")
    assert (noted["rules"], noted["new"]) == (4, [4])


def test_the_first_sight_is_held_against_what_the_rules_were_written_for(harbour):
    (harbour.folder / "sidebar").mkdir()
    (harbour.folder / "sidebar" / f"{BOATS}.md").write_text(FIRST + "\n")
    harbour.watch().look(seen(SHORTER))
    harbour.watch().look(seen(SHORTER))
    assert len(harbour.news) == 1


def test_other_communities_are_passed_over(harbour):
    for sidebar in (FIRST, SHORTER):
        harbour.watch().look(seen(sidebar, "gardens@lemmy.test"))
    assert harbour.journal.events == []


def test_drift_compares_with_the_kept_file_until_it_is_renewed(harbour):
    file = harbour.folder / "sidebar" / f"{BOATS}.md"
    file.parent.mkdir()
    file.write_text(FIRST)
    watch = harbour.watch()
    watch.look(seen(SHORTER))
    assert [each.rule for each in watch.drift(seen(SHORTER))[BOATS]] == ["no-ads", "no-coins"]
    file.write_text(SHORTER)
    assert watch.drift(seen(SHORTER)) == {BOATS: ()}


def test_without_a_file_drift_compares_with_what_was_last_read(harbour):
    assert harbour.watch().drift(seen(FIRST)) == {BOATS: ()}
    harbour.watch().look(seen(FIRST))
    assert len(harbour.watch().drift(seen(SHORTER))[BOATS]) == 2
    harbour.watch().accept(seen(SHORTER))
    assert harbour.watch().drift(seen(SHORTER)) == {BOATS: ()}
    assert harbour.journal.events == []


def test_what_may_not_be_told_now_is_told_later(harbour):
    watch = harbour.watch()
    watch.look(seen(FIRST))
    harbour.is_stopped = True
    for _ in range(2):
        watch.look(seen(SHORTER))
    assert (harbour.told(), harbour.news) == ([], [])
    harbour.is_stopped = False
    watch.look(seen(SHORTER))
    assert harbour.told() == [("no-ads", "gone"), ("no-coins", "moved")]
    assert len(harbour.news) == 1
