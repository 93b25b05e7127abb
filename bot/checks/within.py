"""Windows on an author: how much within a span of time, and how much of it points to one domain."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.checks.check import Plain, Subject
from bot.checks.seen import WHERE, is_here
from bot.checks.setting import Comparison, SettingError, choice, compared, group, length, percentage, span, span_words
from bot.checks.shape import LENGTH, NUMBER, PERCENTAGE, SPAN, Shape, keys, told, words
from bot.domain.answer import Answer, Evidence, No, Unknown, Yes
from bot.domain.history import History, Trace
from bot.domain.item import Item, Kind, Post
from bot.text.urls import host_of, registrable_domain

KEYS = ("span", "of", "where", "count", "share", "at_least")
OF = {"posts": frozenset({Kind.POST}), "comments": frozenset({Kind.COMMENT}), "everything": frozenset(Kind)}
FEWEST = 4
"""A share of fewer items says nothing."""


@dataclass(frozen=True, slots=True)
class Within(Plain):
    """``count``: what the author wrote in the window, this item with it. ``share``: how much of the posts among it
    points to this post's domain."""

    key: str
    window: timedelta
    of: str
    where: str
    count: Comparison | None
    share: Comparison | None
    fewest: int = FEWEST

    @classmethod
    def read(cls, key: str, setting: object) -> "Within":
        found = group(setting, KEYS)
        if "span" not in found:
            raise SettingError("needs `span`", 'write `span: 1 day` and `count: "> 5"`')
        if ("count" in found) == ("share" in found):
            raise SettingError("needs one of `count` and `share`", 'write `count: "> 5"` or `share: "> 50%"`')
        return cls(
            key,
            span(found, "span", timedelta(days=1)),
            choice(found, "of", tuple(OF)),
            choice(found, "where", WHERE),
            compared(found, "count", Comparison(">", 0)) if "count" in found else None,
            percentage(found, "share") if "share" in found else None,
            length(found.get("at_least", str(FEWEST))),
        )

    @staticmethod
    def shape() -> Shape:
        settings = {
            "span": told("The window, which ends with this item.", SPAN, "1 day"),
            "of": told("What counts.", words(*OF), default="posts"),
            "where": told("In this community, or in all that Warden watches.", words(*WHERE), default=WHERE[0]),
            "at_least": told("So many posts there must be for a share to say anything.", LENGTH, 10, default=FEWEST),
        }
        measures = {
            "count": told("How many items there are, this one with them.", NUMBER, "> 5"),
            "share": told("How much of the author's posts points to the domain of this one.", PERCENTAGE),
        }
        return {
            **keys(settings | measures, ["span"]),
            "oneOf": [{"required": [name]} for name in measures],
            "examples": [{"span": "1 day", "count": "> 5"}, {"span": "30 days", "share": "> 60%"}],
        }

    def answer(self, subject: Subject) -> Answer:
        item, history = subject.item, subject.history
        if item.kind not in OF[self.of]:
            return No()
        if history is None or item.published is None:
            return Unknown("what the author wrote before is not known")
        start = item.published - self.window
        is_whole = history.since is not None and history.since <= start
        earlier = self._earlier(history, item, start)
        if self.count is not None:
            return self._counted(self.count, 1 + len(earlier), is_whole=is_whole)
        assert self.share is not None
        return self._shared(self.share, earlier, item, is_whole=is_whole)

    def asked(self) -> str:
        wanted = self.count or self.share
        sign = wanted.sign if wanted else ""
        number = "" if wanted is None else f"{wanted.number:g}{'' if self.count else '%'}"
        return f"{sign or '='} {number} in {span_words(self.window.total_seconds())}"

    def actual(self, subject: Subject) -> str:
        """The number of items; a share says little without what it is a share of, which only its evidence has."""
        item, history = subject.item, subject.history
        if self.count is None or history is None or item.published is None or item.kind not in OF[self.of]:
            return ""
        start = item.published - self.window
        least = "" if history.since is not None and history.since <= start else "at least "
        return f"{least}{1 + len(self._earlier(history, item, start))}"

    def _earlier(self, history: History, item: Item, start: datetime) -> list[Trace]:
        kinds = OF[self.of]
        everywhere = self.where == "anywhere"
        return [
            each
            for each in history.by_author
            if each.at >= start and each.ref.kind in kinds and (everywhere or is_here(each, item))
        ]

    def _counted(self, wanted: Comparison, number: int, *, is_whole: bool) -> Answer:
        holds = wanted.holds_between(number, number if is_whole else None)
        if holds is None:
            return Unknown("what the author wrote before is known only in part")
        return self._yes(f"{number} in {_words(self.window)}") if holds else No()

    def _shared(self, wanted: Comparison, earlier: list[Trace], item: Item, *, is_whole: bool) -> Answer:
        url = item.url if isinstance(item, Post) else ""
        domain = registrable_domain(host_of(url or ""))
        if url is None:
            return Unknown("url is not known")
        posts = [each for each in earlier if each.ref.kind is Kind.POST]
        if not domain:
            return No()
        if not is_whole:
            return Unknown("what the author wrote before is known only in part")
        if len(posts) + 1 < self.fewest:
            return No()
        share = (1 + sum(each.domain == domain for each in posts)) / (1 + len(posts))
        if not wanted.holds(100 * share):
            return No()
        return self._yes(f"{share:.0%} of {1 + len(posts)} posts in {_words(self.window)} point to {domain}")

    def _yes(self, text: str) -> Yes:
        return Yes((Evidence(self.key, None, None, text, self.key),))


def _words(span_: timedelta) -> str:
    hours = span_.total_seconds() / 3_600
    return f"{hours / 24:g} days" if hours >= 24 else f"{hours:g} hours"
