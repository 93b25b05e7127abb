"""Remembering in the database what was there before; answers as ``bot.engine.past.Past`` does."""

import struct
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, and_, delete, func, insert, or_, select

from bot.domain.history import History, Trace
from bot.domain.item import Item, ItemRef, Kind
from bot.engine.past import LONGEST_ROW, near
from bot.store.codec import to_number, to_time, writable
from bot.store.rows import AnyRow, of_item, same_item
from bot.store.tables import band, trace, watch
from bot.text.trace import PLACES, bands, trace_of

_NEWEST_FIRST = (trace.c.at.desc(), trace.c.kind.desc(), trace.c.id.desc())
_SKETCH = struct.Struct(f"<{PLACES}I")


def keep_trace(db: Connection, account: str, item: Item) -> None:
    """Remember the item as it is now, in place of what was remembered of it."""
    db.execute(delete(trace).where(of_item(trace, account, item.ref)))
    db.execute(delete(band).where(of_item(band, account, item.ref)))
    kept = trace_of(item)
    if kept is None:
        return
    key = {"account": account, "kind": item.ref.kind.value, "id": item.ref.id}
    row = {
        "at": to_number(kept.at),
        "author": _writable(kept.author),
        "community": _writable(kept.community),
        "link": _writable(kept.link),
        "domain": _writable(kept.domain),
        "text": kept.text,
        "sketch": _SKETCH.pack(*kept.sketch) if kept.sketch else b"",
    }
    db.execute(insert(trace).values(key | row))
    rows = [key | {"band": number} for number in set(bands(kept.sketch))]
    if rows:
        db.execute(insert(band), rows)


def history_of(db: Connection, account: str, item: Item) -> History | None:
    """What was there before the item; ``None`` when its time is not known."""
    asked = trace_of(item)
    if asked is None:
        return None
    earlier = _earlier(account, asked)
    return History(
        _since(db, account),
        _alike(db, earlier, trace.c.author, asked.author),
        _alike(db, earlier, trace.c.link, asked.link),
        _alike(db, earlier, trace.c.text, asked.text),
        _near(db, account, asked, earlier),
        _counts(db, asked, earlier),
    )


def _since(db: Connection, account: str) -> datetime | None:
    at = db.execute(select(func.max(watch.c.at)).where(watch.c.account == account)).scalar()
    return None if at is None else to_time(at)


def _earlier(account: str, asked: Trace) -> ColumnElement[bool]:
    at, ref = to_number(asked.at), asked.ref
    same_moment = and_(
        trace.c.at == at, or_(trace.c.kind < ref.kind.value, and_(trace.c.kind == ref.kind.value, trace.c.id < ref.id))
    )
    return and_(trace.c.account == account, or_(trace.c.at < at, same_moment))


def _alike(
    db: Connection, earlier: ColumnElement[bool], column: ColumnElement[str | None], value: str | None
) -> tuple[Trace, ...]:
    if value is None:
        return ()
    found = select(trace).where(earlier, column == writable(value)).order_by(*_NEWEST_FIRST).limit(LONGEST_ROW)
    return tuple(map(_trace, db.execute(found)))


def _near(db: Connection, account: str, asked: Trace, earlier: ColumnElement[bool]) -> tuple[Trace, ...]:
    shared = band.c.band.in_(bands(asked.sketch))
    candidates = select(trace).join(band, same_item(band, trace)).where(earlier, band.c.account == account, shared)
    return near(asked, map(_trace, db.execute(candidates.distinct().order_by(*_NEWEST_FIRST))))


def _counts(db: Connection, asked: Trace, earlier: ColumnElement[bool]) -> dict[Kind, int]:
    if asked.author is None:
        return {}
    here = [trace.c.author == writable(asked.author), trace.c.community == _writable(asked.community)]
    counted = select(trace.c.kind, func.count()).where(earlier, *here).group_by(trace.c.kind)
    return {Kind(kind): number for kind, number in db.execute(counted)}


def _trace(row: AnyRow) -> Trace:
    return Trace(
        ItemRef(Kind(row.kind), row.id),
        to_time(row.at),
        row.author,
        row.community,
        row.link,
        row.domain,
        row.text,
        _SKETCH.unpack(row.sketch) if row.sketch else (),
    )


def _writable(text: str | None) -> str | None:
    return None if text is None else writable(text)
