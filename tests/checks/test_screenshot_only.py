"""A picture where a source should be."""

import pytest

from bot.domain.picture import Picture
from tests.builders import a_post
from tests.checks.asking import ask, word

PICTURE = {"url": "https://pics.example/a.png", "link_type": "image/png", "alt_text": "", "body": ""}
NAMED = "{screenshot_only: {screenshot_words: [screenshot]}}"
PLAIN = "{screenshot_only: {}}"


@pytest.mark.parametrize(
    ("facts", "when", "expected"),
    [
        ({}, PLAIN, "unknown"),
        ({"url": "https://news.example/a", "link_type": "text/html"}, PLAIN, "no"),
        ({"body": "Source: https://news.example/a"}, PLAIN, "no"),
        ({"body": "https://web.archive.org/web/2026/https://news.example/a"}, PLAIN, "no"),
        ({"body": "https://news.example/", "title": "Screenshot"}, NAMED, "doubt"),
        ({"body": "https://pics.example/b.png https://imgur.com/x", "title": "Screenshot"}, NAMED, "doubt"),
        (
            {"body": "https://duckduckgo.com/?q=x https://lemmy.test/c/technology", "title": "Screenshot"},
            NAMED,
            "doubt",
        ),
        ({"body": None}, PLAIN, "unknown"),
        ({"url": None, "link_type": None}, PLAIN, "unknown"),
        ({"title": "I drew this"}, "{screenshot_only: {own_work: [i drew]}}", "no"),
        ({"title": "Screenshot"}, NAMED, "doubt"),
        ({}, "{screenshot_only: {allowed_hosts: [pics.example]}}", "no"),
        ({"body": "https://news.example/a"}, "{screenshot_only: {alt_text: ask}}", "doubt"),
        ({"body": "https://news.example/a", "alt_text": "a table"}, "{screenshot_only: {alt_text: ask}}", "no"),
        ({"body": "https://news.example/a", "alt_text": None}, "{screenshot_only: {alt_text: ask}}", "unknown"),
        ({"image_text": "breaking " * 20}, PLAIN, "yes"),
        ({"image_text": "EXIT"}, PLAIN, "no"),
        ({"picture": Picture(shows_text=True, certain=True)}, PLAIN, "yes"),
        ({"picture": Picture(shows_text=True)}, PLAIN, "doubt"),
        ({"picture": Picture(shows_text=False, certain=True)}, PLAIN, "no"),
        ({"picture": Picture(shows_text=False)}, PLAIN, "no"),
        ({"picture": Picture(why=("broken",))}, PLAIN, "unknown"),
        ({"picture": Picture(why=("broken",)), "title": "Screenshot"}, NAMED, "doubt"),
        ({"picture": Picture(shows_text=False), "title": "Screenshot"}, NAMED, "doubt"),
        ({"picture": Picture(shows_text=False, certain=True), "title": "Screenshot"}, NAMED, "no"),
        ({"picture": Picture(shows_text=True, certain=True), "body": "https://news.example/a"}, PLAIN, "no"),
        ({"picture": Picture(shows_text=False, certain=True), "image_text": "breaking " * 20}, PLAIN, "no"),
    ],
)
def test_four_questions_in_order(facts, when, expected):
    assert word(ask(a_post(**(PICTURE | facts)), when)) == expected


def test_why_nobody_could_look_is_told():
    said = ask(a_post(**PICTURE, picture=Picture(why=("the picture moves",))), PLAIN)
    assert said.why == "could not look inside the image; the picture moves"


def test_what_was_seen_is_evidence():
    seen = Picture(shows_text=True, certain=True, why=("40 words read", "likelihood 0.99"))
    said = ask(a_post(**PICTURE, picture=seen), PLAIN)
    assert said.evidence[-1].text == "40 words read; likelihood 0.99"
