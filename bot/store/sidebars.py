"""What is written in the communities' sidebars, as it was last read."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, Table, and_, delete, insert, select

from bot.store.codec import to_number, to_time, writable
from bot.store.connect import Store
from bot.store.tables import sidebar, written_rule
from bot.text.sidebar import WrittenRule


@dataclass(frozen=True, slots=True)
class KnownSidebar:
    """One sidebar that was read before."""

    hash: str
    """Of the whole text."""
    rules: tuple[WrittenRule, ...]
    """In the order of the sidebar."""
    since: datetime
    """When it was first read as it is; aware UTC."""


class SqlSidebars:
    """Every method one durable transaction. Raises StoreUnavailable. May be shared between threads."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def known(self, account: str, community: str) -> KnownSidebar | None:
        """``None`` for a community whose sidebar was never read."""
        rules = select(written_rule).where(_of(written_rule, account, community)).order_by(written_rule.c.place)
        with self._store.transaction() as db:
            row = db.execute(select(sidebar).where(_of(sidebar, account, community))).first()
            if row is None:
                return None
            found = tuple(WrittenRule(each.number, each.text, each.numbered) for each in db.execute(rules))
        return KnownSidebar(row.hash, found, to_time(row.at))

    def keep(self, account: str, community: str, markdown: str, rules: Sequence[WrittenRule], now: datetime) -> None:
        """Put a sidebar in the place of the one that was read before."""
        key = {"account": account, "community": community}
        with self._store.transaction() as db:
            _forget(db, account, community)
            db.execute(insert(sidebar).values(key | {"hash": hash_of(markdown), "at": to_number(now)}))
            for place, each in enumerate(rules):
                row = {"number": each.number, "place": place, "text": writable(each.text), "numbered": each.is_numbered}
                db.execute(insert(written_rule).values(key | row))


def hash_of(markdown: str) -> str:
    """By which a sidebar is known to be as it was; blanks around it do not count, as editors add them."""
    return hashlib.sha256(markdown.strip().encode("utf-8", "replace")).hexdigest()


def _forget(db: Connection, account: str, community: str) -> None:
    for table in (sidebar, written_rule):
        db.execute(delete(table).where(_of(table, account, community)))


def _of(table: Table, account: str, community: str) -> ColumnElement[bool]:
    return and_(table.c.account == account, table.c.community == community)
