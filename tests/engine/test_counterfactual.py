"""What would have to be different for a rule to answer otherwise."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.engine.counterfactual import MOST_SHOWN, By, counterfactuals, disclosed
from bot.engine.evaluate import look, verdict_on
from bot.engine.explain import answer_word
from bot.rulebook.rule import Disclosure
from tests.builders import BOB, NOON, a_comment, a_post
from tests.checks.asking import book_of

CHECKER = """checker: offer
about: an offer
signals:
  - {id: pills, weight: 3, title: [pills]}
  - {id: cheap, weight: 3, title: [cheap]}
  - {id: recipe, clears: true, title: [recipe]}
  - {id: court, doubt: true, title: [court]}
bands: {doubtful: 3, certain: 6}
"""
OFFER = {"more": "checkers: [offer.yaml]\n", "files": {"offer.yaml": CHECKER}}
PICTURE = "https://i.imgur.com/a.png"
OLD = NOON - timedelta(days=12)


def shown(when: str, item, **settings) -> list[tuple[str, str]]:
    book = book_of(when, **settings)
    return [(" + ".join(each.changes), each.becomes) for each in counterfactuals(book, book.rules[0], item, NOON)]


@pytest.mark.parametrize(
    ("when", "facts", "expected"),
    [
        ("{title: [pills]}", {"title": "Cheap pills"}, [("without “pills” in the title", "no")]),
        (
            "{title: [pills], body: [order]}",
            {"title": "Pills", "body": "order now"},
            [("without “order” in the body", "no")],
        ),
        ("{title: [pills, cheap]}", {"title": "cheap Pills pills"}, []),
        ("{title: [pills, cheap]}", {"title": "cheap Pills x"}, [("without “cheap” and “Pills” in the title", "no")]),
        ("{title (includes): [pill]}", {"title": "Soft pillows"}, [("without “pillows” in the title", "no")]),
        ("{title: ['a, b', b c]}", {"title": "x a, b c y"}, [("without “a, b c” in the title", "no")]),
        ("{body (includes): [ref]}", {"body": "see https://a.example/?ref=1 now"}, [("without “https://a.example/?ref=1” in the body", "no")]),
        ("{title (includes): ['!!']}", {"title": "A sale!!"}, [("without “!!” in the title", "no")]),
        ("{domain: [shop.example]}", {"url": "https://shop.example/a"}, [("with a link to another site than shop.example", "no")]),
        ("{body_shorter_than: 50}", {"body": "a"}, [("with at least 50 characters of text", "no")]),
        ("{body_longer_than: 5}", {"body": "abcdefgh"}, [("with at most 5 characters of text", "no")]),
        ("{author: {account_age: '< 5 days'}}", {"author": replace(BOB, created=NOON)}, [("with an account older than 5 days", "no")]),
        ("{author: {account_age: '> 5 days'}}", {"author": replace(BOB, created=OLD)}, [("with an account younger than 5 days", "no")]),
        ("{age: '< 2 days'}", {}, [("when it is older than 2 days", "no")]),
        ("{score: '< 5'}", {}, [("with a score above 5", "no")]),
        ("{reports: '> 2'}", {"reports": 4}, [("with fewer than 2 open reports", "no")]),
        ("{author: {strikes: '>= 3'}}", {"author": replace(BOB, strikes=3)}, [("with fewer than 3 strikes", "no")]),
        ("{is_nsfw: false}", {}, [("with the NSFW mark", "no")]),
        ("{is_nsfw: true}", {"is_nsfw": True}, [("without the NSFW mark", "no")]),
        ("{screenshot_only: {}}", {"url": PICTURE}, [("with the article's address in the text", "no"), ("with no text in the picture", "no")]),
        ("{language: [en]}", {}, []),
    ],
)  # fmt: skip
def test_the_smallest_change_of_a_rule_that_holds(when, facts, expected):
    assert shown(when, a_post(**facts)) == expected


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        (
            "cheap pills now",
            [
                ("without “pills” in the title", "doubtful"),
                ("without “cheap” in the title", "doubtful"),
                ("without “pills” in the title + without “cheap” in the title", "no"),
            ],
        ),
        ("pills now", [("without “pills” in the title", "no"), ("without the signal `pills`", "no")]),
        (
            "cheap pills recipe",
            [("without “recipe” in the title", "certain"), ("without the signal `recipe`, which clears it", "certain")],
        ),
        ("a kernel", []),
    ],
)
def test_signals_of_a_checker(title, expected):
    assert shown("{offer: {}}", a_post(title=title), **OFFER) == expected


@pytest.mark.parametrize("when", ["{any: [{offer: {}}, {body: [order]}]}", "{offer: {}, ~body: [order]}"])
def test_signals_are_left_out_wherever_the_checker_stands(when):
    found = shown(when, a_post(title="pills now"), **OFFER)
    assert ("without the signal `pills`", "no") in found


def test_a_signal_that_keeps_the_opposite_from_holding():
    found = shown("{~offer: {}}", a_post(title="cheap pills recipe"), **OFFER)
    assert ("without the signal `recipe`, which clears it", "no") in found


class Raising:
    key = "raises"

    def answer(self, subject):
        raise RuntimeError("boom")

    def patterns(self):
        return ()

    def parts(self):
        return ()


def test_of_a_rule_that_breaks_there_is_nothing_to_say():
    book = book_of("{title: [pills]}")
    assert counterfactuals(book, replace(book.rules[0], when=Raising()), a_post(), NOON) == ()


def test_a_doubtful_rule_need_not_become_certain():
    found = shown("{offer: {}}", a_post(title="cheap pills in court"), **OFFER)
    assert all(becomes == "no" for _, becomes in found)


def test_two_changes_where_one_is_not_enough():
    when = "{any: [{title: [pills]}, {body: [order]}]}"
    found = shown(when, a_post(title="Pills today", body="order now"))
    assert found == [("without “Pills” in the title + without “order” in the body", "no")]


def test_what_excuses_is_changed_too():
    found = shown(
        "{title: [pills]}", a_post(title="Pills", author=replace(BOB, created=NOON)), unless="{author: {account_age: '> 5 days'}}"
    )  # fmt: skip
    assert found == [("with an account older than 5 days", "no")]


def test_what_cannot_be_told_is_decided_by_what_is_missing():
    found = shown("{author: {account_age: '< 5 days'}}", a_post())
    assert sorted(found) == [
        ("with an account older than 5 days", "no"),
        ("with an account younger than 5 days", "certain"),
    ]


def test_the_author_of_a_comment_cannot_change_the_post_above():
    comment = a_comment(post=a_post(title="Pills today"))
    assert shown("{parent_post: {title: [pills]}}", comment) == []


def test_a_title_is_never_emptied():
    assert shown("{title: [pills]}", a_post(title="pills")) == []


def test_what_is_shown_is_bounded_and_the_same_every_time():
    words = ", ".join(f"{{body: [word{number}]}}" for number in range(60))
    item = a_post(body=" ".join(f"word{number}" for number in range(60)))
    first = shown(f"{{all: [{words}]}}", item)
    assert len(first) == MOST_SHOWN
    assert shown(f"{{all: [{words}]}}", item) == first


def test_every_change_really_makes_the_difference():
    book = book_of("{offer: {}}", **OFFER)
    rule, item = book.rules[0], a_post(title="cheap pills now")
    assert answer_word(verdict_on(rule, look(book, item, NOON))) == "certain"
    assert answer_word(verdict_on(rule, look(book, replace(item, title="cheap now"), NOON))) == "doubtful"
    assert answer_word(verdict_on(rule, look(book, replace(item, title="now"), NOON))) == "no"


@pytest.mark.parametrize(
    ("disclose", "expected"),
    [(Disclosure.FULL, [By.AUTHOR]), (Disclosure.RULE, []), (Disclosure.NOTHING, [])],
)
def test_authors_are_told_what_the_rule_discloses(disclose, expected):
    book = book_of("{offer: {}}", **OFFER)
    rule = replace(book.rules[0], disclose=disclose)
    found = counterfactuals(book, rule, a_post(title="pills now"), NOON)
    assert {each.by for each in found} == {By.AUTHOR, By.RULE}
    assert [each.by for each in disclosed(rule, found)] == expected
