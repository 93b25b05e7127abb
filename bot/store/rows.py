"""Between rows of the tables and values of the engine."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import ColumnElement, Row, Table, and_

from bot.domain.action import ORDER, ActionKind
from bot.domain.item import ItemRef, Kind
from bot.domain.plan import Step
from bot.engine.ports import Decision, Intent, IntentState, Listed, Order, Reason, Waiting
from bot.store import codec
from bot.store.codec import to_number, to_time, writable

AnyRow = Row[tuple[object, ...]]


def of_item(table: Table, account: str, ref: ItemRef) -> ColumnElement[bool]:
    return and_(table.c.account == account, table.c.kind == ref.kind.value, table.c.id == ref.id)


def same_item(one: object, other: object) -> ColumnElement[bool]:
    columns, others = one.c, other.c  # type: ignore[attr-defined]
    return and_(columns.account == others.account, columns.kind == others.kind, columns.id == others.id)


def waiting_of(row: AnyRow) -> Waiting:
    listed = Listed(
        item=codec.decode_item(Kind(row.kind), row.snapshot),
        community_id=row.community_id,
        number=0,
        sort_key=to_time(row.sort_key),
        content_hash=row.content_hash,
        pinned=False,
    )
    return Waiting(listed, Reason(row.reason), to_time(row.due), row.attempts)


def decision_row(account: str, waiting: Waiting, made: Decision, now: datetime) -> dict[str, object]:
    ref = waiting.listed.item.ref
    return {
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


def decision_of(row: AnyRow) -> Decision:
    judged = codec.decode_item(Kind(row.kind), row.snapshot)
    return Decision(
        codec.decode_verdict(judged, row.verdict), codec.decode_plan(judged, row.plan), rulebook_hash=row.rulebook_hash
    )


def intent_rows(
    account: str, decision_number: int, steps: Iterable[tuple[Step, Order]], now: datetime
) -> list[dict[str, object]]:
    return [_intent_row(account, decision_number, step, order, now) for step, order in steps]


def _intent_row(account: str, decision_number: int, step: Step, order: Order, now: datetime) -> dict[str, object]:
    return {
        "account": account,
        "kind": order.ref.kind.value,
        "id": order.ref.id,
        "action": step.kind.value,
        # The same for every decision on the item, so that steps of a later one wait for those of an earlier one.
        "place": ORDER[step.kind],
        "decision": decision_number,
        "rules": codec.encode_names(step.rules),
        "step_text": writable(step.text),
        "text": writable(order.text),
        "reference": order.reference,
        "post_id": order.post_id,
        "author_id": order.author_id,
        "community_id": order.community_id,
        "recipient": writable(order.to),
        "settings": codec.encode_settings(step.action),
        "state": IntentState.PLANNED.value,
        "attempt": 0,
        "missed": 0,
        "planned_at": to_number(now),
        "not_before": to_number(now),
    }


def intent_of(row: AnyRow) -> Intent:
    action = codec.decode_action(ActionKind(row.action), row.settings)
    ref = ItemRef(Kind(row.kind), row.id)
    return Intent(
        id=row.number,
        account=row.account,
        step=Step(action, row.step_text, codec.decode_names(row.rules), row.recipient),
        order=Order(ref, action, row.text, row.reference, row.post_id, row.author_id, row.community_id, row.recipient),
        state=IntentState(row.state),
        attempt=row.attempt,
        missed=row.missed,
        planned_at=to_time(row.planned_at),
        sent_at=None if row.sent_at is None else to_time(row.sent_at),
    )
