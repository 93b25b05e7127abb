"""Conditions on what was there before: what is remembered only in part decides nothing that it could not."""

from datetime import timedelta

import pytest

from bot.domain.history import History
from bot.domain.item import Author, Kind
from bot.engine.past import Past
from bot.text.trace import trace_of
from tests.builders import BOB, NOON, a_comment, a_post
from tests.checks.asking import ask, word

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
LONG = "The council voted on Tuesday to keep the old tram line open for another ten years, bridges and all."
EVE = Author(id="9", name="eve", instance="a.example", created=NOON - 10 * DAY)
LINK = "https://shop.example/a"


def judged(condition, *earlier, item=None, since=NOON - 100 * DAY):
    """The answer for an item of BOB's at NOON after these earlier ones."""
    past = Past(since)
    for number, each in enumerate(earlier, start=100):
        past.add(trace_of(each(str(number))))
    item = item or a_post(url=LINK, body=LONG, author=BOB)
    return word(ask(item, condition, history=past.before(trace_of(item))))


def post(ago, author=BOB, **facts):
    return lambda number: a_post(id=number, author=author, published=NOON - ago, **({"url": LINK} | facts))


def comment(ago, author=BOB, **facts):
    return lambda number: a_comment(id=number, author=author, published=NOON - ago, **facts)


YOUNG = timedelta(hours=5)
SAME_LINK = "{seen: {same: link, within: 2 days}}"


@pytest.mark.parametrize(
    ("condition", "earlier", "said"),
    [
        (SAME_LINK, [], "no"),
        (SAME_LINK, [post(HOUR)], "yes"),
        (SAME_LINK, [post(HOUR, url=LINK + "?utm_campaign=x")], "yes"),
        (SAME_LINK, [post(HOUR, url="https://shop.example/b")], "no"),
        (SAME_LINK, [post(3 * DAY)], "no"),
        ("{seen: {same: link, by: others}}", [post(HOUR)], "no"),
        ("{seen: {same: link, by: others}}", [post(HOUR, EVE)], "yes"),
        ("{seen: {same: link, by: the author}}", [post(HOUR)], "yes"),
        ("{seen: {same: link, by: the author}}", [post(HOUR, EVE)], "no"),
        ('{seen: {same: link, times: ">= 2"}}', [post(HOUR)], "no"),
        ('{seen: {same: link, times: ">= 2"}}', [post(HOUR), post(2 * HOUR, EVE)], "yes"),
        ("{seen: {same: text}}", [comment(HOUR, body="A new kernel is out. " + LONG)], "yes"),
        ("{seen: {same: text}}", [comment(HOUR, body="A new kernel is out. " + LONG + " Riders cheered.")], "no"),
        ("{seen: {same: near text}}", [comment(HOUR, body="A new kernel is out. " + LONG + " Riders!")], "yes"),
        ("{~seen: {same: link}}", [post(HOUR)], "no"),
        ("{~seen: {same: link}}", [], "yes"),
        ('{within: {span: 1 day, count: "> 2"}}', [post(HOUR), post(2 * HOUR)], "yes"),
        ('{within: {span: 1 day, count: "> 2"}}', [post(HOUR), post(2 * DAY)], "no"),
        ('{within: {span: 1 day, count: "> 2"}}', [post(HOUR), comment(HOUR)], "no"),
        ('{within: {span: 1 day, count: "> 2", of: everything}}', [post(HOUR), comment(HOUR)], "yes"),
        ('{within: {span: 9 days, share: "> 50%"}}', [post(HOUR)] * 2, "no"),
        ('{within: {span: 9 days, share: "> 50%"}}', [post(HOUR)] * 3, "yes"),
        ('{within: {span: 9 days, share: "> 50%"}}', [post(HOUR, url="https://b.example")] * 2 + [post(HOUR)], "no"),
        ('{within: {span: 9 days, share: "> 50%", at_least: 2}}', [post(HOUR)], "yes"),
    ],
)
def test_with_the_whole_history(condition, earlier, said):
    assert judged(condition, *earlier) == said


@pytest.mark.parametrize(
    ("condition", "earlier", "said"),
    [
        (SAME_LINK, [], "unknown"),
        (SAME_LINK, [post(HOUR)], "yes"),
        ('{seen: {same: link, times: "< 1"}}', [post(HOUR)], "no"),
        ('{seen: {same: link, times: "= 1"}}', [post(HOUR)], "unknown"),
        ('{seen: {same: link, times: "= 1"}}', [post(HOUR)] * 2, "no"),
        ('{within: {span: 1 day, count: "> 2"}}', [post(HOUR), post(HOUR)], "yes"),
        ('{within: {span: 1 day, count: "> 2"}}', [post(HOUR)], "unknown"),
        ('{within: {span: 9 days, share: "> 50%"}}', [post(HOUR)] * 3, "unknown"),
        ("{author: {first_here: true}}", [], "unknown"),
        ("{author: {first_here: true}}", [comment(HOUR)], "no"),
        ("{author: {first_here: false}}", [comment(HOUR)], "yes"),
        ('{author: {post_count: "< 3"}}', [post(HOUR)], "unknown"),
        ('{author: {post_count: "< 1"}}', [post(HOUR)], "no"),
        ('{author: {comment_count: ">= 1"}}', [comment(HOUR)], "yes"),
    ],
)
def test_with_a_history_that_began_a_while_ago(condition, earlier, said):
    assert judged(condition, *earlier, since=NOON - YOUNG) == said


@pytest.mark.parametrize(
    ("condition", "earlier", "said"),
    [
        ("{author: {first_here: true}}", [], "yes"),
        ("{author: {first_here: true}}", [post(HOUR, EVE)], "no"),
        ('{author: {post_count: "< 2"}}', [post(HOUR, EVE)], "yes"),
        ('{author: {comment_count: "0"}}', [post(HOUR, EVE)], "yes"),
    ],
)
def test_of_an_account_younger_than_the_watch_everything_is_known(condition, earlier, said):
    item = a_post(author=EVE)
    assert judged(condition, *earlier, item=item, since=NOON - 20 * DAY) == said


@pytest.mark.parametrize(
    "condition",
    [
        SAME_LINK,
        "{~seen: {same: link}}",
        '{within: {span: 1 day, count: "> 0"}}',
        "{author: {first_here: true}}",
    ],
)
def test_without_a_history_nothing_is_known(condition):
    assert word(ask(a_post(url=LINK), condition)) == "unknown"


def test_what_needs_a_link_is_not_so_without_one():
    assert word(ask(a_post(url=""), "{seen: {same: link}}")) == "no"
    assert word(ask(a_comment(), "{seen: {same: link}}")) == "no"


def test_whether_others_posted_it_is_not_known_of_nobody():
    item = a_post(url=LINK, author=Author())
    history = History(NOON - 100 * DAY, same_link=(trace_of(a_post(id="2", url=LINK)),))
    assert word(ask(item, "{seen: {same: link, by: others}}", history=history)) == "unknown"
    assert word(ask(item, "{seen: {same: link}}", history=history)) == "yes"


def test_elsewhere_counts_only_when_asked_for():
    elsewhere = post(HOUR, community=a_post().community.__class__(id="3", name="other", host="lemmy.test"))
    assert judged("{seen: {same: link}}", elsewhere) == "no"
    assert judged("{seen: {same: link, where: anywhere}}", elsewhere) == "yes"


def test_the_evidence_names_what_was_seen():
    history = History(NOON - 100 * DAY, same_link=(trace_of(a_post(id="12", url=LINK, published=NOON - HOUR)),))
    answer = ask(a_post(url=LINK), "{seen: {same: link}}", history=history)
    assert [fact.text for fact in answer.evidence] == ["1 earlier: post/12 on 2026-03-01 11:00"]


def test_kinds_are_counted_apart():
    history = History(NOON - 100 * DAY, here={Kind.POST: 2, Kind.COMMENT: 5})
    assert word(ask(a_post(), '{author: {post_count: ">= 3"}}', history=history)) == "unknown"
    assert word(ask(a_post(), '{author: {comment_count: ">= 3"}}', history=history)) == "yes"
