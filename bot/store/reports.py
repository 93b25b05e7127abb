"""How often items are reported."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import Connection, select, update

from bot.domain.item import ItemRef, Kind
from bot.engine.ports import Reason
from bot.store.rows import of_item
from bot.store.sightings import enqueue
from bot.store.tables import item


def record(db: Connection, account: str, open_: Mapping[ItemRef, int], now: datetime) -> int:
    """All open reports there are; an item that is not among them has none. Returns how many items are due for it."""
    before = _reported(db, account)
    mine = item.c.account == account
    db.execute(update(item).where(mine, item.c.reports.is_(None)).values(reports=0))
    grown = 0
    for ref in before.keys() | open_.keys():
        number, known = open_.get(ref, 0), before.get(ref, 0)
        changed = db.execute(update(item).where(of_item(item, account, ref)).values(reports=number)).rowcount
        if changed and number > known and not _is_closed(db, account, ref):
            enqueue(db, account, ref, Reason.REPORTED, now)
            grown += 1
    return grown


def count(db: Connection, account: str, ref: ItemRef) -> int | None:
    return db.execute(select(item.c.reports).where(of_item(item, account, ref))).scalar()


def _reported(db: Connection, account: str) -> dict[ItemRef, int]:
    rows = db.execute(
        select(item.c.kind, item.c.id, item.c.reports).where(item.c.account == account, item.c.reports > 0)
    )
    return {ItemRef(Kind(row.kind), row.id): row.reports for row in rows}


def _is_closed(db: Connection, account: str, ref: ItemRef) -> bool:
    return bool(db.execute(select(item.c.closed).where(of_item(item, account, ref))).scalar())
