"""Duplicates and waves: whether the same link or text was posted before."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.checks.check import Plain, Subject
from bot.checks.setting import Comparison, SettingError, choice, compared, group, span, span_words
from bot.checks.shape import NUMBER, SPAN, Shape, keys, told, words
from bot.domain.answer import Answer, Evidence, No, Unknown, Yes
from bot.domain.history import History, Trace
from bot.domain.item import Item, Post
from bot.text.trace import full_name

KEYS = ("same", "within", "where", "by", "times")
SAME = ("link", "text", "near text")
WHERE = ("here", "anywhere")
BY = ("anyone", "the author", "others")
WEEK = timedelta(days=7)
ONCE = Comparison(">=", 1)
SHOWN = 3
"""Earlier items that the evidence names."""


def is_here(trace: Trace, item: Item) -> bool:
    """Whether the two were posted to the same place; a backlog that names no communities is one place."""
    community = item.community.full_name
    return trace.community == (community.lower() if community else None)


@dataclass(frozen=True, slots=True)
class Seen(Plain):
    """How often the like was there within a span of time before this item."""

    key: str
    same: str
    within: timedelta
    where: str
    by: str
    times: Comparison

    @classmethod
    def read(cls, key: str, setting: object) -> "Seen":
        found = group(setting, KEYS)
        if "same" not in found:
            raise SettingError("needs `same`", "write `same: link`, `same: text` or `same: near text`")
        return cls(
            key,
            choice(found, "same", SAME),
            span(found, "within", WEEK),
            choice(found, "where", WHERE),
            choice(found, "by", BY),
            compared(found, "times", ONCE),
        )

    @staticmethod
    def shape() -> Shape:
        settings = {
            "same": told(
                "What must be the like; `near text` is four fifths of the runs of letters in common.", words(*SAME)
            ),
            "within": told("How long before this item.", SPAN, default="7 days"),
            "where": told("In this community, or in all that Warden watches.", words(*WHERE), default=WHERE[0]),
            "by": told("Whose items count.", words(*BY), default=BY[0]),
            "times": told("How often it was there.", NUMBER, ">= 3", default=">= 1"),
        }
        return {**keys(settings, required=["same"]), "examples": [{"same": "link", "within": "7 days"}]}

    def answer(self, subject: Subject) -> Answer:
        item, history = subject.item, subject.history
        if self.same == "link" and (not isinstance(item, Post) or item.url == ""):
            return No()
        if history is None or item.published is None:
            return Unknown("what was posted before is not known")
        if self.by != "anyone" and full_name(item.author) is None:
            return Unknown("the author is not known")
        start = item.published - self.within
        found = self._earlier(history, item, start)
        is_whole = history.since is not None and history.since <= start
        holds = self.times.holds_between(len(found), len(found) if is_whole else None)
        if holds is None:
            return Unknown("what was posted before is known only in part")
        shown = ", ".join(f"{each.ref} on {each.at:%Y-%m-%d %H:%M}" for each in found[:SHOWN])
        text = f"{len(found)} earlier" + (f": {shown}" if shown else "")
        return Yes((Evidence(self.key, None, None, text, self.key),)) if holds else No()

    def asked(self) -> str:
        return f"{self.times.sign or '='} {self.times.number:g} in {span_words(self.within.total_seconds())}"

    def actual(self, subject: Subject) -> str:
        item, history = subject.item, subject.history
        if history is None or item.published is None:
            return ""
        start = item.published - self.within
        least = "" if history.since is not None and history.since <= start else "at least "
        return f"{least}{len(self._earlier(history, item, start))} earlier"

    def _earlier(self, history: History, item: Item, start: datetime) -> list[Trace]:
        author = full_name(item.author)
        return [each for each in self._like(history) if each.at >= start and self._counts(each, item, author)]

    def _like(self, history: History) -> tuple[Trace, ...]:
        return {"link": history.same_link, "text": history.same_text, "near text": history.near_text}[self.same]

    def _counts(self, each: Trace, item: Item, author: str | None) -> bool:
        if self.where == "here" and not is_here(each, item):
            return False
        return self.by == "anyone" or (each.author == author) == (self.by == "the author")
