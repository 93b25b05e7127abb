"""Remembering what was listed: new and changed items join the queue, closed ones leave it."""

from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection, delete, exists, insert, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from bot.domain.action import ActionKind
from bot.domain.item import Item, ItemRef, Kind
from bot.engine.ports import IntentState, Listed, Reason
from bot.store import codec, strikes
from bot.store.codec import to_number
from bot.store.rows import AnyRow, of_item
from bot.store.tables import intent, item, queue
from bot.store.traces import keep_trace

RESTORED = "restored after it had been removed"
ON_CLOSED = [Reason.REMOVED.value, Reason.STRUCK.value]
"""Why an item waits although it is gone: we removed it ourselves."""


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
        kept = _restored(db, account, known, listed, now) | _kept(known, listed)
        db.execute(update(item).where(of_item(item, account, ref)).values(_facts(listed, now) | kept))
    if _is_closed(listed.item):
        db.execute(delete(queue).where(of_item(queue, account, ref), queue.c.reason.not_in(ON_CLOSED)))
        return False
    if known is not None and known.content_hash == listed.content_hash and not known.closed:
        return False
    keep_trace(db, account, listed.item)
    enqueue(db, account, ref, Reason.NEW if known is None else Reason.EDITED, now)
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


def refresh_one(db: Connection, account: str, listed: Listed, now: datetime) -> None:
    """Remember an item that was read by itself, in full even when it is gone."""
    ref = listed.item.ref
    known = db.execute(select(item).where(of_item(item, account, ref))).first()
    if known is None:
        return
    restored = _restored(db, account, known, listed, now)
    db.execute(update(item).where(of_item(item, account, ref)).values(_facts(listed, now) | restored))
    if known.content_hash != listed.content_hash:
        keep_trace(db, account, listed.item)


def _restored(db: Connection, account: str, known: AnyRow, listed: Listed, now: datetime) -> dict[str, object]:
    """An author may delete and restore at will; only who moderates can undo a removal."""
    before, seen = codec.decode_item(Kind(known.kind), known.snapshot), listed.item
    if not before.is_removed or seen.is_removed or _we_put_back(db, account, seen.ref):
        return {}
    strikes.take_back(db, account, seen.ref, now)
    return {"human_decided": known.human_decided or RESTORED}


def _we_put_back(db: Connection, account: str, ref: ItemRef) -> bool:
    """Whether it may be our own doing, of which no answer has come yet."""
    ours = intent.c.action.in_([ActionKind.RESTORE.value, ActionKind.APPROVE.value])
    under_way = exists().where(of_item(intent, account, ref), ours, intent.c.state == IntentState.SENDING)
    return bool(db.execute(select(under_way)).scalar())


def _kept(known: AnyRow, listed: Listed) -> dict[str, object]:
    """A removed comment is listed without its text: keep the text that was judged."""
    seen = listed.item
    if not _is_closed(seen):
        return {}
    before = codec.decode_item(Kind(known.kind), known.snapshot)
    closed = replace(before, is_removed=seen.is_removed, is_deleted=seen.is_deleted)
    return {"content_hash": known.content_hash, "snapshot": codec.encode_item(closed)}


def _is_closed(seen: Item) -> bool:
    return seen.is_removed or seen.is_deleted


def enqueue(db: Connection, account: str, ref: ItemRef, reason: Reason, due: datetime) -> None:
    """Let the item be judged then, whatever it was waiting for."""
    fresh = {
        "reason": reason.value,
        "due": to_number(due),
        "attempts": 0,
        "set_aside": False,
        "last_error": "",
    }
    key = {"account": account, "kind": ref.kind.value, "id": ref.id}
    statement = upsert(queue).values(key | fresh)
    db.execute(statement.on_conflict_do_update(index_elements=["account", "kind", "id"], set_=fresh))
