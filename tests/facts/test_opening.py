"""Files that were made to do harm, or are merely broken: each ends in a reason."""

import struct
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from bot.facts.look import look
from bot.facts.opening import LARGEST, MOST_PIXELS, open_picture
from tests.facts import drawn

PAGE = drawn.stored(drawn.page())
JPEG = drawn.stored(drawn.page(), "JPEG")


def chunk(name, data):
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def png(width, height, *chunks):
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + b"".join([chunk(b"IHDR", head), *chunks, chunk(b"IEND", b"")])


def moving(kind):
    frames = [drawn.shapes((240, 240), seed) for seed in range(3)]
    return drawn.stored(frames[0], kind, save_all=True, append_images=frames[1:])


HOSTILE = {
    "nothing": (b"", "empty"),
    "zeros": (bytes(1000), "no picture of a known kind"),
    "text": (b"hello", "no picture of a known kind"),
    "drawing": (b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", "SVG"),
    "drawing with a head": (b"\xef\xbb\xbf<?xml version='1.0'?><!DOCTYPE svg><svg/>", "SVG"),
    "document": (b"%PDF-1.7\n", "two things"),
    "page in a comment": (drawn.stored(drawn.noise(), "JPEG", comment=b"<script>alert(1)</script>"), "two things"),
    "archive behind": (PAGE + b"PK\x05\x06" + bytes(18), "two things"),
    "cut off": (PAGE[: len(PAGE) // 2], "broken"),
    "cut off photograph": (JPEG[: len(JPEG) // 2], "broken"),
    "head alone": (PAGE[:40], "no picture of a known kind"),
    "no pixels": (png(100, 100), "broken"),
    "many pixels": (png(40_000, 40_000, chunk(b"IDAT", zlib.compress(b""))), "too many"),
    "no width": (png(0, 100, chunk(b"IDAT", zlib.compress(b""))), "no picture of a known kind"),
    "more pixels": (png(5_001, 5_000, chunk(b"IDAT", zlib.compress(b""))), "5001 × 5000 pixels, too many"),
    "bomb of text": (png(64, 64, chunk(b"zTXt", b"k\0\0" + zlib.compress(bytes(90_000_000), 9))), "broken"),
    "old kind": (drawn.stored(drawn.page(), "TIFF"), "no picture of a known kind"),
    "script for printers": (b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n", "no picture of a known kind"),
    "moving": (moving("GIF"), "moves"),
    "moving too": (moving("WEBP"), "moves"),
    "moving as well": (moving("PNG"), "moves"),
    "large": (PAGE + bytes(LARGEST), "larger than 8 MiB"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_ends_in_a_reason(name):
    content, why = HOSTILE[name]
    seen = look(content)
    assert (seen.answer, seen.certain) == ("unknown", False)
    assert why in seen.why[0]


def test_as_many_pixels_as_are_allowed_are_looked_at():
    packed = zlib.compress(bytes((5_000 * 3 + 1) * 5_000), 9)
    assert len(packed) < 100_000
    assert look(png(5_000, 5_000, chunk(b"IDAT", packed))).answer == "no"


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_no_damage_does_worse_than_an_answer(data):
    content = bytearray(data.draw(st.sampled_from([PAGE[:4_000], JPEG[:4_000], moving("GIF")[:2_000]])))
    for place in data.draw(st.lists(st.integers(0, len(content) - 1), max_size=8)):
        content[place] = data.draw(st.integers(0, 255))
    seen = look(bytes(content))
    assert seen.why


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16", "CMYK"])
def test_every_kind_of_pixel_becomes_red_green_and_blue(mode):
    kind = "JPEG" if mode == "CMYK" else "PNG"
    image = open_picture(drawn.stored(drawn.page().convert("L" if mode == "I;16" else mode).convert(mode), kind))
    assert (image.mode, image.size) == ("RGB", (640, 480))


def test_large_pictures_are_shrunk_by_a_whole_factor():
    assert open_picture(drawn.stored(Image.new("RGB", (4_000, 3_000)), "JPEG")).size == (1_000, 750)
    assert MOST_PIXELS > 4_000 * 3_000
