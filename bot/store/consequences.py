"""What follows from a settled action, remembered in the transaction that settles it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import Connection, select, update

from bot.domain.action import (
    Approve,
    Ban,
    Feature,
    Hold,
    Lock,
    Message,
    Notify,
    Remove,
    Reply,
    Report,
    Restore,
    Strike,
)
from bot.domain.item import Item, ItemRef, Kind
from bot.engine.ports import Intent, IntentState, Reason
from bot.store import codec, strikes
from bot.store.rows import of_item
from bot.store.sightings import enqueue
from bot.store.tables import item

FIRST_LOOK = timedelta(minutes=30)
"""How long after its removal an item is looked at again for the first time."""


def follow(db: Connection, intent: Intent, state: IntentState, now: datetime) -> None:
    account, ref, is_done = intent.account, intent.order.ref, state is IntentState.DONE
    match intent.step.action:
        case Remove() if is_done:
            _change(db, account, ref, lambda seen: replace(seen, is_removed=True), closed=True)
            enqueue(db, account, ref, Reason.REMOVED, now + FIRST_LOOK)
        case Restore() if is_done:
            _reopen(db, account, ref)
        case Approve() if is_done:
            _reopen(db, account, ref)
            db.execute(update(item).where(of_item(item, account, ref)).values(approved_hash=item.c.content_hash))
            strikes.take_back(db, account, ref, now)
        case Hold():
            enqueue(db, account, ref, Reason.HELD, now)
        case (
            Report() | Reply() | Lock() | Feature() | Remove() | Restore() | Approve() | Strike() | Ban() | Message()
            | Notify()
        ):  # fmt: skip
            pass


def _reopen(db: Connection, account: str, ref: ItemRef) -> None:
    """Put back by us, it must not look as if a human had restored it."""
    _change(db, account, ref, lambda seen: replace(seen, is_removed=False), closed=False)


def _change(db: Connection, account: str, ref: ItemRef, change: Callable[[Item], Item], *, closed: bool) -> None:
    known = db.execute(select(item.c.snapshot).where(of_item(item, account, ref))).scalar()
    if known is not None:
        changed = codec.encode_item(change(codec.decode_item(Kind(ref.kind), known)))
        db.execute(update(item).where(of_item(item, account, ref)).values(snapshot=changed, closed=closed))
