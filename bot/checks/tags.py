"""The tags that a post carries in its community."""

from dataclasses import dataclass

from bot.checks.check import Plain, Subject
from bot.checks.setting import numbered_texts, some_words
from bot.checks.shape import TEXTS, Shape
from bot.domain.answer import Answer, Evidence, No, Unknown, Yes
from bot.domain.item import Post


@dataclass(frozen=True, slots=True)
class Tags(Plain):
    """``tags``: whether the post carries one of them, without regard to case; never so for a comment."""

    key: str
    wanted: frozenset[str]
    """In small letters."""

    @classmethod
    def read(cls, key: str, setting: object) -> "Tags":
        return cls(key, frozenset(text.strip().lower() for _, text in numbered_texts(setting)))

    @classmethod
    def shape(cls) -> Shape:
        return {**TEXTS, "examples": [["self-promotion"]]}

    def answer(self, subject: Subject) -> Answer:
        if not isinstance(subject.item, Post):
            return No()
        tags = subject.item.tags
        if tags is None:
            return Unknown("tags are not known")
        found = [tag for tag in tags if tag.strip().lower() in self.wanted]
        return Yes(tuple(Evidence("tags", None, None, tag, self.key) for tag in found)) if found else No()

    def asked(self) -> str:
        return some_words(self.wanted)

    def actual(self, subject: Subject) -> str:
        tags = subject.item.tags if isinstance(subject.item, Post) else None
        return "" if tags is None else some_words(tags)
