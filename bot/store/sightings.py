"""Remembering what was listed: new and changed items join the queue, closed ones leave it."""

from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection, delete, insert, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from bot.domain.item import Item, ItemRef, Kind
from bot.engine.ports import Listed, Reason
from bot.store import codec
from bot.store.codec import to_number
from bot.store.rows import AnyRow, of_item
from bot.store.tables import item, queue
from bot.store.traces import keep_trace

RESTORED = "restored after it had been removed"


def hash_of(db: Connection, account: str, ref: ItemRef) -> str | None:
    """The content hash as last recorded; ``None`` for an item that never was."""
    return db.execute(select(item.c.content_hash).where(of_item(item, account, ref))).scalar()


def record_one(db: Connection, account: str, listed: Listed, now: datetime) -> bool:
    """Returns whether the item joined the queue: it is new, its text has changed, or it is back again."""
    ref = listed.item.ref
    known = db.execute(select(item).where(of_item(item, account, ref))).first()
    if known is None:
        key = {"account": account, "kind": ref.kind.value, "id": ref.id, "first_seen": to_number(now)}
        db.execute(insert(item).values(_facts(listed, now) | key))
    else:
        db.execute(update(item).where(of_item(item, account, ref)).values(_facts(listed, now) | _kept(known, listed)))
    if _is_closed(listed.item):
        db.execute(delete(queue).where(of_item(queue, account, ref)))
        return False
    if known is not None and known.content_hash == listed.content_hash and not known.closed:
        return False
    keep_trace(db, account, listed.item)
    _enqueue(db, account, ref, Reason.NEW if known is None else Reason.EDITED, now)
    return True


def _facts(listed: Listed, now: datetime) -> dict[str, object]:
    return {
        "community_id": listed.community_id,
        "sort_key": to_number(listed.sort_key),
        "last_seen": to_number(now),
        "closed": _is_closed(listed.item),
        "content_hash": listed.content_hash,
        "snapshot": codec.encode_item(listed.item),
    }


def _kept(known: AnyRow, listed: Listed) -> dict[str, object]:
    """What of the row stays, or follows from it."""
    seen = listed.item
    kept: dict[str, object] = {}
    if known.closed or _is_closed(seen):
        before = codec.decode_item(Kind(known.kind), known.snapshot)
        # An author may delete and restore at will; only who moderates can undo a removal.
        if before.is_removed and not seen.is_removed:
            kept["human_decided"] = known.human_decided or RESTORED
        if _is_closed(seen):
            # A removed comment is listed without its text: keep the text that was judged.
            closed = replace(before, is_removed=seen.is_removed, is_deleted=seen.is_deleted)
            kept |= {"content_hash": known.content_hash, "snapshot": codec.encode_item(closed)}
    return kept


def _is_closed(seen: Item) -> bool:
    return seen.is_removed or seen.is_deleted


def _enqueue(db: Connection, account: str, ref: ItemRef, reason: Reason, now: datetime) -> None:
    fresh = {
        "reason": reason.value,
        "due": to_number(now),
        "attempts": 0,
        "set_aside": False,
        "last_error": "",
    }
    key = {"account": account, "kind": ref.kind.value, "id": ref.id}
    statement = upsert(queue).values(key | fresh)
    db.execute(statement.on_conflict_do_update(index_elements=["account", "kind", "id"], set_=fresh))
