"""Telling pictures of text from others."""

import json

import pytest

from bot.facts.look import look
from bot.facts.model import fitted
from bot.facts.rapid import RapidOcr
from bot.facts.tesseract import Tesseract
from tests.facts import drawn
from tests.facts.installed import TESSERACT, needs_rapidocr, needs_tesseract
from tests.paths import SHARED, needs_shared_data

READERS = [
    pytest.param(RapidOcr(), marks=needs_rapidocr, id="RapidOCR"),
    pytest.param(Tesseract(str(TESSERACT), 60), marks=needs_tesseract, id="tesseract"),
]
TEXT = {
    "light": drawn.page,
    "dark": lambda: drawn.page(dark=True, letters=20),
    "small letters": lambda: drawn.page(letters=12),
    "large letters": lambda: drawn.page(letters=28),
    "of a phone": lambda: drawn.page(size=(390, 844)),
    "of a large screen": lambda: drawn.page(size=(2560, 1440), letters=30),
}
OTHER = {
    "noise": drawn.noise,
    "gradient": drawn.gradient,
    "shapes": drawn.shapes,
    "chart": drawn.chart,
    "caption": drawn.caption,
}
KINDS = {"PNG": {}, "JPEG": {"quality": 75}, "WEBP": {}, "GIF": {}}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", TEXT)
def test_text_is_told_by_its_pixels(name, kind):
    seen = look(drawn.stored(TEXT[name](), kind, **KINDS[kind]))
    assert (seen.answer, seen.certain, seen.words, seen.text) == ("yes", True, None, None)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", OTHER)
def test_other_pictures_are_not_text(name, kind):
    assert look(drawn.stored(OTHER[name](), kind, **KINDS[kind])).answer == "no"


@pytest.mark.parametrize("drawing", [*TEXT.values(), *OTHER.values()])
def test_transparency_is_looked_at_on_white(drawing):
    image = drawing().convert("RGBA")
    image.putalpha(image.convert("L").point(lambda value: 255 if value < 128 else 0))
    assert look(drawn.stored(image)).shows_text is not None


@pytest.mark.parametrize("reader", READERS)
def test_what_was_read_is_kept_line_by_line(reader):
    seen = look(drawn.stored(drawn.page()), reader)
    assert (seen.answer, seen.certain) == ("yes", True)
    assert seen.text.splitlines()[0] == "Law on servers stalls again"
    assert seen.words > 100
    assert f"words read by {reader.name}" in seen.why[0]


@pytest.mark.parametrize("reader", READERS)
def test_a_caption_that_is_read_does_not_make_a_page(reader):
    seen = look(drawn.stored(drawn.caption()), reader)
    assert (seen.answer, seen.certain) == ("no", True)


@needs_rapidocr
def test_a_caption_over_a_photograph_is_read():
    assert "REPOST" in look(drawn.stored(drawn.caption()), RapidOcr()).text


def test_without_what_was_read_the_pixels_decide():
    seen = look(drawn.stored(drawn.page()), Tesseract("/nowhere/tesseract"))
    assert (seen.answer, seen.words, seen.text) == ("yes", None, None)
    assert seen.why[0] == "tesseract could not read it"


def test_what_is_too_small_is_not_told():
    seen = look(drawn.stored(drawn.page().resize((40, 40))))
    assert (seen.answer, seen.why) == ("unknown", ("the picture has only 40 × 40 pixels",))


@pytest.mark.parametrize("name", ["pixels", "RapidOCR", "tesseract"])
def test_the_weights_are_few_and_named(name):
    assert 1 < len(fitted(name).weights) <= 6
    assert fitted(name).likelihood(dict.fromkeys(fitted(name).weights, 0.0)) < 0.01


@needs_shared_data
def test_labelled_pictures_are_told_apart():
    rows = [json.loads(line) for line in (SHARED / "images_dev.jsonl").read_text().splitlines()]
    seen = [look((SHARED / "images" / row["file"]).read_bytes()).shows_text for row in rows]
    hits = sum(said and row["screenshot"] for said, row in zip(seen, rows, strict=True))
    assert hits / sum(seen) >= 0.95
    assert hits / sum(row["screenshot"] for row in rows) >= 0.95
