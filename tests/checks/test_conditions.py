"""Every condition of the rule language, asked about an item. The table says what a moderator would expect."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.checks.body_length import _inner_length
from bot.checks.language import CODES
from bot.domain.answer import Yes
from bot.domain.item import Author, Community
from tests.builders import BOB, NOON, a_comment, a_post
from tests.checks.asking import ask, word

POST = a_post(
    title="Cheap Pills, no questions",
    body="see `pills` and\n\n> spam\n\nhttps://shop.example/x",
    url="https://www.shop.example.org/a?tag=me-21",
)
TEXT_POST = a_post(url="", link_title="", link_description="", link_type="")
DAYS = timedelta(days=1)


def by(**facts):
    return a_post(author=replace(BOB, **facts))


CASES = [
    # searches, modifiers and their defaults
    (POST, "{title: [pills]}", "yes"),
    (POST, "{title: [pill]}", "no"),
    (POST, "{title (includes): [pill]}", "yes"),
    (POST, "{title (starts-with): [cheap]}", "yes"),
    (POST, "{title (ends-with): [questions]}", "yes"),
    (POST, "{title (full-exact): [cheap pills]}", "no"),
    (POST, "{title (full-exact): ['Cheap Pills, no questions']}", "yes"),
    (a_post(title="«Cheap!»"), "{title (full-text): [cheap]}", "yes"),
    (POST, "{title (case-sensitive): [pills]}", "no"),
    (POST, "{title (regex): ['p\\w+s']}", "yes"),
    (POST, "{'title (regex, case-sensitive, includes)': ['Pil']}", "yes"),
    (POST, "{url: [tag=me]}", "yes"),
    (POST, "{url (includes-word): [shop]}", "yes"),
    (POST, "{id: ['1']}", "yes"),
    (POST, "{id: ['11']}", "no"),
    (POST, "{title+url: [shop]}", "yes"),
    (POST, "{title+body (includes): [shop.example]}", "yes"),
    (POST, "{~title: [eggs]}", "yes"),
    (POST, "{~title: [pills]}", "no"),
    (POST, "{title: [cheap], 'title#2': [pills]}", "yes"),
    (POST, "{title: [cheap], 'title#2 (includes)': [eggs]}", "no"),
    (POST, "{title (includes): [cheap], 'title (includes)#2': [ill]}", "yes"),
    (POST, "{title: [no, on, 010, 12:30]}", "yes"),
    (a_post(title="it is 12:30"), "{title: [no, 12:30]}", "yes"),
    (a_post(title="code 010"), "{title: 010}", "yes"),
    (a_post(link_title="Buy pills"), "{link_title: [pills]}", "yes"),
    (a_post(link_title=None, published=NOON), "{link_title: [pills]}", "unknown"),
    (a_post(alt_text="a cat"), "{alt_text: [cat]}", "yes"),
    (a_post(), "{image_text: [cat]}", "unknown"),
    # to the letter: quotes and code count, disguises do not
    (POST, "{body (verbatim): [pills]}", "yes"),
    (POST, "{body (verbatim): [spam]}", "yes"),
    (POST, "{'body (verbatim, unquoted)': [spam]}", "no"),
    (POST, "{'body (verbatim, unquoted)': [pills]}", "yes"),
    (POST, "{'~body (verbatim, unquoted)': [spam]}", "yes"),
    (a_post(body="a\n> x\nb"), "{'body (verbatim, unquoted, regex)': ['a.b']}", "yes"),
    (a_post(title="c4sin0 and cаsino"), "{title: [casino]}", "yes"),
    (a_post(title="c4sin0 and cаsino"), "{title (verbatim): [casino]}", "no"),
    (a_post(title="❤️casino"), "{title (verbatim): [casino]}", "yes"),
    (a_post(title="赌场casino"), "{title (verbatim): [casino]}", "no"),
    (a_post(title="casinos"), "{title (verbatim): [casino]}", "no"),
    (a_post(title="c++"), "{title (verbatim): [c++]}", "yes"),
    (a_post(title="_casino_"), "{'title (full-text, verbatim)': [casino]}", "no"),
    (a_post(title="*casino*"), "{'title (full-text, verbatim)': [casino]}", "yes"),
    (a_post(title="casino\n"), "{'title (full-exact, verbatim)': [casino]}", "yes"),
    (a_post(title="casino\n"), "{title (full-exact): [casino]}", "no"),
    (a_post(title="❤️casino"), "{'title (regex, includes, verbatim)': ['\\bcasino']}", "yes"),
    (a_post(title="e\u0301"), "{'title (regex, full-exact, verbatim)': ['[\\w]']}", "no"),
    (a_post(title="e\u0301"), "{'title (regex, ends-with, verbatim)': ['[\\W]']}", "yes"),
    (POST, "{community: [technology]}", "yes"),
    (a_comment(), "{community: [tech]}", "no"),
    (a_post(community=Community()), "{community: [technology]}", "unknown"),
    (a_post(tags=("News", "Solved")), "{tags: [solved]}", "yes"),
    (a_post(tags=("News",)), "{tags: [new]}", "no"),
    (a_post(tags=()), "{~tags: [solved]}", "yes"),
    (a_post(), "{tags: [solved]}", "unknown"),
    (a_post(), "{~tags: [solved]}", "unknown"),
    (a_comment(), "{tags: [solved]}", "no"),
    (a_post(tags=("News",)), "{is_tagged: true}", "yes"),
    (a_post(tags=()), "{is_tagged: false}", "yes"),
    (a_post(), "{is_tagged: false}", "unknown"),
    (POST, "{is_post: true}", "yes"),
    (a_comment(), "{is_post: true}", "no"),
    (a_comment(), "{is_post: false}", "yes"),
    (POST, "{is_link_post: true}", "yes"),
    (TEXT_POST, "{is_link_post: true}", "no"),
    (TEXT_POST, "{is_link_post: false}", "yes"),
    (a_post(url=None), "{is_link_post: true}", "unknown"),
    (a_comment(), "{is_link_post: false}", "no"),
    # quotes and code are not the author's words
    (POST, "{body: [pills]}", "no"),
    (POST, "{body: [spam]}", "no"),
    (POST, "{body: [see]}", "yes"),
    # disguises
    (a_post(title="cheap ｐｉｌｌｓ"), "{title: [pills]}", "yes"),
    (a_post(title="cheap p\u200bills"), "{title: [pills]}", "yes"),
    # domains
    (POST, "{domain: [shop.example.org]}", "yes"),
    (POST, "{domain: [example.org]}", "yes"),
    (POST, "{domain: [other.example.org, ample.org]}", "no"),
    (POST, "{domain (full-exact): [shop.example.org]}", "no"),
    (POST, "{'domain (regex, includes)': ['shop\\.']}", "yes"),
    (TEXT_POST, "{domain: [example.org]}", "no"),
    (a_post(url=None), "{domain: [example.org]}", "unknown"),
    (a_comment(), "{domain: [example.org]}", "no"),
    # fields that an item does not have, or that are not known
    (a_comment(body="pills"), "{title: [pills]}", "no"),
    (a_comment(body="pills"), "{~title: [pills]}", "yes"),
    (a_comment(body="pills"), "{title+body: [pills]}", "yes"),
    (a_post(body=None), "{body: [pills]}", "unknown"),
    (a_post(body=None), "{~body: [pills]}", "unknown"),
    (a_post(body=None), "{none: [{body: [pills]}]}", "unknown"),
    (a_post(title="pills", body=None), "{title+body: [pills]}", "yes"),
    (a_post(title="pills", body=None), "{any: [{title: [pills]}, {body: [x]}]}", "yes"),
    (a_post(title="eggs", body=None), "{title: [pills], body: [x]}", "no"),
    # nesting
    (POST, "[{title: [eggs]}, {title: [pills]}]", "yes"),
    (POST, "{all: [{title: [cheap]}, {title: [pills]}]}", "yes"),
    (POST, "{all: {title: [cheap], url: [nothing]}}", "no"),
    (POST, "{any: {title: [eggs], url: [shop]}}", "yes"),
    (POST, "{none: [{title: [eggs]}, {url: [nothing]}]}", "yes"),
    (POST, "{none: {title: [pills]}}", "no"),
    (POST, "{any: [{all: [{title: [cheap]}, {none: [{title: [eggs]}]}]}]}", "yes"),
    # the author
    (by(name="bob"), "{author: bob}", "yes"),
    (by(name="bob"), "{author: [alice, bob]}", "yes"),
    (by(name="bob"), "{author: {name: [bo]}}", "no"),
    (by(name="bob"), "{author: {name (includes): [bo]}}", "yes"),
    (by(name="bob"), "{~author: bob}", "no"),
    (by(name="bob"), "{author: ['bob@lemmy.test']}", "yes"),
    (by(name="bob"), "{author: ['bob@elsewhere.test']}", "no"),
    (by(name="bob"), "{author: {name: [alice, 'bob@lemmy.test']}}", "yes"),
    (by(instance="sub.spam.example"), "{author: {instance: [spam.example]}}", "yes"),
    (by(instance="ham.example"), "{author: {~instance: [spam.example]}}", "yes"),
    (by(instance="ham.example"), "{author: {instance (starts-with): [ham]}}", "yes"),
    (by(display_name="Buy pills"), "{author: {display_name: [pills]}}", "yes"),
    (by(bio=None), "{author: {display_name+bio: [pills]}}", "unknown"),
    (by(created=NOON - 3 * DAYS), "{author: {account_age: '< 5 days'}}", "yes"),
    (by(created=NOON - 3 * DAYS), "{author: {account_age: '> 5'}}", "no"),
    (by(created=NOON - 3 * DAYS), "{author: {account_age: '= 3 days'}}", "yes"),
    (by(created=NOON - 3 * DAYS), "{author: {account_age: '>= 72 hours'}}", "yes"),
    (by(created=None), "{author: {account_age: '< 5 days'}}", "unknown"),
    (by(created=NOON + DAYS), "{author: {account_age: '< 5 days'}}", "unknown"),
    (by(is_moderator=True), "{author: {is_moderator: true}}", "yes"),
    (by(is_moderator=False), "{author: {is_moderator: true}}", "no"),
    (by(is_moderator=None), "{~author: {is_moderator: true}}", "unknown"),
    (by(is_admin=True), "{author: {is_admin: false}}", "no"),
    (by(is_bot=True), "{author: {is_bot: true}}", "yes"),
    (a_post(), "{author: {is_submitter: true}}", "yes"),
    (a_comment(post=a_post(author=Author(id="7"))), "{author: {is_submitter: true}}", "yes"),
    (a_comment(post=a_post(author=Author(id="8"))), "{author: {is_submitter: true}}", "no"),
    (a_comment(author=Author()), "{author: {is_submitter: true}}", "unknown"),
    (a_comment(author=Author()), "{author: bob}", "unknown"),
    # facts
    (a_post(score=-5), "{score: '< -4'}", "yes"),
    (a_post(score=3), "{score: 3}", "yes"),
    (a_post(score=None), "{score: '> 3'}", "unknown"),
    (a_post(published=NOON - DAYS), "{age: '> 12 hours'}", "yes"),
    (a_post(published=NOON - DAYS), "{age: '< 1 weeks'}", "yes"),
    (a_post(updated=NOON + DAYS), "{is_edited: true}", "yes"),
    (a_post(), "{is_edited: false}", "yes"),
    (a_post(updated=None), "{is_edited: true}", "unknown"),
    (a_post(is_nsfw=True), "{is_nsfw: true}", "yes"),
    (a_comment(), "{is_nsfw: true}", "no"),
    (a_comment(), "{is_top_level: true}", "yes"),
    (a_comment(depth=3), "{is_top_level: false}", "yes"),
    (a_comment(depth=None), "{is_top_level: true}", "unknown"),
    (a_post(), "{is_top_level: false}", "no"),
    (a_post(), "{has_link: true}", "yes"),
    (TEXT_POST, "{has_link: false}", "yes"),
    (a_comment(body="see https://x.example/a"), "{has_link: true}", "yes"),
    (a_comment(body=None), "{has_link: true}", "unknown"),
    (a_comment(body="  12345! "), "{body_longer_than: 5}", "no"),
    (a_comment(body="  12345! "), "{body_longer_than: 4}", "yes"),
    (a_comment(body="  12345! "), "{body_shorter_than: 6}", "yes"),
    (a_comment(body=None), "{body_shorter_than: 6}", "unknown"),
    (a_post(language=37), "{language: [en, de]}", "yes"),
    (a_post(language=32), "{language: en}", "no"),
    (a_post(language=0), "{language: en}", "unknown"),
    (a_post(language=0), "{~language: en}", "unknown"),
    # pictures
    (a_post(url="https://x.example/a.png", link_type=""), "{is_image_post: true}", "yes"),
    (a_post(url="https://x.example/a", link_type="image/webp"), "{is_image_post: true}", "yes"),
    (a_post(url="https://x.example/a"), "{is_image_post: false}", "yes"),
    (a_post(url="https://i.imgur.com/abc", link_type=None), "{is_image_post: true}", "yes"),
    (a_post(url="https://imgur.com/abc", link_type=None, published=NOON), "{is_image_post: true}", "doubt"),
    (a_post(url=None), "{is_image_post: true}", "unknown"),
    (replace(TEXT_POST, body="![x](https://x.example/a.png) look"), "{is_image_post: true}", "yes"),
    (replace(TEXT_POST, body="![x](https://x.example/a.png) " + "word " * 20), "{is_image_post: true}", "no"),
    (replace(TEXT_POST, body=None), "{is_image_post: true}", "unknown"),
    (a_comment(), "{is_image_post: true}", "no"),
]


@pytest.mark.parametrize(
    ("item", "when", "expected"), CASES, ids=[f"{number}-{each[1]}" for number, each in enumerate(CASES)]
)
def test_a_condition_answers(item, when, expected):
    assert word(ask(item, when)) == expected


@pytest.mark.parametrize(
    ("when", "unless", "expected"),
    [
        ("{title: [pills]}", "{url: [shop]}", "no"),
        ("{title: [pills]}", "{url: [nothing]}", "yes"),
        ("{title: [pills]}", "{image_text: [cat]}", "unknown"),
        ("{title: [eggs]}", "{image_text: [cat]}", "no"),
        ("{title: [pills]}", "[{url: [nothing]}, {title: [cheap]}]", "no"),
    ],
)
def test_unless_means_none_of_this(when, unless, expected):
    assert word(ask(POST, when, unless=unless)) == expected


def test_lists_stand_inline_or_in_files():
    more = "lists: {goods: [eggs, pills], hosts: {file: hosts.txt}}\n"
    files = {"hosts.txt": "# shops\n\nexample.org\n"}
    for when in (
        "{title: {list: goods}}",
        "{domain: {list: hosts}}",
        "{title+url: {list: [goods, hosts]}}",
        "{author: {list: goods}}",
    ):
        assert word(ask(POST, when, more=more, files=files)) == ("no" if "author" in when else "yes")


def test_evidence_shows_the_place_in_the_original():
    said = ask(a_post(title="cheap ｐｉｌｌｓ"), "{title: [pills]}")
    assert isinstance(said, Yes)
    (fact,) = said.evidence
    assert (fact.field, fact.start, fact.end, fact.text) == ("title", 6, 11, "ｐｉｌｌｓ")


NAMED = """conditions:
  promises: {title (includes-word): [presale, airdrop]}
  bots: {author: {is_bot: true}}
  risky: {condition: promises, ~condition: bots}
"""


@pytest.mark.parametrize(
    ("title", "when", "said"),
    [
        ("The presale", "{condition: promises}", "yes"),
        ("The kernel", "{condition: promises}", "no"),
        ("The kernel", "{~condition: promises}", "yes"),
        ("The presale", "{condition: [bots, promises]}", "yes"),
        ("The presale", "{condition: risky}", "yes"),
        ("The presale", "{condition: bots}", "no"),
    ],
)
def test_named_conditions(title, when, said):
    assert word(ask(a_post(title=title), when, more=NAMED)) == said


@pytest.mark.parametrize(
    ("when", "said"),
    [
        ('{title_words: "= 3"}', "yes"),
        ('{title_length: "= 13"}', "yes"),
        ('{body_words: "< 3"}', "yes"),
        ('{body_length: "> 4"}', "no"),
    ],
)
def test_lengths_in_words_and_in_letters_as_a_reader_counts_them(when, said):
    family = "\U0001f468‍\U0001f469‍\U0001f467"
    assert word(ask(a_post(title="Don't e\u0301at it" + family, body=f"{family} ok"), when)) == said


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("Der neue Kernel ist erschienen und startet auf meinem alten Rechner schneller als zuvor.", "yes"),
        ("The new kernel is out and boots faster on my old machine than the one before it did.", "no"),
        ("ok", "unknown"),
        ("https://example.org/der/neue/kernel/ist/erschienen", "unknown"),
    ],
)
def test_a_language_that_nobody_chose_is_told_by_the_letters(body, said):
    assert word(ask(a_post(title="", body=body, language=0), "{language: [de]}")) == said


def test_the_authors_choice_counts_more_than_the_letters():
    body = "The new kernel is out and boots faster on my old machine than the one before it did."
    assert word(ask(a_post(body=body, language=CODES.index("de")), "{language: [de]}")) == "yes"


def test_without_the_library_an_unchosen_language_is_not_known(monkeypatch):
    monkeypatch.setattr("bot.checks.language.can_detect", lambda: False)
    assert word(ask(a_post(language=0), "{language: [en]}")) == "unknown"


@given(st.text(alphabet="a_é0 .\n\u0301\u2028”", max_size=12))
def test_a_text_is_as_long_as_without_blanks_and_marks_at_its_ends(text):
    assert _inner_length(text) == len(re.sub(r"\A\W+|\W+\Z", "", text))
