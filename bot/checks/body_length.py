"""How long the text is."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from bot.checks.check import Check, Subject
from bot.domain.answer import Answer, Evidence, No, Unknown, Yes
from bot.matching.pattern import Pattern
from bot.text.prepared import Text

_WORD = re.compile(r"\w")


@dataclass(frozen=True, slots=True)
class BodyLength:
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
        holds = size > self.limit if self.longer else size < self.limit
        if not holds:
            return No()
        return Yes((Evidence("body", None, None, f"{size} characters", self.key),))

    def asked(self) -> str:
        return f"{self.limit} characters"

    def actual(self, subject: Subject) -> str:
        body = subject.texts.fields.get("body")
        return "" if body is None else f"{_size(body)} characters"

    def patterns(self) -> Iterable[Pattern]:
        return ()

    def parts(self) -> tuple[Check, ...]:
        return ()


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
