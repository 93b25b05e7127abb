"""QR codes and hashes."""

import numpy as np
import pytest
from PIL import Image

from bot.facts.look import look
from bot.facts.marks import hash_of, links_in
from tests.facts import drawn

zxingcpp = pytest.importorskip("zxingcpp", reason="the extra `image` is not installed")


def code(text):
    drawing = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode)
    return Image.fromarray(np.array(drawing.to_image(scale=4))).convert("RGB")


@pytest.mark.parametrize(
    ("text", "links"),
    [
        ("https://shop.example/a?ref=eve", ("https://shop.example/a?ref=eve",)),
        ("HTTP://SHOP.EXAMPLE/A", ("HTTP://SHOP.EXAMPLE/A",)),
        ("WIFI:S:home;P:secret;;", ()),
        ("javascript:alert(1)", ()),
    ],
)
def test_addresses_in_codes_are_links(text, links):
    assert links_in(code(text)) == links


def test_a_code_in_a_photograph_is_found():
    photo = drawn.noise((900, 700))
    photo.paste(code("https://shop.example/a"), (300, 200))
    assert look(drawn.stored(photo, "JPEG")).links == ("https://shop.example/a",)


def test_a_picture_is_known_again_when_it_was_changed_a_little():
    photo = drawn.noise((900, 700))
    small = photo.resize((450, 350))
    brighter = photo.point(lambda value: min(255, int(value * 1.1) + 5))
    first = int(hash_of(photo), 16)
    for changed in (small, brighter):
        assert (int(hash_of(changed), 16) ^ first).bit_count() <= 31
    assert (int(hash_of(drawn.noise((900, 700), seed=2)), 16) ^ first).bit_count() > 60


def test_a_plain_surface_has_no_hash():
    assert hash_of(Image.new("RGB", (300, 300), "white")) is None
