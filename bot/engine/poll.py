"""Reading what is new without missing anything, against lists that shift, hide and lie.

New is sorted by a time that remote servers supply, so neither the newest id nor the newest time is a safe mark. Each
tick reads from the top past an overlap; sweeps of growing depth find what arrives late or is edited. Pages are read
first, then the identity is confirmed, and only then is anything remembered: a list that a dead token got is not ours.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.domain.item import Kind
from bot.engine.ports import Clock, Identity, Journal, Ledger, Lemmy, Listed, Page, Start

OVERLAP = timedelta(minutes=15)
"""Covers commits out of order, clocks that differ and metadata that comes late."""
SWEEPS: Mapping[timedelta, timedelta] = {
    timedelta(hours=1): timedelta(minutes=2),
    timedelta(hours=24): timedelta(minutes=15),
    timedelta(days=7): timedelta(days=1),
}
"""Depth of a sweep → how often it is made."""
MOST_PAGES: Mapping[Kind, int] = {Kind.POST: 200, Kind.COMMENT: 100}
"""Lemmy lists comments no deeper than 100 pages; posts have a cursor, so the limit there is one of decency."""
FIRST_PASS = timedelta(hours=24)
"""How far the first pass over a community looks to learn which items are history."""
REREADS = 3
"""How often the first page of a paged stream is read again because it had news meanwhile."""

Enough = Callable[[Page], bool]
"""Asked after each page: is the rest of the list of no interest?"""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a walk down one list brought."""

    kind: Kind
    pages: tuple[Page, ...]
    complete: bool
    """Whether it got as far as it wanted, and not only as far as it may."""
    depth: timedelta | None = None
    """Depth of the sweep; ``None`` for a tick's pass."""

    @property
    def listed(self) -> tuple[Listed, ...]:
        return tuple(each for page in self.pages for each in page.listed)

    @property
    def server_time(self) -> datetime:
        return self.pages[0].server_time


@dataclass(frozen=True, slots=True)
class Poller:
    """Reads one account's streams into the ledger."""

    account: str
    lemmy: Lemmy
    ledger: Ledger
    clock: Clock
    journal: Journal
    communities: frozenset[str]
    """Full names to judge; everything else that the account moderates is passed over."""
    look_back: timedelta
    """How far before the first start items are still judged."""

    def poll(self) -> int:
        """Read both streams, and whatever sweep is due. Returns how many items were new or changed."""
        readings = [reading for kind in Kind for reading in self._read(kind)]
        identity = self.lemmy.identity()
        return sum(self._remember(reading, identity) for reading in readings)

    def _read(self, kind: Kind) -> Iterable[Reading]:
        floor = self.ledger.floor(self.account, kind)
        if floor is None:
            yield self._reread(read(self.lemmy, kind, _older_than(max(FIRST_PASS, self.look_back))))
            return
        yield self._reread(read(self.lemmy, kind, self._nothing_new_before(kind, floor - OVERLAP)))
        if (depth := self._sweep_due(kind)) is not None:
            yield replace(read(self.lemmy, kind, _older_than(depth)), depth=depth)

    def _sweep_due(self, kind: Kind) -> timedelta | None:
        """The deepest sweep whose time has come; it includes the shallower ones."""
        now = self.clock.now()
        last = {depth: self.ledger.swept(self.account, kind, depth) for depth in SWEEPS}
        return max((depth for depth, at in last.items() if at is None or now - at >= SWEEPS[depth]), default=None)

    def _nothing_new_before(self, kind: Kind, mark: datetime) -> Enough:
        def enough(page: Page) -> bool:
            oldest = _oldest(page)
            if oldest is None or oldest >= mark:
                return False
            concern = [each for each in page.listed if self._concerns(kind, each)]
            return not self.ledger.unseen(self.account, concern)

        return enough

    def _concerns(self, kind: Kind, listed: Listed) -> bool:
        """Whether the item is of a configured community, and no history: everything else stays unseen for ever."""
        return listed.item.community.full_name in self.communities and not self._is_history(kind, listed)

    def _reread(self, reading: Reading) -> Reading:
        """Comments are paged by number and shift when others arrive: read the top again until it is quiet."""
        pages = list(reading.pages)
        for _ in range(REREADS if reading.kind is Kind.COMMENT and len(pages) > 1 else 0):
            top = self.lemmy.page(reading.kind, None)
            known = {each.item.ref for page in pages for each in page.listed}
            if all(each.item.ref in known for each in top.listed):
                break
            pages.append(top)
        return replace(reading, pages=tuple(pages))

    def _remember(self, reading: Reading, identity: Identity) -> int:
        kind = reading.kind
        if complaint := self._void(reading, identity):
            self.journal.event("pass_void", account=self.account, stream=kind.value, why=complaint)
            return 0
        self._begin_watches(reading, identity)
        current = [each for each in self._ours(reading, identity) if not self._is_history(kind, each)]
        news = self.ledger.record(self.account, current, self.clock.now())
        if not reading.complete:
            self.journal.event("pass_cut_short", account=self.account, stream=kind.value, pages=len(reading.pages))
        self._mark(reading)
        return news

    def _mark(self, reading: Reading) -> None:
        """Remember how far was read. A pass cut short counts too: the server lists nothing deeper."""
        now = self.clock.now()
        first = self.ledger.floor(self.account, reading.kind) is None
        if reading.depth is None:
            self.ledger.complete_pass(self.account, reading.kind, self._new_floor(reading))
        for depth in SWEEPS:
            if first or (reading.depth is not None and depth <= reading.depth):
                self.ledger.mark_swept(self.account, reading.kind, depth, now)

    def _void(self, reading: Reading, identity: Identity) -> str:
        """Why this reading cannot be ours: what an answer to a stranger looks like."""
        ids = set(identity.moderates.values())
        if any(each.community_id not in ids for each in reading.listed):
            return "a community that we do not moderate was listed"
        if not reading.listed and self.ledger.has_history(self.account, reading.kind):
            return "the list was empty although it has a history"
        return ""

    def _ours(self, reading: Reading, identity: Identity) -> Iterable[Listed]:
        """The configured communities' items, each once, as read last."""
        wanted = {number for name, number in identity.moderates.items() if name in self.communities}
        return {each.item.ref: each for each in reading.listed if each.community_id in wanted}.values()

    def _begin_watches(self, reading: Reading, identity: Identity) -> None:
        newest = max((each.number for each in reading.listed), default=0)
        for name, number in identity.moderates.items():
            if name in self.communities and self.ledger.start(self.account, reading.kind, number) is None:
                start = Start(reading.server_time - self.look_back, newest)
                self.ledger.begin_watch(self.account, reading.kind, number, start)
                self.journal.event(
                    "watching", account=self.account, stream=reading.kind.value, community=name, since=str(start.at)
                )

    def _is_history(self, kind: Kind, listed: Listed) -> bool:
        start = self.ledger.start(self.account, kind, listed.community_id)
        return start is not None and listed.sort_key < start.at and listed.number <= start.number

    def _new_floor(self, reading: Reading) -> datetime:
        """The newest time read that is not in the future, so that no one item can push the mark ahead."""
        now = reading.server_time
        past = [each.sort_key for each in reading.listed if not each.pinned and each.sort_key <= now]
        return max(past, default=now - self.look_back)


def read(lemmy: Lemmy, kind: Kind, enough: Enough) -> Reading:
    """Walk down a list, newest first, until it ends or ``enough`` says so, or the most pages are read."""
    pages: list[Page] = []
    token: str | None = None
    while len(pages) < MOST_PAGES[kind]:
        page = lemmy.page(kind, token)
        pages.append(page)
        if page.next is None or not page.listed or enough(page):
            return Reading(kind, tuple(pages), complete=True)
        token = page.next
    return Reading(kind, tuple(pages), complete=False)


def _older_than(age: timedelta) -> Enough:
    return lambda page: (oldest := _oldest(page)) is not None and oldest < page.server_time - age


def _oldest(page: Page) -> datetime | None:
    """The oldest sort key of the page; pinned items come first whatever their age, so they do not count."""
    return min((each.sort_key for each in page.listed if not each.pinned), default=None)
