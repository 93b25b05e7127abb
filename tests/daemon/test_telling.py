"""Moderators are told by private message, each of them once; what stands in the way of one holds up no other."""

from datetime import timedelta

import pytest

from bot.daemon.telling import TellModerators
from bot.engine.drift import Drift, SidebarDrift
from bot.engine.ports import Gone, Unreachable
from bot.text.drift import Change
from bot.text.sidebar import WrittenRule
from tests.builders import NOON
from tests.fakes import MemoryJournal

GONE = Drift("no-ads", Change(WrittenRule(2, "No adverts"), None))
NEWS = SidebarDrift("warden@lemmy.test", "boats@lemmy.test", (GONE,), NOON - timedelta(days=3))


class Post:
    """Letters by recipient, as one server keeps them."""

    def __init__(self, *, refuses="", lost=0):
        self.letters = []
        self.refuses = refuses
        self.lost = lost

    def write_once(self, to, text, reference, since):
        assert reference in text
        if to == self.refuses:
            raise Gone("couldnt_find_person")
        if self.lost:
            self.lost -= 1
            raise Unreachable("no answer")
        if not any(reference in letter for _, letter in self.letters):
            self.letters.append((to, text))


def telling(post, journal=None, *, is_stopped=False):
    return TellModerators(("alice@a.test", "bob@b.test"), post, journal or MemoryJournal(), lambda: is_stopped)


def test_each_is_told_once():
    post = Post()
    for _ in range(2):
        assert telling(post)(NEWS)
    assert [to for to, _ in post.letters] == ["alice@a.test", "bob@b.test"]
    assert all("No adverts" in text and "no-ads" in text for _, text in post.letters)


def test_who_cannot_be_written_to_holds_up_nobody():
    post, journal = Post(refuses="alice@a.test"), MemoryJournal()
    assert telling(post, journal)(NEWS)
    assert [to for to, _ in post.letters] == ["bob@b.test"]
    assert [event["moderator"] for event in journal.named("moderator_not_told")] == ["alice@a.test"]


def test_without_an_answer_it_is_tried_again_and_nobody_is_told_twice():
    post = Post()
    assert telling(post)(NEWS)
    post.lost = 1
    with pytest.raises(Unreachable):
        telling(post)(NEWS)
    assert telling(post)(NEWS)
    assert len(post.letters) == 2


def test_the_stop_switch_holds_for_letters_too():
    post = Post()
    assert not telling(post, is_stopped=True)(NEWS)
    assert post.letters == []
