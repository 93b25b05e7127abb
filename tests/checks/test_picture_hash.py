"""Pictures that moderators keep a list of, and links in QR codes."""

import pytest

from bot.domain.picture import Picture
from tests.builders import a_comment, a_post
from tests.checks.asking import ask, word

HASH = "ab" * 32
ALIKE = f"{int(HASH, 16) ^ (2**31 - 1):064x}"
OTHER = f"{int(HASH, 16) ^ (2**32 - 1):064x}"
LISTED = f"{{picture_hash: [{'0' * 64}, {HASH}]}}"
PICTURE = {"url": "https://pics.example/a.png", "link_type": "image/png"}


@pytest.mark.parametrize(
    ("item", "expected"),
    [
        (a_post(**PICTURE, picture=Picture(hash=HASH)), "yes"),
        (a_post(**PICTURE, picture=Picture(hash=ALIKE)), "yes"),
        (a_post(**PICTURE, picture=Picture(hash=OTHER)), "no"),
        (a_post(**PICTURE, picture=Picture(shows_text=False, certain=True)), "no"),
        (a_post(**PICTURE, picture=Picture(why=("broken",))), "unknown"),
        (a_post(**PICTURE), "unknown"),
        (a_post(), "no"),
        (a_comment(), "no"),
    ],
)
def test_near_hashes_are_the_same_picture(item, expected):
    assert word(ask(item, LISTED)) == expected


def test_a_list_may_stand_in_a_file():
    more = "lists: {removed: {file: removed.txt}}\n"
    files = {"removed.txt": f"# eve's\n{HASH}\n"}
    item = a_post(**PICTURE, picture=Picture(hash=HASH))
    assert word(ask(item, "{picture_hash: {list: removed}}", more=more, files=files)) == "yes"


@pytest.mark.parametrize(
    ("when", "expected"),
    [
        ("{domain: [shop.example]}", "yes"),
        ("{domain: [other.example]}", "no"),
        ("{domain: [pics.example]}", "yes"),
        ("{has_link: true}", "yes"),
    ],
)
def test_an_address_in_a_code_is_a_link(when, expected):
    seen = Picture(links=("https://www.shop.example/a?ref=eve",))
    assert word(ask(a_post(**PICTURE, picture=seen), when)) == expected


def test_a_text_post_whose_picture_has_a_code_has_a_link():
    item = a_post(url="", body="![](https://pics.example/a.png)", picture=Picture(links=("https://shop.example",)))
    assert word(ask(item, "{has_link: true}")) == "yes"
