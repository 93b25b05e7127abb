"""Reports: one per person and item, ever."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from bot.domain.item import Kind
from bot.sandbox.rows import Report


class Reports:
    def __init__(self) -> None:
        self.rows: dict[Kind, dict[int, Report]] = {kind: {} for kind in Kind}
        self._of_item: defaultdict[tuple[Kind, int], list[int]] = defaultdict(list)
        self._made: set[tuple[Kind, int, int]] = set()
        self._latest = dict.fromkeys(Kind, 0)

    def next_id(self, kind: Kind) -> int:
        """Also an attempt that fails uses up a number."""
        self._latest[kind] += 1
        return self._latest[kind]

    def is_made(self, kind: Kind, item_id: int, creator_id: int) -> bool:
        return (kind, item_id, creator_id) in self._made

    def add(self, report: Report) -> None:
        self.rows[report.kind][report.id] = report
        self._of_item[report.kind, report.item_id].append(report.id)
        self._made.add((report.kind, report.item_id, report.creator_id))

    def put(self, report: Report) -> None:
        """Another version of a row."""
        self.rows[report.kind][report.id] = report

    def of_item(self, kind: Kind, item_id: int) -> list[Report]:
        return [self.rows[kind][id_] for id_ in self._of_item[kind, item_id]]

    def resolve_all(self, kind: Kind, item_id: int, resolver_id: int, now: datetime) -> None:
        for report in self.of_item(kind, item_id):
            self.put(replace(report, resolved=True, resolver_id=resolver_id, updated=now))

    def oldest(self, kind: Kind) -> Iterator[Report]:
        return iter(self.rows[kind].values())

    def newest(self, kind: Kind) -> Iterator[Report]:
        return reversed(self.rows[kind].values())
