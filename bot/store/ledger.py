"""The ledger: every method one durable transaction."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Connection, Row, Table, and_, delete, exists, func, insert, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from bot.domain.action import ActionKind
from bot.domain.item import ItemRef, Kind
from bot.domain.plan import Step
from bot.engine.ports import (
    Budget,
    Decision,
    Intent,
    IntentState,
    Listed,
    Order,
    Rate,
    Reason,
    Start,
    Waiting,
)
from bot.store import codec
from bot.store.codec import to_number, to_time
from bot.store.connect import Store
from bot.store.tables import decision, floor, intent, item, queue, sweep, watch

FAILURES = 3
"""After so many failures an item is set aside."""
RETRY = timedelta(minutes=1)
RESTORED = "restored after it had been removed"
SENT = [IntentState.SENDING, IntentState.DONE, IntentState.REFUSED, IntentState.MOOT, IntentState.GIVEN_UP]
FINAL = [IntentState.DONE, IntentState.REFUSED, IntentState.MOOT, IntentState.GIVEN_UP]


class SqlLedger:
    """Implements ``bot.engine.ports.Ledger``. Raises StoreUnavailable. May be shared between threads."""

    def __init__(self, store: Store) -> None:
        self._store = store

    # What was read.

    def floor(self, account: str, kind: Kind) -> datetime | None:
        with self._store.transaction() as db:
            at = db.execute(select(floor.c.at).where(floor.c.account == account, floor.c.kind == kind)).scalar()
        return None if at is None else to_time(at)

    def start(self, account: str, kind: Kind, community_id: str) -> Start | None:
        mine = and_(watch.c.account == account, watch.c.kind == kind, watch.c.community_id == community_id)
        with self._store.transaction() as db:
            row = db.execute(select(watch.c.at, watch.c.number).where(mine)).first()
        return None if row is None else Start(to_time(row.at), row.number)

    def begin_watch(self, account: str, kind: Kind, community_id: str, start: Start) -> None:
        row = {
            "account": account,
            "kind": kind.value,
            "community_id": community_id,
            "at": to_number(start.at),
            "number": start.number,
        }
        with self._store.transaction() as db:
            db.execute(upsert(watch).values(row).on_conflict_do_nothing())

    def unseen(self, account: str, listed: Sequence[Listed]) -> int:
        with self._store.transaction() as db:
            return sum(_hash_of(db, account, each.item.ref) != each.content_hash for each in listed)

    def record(self, account: str, listed: Sequence[Listed], now: datetime) -> int:
        with self._store.transaction() as db:
            return sum(_record_one(db, account, each, now) for each in listed)

    def complete_pass(self, account: str, kind: Kind, floor_: datetime) -> None:
        at = to_number(floor_)
        statement = upsert(floor).values(account=account, kind=kind.value, at=at)
        forward = statement.on_conflict_do_update(
            index_elements=["account", "kind"], set_={"at": at}, where=floor.c.at < at
        )
        with self._store.transaction() as db:
            db.execute(forward)

    def swept(self, account: str, kind: Kind, depth: timedelta) -> datetime | None:
        mine = and_(sweep.c.account == account, sweep.c.kind == kind, sweep.c.depth == int(depth.total_seconds()))
        with self._store.transaction() as db:
            at = db.execute(select(sweep.c.at).where(mine)).scalar()
        return None if at is None else to_time(at)

    def mark_swept(self, account: str, kind: Kind, depth: timedelta, now: datetime) -> None:
        seconds, at = int(depth.total_seconds()), to_number(now)
        statement = upsert(sweep).values(account=account, kind=kind.value, depth=seconds, at=at)
        keys = ["account", "kind", "depth"]
        with self._store.transaction() as db:
            db.execute(statement.on_conflict_do_update(index_elements=keys, set_={"at": at}))

    def has_history(self, account: str, kind: Kind) -> bool:
        known = select(exists().where(item.c.account == account, item.c.kind == kind))
        with self._store.transaction() as db:
            return bool(db.execute(known).scalar())

    # What is judged.

    def due(self, account: str, now: datetime, limit: int) -> Sequence[Waiting]:
        waiting = (
            select(queue, item.c.community_id, item.c.sort_key, item.c.content_hash, item.c.snapshot)
            .join(item, and_(_same_item(queue, item)))
            .where(queue.c.account == account, queue.c.set_aside.is_(False), queue.c.due <= to_number(now))
            .order_by(queue.c.due, item.c.sort_key, queue.c.kind, queue.c.id)
            .limit(limit)
        )
        with self._store.transaction() as db:
            return [_waiting(row) for row in db.execute(waiting)]

    def decide(
        self,
        account: str,
        waiting: Waiting,
        decision_: Decision,
        orders: Sequence[Order],
        now: datetime,
        again: datetime | None,
    ) -> None:
        ref = waiting.listed.item.ref
        with self._store.transaction() as db:
            number = _insert_decision(db, account, waiting, decision_, now)
            _replace_planned(db, account, ref, number, decision_, orders, now)
            mine = _of_item(queue, account, ref)
            if again is None:
                db.execute(delete(queue).where(mine))
            else:
                later = {"due": to_number(again), "reason": Reason.SETTLED.value, "attempts": 0}
                db.execute(update(queue).where(mine).values(later))

    def judging_failed(self, account: str, waiting: Waiting, error: str, now: datetime) -> bool:
        attempts = waiting.attempts + 1
        set_aside = attempts >= FAILURES
        failed = {
            "attempts": attempts,
            "set_aside": set_aside,
            "due": to_number(now + RETRY),
            "last_error": error[:2_000],
        }
        with self._store.transaction() as db:
            db.execute(update(queue).where(_of_item(queue, account, waiting.listed.item.ref)).values(failed))
        return set_aside

    def human_decided(self, account: str, ref: ItemRef) -> str:
        with self._store.transaction() as db:
            said = db.execute(select(item.c.human_decided).where(_of_item(item, account, ref))).scalar()
        return said or ""

    def mark_human_decided(self, account: str, ref: ItemRef, why: str) -> None:
        with self._store.transaction() as db:
            db.execute(update(item).where(_of_item(item, account, ref)).values(human_decided=why))

    # What is done.

    def taken(self, account: str, ref: ItemRef) -> frozenset[ActionKind]:
        sent = and_(_of_item(intent, account, ref), intent.c.state.in_(SENT))
        with self._store.transaction() as db:
            return frozenset(ActionKind(kind) for kind in db.execute(select(intent.c.action).where(sent)).scalars())

    def remaining(self, budget: Budget, now: datetime) -> Mapping[ActionKind, int]:
        with self._store.transaction() as db:
            return {kind: rate.count - _spent(db, kind, rate, now) for kind, rate in budget.items()}

    def planned(self, account: str, now: datetime) -> Sequence[Intent]:
        earlier = intent.alias("earlier")
        blocked = exists().where(
            _same_item(earlier, intent), earlier.c.place < intent.c.place, earlier.c.state.not_in(FINAL)
        )
        free = (
            select(intent)
            .where(
                intent.c.account == account,
                intent.c.state == IntentState.PLANNED,
                intent.c.not_before <= to_number(now),
                ~blocked,
            )
            .order_by(intent.c.decision, intent.c.place)
        )
        with self._store.transaction() as db:
            return [_intent(row) for row in db.execute(free)]

    def begin(self, intent_: Intent, budget: Budget, now: datetime) -> bool:
        rate = budget.get(intent_.step.kind)
        planned = and_(intent.c.number == intent_.id, intent.c.state == IntentState.PLANNED)
        sending = {
            "state": IntentState.SENDING.value,
            "attempt": intent.c.attempt + 1,
            "sent_at": to_number(now),
        }
        with self._store.transaction() as db:
            if rate is None or _spent(db, intent_.step.kind, rate, now) >= rate.count:
                return False
            return db.execute(update(intent).where(planned).values(sending)).rowcount == 1

    def settle(self, intent_: Intent, state: IntentState, detail: str, now: datetime) -> None:
        open_ = and_(intent.c.number == intent_.id, intent.c.state.in_([IntentState.PLANNED, IntentState.SENDING]))
        final = {"state": state.value, "detail": detail[:2_000], "settled_at": to_number(now)}
        with self._store.transaction() as db:
            db.execute(update(intent).where(open_).values(final))

    def postpone(self, intent_: Intent, until: datetime) -> None:
        sending = and_(intent.c.number == intent_.id, intent.c.state == IntentState.SENDING)
        again = {"state": IntentState.PLANNED.value, "not_before": to_number(until), "sent_at": None}
        with self._store.transaction() as db:
            db.execute(update(intent).where(sending).values(again))

    def unsettled(self, account: str, sent_before: datetime) -> Sequence[Intent]:
        open_ = (
            select(intent)
            .where(
                intent.c.account == account,
                intent.c.state == IntentState.SENDING,
                intent.c.sent_at <= to_number(sent_before),
            )
            .order_by(intent.c.sent_at)
        )
        with self._store.transaction() as db:
            return [_intent(row) for row in db.execute(open_)]


def _of_item(table: Table, account: str, ref: ItemRef) -> ColumnElement[bool]:
    return and_(table.c.account == account, table.c.kind == ref.kind.value, table.c.id == ref.id)


def _same_item(one: object, other: object) -> ColumnElement[bool]:
    columns, others = one.c, other.c  # type: ignore[attr-defined]
    return and_(columns.account == others.account, columns.kind == others.kind, columns.id == others.id)


def _hash_of(db: Connection, account: str, ref: ItemRef) -> str | None:
    return db.execute(select(item.c.content_hash).where(_of_item(item, account, ref))).scalar()


def _record_one(db: Connection, account: str, listed: Listed, now: datetime) -> bool:
    """Returns whether the item was unseen or has changed."""
    seen = listed.item
    known = db.execute(select(item).where(_of_item(item, account, seen.ref))).first()
    closed = seen.is_removed or seen.is_deleted
    facts = {
        "community_id": listed.community_id,
        "sort_key": to_number(listed.sort_key),
        "last_seen": to_number(now),
        "closed": closed,
    }
    if not closed or known is None:
        # A removed comment is listed without its text: keep the text that was judged.
        facts |= {"content_hash": listed.content_hash, "snapshot": codec.encode_item(seen)}
    if known is None:
        key = {"account": account, "kind": seen.ref.kind.value, "id": seen.id, "first_seen": to_number(now)}
        db.execute(insert(item).values(facts | key))
    else:
        if known.closed and not closed:
            facts["human_decided"] = known.human_decided or RESTORED
        db.execute(update(item).where(_of_item(item, account, seen.ref)).values(facts))
    if closed:
        db.execute(delete(queue).where(_of_item(queue, account, seen.ref)))
        return False
    if known is not None and known.content_hash == listed.content_hash:
        return False
    _enqueue(db, account, seen.ref, Reason.NEW if known is None else Reason.EDITED, now)
    return True


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


def _waiting(row: Row[tuple[object, ...]]) -> Waiting:
    snapshot = codec.decode_item(Kind(row.kind), row.snapshot)
    listed = Listed(
        item=snapshot,
        community_id=row.community_id,
        number=0,
        sort_key=to_time(row.sort_key),
        content_hash=row.content_hash,
        pinned=False,
    )
    return Waiting(listed, Reason(row.reason), to_time(row.due), row.attempts)


def _insert_decision(db: Connection, account: str, waiting: Waiting, made: Decision, now: datetime) -> int:
    ref = waiting.listed.item.ref
    row = {
        "account": account,
        "kind": ref.kind.value,
        "id": ref.id,
        "at": to_number(now),
        "why": waiting.reason.value,
        "rulebook_hash": made.rulebook_hash,
        "snapshot": codec.encode_item(made.verdict.item),
        "verdict": codec.encode_verdict(made.verdict),
        "plan": codec.encode_plan(made.plan),
    }
    result = db.execute(insert(decision).values(row))
    assert result.inserted_primary_key is not None
    number: int = result.inserted_primary_key[0]
    return number


def _replace_planned(
    db: Connection,
    account: str,
    ref: ItemRef,
    decision_number: int,
    made: Decision,
    orders: Sequence[Order],
    now: datetime,
) -> None:
    mine = _of_item(intent, account, ref)
    db.execute(delete(intent).where(mine, intent.c.state == IntentState.PLANNED))
    there = set(db.execute(select(intent.c.action).where(mine)).scalars())
    steps = (made.plan.steps + made.plan.held)[: len(orders)]
    for place, (step, order) in enumerate(sorted(zip(steps, orders, strict=True), key=_place)):
        if step.kind.value not in there:
            db.execute(insert(intent).values(_intent_row(account, decision_number, place, step, order, now)))


def _place(pair: tuple[Step, Order]) -> int:
    return list(ActionKind).index(pair[0].kind)


def _intent_row(
    account: str, decision_number: int, place: int, step: Step, order: Order, now: datetime
) -> dict[str, object]:
    return {
        "account": account,
        "kind": order.ref.kind.value,
        "id": order.ref.id,
        "action": step.kind.value,
        "place": place,
        "decision": decision_number,
        "rules": codec.encode_names(step.rules),
        "step_text": step.text,
        "text": order.text,
        "reference": order.reference,
        "post_id": order.post_id,
        "author_id": order.author_id,
        "state": IntentState.PLANNED.value,
        "attempt": 0,
        "planned_at": to_number(now),
        "not_before": to_number(now),
    }


def _intent(row: Row[tuple[object, ...]]) -> Intent:
    kind = ActionKind(row.action)
    ref = ItemRef(Kind(row.kind), row.id)
    return Intent(
        id=row.number,
        account=row.account,
        step=Step(kind, row.step_text, codec.decode_names(row.rules)),
        order=Order(ref, kind, row.text, row.reference, row.post_id, row.author_id),
        state=IntentState(row.state),
        attempt=row.attempt,
        planned_at=to_time(row.planned_at),
        sent_at=None if row.sent_at is None else to_time(row.sent_at),
    )


def _spent(db: Connection, kind: ActionKind, rate: Rate, now: datetime) -> int:
    """Actions of the kind that were sent, or may have been, within the window that ends now."""
    since = to_number(now - rate.per)
    counted = select(func.count()).where(intent.c.action == kind, intent.c.sent_at > since)
    return db.execute(counted).scalar_one()
