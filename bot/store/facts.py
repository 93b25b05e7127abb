"""Remembering what was found out about an item beside what it carries itself."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import Connection, select
from sqlalchemy.dialects.sqlite import insert as upsert

from bot.domain.destination import Destination
from bot.domain.item import ItemRef
from bot.domain.picture import Picture
from bot.store.codec import Fact, decode_fact, encode_fact, to_number, writable
from bot.store.rows import of_item
from bot.store.tables import fact

NAMES: Mapping[type, str] = {Picture: "picture", Destination: "destination"}


def known(db: Connection, account: str, ref: ItemRef, address: str, kind: type[Fact]) -> Fact | None:
    """What was found at the address; ``None`` when nobody looked, or the item showed another address then."""
    mine = select(fact.c.value).where(
        of_item(fact, account, ref), fact.c.name == NAMES[kind], fact.c.about == writable(address)
    )
    value = db.execute(mine).scalar()
    return None if value is None else decode_fact(kind, value)


def keep(db: Connection, account: str, ref: ItemRef, address: str, found: Picture | Destination, now: datetime) -> None:
    key = {"account": account, "kind": ref.kind.value, "id": ref.id, "name": NAMES[type(found)]}
    row = {"about": writable(address), "at": to_number(now), "value": encode_fact(found)}
    statement = upsert(fact).values(key | row)
    db.execute(statement.on_conflict_do_update(index_elements=[*key], set_=row))
