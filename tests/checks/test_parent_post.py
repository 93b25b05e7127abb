"""Conditions on the post above a comment."""

import pytest

from bot.domain.answer import Yes
from tests.builders import a_comment, a_post
from tests.checks.asking import ask, word

UNDER_KERNEL = a_comment(body="pills", post=a_post(title="A kernel", url="https://news.example/a", is_nsfw=False))


@pytest.mark.parametrize(
    ("when", "said"),
    [
        ("{parent_post: {title: [kernel]}}", "yes"),
        ("{parent_post: {title: [pills]}}", "no"),
        ("{parent_post: {domain: [news.example], ~title: [pills]}}", "yes"),
        ("{parent_post: [{title: [pills]}, {is_nsfw: false}]}", "yes"),
        ("{~parent_post: {title: [kernel]}}", "no"),
        ("{body: [pills], parent_post: {title: [kernel]}}", "yes"),
        ("{body: [kernel]}", "no"),
    ],
)
def test_of_a_comment(when, said):
    assert word(ask(UNDER_KERNEL, when)) == said


def test_a_post_has_none_above():
    assert word(ask(a_post(title="A kernel"), "{parent_post: {title: [kernel]}}")) == "no"


def test_what_is_not_told_is_not_known():
    assert word(ask(a_comment(post=None), "{parent_post: {title: [kernel]}}")) == "unknown"


def test_the_evidence_says_where():
    answer = ask(UNDER_KERNEL, "{parent_post: {title: [kernel]}}")
    assert isinstance(answer, Yes)
    assert [(fact.field, fact.start, fact.end) for fact in answer.evidence] == [("parent_post.title", 2, 8)]
