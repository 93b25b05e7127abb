"""Tests of rules: what they say, and what they leave untested."""

import pytest

from bot.engine.rule_tests import diagnostic, own_tests, run
from bot.engine.rule_tests_cover import gaps
from tests.checks.asking import book_of

PILLS = "{title: [pills]}\n    tests: [TESTS]"


def verdicts(when: str, tests: str, **settings) -> list[str]:
    book = book_of(when.replace("TESTS", tests), **settings)
    return [each.verdict for each in run(book, own_tests(book))]


@pytest.mark.parametrize(
    ("tests", "expected"),
    [
        ("{breaks: {title: pills}}, {keeps: {title: eggs}}", ["breaks", "keeps"]),
        ("{keeps: {title: pills}}", ["breaks"]),
        ("{breaks: {title: eggs}}", ["keeps"]),
    ],
)
def test_a_rule_is_asked_about_its_examples(tests, expected):
    assert verdicts(PILLS, tests) == expected


def test_a_failed_test_is_shown_at_its_line():
    book = book_of(PILLS.replace("TESTS", "{keeps: {title: pills}}"))
    (outcome,) = run(book, own_tests(book))
    assert not outcome.passed
    assert diagnostic(outcome).place.line == 5
    assert "expects `keeps`, the rule says `breaks`" in diagnostic(outcome).message


@pytest.mark.parametrize(
    ("when", "test", "expected"),
    [
        ("{author: {account_age: '< 5 days'}}", "{breaks: {title: a}, author: {account_age: 3 days}}", "breaks"),
        ("{author: {account_age: '< 5 days'}}", "{breaks: {title: a, author: {account_age: 9 days}}, author: {account_age: 3 days}}", "keeps"),
        ("{author: {name: bob}}", "{breaks: {title: a}, author: bob@x.example}", "breaks"),
        ("{posted: {on: [saturday]}}", "{breaks: {title: a}, now: 2026-01-03T12:00:00Z}", "breaks"),
        ("{posted: {on: [saturday]}}", "{breaks: {title: a}, now: 2026-01-05T12:00:00Z}", "keeps"),
        ("{age: '> 2 days'}", "{breaks: {title: a, published: 2025-12-29}}", "breaks"),
        ("{image_text: [x]}", "{breaks: {title: a}}", "unknown"),
        ("{image_text: [x]}\n    unknown: report", "{breaks: {title: a}}", "doubt"),
    ],
)  # fmt: skip
def test_a_test_sets_the_clock_and_the_author(when, test, expected):
    assert verdicts(when + "\n    tests: [TESTS]", test) == [expected]


CHECKER = """checker: offer
about: an offer
signals:
  - {id: pills, weight: 3, title: [pills]}
  - {id: never, weight: 3, title: [unobtainium]}
bands: {doubtful: 3, certain: 3}
"""


def found(when: str, **settings) -> list[tuple[str, int, str]]:
    book = book_of(when, **settings)
    return [(gap.key, gap.place.line, gap.never) for gap in gaps(book, own_tests(book))]


@pytest.mark.parametrize(
    ("when", "tests", "expected"),
    [
        ("{title: [pills]}", "{breaks: {title: pills}}, {keeps: {title: eggs}}", []),
        ("{title: [pills]}", "{breaks: {title: pills}}", [("title", 4, "no")]),
        ("{title: [pills]}", "{keeps: {title: eggs}}", [("title", 4, "yes")]),
        ("{title: [pills]}", "", [("title", 4, "asked")]),
        ("{image_text: [pills]}", "{keeps: {title: eggs}}", [("image_text", 4, "asked")]),
        (
            "{any: [{title: [pills]}, {body: [pills]}]}",
            "{breaks: {title: pills}}, {keeps: {title: eggs}}",
            [("body", 4, "yes")],
        ),
        (
            "{parent_post: {title: [pills]}}",
            "{breaks: {kind: comment, body: a, post: pills}}, {keeps: {kind: comment, body: a, post: eggs}}",
            [],
        ),
    ],
)
def test_conditions_that_no_test_decides_are_found(when, tests, expected):
    assert found(f"{when}\n    tests: [{tests}]") == expected


def test_signals_of_a_checker_are_conditions_too():
    tests = "[{breaks: {title: pills}}, {keeps: {title: eggs}}]"
    gaps_found = found(
        f"{{offer: {{}}}}\n    tests: {tests}", more="checkers: [offer.yaml]\n", files={"offer.yaml": CHECKER}
    )
    assert gaps_found == [("title", 5, "yes")]
