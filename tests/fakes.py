"""Small stand-ins for the engine's ports, for tests of the engine's logic. Servers and databases are tested for real."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from bot.domain.item import Item, ItemRef, Kind, Post
from bot.engine.ports import BanEntry, Found, Gone, Identity, Listed, Order, Page, Receipt
from tests.builders import NOON

TECHNOLOGY_ID = "2"
PAGE = 3


@dataclass
class SteadyClock:
    """A clock that stands still until it is told to go on."""

    time: datetime = NOON

    def now(self) -> datetime:
        return self.time

    def forward(self, span: timedelta) -> None:
        self.time += span


@dataclass
class MemoryJournal:
    """Keeps what was told."""

    events: list[tuple[str, dict[str, object]]] = field(default_factory=list)

    def event(self, name: str, /, **facts: object) -> None:
        self.events.append((name, facts))

    def named(self, name: str) -> list[dict[str, object]]:
        return [facts for each, facts in self.events if each == name]


def listed(item: Item, **changes: object) -> Listed:
    """An item as a list shows it; sorted by its time of publication."""
    facts: dict[str, object] = {
        "item": item,
        "community_id": item.community.id or TECHNOLOGY_ID,
        "number": int(item.id),
        "sort_key": item.published,
        "content_hash": f"{item.title if isinstance(item, Post) else ''}|{item.body}",
        "pinned": False,
    }
    return Listed(**(facts | changes))  # type: ignore[arg-type]


@dataclass
class FakeLemmy:
    """A list per kind, cut into small pages, and a script of answers to writes."""

    clock: SteadyClock
    items: dict[ItemRef, Listed] = field(default_factory=dict)
    moderates: dict[str, str] = field(default_factory=lambda: {"technology@lemmy.test": TECHNOLOGY_ID})
    performed: list[Order] = field(default_factory=list)
    answers: list[Exception | None] = field(default_factory=list)
    """What the next writes answer: an error to raise, or ``None`` for success. Success when used up."""
    found: Found = Found.ABSENT
    decisions: Sequence[str] = ()
    reported: Mapping[ItemRef, int] | None = field(default_factory=dict)
    ours: bool = True
    """What ``removed_by_us`` says."""
    ban: BanEntry | None = None
    pages_read: int = 0
    between_pages: list[object] = field(default_factory=list)
    """Functions, each called once before a page is read."""

    def add(self, *entries: Listed) -> None:
        self.items.update({each.item.ref: each for each in entries})

    def identity(self) -> Identity:
        return Identity("99", "warden", dict(self.moderates), self.clock.now())

    def page(self, kind: Kind, token: str | None) -> Page:
        if self.between_pages:
            self.between_pages.pop(0)()  # type: ignore[operator]
        self.pages_read += 1
        of_kind = [each for ref, each in self.items.items() if ref.kind is kind]
        ordered = sorted(of_kind, key=lambda each: (each.pinned, each.sort_key, each.number), reverse=True)
        start = int(token or 0)
        shown = tuple(ordered[start : start + PAGE])
        following = str(start + PAGE) if start + PAGE < len(ordered) else None
        return Page(shown, following, self.clock.now())

    def item(self, ref: ItemRef) -> Item:
        if ref not in self.items:
            raise Gone("couldnt_find_post")
        return self.items[ref].item

    def look(self, ref: ItemRef) -> Listed:
        if ref not in self.items:
            raise Gone("couldnt_find_post")
        return self.items[ref]

    def open_reports(self) -> Mapping[ItemRef, int] | None:
        return self.reported

    def removed_by_us(self, ref: ItemRef) -> bool:
        return self.ours

    def latest_ban(self, community_id: str, person_id: str) -> BanEntry | None:
        return self.ban

    def perform(self, order: Order) -> Receipt:
        self.performed.append(order)
        answer = self.answers.pop(0) if self.answers else None
        if answer is not None:
            raise answer
        return Receipt("4711")

    def find(self, order: Order, since: datetime) -> Found:
        return self.found

    def human_decisions(self, ref: ItemRef) -> Sequence[str]:
        return self.decisions

    def change(self, ref: ItemRef, **changes: object) -> None:
        entry = self.items[ref]
        self.items[ref] = replace(entry, item=replace(entry.item, **changes))  # type: ignore[arg-type]
