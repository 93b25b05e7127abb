"""Domain values to JSON and back. What is stored must still be readable when the classes have grown."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec

from bot.domain.action import kind_of
from bot.domain.answer import Evidence
from bot.domain.item import Comment, Item, Kind, Post
from bot.domain.plan import Plan, Skipped, Step
from bot.domain.verdict import Match, Verdict

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)


def to_number(time: datetime) -> int:
    """An aware time as microseconds since 1970."""
    return (time - EPOCH) // MICROSECOND


def to_time(number: int) -> datetime:
    return EPOCH + number * MICROSECOND


def encode_item(item: Item) -> str:
    return msgspec.json.encode(item).decode()


def decode_item(kind: Kind, text: str) -> Item:
    wanted: type[Post | Comment] = Post if kind is Kind.POST else Comment
    return msgspec.json.decode(text, type=wanted)


def encode_verdict(verdict: Verdict) -> str:
    return _dump(
        {
            "matches": [_match(match) for match in verdict.matches],
            "undecided": [{"rule": each.rule, "sidebar": each.sidebar, "why": each.why} for each in verdict.undecided],
            "broken": [{"rule": each.rule, "error": each.error} for each in verdict.broken],
        }
    )


def encode_plan(plan: Plan) -> str:
    return _dump(
        {
            "steps": [_step(step) for step in plan.steps],
            "held": [_step(step) for step in plan.held],
            "skipped": [_skipped(each) for each in plan.skipped],
        }
    )


def decode(text: str) -> dict[str, Any]:
    """A stored verdict or plan, as it was written."""
    value: dict[str, Any] = json.loads(text)
    return value


def encode_names(names: tuple[str, ...]) -> str:
    return _dump(list(names))


def decode_names(text: str) -> tuple[str, ...]:
    return tuple(json.loads(text))


def _match(match: Match) -> Mapping[str, object]:
    return {
        "rule": match.rule,
        "sidebar": match.sidebar,
        "answer": "certain" if match.answer.certain else "doubtful",
        "doubt": match.answer.doubt,
        "mode": match.mode.name.lower(),
        "actions": [kind_of(action).value for action in match.actions],
        "evidence": [_fact(fact) for fact in match.answer.evidence],
    }


def _fact(fact: Evidence) -> Mapping[str, object]:
    return {
        "field": fact.field,
        "start": fact.start,
        "end": fact.end,
        "text": fact.text,
        "signal": fact.signal,
        "class": fact.strength.value,
    }


def _step(step: Step) -> Mapping[str, object]:
    return {"action": step.kind.value, "text": step.text, "rules": list(step.rules)}


def _skipped(each: Skipped) -> Mapping[str, object]:
    return {"action": each.kind.value, "rules": list(each.rules), "why": each.why}


def _dump(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
