"""From the bytes that strangers send to pixels, or to the reason why not. Meant to run in ``bot.facts.child``."""

import math
import re
import warnings
from io import BytesIO

from PIL import Image, UnidentifiedImageError

FORMATS = ("AVIF", "BMP", "GIF", "JPEG", "PNG", "WEBP")
LARGEST = 8 * 1024 * 1024
"""Bytes of a picture that is looked into."""
MOST_PIXELS = 25_000_000
"""Pixels that are unpacked: a phone's photograph has twelve million."""
ENOUGH_PIXELS = 1_200_000
"""Pixels that are looked at: a larger picture is shrunk by a whole factor first."""
_DRAWING = re.compile(rb"^(?:\xef\xbb\xbf)?\s*<(?:\?xml|!doctype\s+svg|!--|svg)", re.IGNORECASE)
_PAGE = re.compile(rb"<(?:script|html|\?php)\b|%PDF-", re.IGNORECASE)
_HEAD = 4_096
_ZIP_END = b"PK\x05\x06"
_ZIP_TAIL = 65_557
"""Where the end of a ZIP archive is looked for: its record and the longest comment."""


class NoPicture(Exception):
    """What cannot be looked into; its text is the reason, for moderators."""


def open_picture(content: bytes) -> Image.Image:
    """The picture in RGB, transparent parts white, at most about ENOUGH_PIXELS. Raises NoPicture."""
    _refuse_at_sight(content)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            with Image.open(BytesIO(content), formats=FORMATS) as image:
                _refuse_by_head(image)
                return _plain(image)
    except NoPicture:
        raise
    except MemoryError:
        raise NoPicture("the picture takes too much memory") from None
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise NoPicture("the picture has too many pixels to look at") from None
    except UnidentifiedImageError:
        raise NoPicture("the file is no picture of a known kind") from None
    except Exception as error:  # noqa: BLE001 - decoders of hostile bytes raise whatever they like
        raise NoPicture(f"the picture is broken: {_words(error)}") from None


def _refuse_at_sight(content: bytes) -> None:
    if not content:
        raise NoPicture("the file is empty")
    if len(content) > LARGEST:
        raise NoPicture(f"the file is larger than {LARGEST // 1024 // 1024} MiB")
    if _DRAWING.match(content):
        raise NoPicture("a drawing in SVG is a program, and is not run")
    if _PAGE.search(content, 0, _HEAD) or _ZIP_END in content[-_ZIP_TAIL:]:
        raise NoPicture("the file is two things at once: a picture, and a page or an archive")


def _refuse_by_head(image: Image.Image) -> None:
    if image.width * image.height > MOST_PIXELS:
        raise NoPicture(f"the picture has {image.width} × {image.height} pixels, too many to look at")
    if getattr(image, "is_animated", False):
        raise NoPicture("the picture moves, and only its beginning could be seen")


def _plain(image: Image.Image) -> Image.Image:
    factor = math.ceil(math.sqrt(image.width * image.height / ENOUGH_PIXELS))
    image.draft("RGB", (image.width // factor, image.height // factor))
    image.load()
    if image.mode in {"RGBA", "LA", "PA"} or "transparency" in image.info:
        return _on_white(_shrunk(image.convert("RGBA")))
    # Palettes and single bits cannot be averaged.
    return _shrunk(image.convert("RGB"))


def _shrunk(image: Image.Image) -> Image.Image:
    factor = math.ceil(math.sqrt(image.width * image.height / ENOUGH_PIXELS))
    return image.reduce(factor) if factor > 1 else image


def _on_white(image: Image.Image) -> Image.Image:
    white = Image.new("RGBA", image.size, "white")
    white.alpha_composite(image)
    return white.convert("RGB")


def _words(error: Exception) -> str:
    """Pillow's own words; they may show addresses in memory, which say nothing to anybody."""
    text = re.sub(r" <.*>| 0x[0-9a-f]+", "", str(error)).strip()
    return text[:120] or type(error).__name__
