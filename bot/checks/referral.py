"""Whether a link pays whoever posted it, or counts for him."""

from collections.abc import Iterable
from dataclasses import dataclass

from bot.checks.check import Plain, Subject
from bot.checks.leading import stands_for, without_end
from bot.checks.setting import SettingError, shown
from bot.checks.shape import Shape, words
from bot.domain.answer import Answer, Evidence, Unknown, Yes
from bot.domain.item import Post
from bot.matching.pattern import Pattern, Placement
from bot.text.urls import PAYING_PLACES, referrals

STRENGTHS = ("strong", "weak")
"""What pays for certain; and what may, but more often only counts readers."""


FIELDS = ("body", "url")
"""In which links stand."""
_QUESTION = Pattern(r"\?[^\s?!.,;:)\]\"']", Placement.INCLUDES, regex=True)
HINT = frozenset({_QUESTION, *(Pattern(part, Placement.INCLUDES) for part in PAYING_PLACES)})
"""What every address that pays has in it: a question with the name of a parameter, or the name of a place where the
path itself pays."""


@dataclass(frozen=True, slots=True)
class LinkPays(Plain):
    """``referral``."""

    key: str
    strong: bool

    @classmethod
    def read(cls, key: str, setting: object) -> "LinkPays":
        """From a rule. Raises SettingError."""
        if setting not in STRENGTHS:
            raise SettingError(f"cannot be {shown(setting)}", "write `strong` or `weak`")
        return cls(key, setting == "strong")

    @staticmethod
    def shape() -> Shape:
        return {**words(*STRENGTHS), "examples": ["strong"]}

    def answer(self, subject: Subject) -> Answer:
        """The post's own address, what it stands for, and every link of the text. Of one that is not known, nothing can
        be told."""
        body = subject.texts.fields.get("body")
        evidence = [fact for link in body.links for fact in self._signs("body", body.original, link)] if body else []
        url = subject.item.url if isinstance(subject.item, Post) else ""
        if url:
            evidence += self._signs("url", url, url)
        for address in (ends := stands_for(subject.item)):
            evidence += self._signs("resolved_url", ends[-1], address)
        if evidence:
            return Yes(tuple(evidence))
        return Unknown("the links are not known") if url is None or body is None else without_end(subject.item)

    def patterns(self) -> Iterable[Pattern]:
        return HINT

    def _signs(self, field: str, text: str, link: str) -> list[Evidence]:
        if "?" not in link and not self.strong:
            return []
        found = text.find(link)
        start, end = (found, found + len(link)) if found >= 0 else (None, None)
        return [
            Evidence(field, start, end, f"{sign.name}={sign.value}" if sign.name else sign.value, self.key)
            for sign in referrals(link)
            if sign.is_strong is self.strong
        ]
