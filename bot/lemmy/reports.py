"""Reports: whose there are on an item, and how many are open everywhere."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial

from bot.domain.item import ItemRef, Kind
from bot.lemmy import wire
from bot.lemmy.paging import MOST_PAGES, PAGE, number, pages
from bot.lemmy.requestor import Endpoints


@dataclass(frozen=True, slots=True)
class Reports:
    """Reads as the person ``me``. Raises LemmyError, and ValueError for answers of another shape."""

    endpoints: Endpoints
    me: int

    def ours(self, ref: ItemRef) -> int | None:
        """Number of our report on the item, resolved or not; there is never more than one."""
        return next((each.id for each in self._on(ref, unresolved_only=False) if each.creator_id == self.me), None)

    def open_by_others(self, ref: ItemRef) -> list[int]:
        """Numbers of the open reports on one item."""
        return [each.id for each in self._on(ref, unresolved_only=True) if each.creator_id != self.me]

    def resolve(self, kind: Kind, id_: int) -> bool:
        """Returns whether the report is resolved now."""
        if kind is Kind.POST:
            post_answer = wire.as_(wire.PostReportAnswer, self.endpoints.post.resolve_report(id_))
            return post_answer.post_report_view.post_report.resolved
        answer = wire.as_(wire.CommentReportAnswer, self.endpoints.comment.resolve_report(id_))
        return answer.comment_report_view.comment_report.resolved

    def counts(self) -> Mapping[ItemRef, int] | None:
        """Open reports by others on every item; ``None`` when there are more than are read."""
        counted: Counter[ItemRef] = Counter()
        for kind in Kind:
            read = list(pages(partial(self._page, kind, "", unresolved_only=True)))
            if len(read) == MOST_PAGES:
                return None
            others = (each for page in read for each in page if each.creator_id != self.me)
            counted.update(_reported(kind, each) for each in others)
        return counted

    def _on(self, ref: ItemRef, *, unresolved_only: bool) -> Iterator[wire.Report]:
        for page in pages(partial(self._page, ref.kind, ref.id, unresolved_only=unresolved_only)):
            yield from page

    def _page(self, kind: Kind, id_: str, page: int, *, unresolved_only: bool) -> list[wire.Report]:
        """On one item, or with an empty id on all of a kind."""
        get, item = self.endpoints.requestor.get, number(id_) if id_ else None
        asked = {"unresolved_only": unresolved_only, "limit": PAGE, "page": page}
        if kind is Kind.POST:
            body = get("/post/report/list", post_id=item, **asked)
            return [each.post_report for each in wire.as_(wire.PostReportList, body).post_reports]
        body = get("/comment/report/list", comment_id=item, **asked)
        return [each.comment_report for each in wire.as_(wire.CommentReportList, body).comment_reports]


def _reported(kind: Kind, report: wire.Report) -> ItemRef:
    return ItemRef(kind, str(report.post_id if kind is Kind.POST else report.comment_id))
