"""Judging one item, and showing why."""

from dataclasses import replace
from datetime import timedelta

from bot.domain.answer import No, Yes
from bot.domain.item import Community, Kind
from bot.engine.evaluate import evaluate
from bot.engine.explain import explain
from bot.engine.rule_tests import failures
from tests.builders import NOON, a_comment, a_post
from tests.checks.asking import book_of


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
