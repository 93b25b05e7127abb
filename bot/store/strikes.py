"""Strikes: what an author did in a community, until it is forgotten or taken back."""

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Connection, and_, exists, func, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from bot.domain.action import Strike
from bot.domain.item import ItemRef, Kind
from bot.engine.ports import Intent
from bot.store.codec import to_number
from bot.store.rows import of_item
from bot.store.tables import strike


def give(db: Connection, intent: Intent, given: Strike, now: datetime) -> None:
    """One item never costs more than one strike."""
    order = intent.order
    row = {
        "account": intent.account,
        "kind": order.ref.kind.value,
        "id": order.ref.id,
        "community_id": order.community_id,
        "person_id": order.author_id,
        "points": given.points,
        "at": to_number(now),
        "until": to_number(now + timedelta(days=given.days)),
    }
    db.execute(upsert(strike).values(row).on_conflict_do_nothing())


def take_back(db: Connection, account: str, ref: ItemRef, now: datetime) -> None:
    in_force = and_(of_item(strike, account, ref), strike.c.taken_back_at.is_(None))
    db.execute(update(strike).where(in_force).values(taken_back_at=to_number(now)))


def taken_back(db: Connection, account: str, community_id: str, person_id: str, since: datetime) -> bool:
    late = and_(_of(account, community_id, person_id), strike.c.taken_back_at >= to_number(since))
    return bool(db.execute(select(exists().where(late))).scalar())


def points(db: Connection, account: str, community_id: str, person_id: str, now: datetime) -> int:
    total = select(func.coalesce(func.sum(strike.c.points), 0)).where(_alive(account, community_id, person_id, now))
    found: int = db.execute(total).scalar_one()
    return found


def items(db: Connection, account: str, community_id: str, person_id: str, now: datetime) -> list[ItemRef]:
    alive = _alive(account, community_id, person_id, now)
    rows = db.execute(select(strike.c.kind, strike.c.id).where(alive).order_by(strike.c.at, strike.c.kind, strike.c.id))
    return [ItemRef(Kind(row.kind), row.id) for row in rows]


def _alive(account: str, community_id: str, person_id: str, now: datetime) -> ColumnElement[bool]:
    mine = _of(account, community_id, person_id)
    return and_(mine, strike.c.until > to_number(now), strike.c.taken_back_at.is_(None))


def _of(account: str, community_id: str, person_id: str) -> ColumnElement[bool]:
    return and_(strike.c.account == account, strike.c.community_id == community_id, strike.c.person_id == person_id)
