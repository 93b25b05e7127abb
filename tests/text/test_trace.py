"""Recognising the like."""

import pytest

from bot.text.trace import bands, is_near, trace_of
from tests.builders import a_comment, a_post

TEXT = (
    "The city council voted on Tuesday to keep the old tram line open for another ten years, after engineers said that "
    "its bridges were in better shape than a survey from last spring had suggested."
)


def of(text):
    return trace_of(a_comment(body=text))


@pytest.mark.parametrize(
    ("other", "same", "near"),
    [
        (TEXT, True, True),
        (TEXT.upper().replace(",", " ,"), True, True),
        (TEXT.replace("Tuesday", "Wednesday"), False, True),
        (TEXT + " Riders were pleased.", False, True),
        (TEXT[:80], False, False),
        (
            "A kernel with a faster scheduler is out, and early benchmarks of it look good on small machines.",
            False,
            False,
        ),
    ],
)
def test_same_and_nearly_the_same(other, same, near):
    one, two = of(TEXT), of(other)
    assert (one.text == two.text) is same
    assert is_near(one.sketch, two.sketch) is near
    if near:
        assert set(bands(one.sketch)) & set(bands(two.sketch))


@pytest.mark.parametrize("text", ["", "thanks!", "!!! … ??? --- ### ((())) [[[]]] {{{}}}", "ありがとう"])
def test_what_is_too_short_is_like_nothing(text):
    assert (of(text).text, of(text).sketch) == (None, ())
    assert bands(of(text).sketch) == []
    assert not is_near(of(text).sketch, of(text).sketch)


def test_languages_without_spaces():
    text = (
        "新しいカーネルが公開され、小さな機械での初期のベンチマークは良好だった。技術者たちは来年も続けると述べている。"
    )
    assert is_near(of(text).sketch, of(text.replace("来年", "今年")).sketch)


def test_a_sketch_stays_the_same_between_versions():
    assert of(TEXT).sketch[:3] == (155317952, 432180553, 320038809)
    assert bands(of(TEXT).sketch)[0] == 8306008175677058716


def test_links_are_compared_in_their_canonical_form():
    one, two = (trace_of(a_post(url=url)) for url in ("https://www.a.example/x?utm_source=y", "https://a.example/x"))
    assert one.link == two.link
    assert one.domain == "a.example"


def test_an_item_without_a_time_leaves_no_trace():
    assert trace_of(a_post(published=None)) is None
