"""Conditions that no test needs."""

import pytest

from bot.engine.rule_tests import own_tests, run
from bot.engine.rule_tests_needed import unneeded
from bot.rulebook.load import load_for_few

HEAD = "version: 1\nrules:\n  - id: a\n"


def keys(tmp_path, rule):
    """The keys of the conditions that no test needs, with their lines inside the rule."""
    path = tmp_path / "rules.yaml"
    path.write_text(HEAD + "".join(f"    {line}\n" for line in rule.strip("\n").splitlines()))
    book = load_for_few([path])
    return [(each.message.split("`")[3], each.place.line - 3) for each in unneeded(book, run(book, own_tests(book)))]


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        (
            (
                "when: {title: [gadget], body: [cheap]}\n"
                "tests: [{breaks: {title: gadget, body: cheap}}, {keeps: {title: gadget}}, {keeps: {body: cheap}}]"
            ),
            [],
        ),
        (
            (
                "when: {title: [gadget], body: [cheap]}\n"
                "tests: [{breaks: {title: gadget, body: cheap}}, {keeps: {title: gadget}}]"
            ),
            [("title", 1)],
        ),
        (
            (
                "when:\n  - title: [gadget]\n  - body: [cheap]\n    domain: [a.example]\n"
                "tests: [{breaks: {title: gadget}}, {keeps: {title: cat}}]"
            ),
            [("body", 3)],
        ),
        (
            (
                "when: {title: [gadget]}\nunless: {body: [fair]}\n"
                "tests: [{breaks: {title: gadget}}, {keeps: {title: cat}}]"
            ),
            [("body", 2)],
        ),
        (
            (
                "when: {title: [gadget]}\nunless: {body: [fair], domain: [a.example]}\n"
                'tests: [{breaks: {title: gadget}}, {keeps: {title: gadget, body: fair, url: "https://a.example/"}},\n'
                "  {keeps: {title: cat}}]"
            ),
            [("body", 2), ("domain", 2)],
        ),
        (
            (
                "when: {title: [gadget], none: [{title: [cat]}, {title: [dog]}]}\n"
                "tests: [{breaks: {title: gadget}}, {keeps: {title: gadget cat}}, {keeps: {title: cow}}]"
            ),
            [("title", 1)],
        ),
        (
            (
                "when: {title: [gadget], none: [{title: [cat]}, {title: [dog]}]}\n"
                "tests: [{breaks: {title: gadget}}, {keeps: {title: cat}}]"
            ),
            [("title", 1), ("none", 1)],
        ),
        (
            (
                "when: {parent_post: {title: [gadget], body: [cheap]}}\n"
                "tests: [{breaks: {kind: comment, post: {title: gadget, body: cheap}}},\n"
                "  {keeps: {kind: comment, post: {title: cat, body: cheap}}}]"
            ),
            [("body", 1)],
        ),
        (
            (
                "when: {title: [gadget], author: {is_bot: true, name: [eve]}}\n"
                "tests: [{breaks: {title: gadget, author: {name: eve, is_bot: true}}}, {keeps: {title: gadget}},\n"
                "  {keeps: {title: cat, author: {name: eve, is_bot: true}}}]"
            ),
            [("name", 1)],
        ),
    ],
)
def test_a_condition_without_which_all_tests_pass(rule, expected, tmp_path):
    assert keys(tmp_path, rule) == expected


@pytest.mark.parametrize(
    "tests",
    [
        "[]",
        "[{breaks: {title: gadget, body: cheap}}]",
        "[{keeps: {title: gadget}}]",
        "[{breaks: {title: cat}}, {keeps: {title: gadget}}]",
    ],
)
def test_without_tests_of_both_sides_that_pass_nothing_is_said(tests, tmp_path):
    assert keys(tmp_path, f"when: {{title: [gadget], body: [cheap]}}\ntests: {tests}") == []


def test_items_that_the_rule_is_not_about_prove_nothing(tmp_path):
    rule = "on: posts\nwhen: {title: [gadget]}\ntests: [{breaks: {title: gadget}}, {keeps: {kind: comment, body: x}}]"
    assert keys(tmp_path, rule) == [("title", 2)]


def test_a_rule_of_very_many_conditions_is_left_alone(tmp_path):
    many = ", ".join("{title: [gadget]}" for _ in range(1_000))
    rule = f"when: {{all: [{many}]}}\ntests: [{{breaks: {{title: gadget}}}}, {{keeps: {{title: cat}}}}]"
    assert keys(tmp_path, rule) == []
