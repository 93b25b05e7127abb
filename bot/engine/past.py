"""Remembering in memory what was there before: for a backlog that is judged in the order of time."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import datetime

from bot.domain.history import History, Trace
from bot.domain.item import Kind
from bot.text.trace import bands, is_near

LONGEST_ROW = 1_000
"""Earlier items of a sort that a history holds at most, newest first."""


class Past:
    """Holds traces. ``before`` answers from those that were published before the one asked about."""

    def __init__(self, since: datetime | None) -> None:
        """``since``: from when on nothing will be missing."""
        self._since = since
        self._by_author: defaultdict[str, list[Trace]] = defaultdict(list)
        self._by_link: defaultdict[str, list[Trace]] = defaultdict(list)
        self._by_text: defaultdict[str, list[Trace]] = defaultdict(list)
        self._by_band: defaultdict[int, list[Trace]] = defaultdict(list)

    def add(self, trace: Trace) -> None:
        """Remember one more item."""
        if trace.author is not None:
            self._by_author[trace.author].append(trace)
        if trace.link is not None:
            self._by_link[trace.link].append(trace)
        if trace.text is not None:
            self._by_text[trace.text].append(trace)
        for band in bands(trace.sketch):
            self._by_band[band].append(trace)

    def before(self, trace: Trace) -> History:
        """What was there before this item."""
        by_author = _before(trace, self._by_author.get(trace.author or "", ()))
        candidates = {each for band in bands(trace.sketch) for each in self._by_band.get(band, ())}
        return History(
            self._since,
            by_author[:LONGEST_ROW],
            _before(trace, self._by_link.get(trace.link or "", ()))[:LONGEST_ROW],
            _before(trace, self._by_text.get(trace.text or "", ()))[:LONGEST_ROW],
            near(trace, _before(trace, candidates)),
            _counts(trace, by_author),
        )


def order(trace: Trace) -> tuple[datetime, Kind, str]:
    """Time, and what decides between items of the same moment."""
    return trace.at, trace.ref.kind, trace.ref.id


def near(trace: Trace, candidates: Iterable[Trace]) -> tuple[Trace, ...]:
    """Those whose text is nearly the same."""
    return tuple(each for each in candidates if is_near(trace.sketch, each.sketch))[:LONGEST_ROW]


def _before(trace: Trace, found: Iterable[Trace]) -> tuple[Trace, ...]:
    earlier = (each for each in found if order(each) < order(trace))
    return tuple(sorted(earlier, key=order, reverse=True))


def _counts(trace: Trace, by_author: Iterable[Trace]) -> Counter[Kind]:
    return Counter(each.ref.kind for each in by_author if each.community == trace.community)
