"""Judging one item, and showing why."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.answer import Evidence, No, Yes
from bot.domain.item import Community, Kind
from bot.domain.picture import Picture
from bot.engine.evaluate import evaluate
from bot.engine.explain import explain, marked
from bot.engine.past import Past
from bot.engine.rule_tests import failures
from bot.text.trace import trace_of
from tests.builders import BOB, NOON, a_comment, a_post
from tests.checks.asking import book_of

OLD = NOON - timedelta(days=12)
PICTURE = "https://i.imgur.com/a.png"


class Raising:
    key = "raises"

    def answer(self, subject):
        raise RuntimeError("boom")

    def patterns(self):
        return ()

    def parts(self):
        return ()


def test_every_condition_is_shown_with_its_answer():
    book = book_of("{any: [{title: [pills]}, {url: [eggs]}]}", unless="{title: [recipe]}")
    (trace,) = explain(book, a_post(title="cheap pills"), NOON)
    assert isinstance(trace.answer, Yes)
    assert [type(part.answer) for part in trace.when.parts] == [Yes, No]
    assert trace.unless.key == "title"


@pytest.mark.parametrize(
    ("when", "facts", "asked", "actual"),
    [
        ("{author: {account_age: '< 5 days'}}", {"author": replace(BOB, created=OLD)}, "< 5 days", "12.0 days"),
        ("{author: {account_age: '> 2 years'}}", {"author": replace(BOB, created=OLD)}, "> 2 years", "12.0 days"),
        ("{author: {account_age: '< 30 days'}}", {}, "< 30 days", ""),
        ("{author: {is_bot: true}}", {}, "true", "false"),
        ("{score: '> 10'}", {"score": 3}, "> 10", "3"),
        ("{score: 10}", {"score": 3}, "= 10", "3"),
        ("{body_longer_than: 20}", {"body": "short"}, "20 characters", "5 characters"),
        ("{language: [de, fr]}", {}, "de, fr", "en"),
        ("{domain: [a.example]}", {}, "“a.example”", "news.example"),
        ("{title: [a, b, c, d, e]}", {}, "“a”, “b”, “c” and 2 more", ""),
        ("{~title: [a]}", {"title": "b"}, "“a”", ""),
        ("{screenshot_only: {}}", {}, "", "no picture"),
        ("{screenshot_only: {}}", {"url": PICTURE}, "", "a picture, not looked into, and no source is known"),
        ("{screenshot_only: {}}", {"url": PICTURE, "body": "https://a.example/b"}, "", "a picture with a source, https://a.example/b"),
        ("{screenshot_only: {}}", {"url": PICTURE, "picture": Picture(True)}, "", "a picture, one of text, and no source is known"),
        ("{screenshot_only: {}}", {"url": PICTURE, "picture": Picture(False)}, "", "a picture, not one of text, and no source is known"),
        ("{screenshot_only: {}}", {"url": PICTURE, "picture": Picture()}, "", "a picture, that could not be looked into, and no source is known"),
        ("{posted: {on: [monday]}}", {}, "", "Sunday 12:00"),
    ],
)  # fmt: skip
def test_what_was_asked_and_what_is_there_is_shown_whatever_the_answer(when, facts, asked, actual):
    (trace,) = explain(book_of(when), a_post(**facts), NOON)
    assert (trace.when.asked, trace.when.actual) == (asked, actual)


@pytest.mark.parametrize(
    ("when", "asked", "actual"),
    [
        ("{seen: {same: link, times: '>= 2'}}", ">= 2 in 7 days", "1 earlier"),
        ("{within: {span: 1 day, count: '> 5'}}", "> 5 in 1 day", "2"),
        ("{within: {span: 1 day, share: '> 50%'}}", "> 50% in 1 day", ""),
        ("{author: {post_count: '< 3'}}", "< 3", "at least 1"),
    ],
)
def test_what_was_there_before_is_counted_whatever_the_answer(when, asked, actual):
    past = Past(NOON - timedelta(days=30))
    past.add(trace_of(a_post(id="0", published=NOON - timedelta(hours=2))))
    item = a_post(url="https://news.example/kernel")
    (trace,) = explain(book_of(when), item, NOON, past.before(trace_of(item)))
    assert (trace.when.asked, trace.when.actual) == (asked, actual)
    (trace,) = explain(book_of(when), item, NOON)
    assert trace.when.actual == ""


CHECKER = """checker: offer
about: an offer
signals:
  - {id: a, weight: 3, title: [kernel]}
  - {id: b, weight: 2, title: [new]}
  - {id: c, clears: true, title: [out]}
bands: {doubtful: 3, certain: 4}
"""


def test_the_sum_of_a_checker_is_shown_with_its_bands():
    book = book_of("{offer: {}}", more="checkers: [offer.yaml]\n", files={"offer.yaml": CHECKER})
    (trace,) = explain(book, a_post(), NOON)
    assert trace.when.actual == "5 of 4: certain"
    assert isinstance(trace.answer, No)


def test_a_condition_turned_round_shows_what_it_found():
    (trace,) = explain(book_of("{~title: [kernel]}"), a_post(), NOON)
    assert (trace.when.key, isinstance(trace.when.answer, No)) == ("~title", True)
    assert [(part.key, isinstance(part.answer, Yes)) for part in trace.when.parts] == [("title", True)]
    (trace,) = explain(book_of("{~title: [pills]}"), a_post(), NOON)
    assert trace.when.parts == ()


def test_conditions_on_the_post_above_are_asked_about_it():
    book = book_of("{parent_post: {title: [kernel]}}")
    (trace,) = explain(book, a_comment(body="a", post=a_post()), NOON)
    assert [isinstance(part.answer, Yes) for part in trace.when.parts] == [True]
    (trace,) = explain(book, a_comment(body="kernel", post=None), NOON)
    assert trace.when.parts == ()


def test_a_rule_that_breaks_is_shown_as_broken():
    book = book_of("{title: [pills]}")
    (trace,) = explain(replace(book, rules=(replace(book.rules[0], when=Raising()),)), a_post(), NOON)
    assert "boom" in trace.error


def test_rules_after_one_that_ends_it_are_marked():
    book = book_of("{title: [kernel]}\n    stop: true")
    both = replace(book, rules=(book.rules[0], replace(book.rules[0], id="b", stop=False)))
    assert [each.stopped_by for each in explain(both, a_post(), NOON)] == ["", "a"]


@pytest.mark.parametrize(
    ("text", "spans", "expected"),
    [
        ("a bad word", [(2, 5)], "a «bad» word"),
        ("a bad word", [(2, 5), (2, 10)], "a «bad word»"),
        ("bad", [(0, 3)], "«bad»"),
        ("nothing", [], "nothing"),
        ("x" * 200 + "bad" + "y" * 200, [(200, 203)], "…" + "x" * 60 + "«bad»" + "y" * 60 + "…"),
        ("bad" + "y" * 300 + "bad", [(0, 3), (303, 306)], "«bad»" + "y" * 60 + "…" + "y" * 60 + "«bad»"),
        ("z" * 150, [], "z" * 100 + "…"),
    ],
)
def test_evidence_is_marked_in_the_text(text, spans, expected):
    facts = [Evidence("title", start, end, text[start:end], "a") for start, end in spans]
    facts += [Evidence("body", 0, 1, "a", "a"), Evidence("title", None, None, "a", "a")]
    pieces = marked(text, "title", facts, room=100)
    assert "".join(f"«{piece.text}»" if piece.marked else piece.text for piece in pieces) == expected


def test_a_rule_about_other_items_is_not_asked():
    book = book_of("{title: [pills]}")
    posts_only = replace(book, rules=(replace(book.rules[0], kinds=frozenset({Kind.POST})),))
    (trace,) = explain(posts_only, a_comment(), NOON)
    assert not trace.applies
    assert trace.answer is None


def test_a_rule_of_another_community_is_not_asked():
    book = book_of("{title: [pills]}", more="communities: [technology@lemmy.test]\n")
    item = a_post(title="pills")
    assert evaluate(book, item, NOON).matches
    assert not evaluate(book, replace(item, community=Community("3", "cooking", "lemmy.test")), NOON).matches
    assert evaluate(book, replace(item, community=Community()), NOON).matches


def test_a_rule_that_raises_is_broken_and_stops_no_other():
    book = book_of("{title: [pills]}")
    good = book.rules[0]
    both = replace(book, rules=(replace(good, id="bad", when=Raising()), good))
    verdict = evaluate(both, a_post(title="pills"), NOON)
    assert [each.rule for each in verdict.broken] == ["bad"]
    assert "boom" in verdict.broken[0].error
    assert [each.rule for each in verdict.matches] == ["a"]


def test_an_item_that_cannot_be_looked_at_breaks_every_rule():
    book = book_of("{title: [pills]}")
    verdict = evaluate(book, replace(a_post(), title=5), NOON)
    assert [each.rule for each in verdict.broken] == ["a"]


def test_metadata_that_never_came_is_absent_after_a_minute():
    book = book_of("{link_title: [pills]}")
    waiting = a_post(link_title=None, published=NOON)
    assert evaluate(book, waiting, NOON + timedelta(seconds=59)).undecided
    settled = evaluate(book, waiting, NOON + timedelta(seconds=60))
    assert not settled.undecided
    assert not settled.matches


def test_examples_are_judged_by_their_rule():
    tests = "{title: [pills]}\n    on: posts\n    tests: [{breaks: {title: pills}}, {keeps: {kind: comment, body: pills}}, %s]"
    assert failures(book_of(tests % "{keeps: {title: eggs}}")) == []
    for wrong, said in (
        ("{keeps: {title: pills}}", "`breaks`"),
        ("{breaks: {title: eggs}}", "`keeps`"),
        ("{doubt: {title: eggs}}", "`keeps`"),
    ):
        (failure,) = failures(book_of(tests % wrong))
        assert said in failure.message
    (unknown,) = failures(book_of("{image_text: [x]}\n    tests: [{keeps: {title: a}}]"))
    assert "cannot tell" in unknown.message
    (doubt,) = failures(
        book_of("{screenshot_only: {}}\n    tests: [{breaks: {title: a, url: 'https://x.example/a.png'}}]")
    )
    assert "could not look inside the image" in doubt.message
