"""Whether a picture is one that the moderators keep a list of, also shrunk, recompressed or slightly altered."""

import re
from dataclasses import dataclass

from bot.checks.check import Plain, Subject
from bot.checks.image_post import NOT_LOOKED, image_post
from bot.checks.setting import SettingError, numbered_texts, shown
from bot.checks.shape import LIST, Shape
from bot.domain.answer import Answer, Evidence, No, Unknown, Yes
from bot.domain.item import Post

NEAR = 31
"""Bits, of 256, in which two hashes of the same picture differ at most: PDQ's own recommendation."""
_HASH = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class PictureHash(Plain):
    """``picture_hash``: PDQ hashes in hexadecimal digits, as ``warden look --hash`` prints them."""

    key: str
    wanted: frozenset[int]

    @classmethod
    def read(cls, key: str, setting: object) -> "PictureHash":
        """From a rule. Raises SettingError."""
        return cls(key, frozenset(_number(text, path) for path, text in numbered_texts(setting)))

    @staticmethod
    def shape() -> Shape:
        one: Shape = {"type": "string", "pattern": "^ *[0-9a-fA-F]{64} *$"}
        some: Shape = {"anyOf": [one, {"type": "array", "items": one, "minItems": 1}, LIST]}
        return {**some, "examples": ["0f" * 32]}

    def answer(self, subject: Subject) -> Answer:
        post = subject.item
        picture = image_post(subject, self.key)
        if not isinstance(post, Post) or not isinstance(picture, Yes):
            return picture
        if post.picture is None or (post.picture.hash is None and post.picture.shows_text is None):
            return Unknown("; ".join((NOT_LOOKED, *(post.picture.why if post.picture else ()))))
        if post.picture.hash is None:
            return No()
        found = int(post.picture.hash, 16)
        if any((found ^ each).bit_count() <= NEAR for each in self.wanted):
            return Yes((Evidence("image_text", None, None, post.picture.hash, self.key),))
        return No()


def _number(text: str, path: tuple[int, ...]) -> int:
    digits = text.strip().lower()
    if not _HASH.fullmatch(digits):
        raise SettingError(
            f"{shown(text)} is no hash of a picture", "write the 64 digits that `warden look --hash` prints", path
        )
    return int(digits, 16)
