"""A look is taken when a verdict hangs on it, once, and remembered."""

from dataclasses import dataclass, field

import pytest

from bot.domain.picture import Picture
from bot.engine.looking import Looking
from tests.builders import NOON, a_comment, a_post
from tests.checks.asking import book_of

ACCOUNT = "warden@lemmy.test"
URL = "https://pics.example/a.png"
TEXT = Picture(shows_text=True, certain=True, why=("it does",), words=40, text="breaking news " * 20)
PHOTO = Picture(shows_text=False, certain=True, words=0, text="")
SCREENSHOT = "{screenshot_only: {}}"


@dataclass
class FakeEyes:
    """See what they are told to see."""

    sees: Picture | None
    looked: list[str] = field(default_factory=list)

    def look(self, post, address):
        self.looked.append(address)
        return self.sees


def picture_post(**changes):
    return a_post(**({"url": URL, "link_type": "image/png"} | changes))


@pytest.fixture
def judged(ledger):
    def judge(when, item, eyes):
        return Looking(ACCOUNT, ledger, eyes).verdict(book_of(when), item, NOON, None)

    return judge


@pytest.mark.parametrize(
    ("sees", "certain", "undecided"),
    [(TEXT, [True], 0), (PHOTO, [], 0), (Picture(why=("broken",)), [], 1), (None, [], 1)],
)
def test_an_open_question_is_looked_into(judged, sees, certain, undecided):
    eyes = FakeEyes(sees)
    verdict = judged(SCREENSHOT, picture_post(), eyes)
    assert [match.answer.certain for match in verdict.matches] == certain
    assert len(verdict.undecided) == undecided
    assert eyes.looked == [URL]
    assert verdict.item.picture == sees


@pytest.mark.parametrize(
    ("when", "item"),
    [
        ("{title: [kernel]}", picture_post()),
        ("{title: [kernel]}", picture_post(title=None)),
        (SCREENSHOT, a_post()),
        (SCREENSHOT, a_comment()),
        (SCREENSHOT, picture_post(body="https://news.example/a")),
        (SCREENSHOT, picture_post(picture=PHOTO)),
        ("{image_text: [news], title: [absent]}", picture_post()),
    ],
)
def test_nobody_looks_in_vain(judged, when, item):
    eyes = FakeEyes(TEXT)
    judged(when, item, eyes)
    assert eyes.looked == []


def test_the_text_in_the_picture_can_be_searched(judged):
    verdict = judged("{image_text (includes-word): [breaking]}", picture_post(), FakeEyes(TEXT))
    assert verdict.matches[0].answer.evidence[0].text == "breaking"


def test_a_picture_is_looked_into_once(judged):
    first, second = FakeEyes(TEXT), FakeEyes(PHOTO)
    judged(SCREENSHOT, picture_post(), first)
    verdict = judged(SCREENSHOT, picture_post(title="Edited"), second)
    assert second.looked == []
    assert verdict.matches[0].answer.certain


def test_another_picture_is_looked_into_anew(judged):
    judged(SCREENSHOT, picture_post(), FakeEyes(TEXT))
    eyes = FakeEyes(PHOTO)
    assert not judged(SCREENSHOT, picture_post(url=URL + "?b.png"), eyes).matches
    assert eyes.looked == [URL + "?b.png"]


def test_what_could_not_be_had_is_tried_again(judged):
    judged(SCREENSHOT, picture_post(), FakeEyes(None))
    eyes = FakeEyes(TEXT)
    judged(SCREENSHOT, picture_post(), eyes)
    assert eyes.looked == [URL]


def test_without_eyes_what_was_seen_before_still_counts(judged):
    judged(SCREENSHOT, picture_post(), FakeEyes(TEXT))
    assert judged(SCREENSHOT, picture_post(), None).matches[0].answer.certain


@pytest.mark.parametrize(
    ("facts", "address"),
    [
        ({"url": "https://lemmy.test/api/v3/image_proxy?url=https%3A%2F%2Fpics.example%2Fa.png"}, URL),
        ({"url": "", "link_type": "", "body": f"![]({URL})"}, URL),
    ],
)
def test_the_picture_itself_is_asked_for(judged, facts, address):
    eyes = FakeEyes(TEXT)
    judged(SCREENSHOT, picture_post(**facts), eyes)
    assert eyes.looked == [address]
