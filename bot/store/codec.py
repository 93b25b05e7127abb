"""Domain values to JSON and back. What is stored must still be readable when the classes have grown."""

import json
import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar, get_args

import msgspec

from bot.domain.action import Action, ActionKind, Mode
from bot.domain.answer import Evidence, Strength, Yes
from bot.domain.destination import Destination
from bot.domain.item import Comment, Item, Kind, Post
from bot.domain.picture import Picture
from bot.domain.plan import Plan, Skipped, Step
from bot.domain.verdict import Broken, Match, Undecided, Verdict

Fact = TypeVar("Fact", Picture, Destination)
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)
_CLASSES: Mapping[ActionKind, type[Action]] = {each.kind: each for each in get_args(Action)}
_HALVES = re.compile(r"[\ud800-\udfff]")


def to_number(time: datetime) -> int:
    """An aware time as microseconds since 1970."""
    return (time - EPOCH) // MICROSECOND


def to_time(number: int) -> datetime:
    return EPOCH + number * MICROSECOND


def writable(text: str) -> str:
    """The text with half characters, which no database takes, replaced one for one: places in it stay valid."""
    return _HALVES.sub("\ufffd", text)


def encode_item(item: Item) -> str:
    return _dump(msgspec.to_builtins(item))


def decode_item(kind: Kind, text: str) -> Item:
    wanted: type[Post | Comment] = Post if kind is Kind.POST else Comment
    return msgspec.json.decode(text, type=wanted)


def encode_fact(found: Picture | Destination) -> str:
    return _dump(msgspec.to_builtins(found))


def decode_fact(kind: type[Fact], text: str) -> Fact:
    return msgspec.json.decode(text, type=kind)


def encode_verdict(verdict: Verdict) -> str:
    return _dump(
        {
            "matches": [_match(match) for match in verdict.matches],
            "undecided": [{"rule": each.rule, "sidebar": each.sidebar, "why": each.why} for each in verdict.undecided],
            "broken": [{"rule": each.rule, "error": each.error} for each in verdict.broken],
        }
    )


def decode_verdict(item: Item, text: str) -> Verdict:
    """The verdict as it was; facts that an older version did not write are empty."""
    value = json.loads(text)
    return Verdict(
        item,
        tuple(_read_match(each) for each in value["matches"]),
        tuple(Undecided(each["rule"], each["sidebar"], each["why"]) for each in value["undecided"]),
        tuple(Broken(each["rule"], each["error"]) for each in value["broken"]),
    )


def encode_plan(plan: Plan) -> str:
    return _dump(
        {
            "steps": [_step(step) for step in plan.steps],
            "held": [_step(step) for step in plan.held],
            "skipped": [_skipped(each) for each in plan.skipped],
        }
    )


def decode_plan(item: Item, text: str) -> Plan:
    value = json.loads(text)
    return Plan(
        item,
        tuple(_read_step(each) for each in value["steps"]),
        tuple(_read_step(each) for each in value["held"]),
        tuple(Skipped(ActionKind(each["action"]), tuple(each["rules"]), each["why"]) for each in value["skipped"]),
    )


def encode_names(names: tuple[str, ...]) -> str:
    return _dump(list(names))


def decode_names(text: str) -> tuple[str, ...]:
    return tuple(json.loads(text))


def _match(match: Match) -> Mapping[str, object]:
    return {
        "rule": match.rule,
        "sidebar": match.sidebar,
        "title": match.title,
        "reason": match.reason,
        "answer": "certain" if match.answer.certain else "doubtful",
        "doubt": match.answer.doubt,
        "mode": match.mode.name.lower(),
        "actions": [action.kind.value for action in match.actions],
        "settings": [msgspec.to_builtins(action) for action in match.actions],
        "repair": match.repair,
        "appeal": match.appeal,
        "exempt_moderators": match.exempt_moderators,
        "exempt_admins": match.exempt_admins,
        "sampled_out": match.sampled_out,
        "priority": match.priority,
        "evidence": [_fact(fact) for fact in match.answer.evidence],
    }


def _read_match(value: Mapping[str, Any]) -> Match:
    kinds = [ActionKind(kind) for kind in value["actions"]]
    evidence = tuple(_read_fact(each) for each in value["evidence"])
    return Match(
        rule=value["rule"],
        sidebar=value["sidebar"],
        title=value.get("title", ""),
        reason=value.get("reason", ""),
        answer=Yes(evidence, certain=value["answer"] == "certain", doubt=value["doubt"]),
        mode=Mode[value["mode"].upper()],
        actions=tuple(map(_action, kinds, _settings(value, len(kinds)))),
        repair=value.get("repair", ""),
        appeal=value.get("appeal", ""),
        exempt_moderators=value.get("exempt_moderators", True),
        exempt_admins=value.get("exempt_admins", True),
        sampled_out=value.get("sampled_out", False),
        priority=value.get("priority", 0),
    )


def _settings(match: Mapping[str, Any], number: int) -> list[Mapping[str, Any]]:
    """Older versions wrote only texts, and before that nothing."""
    found: list[Mapping[str, Any]] = match.get("settings") or [
        {"text": text} for text in match.get("texts", [""] * number)
    ]
    return found


def encode_settings(action: Action) -> str:
    """The action without its kind."""
    return _dump(msgspec.to_builtins(action))


def decode_action(kind: ActionKind, settings: str) -> Action:
    return _action(kind, json.loads(settings))


def _action(kind: ActionKind, settings: Mapping[str, Any]) -> Action:
    return msgspec.convert(settings, _CLASSES[kind])


def _fact(fact: Evidence) -> Mapping[str, object]:
    return {
        "field": fact.field,
        "start": fact.start,
        "end": fact.end,
        "text": fact.text,
        "signal": fact.signal,
        "class": fact.strength.value,
    }


def _read_fact(value: Mapping[str, Any]) -> Evidence:
    return Evidence(
        value["field"], value["start"], value["end"], value["text"], value["signal"], Strength(value["class"])
    )


def _step(step: Step) -> Mapping[str, object]:
    settings = msgspec.to_builtins(step.action)
    return {
        "action": step.kind.value,
        "settings": settings,
        "text": step.text,
        "rules": list(step.rules),
        "to": step.to,
    }


def _read_step(value: Mapping[str, Any]) -> Step:
    settings = value.get("settings", {"text": ""})
    action = _action(ActionKind(value["action"]), settings)
    return Step(action, value["text"], tuple(value["rules"]), value.get("to", ""))


def _skipped(each: Skipped) -> Mapping[str, object]:
    return {"action": each.kind.value, "rules": list(each.rules), "why": each.why}


def _dump(value: object) -> str:
    return writable(json.dumps(value, ensure_ascii=False, separators=(",", ":")))
