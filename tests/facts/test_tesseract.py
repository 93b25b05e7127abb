"""Reading with the program tesseract, as it is called and as it may fail."""

import pytest
from PIL import Image

from bot.facts.tesseract import MOST_READ, Tesseract, _lines, _top
from tests.facts import drawn
from tests.facts.installed import TESSERACT, needs_tesseract

HEAD = "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext\n"
TABLE = HEAD + (
    "1\t1\t0\t0\t0\t0\t0\t0\t640\t480\t-1\t\n"
    "2\t1\t1\t0\t0\t0\t27\t23\t372\t31\t-1\t\n"
    "4\t1\t1\t1\t1\t0\t27\t23\t372\t31\t-1\t\n"
    "5\t1\t1\t1\t1\t1\t27\t25\t57\t23\t96.9\tLaw\n"
    "5\t1\t1\t1\t1\t2\t92\t30\t34\t18\t49.9\tom\n"
    "5\t1\t1\t1\t1\t3\t135\t30\t101\t18\t50\tservers\n"
    "4\t1\t2\t1\t1\t0\t10\t60\t20\t8\t-1\t\n"
    "5\t1\t2\t1\t1\t1\t10\t60\t20\t8\t95\t \n"
)


@pytest.fixture
def acting(tmp_path):
    """A function that makes a program of a shell script, and the reader that calls it."""

    def make(script):
        program = tmp_path / "tesseract"
        program.write_text(f"#!/bin/sh\n{script}\n")
        program.chmod(0o700)
        return Tesseract(str(program), 1)

    return make


def test_lines_hold_the_words_that_are_sure_enough():
    (line,) = _lines(TABLE, 1.0)
    assert line.text == "Law servers"
    assert (line.left, line.top, line.right, line.bottom) == (27, 23, 399, 54)


def test_places_are_those_in_the_picture_before_it_was_shrunk():
    (line,) = _lines(TABLE, 2.0)
    assert (line.left, line.top, line.right, line.bottom) == (54, 46, 798, 108)


@pytest.mark.parametrize(
    ("size", "scale", "top"),
    [
        ((640, 480), 1.0, (640, 480)),
        ((1_000, 5_000), 1.0, (1_000, MOST_READ // 1_000)),
        ((4_000, 300), 2.0, (2_000, 150)),
        ((20_000, 48), 10.0, (2_000, 5)),
    ],
)
def test_the_top_of_what_is_large_is_read(size, scale, top):
    assert _top(Image.new("RGB", size), scale).size == top


@pytest.mark.parametrize("script", ["exit 1", "kill -9 $$", "while :; do :; done", "exec <&-; exit 1"])
def test_a_program_that_fails_has_read_nothing(acting, script):
    assert acting(script).read(drawn.page(size=(2_000, 700))) is None


def test_a_program_that_is_not_there_has_read_nothing(tmp_path):
    assert Tesseract(str(tmp_path / "nowhere"), 1).read(drawn.page()) is None


def test_it_is_told_nothing_of_our_environment(acting, monkeypatch):
    monkeypatch.setenv("WARDEN_PASSWORD", "hunter2")
    told = acting('cat >/dev/null; test -z "$WARDEN_PASSWORD" && test "$OMP_THREAD_LIMIT" = 1').read(drawn.page())
    assert told == ()


@needs_tesseract
def test_a_page_is_read_from_top_to_bottom():
    lines = Tesseract(TESSERACT, 60).read(drawn.page())
    assert lines[0].text == "Law on servers stalls again"
    assert [line.top for line in lines] == sorted(line.top for line in lines)
    assert len(lines) > 10


@needs_tesseract
def test_what_holds_no_text_has_no_lines():
    assert Tesseract(TESSERACT, 60).read(drawn.noise()) == ()
