"""What else a picture carries: addresses in QR codes, and a hash by which it is known again."""

from PIL import Image

HASHED_SIDE = 512
"""Pixels of the longer side; the hash looks at no finer detail."""
SURE = 50
"""Quality, of 100, below which a hash says nothing: plain surfaces all look the same."""


def links_in(image: Image.Image) -> tuple[str, ...]:
    """Texts of the QR codes in a picture that are addresses; none without the extra ``image``."""
    try:
        import zxingcpp
    except ImportError:
        return ()
    codes = zxingcpp.read_barcodes(image.convert("L"), formats=zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode))
    texts = (code.text.strip() for code in codes)
    return tuple(dict.fromkeys(text for text in texts if text.lower().startswith(("http://", "https://"))))


def hash_of(image: Image.Image) -> str | None:
    """The PDQ hash in hexadecimal digits; ``None`` when it would say nothing, or without the extra ``image``."""
    try:
        import numpy as np
        import pdqhash
    except ImportError:
        return None
    small = image.copy()
    small.thumbnail((HASHED_SIDE, HASHED_SIDE))
    bits, quality = pdqhash.compute(np.asarray(small))
    if quality < SURE:
        return None
    return np.packbits(bits).tobytes().hex()
