"""No short cut changes what the pack says: a rule that is passed over would have said no."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.audit.scored import scored_in
from bot.domain.answer import No
from bot.domain.item import Community
from bot.engine.evaluate import concerns, judged, look, verdict_on
from bot.rulebook.example import EXAMPLE_NOW, example
from bot.rulebook.load import load
from tests.builders import a_post
from tests.checks import reference
from tests.paths import CHECKOUT

HOSTS = [
    "imgur.com",
    "i.im%67ur.com",
    "example.org",
    "EXAMPLE.org",
    "www.amazon.com",
    "xn--bcher-kva.example",
    "1.2.3.4",
    "example.org:8080",
    "nitter.net",
]
PATHS = ["", "/", "/en/", "/?ref=abc", "?ref=1", "/#top", "/a/b/c", "/A.JPG", "/x?format=jpg", "/dp/B0?tag=me-20", "/ä"]
PATHS += ["/a%2epng", "/image_proxy?url=https%3A%2F%2Fexample.org%2Fa", "/pictrs/image/1.webp"]
ADDRESSES = st.sampled_from([None, "", "ftp://x/y", "javascript:1"]) | st.builds(
    "{}://{}{}".format, st.sampled_from(["https", "HTTPS"]), st.sampled_from(HOSTS), st.sampled_from(PATHS)
)
TITLES = [
    None,
    "",
    "Which laptop is the best?",
    "I built an app",
    "lol",
    "Buy bitcoin now",
    "Screenshot: “so”",
    "WTF!!!",
]
BODIES = [None, "", "text", "![x](https://i.imgur.com/a.png)", "see [this](https://www.amazon.com/dp/B0?tag=me-20)"]
TYPES = [None, "", "image/png", "text/html"]
posts = st.builds(
    a_post,
    title=st.sampled_from(TITLES),
    body=st.sampled_from(BODIES),
    url=ADDRESSES,
    link_type=st.sampled_from(TYPES),
    community=st.just(Community(name="technology", host="lemmy.ml")),
)


@pytest.fixture(scope="module")
def book():
    return load([CHECKOUT / "rules"])


@pytest.fixture(scope="module")
def items(book):
    """What the rules' own tests are about, and the same mixed with one another."""
    found = [test.item for rule in book.rules for test in rule.tests]
    chance = random.Random(5)
    mixed = [
        example(
            {
                "title": str(getattr(chance.choice(found), "title", None) or ""),
                "url": str(getattr(chance.choice(found), "url", None) or ""),
                "body": f"{chance.choice(found).body}\n\n> {chance.choice(found).body}",
            }
        )
        for _ in range(200)
    ]
    return [*found, *mixed]


def test_a_rule_that_is_passed_over_says_no(book, items):
    for item in items:
        subject = look(book, item, EXAMPLE_NOW)
        said = {rule.id: answer for rule, answer in judged(book, subject)}
        for rule in book.rules:
            if concerns(rule, item):
                answer = verdict_on(rule, look(book, item, EXAMPLE_NOW))
                assert said.get(rule.id, No()) == answer, (rule.id, item)


def test_a_checker_that_ends_early_says_what_all_its_signals_say(book, items):
    checkers = [checker for rule in book.rules if (checker := scored_in(rule.when))]
    for item in items:
        subject = look(book, item, EXAMPLE_NOW)
        for checker in checkers:
            assert checker.answer(subject) == reference.answer(checker, look(book, item, EXAMPLE_NOW))
            for learned in checker._learned:
                assert learned.points(subject).most <= learned.at_most(subject)


@settings(max_examples=400, deadline=None)
@given(item=posts)
def test_what_the_texts_do_not_tell_is_asked_for(book, item):
    """Whatever the address is and whoever tells of its content: the scan rules out nothing that would have held."""
    said = {rule.id: answer for rule, answer in judged(book, look(book, item, EXAMPLE_NOW))}
    subject = look(book, item, EXAMPLE_NOW)
    unaided = subject._replace(texts=subject.texts._replace(tell_all=False))
    for rule in book.rules:
        assert said.get(rule.id, No()) == verdict_on(rule, unaided), rule.id
