"""The ledger: every method one durable transaction."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from operator import itemgetter

from sqlalchemy import Connection, and_, delete, exists, func, insert, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from bot.domain.action import ActionKind, Strike
from bot.domain.destination import Destination
from bot.domain.history import History
from bot.domain.item import Item, ItemRef, Kind
from bot.domain.picture import Picture
from bot.engine.ports import (
    Again,
    Asked,
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
from bot.store import codec, facts, reports, strikes
from bot.store.codec import to_number, to_time, writable
from bot.store.connect import Store
from bot.store.consequences import follow
from bot.store.rows import decision_row, intent_of, intent_rows, of_item, same_item, waiting_of
from bot.store.sightings import enqueue, hash_of, record_one, refresh_one
from bot.store.tables import decision, floor, intent, item, queue, sweep, watch
from bot.store.traces import history_of

FAILURES = 3
"""After so many failures an item is set aside."""
RETRY = timedelta(minutes=1)
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
            return sum(hash_of(db, account, each.item.ref) != each.content_hash for each in listed)

    def record(self, account: str, listed: Sequence[Listed], now: datetime) -> int:
        with self._store.transaction() as db:
            return sum(record_one(db, account, each, now) for each in listed)

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
            .join(item, same_item(queue, item))
            .where(queue.c.account == account, queue.c.set_aside.is_(False), queue.c.due <= to_number(now))
            .order_by(queue.c.due, item.c.sort_key, queue.c.kind, queue.c.id)
            .limit(limit)
        )
        with self._store.transaction() as db:
            return [waiting_of(row) for row in db.execute(waiting)]

    def decide(
        self,
        account: str,
        waiting: Waiting,
        decision_: Decision,
        orders: Sequence[Order],
        now: datetime,
        again: Again | None,
    ) -> None:
        ref = waiting.listed.item.ref
        with self._store.transaction() as db:
            number = _insert_decision(db, decision_row(account, waiting, decision_, now))
            _replace_planned(db, account, decision_, orders, number, now)
            if hash_of(db, account, ref) != waiting.listed.content_hash:
                return  # a later text is waiting
            mine = of_item(queue, account, ref)
            if again is None:
                db.execute(delete(queue).where(mine))
            else:
                later = {"due": to_number(again.at), "reason": again.reason.value, "attempts": 0}
                db.execute(update(queue).where(mine).values(later))

    def refresh(self, account: str, listed: Listed, now: datetime) -> None:
        with self._store.transaction() as db:
            refresh_one(db, account, listed, now)

    def defer(self, account: str, waiting: Waiting, until: datetime | None) -> None:
        mine = of_item(queue, account, waiting.listed.item.ref)
        with self._store.transaction() as db:
            if until is None:
                db.execute(delete(queue).where(mine))
            else:
                db.execute(update(queue).where(mine).values(due=to_number(until)))

    def history(self, account: str, item_: Item) -> History | None:
        with self._store.transaction() as db:
            return history_of(db, account, item_)

    def picture(self, account: str, ref: ItemRef, address: str) -> Picture | None:
        with self._store.transaction() as db:
            return facts.known(db, account, ref, address, Picture)

    def keep_picture(self, account: str, ref: ItemRef, address: str, seen: Picture, now: datetime) -> None:
        with self._store.transaction() as db:
            facts.keep(db, account, ref, address, seen, now)

    def destination(self, account: str, ref: ItemRef, address: str) -> Destination | None:
        with self._store.transaction() as db:
            return facts.known(db, account, ref, address, Destination)

    def keep_destination(self, account: str, ref: ItemRef, address: str, found: Destination, now: datetime) -> None:
        with self._store.transaction() as db:
            facts.keep(db, account, ref, address, found, now)

    def judging_failed(self, account: str, waiting: Waiting, error: str, now: datetime) -> bool:
        attempts = waiting.attempts + 1
        set_aside = attempts >= FAILURES
        failed = {
            "attempts": attempts,
            "set_aside": set_aside,
            "due": to_number(now + RETRY),
            "last_error": writable(error[:2_000]),
        }
        with self._store.transaction() as db:
            db.execute(update(queue).where(of_item(queue, account, waiting.listed.item.ref)).values(failed))
        return set_aside

    def human_decided(self, account: str, ref: ItemRef) -> str:
        with self._store.transaction() as db:
            said = db.execute(select(item.c.human_decided).where(of_item(item, account, ref))).scalar()
        return said or ""

    def mark_human_decided(self, account: str, ref: ItemRef, why: str, now: datetime) -> None:
        with self._store.transaction() as db:
            db.execute(update(item).where(of_item(item, account, ref)).values(human_decided=writable(why)))
            strikes.take_back(db, account, ref, now)

    def record_reports(self, account: str, open_: Mapping[ItemRef, int], now: datetime) -> int:
        with self._store.transaction() as db:
            return reports.record(db, account, open_, now)

    def reports(self, account: str, ref: ItemRef) -> int | None:
        with self._store.transaction() as db:
            return reports.count(db, account, ref)

    def strikes(self, account: str, community_id: str, person_id: str, now: datetime) -> int:
        with self._store.transaction() as db:
            return strikes.points(db, account, community_id, person_id, now)

    def struck_items(self, account: str, community_id: str, person_id: str, now: datetime) -> Sequence[ItemRef]:
        with self._store.transaction() as db:
            return strikes.items(db, account, community_id, person_id, now)

    def taken_back(self, account: str, community_id: str, person_id: str, since: datetime) -> bool:
        with self._store.transaction() as db:
            return strikes.taken_back(db, account, community_id, person_id, since)

    def asked(self, account: str, ref: ItemRef, now: datetime) -> Asked | None:
        there = and_(of_item(intent, account, ref), intent.c.action == ActionKind.HOLD)
        with self._store.transaction() as db:
            row = db.execute(select(intent.c.state, intent.c.settled_at, intent.c.rules).where(there)).first()
        if row is None:
            return None
        ago = timedelta(0) if row.settled_at is None else now - to_time(row.settled_at)
        return Asked(IntentState(row.state), ago, codec.decode_names(row.rules))

    def told(self, account: str, ref: ItemRef) -> frozenset[str]:
        there = and_(of_item(intent, account, ref), intent.c.action == ActionKind.NOTIFY, intent.c.state.in_(SENT))
        with self._store.transaction() as db:
            return frozenset(db.execute(select(intent.c.recipient).where(there)).scalars())

    def approved(self, account: str, ref: ItemRef) -> bool:
        same = and_(of_item(item, account, ref), item.c.approved_hash == item.c.content_hash)
        with self._store.transaction() as db:
            return bool(db.execute(select(exists().where(same))).scalar())

    def removed_at(self, account: str, ref: ItemRef) -> datetime | None:
        ours = and_(of_item(intent, account, ref), intent.c.action == ActionKind.REMOVE)
        done = intent.c.state == IntentState.DONE
        with self._store.transaction() as db:
            at = db.execute(select(intent.c.settled_at).where(ours, done)).scalar()
        return None if at is None else to_time(at)

    # What is done.

    def done(self, account: str, ref: ItemRef) -> frozenset[ActionKind]:
        return self._kinds(account, ref, [IntentState.DONE])

    def taken(self, account: str, ref: ItemRef) -> frozenset[ActionKind]:
        return self._kinds(account, ref, SENT)

    def _kinds(self, account: str, ref: ItemRef, states: Sequence[IntentState]) -> frozenset[ActionKind]:
        there = and_(of_item(intent, account, ref), intent.c.state.in_(states))
        with self._store.transaction() as db:
            return frozenset(ActionKind(kind) for kind in db.execute(select(intent.c.action).where(there)).scalars())

    def remaining(self, budget: Budget, now: datetime) -> Mapping[ActionKind, int]:
        with self._store.transaction() as db:
            return {kind: max(0, rate.count - _spent(db, kind, rate, now)) for kind, rate in budget.items()}

    def planned(self, account: str, now: datetime) -> Sequence[Intent]:
        earlier = intent.alias("earlier")
        blocked = exists().where(
            same_item(earlier, intent),
            earlier.c.place < intent.c.place,
            earlier.c.state.not_in(FINAL),
            intent.c.action != ActionKind.NOTIFY,
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
            return [intent_of(row) for row in db.execute(free)]

    def begin(self, intent_: Intent, budget: Budget, now: datetime) -> bool:
        rate = budget.get(intent_.step.kind)
        planned = and_(
            intent.c.number == intent_.id, intent.c.state == IntentState.PLANNED, intent.c.attempt == intent_.attempt
        )
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
        assert state in FINAL
        open_ = and_(intent.c.number == intent_.id, intent.c.state.in_([IntentState.PLANNED, IntentState.SENDING]))
        final = {"state": state.value, "detail": writable(detail[:2_000]), "settled_at": to_number(now)}
        with self._store.transaction() as db:
            if db.execute(update(intent).where(open_).values(final)).rowcount:
                follow(db, intent_, state, now)

    def strike(self, intent_: Intent, now: datetime) -> None:
        given = intent_.step.action
        assert isinstance(given, Strike)
        sending = and_(intent.c.number == intent_.id, intent.c.state == IntentState.SENDING)
        done = {"state": IntentState.DONE.value, "settled_at": to_number(now)}
        with self._store.transaction() as db:
            if db.execute(update(intent).where(sending).values(done)).rowcount:
                strikes.give(db, intent_, given, now)
                enqueue(db, intent_.account, intent_.order.ref, Reason.STRUCK, now)

    def postpone(self, intent_: Intent, until: datetime, *, missed: bool = False) -> None:
        sending = and_(intent.c.number == intent_.id, intent.c.state == IntentState.SENDING)
        again = {
            "state": IntentState.PLANNED.value,
            "missed": intent.c.missed + int(missed),
            "not_before": to_number(until),
            "sent_at": None,
        }
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
            .order_by(intent.c.sent_at, intent.c.decision, intent.c.place)
        )
        with self._store.transaction() as db:
            return [intent_of(row) for row in db.execute(open_)]


def _insert_decision(db: Connection, row: dict[str, object]) -> int:
    result = db.execute(insert(decision).values(row))
    assert result.inserted_primary_key is not None
    number: int = result.inserted_primary_key[0]
    return number


def _replace_planned(
    db: Connection, account: str, made: Decision, orders: Sequence[Order], decision_number: int, now: datetime
) -> None:
    mine = of_item(intent, account, made.verdict.item.ref)
    db.execute(delete(intent).where(mine, intent.c.state == IntentState.PLANNED))
    rows = db.execute(select(intent.c.action, intent.c.recipient).where(mine))
    there = {(row.action, row.recipient) for row in rows}
    steps = (made.plan.steps + made.plan.held)[: len(orders)]
    new = [(step, order) for step, order in zip(steps, orders, strict=True) if (step.kind.value, step.to) not in there]
    for row in sorted(intent_rows(account, decision_number, new, now), key=itemgetter("place")):
        db.execute(insert(intent).values(row))


def _spent(db: Connection, kind: ActionKind, rate: Rate, now: datetime) -> int:
    """Actions of the kind that were sent, or may have been, within the window that ends now."""
    since = to_number(now - rate.per)
    counted = select(func.count()).where(intent.c.action == kind, intent.c.sent_at > since)
    return db.execute(counted).scalar_one()
