"""Remembering what was found out about an item beside what it carries itself."""

from datetime import datetime

from sqlalchemy import Connection, select
from sqlalchemy.dialects.sqlite import insert as upsert

from bot.domain.item import ItemRef
from bot.domain.picture import Picture
from bot.store.codec import decode_picture, encode_picture, to_number, writable
from bot.store.rows import of_item
from bot.store.tables import fact

PICTURE = "picture"


def picture_of(db: Connection, account: str, ref: ItemRef, address: str) -> Picture | None:
    """What was seen at the address; ``None`` when nobody looked, or the item showed another picture then."""
    mine = select(fact.c.value).where(
        of_item(fact, account, ref), fact.c.name == PICTURE, fact.c.about == writable(address)
    )
    value = db.execute(mine).scalar()
    return None if value is None else decode_picture(value)


def keep_picture(db: Connection, account: str, ref: ItemRef, address: str, seen: Picture, now: datetime) -> None:
    key = {"account": account, "kind": ref.kind.value, "id": ref.id, "name": PICTURE}
    row = {"about": writable(address), "at": to_number(now), "value": encode_picture(seen)}
    statement = upsert(fact).values(key | row)
    db.execute(statement.on_conflict_do_update(index_elements=[*key], set_=row))
