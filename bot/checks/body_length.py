"""How long the text is."""

import re
from dataclasses import dataclass
from functools import lru_cache

from bot.checks.check import Plain, Subject
from bot.domain.answer import CERTAIN, NO, UNKNOWN, Answer, Evidence, No, Truth, Unknown, Yes
from bot.text.prepared import Text

_WORD = re.compile(r"\w")


@dataclass(frozen=True, slots=True)
class BodyLength(Plain):
    """``body_longer_than`` and ``body_shorter_than``: strictly so, without the blanks and marks around the text."""

    key: str
    longer: bool
    limit: int
    """Code points."""

    def answer(self, subject: Subject) -> Answer:
        body = subject.texts.fields.get("body")
        if body is None:
            return Unknown("body is not known")
        size = _size(body)
        if not self._holds(size):
            return No()
        return Yes((Evidence("body", None, None, f"{size} characters", self.key),))

    def truth(self, subject: Subject) -> Truth:
        body = subject.texts.fields.get("body")
        return UNKNOWN if body is None else CERTAIN if self._holds(_size(body)) else NO

    def _holds(self, size: int) -> bool:
        return size > self.limit if self.longer else size < self.limit

    def asked(self) -> str:
        return f"{self.limit} characters"

    def actual(self, subject: Subject) -> str:
        body = subject.texts.fields.get("body")
        return "" if body is None else f"{_size(body)} characters"


def _size(body: Text) -> int:
    return _inner_length(body.original)


@lru_cache(maxsize=256)
def _inner_length(text: str) -> int:
    """Remembered, because several limits are asked of one text."""
    first = _WORD.search(text)
    if first is None:
        return 0
    end = len(text)
    while not _WORD.match(text, end - 1):
        end -= 1
    return end - first.start()
