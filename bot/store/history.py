"""Reading back, for people: what was decided, what was done about it, and how that ended."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, Table, select

from bot.domain.item import ItemRef
from bot.engine.ports import Decision, Intent, Reason
from bot.store.codec import to_number, to_time
from bot.store.connect import Store
from bot.store.rows import AnyRow, decision_of, intent_of, of_item
from bot.store.tables import decision, intent


@dataclass(frozen=True, slots=True)
class PastDecision:
    """One decision as it was made."""

    number: int
    """Grows with every decision in the store."""
    account: str
    at: datetime
    why: Reason
    """Why the item had been waiting."""
    decision: Decision


@dataclass(frozen=True, slots=True)
class PastIntent:
    """One intent as it stands now."""

    intent: Intent
    decision: int
    """Number of the decision that wanted it."""
    settled_at: datetime | None
    """``None`` while it is open."""
    detail: str
    """The remote id, Lemmy's error word, or why nothing was to be done; empty while it is open."""


def decisions(store: Store, *, since: datetime | None = None) -> tuple[PastDecision, ...]:
    """All decisions of all accounts, at ``since`` or later, newest last. Raises StoreUnavailable."""
    late = [] if since is None else [decision.c.at >= to_number(since)]
    return _decisions(store, late)


def decisions_on(store: Store, account: str, ref: ItemRef) -> tuple[PastDecision, ...]:
    """All of one account on one item, newest last. Raises StoreUnavailable."""
    return _decisions(store, [of_item(decision, account, ref)])


def intents(store: Store, *, since: datetime | None = None) -> tuple[PastIntent, ...]:
    """All intents of all accounts that were planned at ``since`` or later, newest last. Raises StoreUnavailable."""
    late = [] if since is None else [intent.c.planned_at >= to_number(since)]
    return _intents(store, late)


def intents_on(store: Store, account: str, ref: ItemRef) -> tuple[PastIntent, ...]:
    """All of one account on one item, newest last. Raises StoreUnavailable."""
    return _intents(store, [of_item(intent, account, ref)])


def _decisions(store: Store, wanted: list[ColumnElement[bool]]) -> tuple[PastDecision, ...]:
    rows = _read(store, _chosen(decision, wanted).order_by(decision.c.number))
    return tuple(
        PastDecision(row.number, row.account, to_time(row.at), Reason(row.why), decision_of(row)) for row in rows
    )


def _intents(store: Store, wanted: list[ColumnElement[bool]]) -> tuple[PastIntent, ...]:
    rows = _read(store, _chosen(intent, wanted).order_by(intent.c.decision, intent.c.place))
    return tuple(
        PastIntent(
            intent_of(row),
            row.decision,
            None if row.settled_at is None else to_time(row.settled_at),
            row.detail,
        )
        for row in rows
    )


def _chosen(table: Table, wanted: list[ColumnElement[bool]]) -> Select[tuple[object, ...]]:
    return select(table).where(*wanted)


def _read(store: Store, question: Select[tuple[object, ...]]) -> list[AnyRow]:
    """The rows are decoded after the transaction, so that a long history keeps nobody waiting."""
    with store.transaction() as db:
        return list(db.execute(question))
