"""Everything there is to say about the judgement of one item, and its stable form for programs. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from bot.domain.action import ActionKind
from bot.domain.answer import Answer, Evidence, No, Unknown, Yes
from bot.domain.history import History
from bot.domain.item import Item
from bot.domain.plan import Plan, Skipped, Step
from bot.engine.counterfactual import Counterfactual, counterfactuals, disclosed
from bot.engine.evaluate import evaluate
from bot.engine.explain import TEXTS, Node, RuleTrace, answer_word, explain
from bot.engine.plan import plan
from bot.engine.wishes import Standing
from bot.engine.wording import action_words
from bot.rulebook.rule import Disclosure, Rulebook

VERSION = 1
"""Of the form for programs; grows when a key changes its meaning or goes away, not when one is added."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What is known around an item, and what stands between a verdict and an action."""

    standing: Standing = field(default_factory=lambda: Standing(recipients=("the moderators",)))
    budget: Mapping[ActionKind, int] = field(default_factory=lambda: dict.fromkeys(ActionKind, 1))
    """How many actions of each kind are left; by default nothing is in the way."""
    history: History | None = None
    """``None``: what was there before is not known."""


@dataclass(frozen=True, slots=True)
class Explanation:
    """One item by one rulebook."""

    item: Item
    now: datetime
    """When it was judged."""
    rules: tuple[RuleTrace, ...]
    plan: Plan
    """What would be done, and what would not, with the reasons."""
    counterfactuals: tuple[Counterfactual, ...]


def explanation(
    book: Rulebook,
    item: Item,
    now: datetime,
    around: Surroundings,
    *,
    everything: bool,
) -> Explanation:
    """Judge and explain. What would have to be different is looked for where a rule holds or cannot tell; with
    ``everything``, for the other rules too."""
    traces = explain(book, item, now, around.history)
    asked = [each.rule for each in traces if each.answer and (everything or not isinstance(each.answer, No))]
    found = [each for rule in asked for each in counterfactuals(book, rule, item, now, around.history)]
    decided = plan(evaluate(book, item, now, around.history), around.standing, around.budget)
    return Explanation(item, now, traces, decided, tuple(found))


def described(explained: Explanation) -> dict[str, Any]:
    """For programs."""
    return {
        "version": VERSION,
        "item": item_described(explained.item),
        "now": explained.now.isoformat(),
        "rules": [_rule(each) for each in explained.rules],
        "plan": plan_described(explained.plan),
        "counterfactuals": [_counterfactual(each) for each in explained.counterfactuals],
    }


def told(explained: Explanation) -> dict[str, Any]:
    """For the author: of the rules that hold, only what their ``disclose`` allows."""
    rules = []
    for each in explained.rules:
        if not isinstance(each.answer, Yes) or each.stopped_by or each.rule.disclose is Disclosure.NOTHING:
            continue
        rule = each.rule
        own = [found for found in explained.counterfactuals if found.rule == rule.id]
        is_open = rule.disclose is Disclosure.FULL
        rules.append(
            {
                "title": rule.title,
                "sidebar": rule.sidebar,
                "answer": answer_word(each.answer),
                "evidence": [evidence_described(fact) for fact in each.answer.evidence] if is_open else [],
                "counterfactuals": [_counterfactual(found) for found in disclosed(rule, own)],
                "repair": rule.repair,
                "appeal": rule.appeal,
            }
        )
    return {"version": VERSION, "item": item_described(explained.item), "rules": rules}


def item_described(item: Item) -> dict[str, Any]:
    """The texts that rules look at, and who wrote them where. What is not known is ``null``."""
    return {
        "ref": str(item.ref),
        "author": item.author.name,
        "instance": item.author.instance,
        "community": item.community.full_name,
        "address": item.address,
        **{name: getattr(item, name) for name in TEXTS if hasattr(item, name)},
    }


def plan_described(decided: Plan) -> dict[str, Any]:
    """Steps to do, steps that wait for the budget, and what is not done with the reason."""
    return {
        "steps": [_step(each) for each in decided.steps],
        "held": [_step(each) for each in decided.held],
        "skipped": [_skipped(each) for each in decided.skipped],
    }


def evidence_described(fact: Evidence) -> dict[str, Any]:
    """``start`` and ``end`` count code points of the field; ``null`` for what is no piece of text."""
    return {
        "field": fact.field,
        "start": fact.start,
        "end": fact.end,
        "text": fact.text,
        "signal": fact.signal,
        "class": fact.strength.value,
    }


def _rule(trace: RuleTrace) -> dict[str, Any]:
    rule = trace.rule
    return {
        "rule": rule.id,
        "title": rule.title,
        "sidebar": rule.sidebar,
        "mode": rule.mode.name.lower(),
        "disclose": rule.disclose.value,
        "applies": trace.applies,
        "error": trace.error,
        "stopped_by": trace.stopped_by or None,
        "answer": None if trace.answer is None else answer_word(trace.answer),
        "why": _why(trace.answer),
        "when": _node(trace.when),
        "unless": _node(trace.unless),
    }


def _node(node: Node | None) -> dict[str, Any] | None:
    if node is None:
        return None
    return {
        "condition": node.key,
        "asked": node.asked,
        "actual": node.actual,
        "answer": answer_word(node.answer),
        "why": _why(node.answer),
        "evidence": [evidence_described(fact) for fact in node.answer.evidence] if isinstance(node.answer, Yes) else [],
        "parts": [_node(part) for part in node.parts],
    }


def _why(answer: Answer | None) -> str:
    match answer:
        case Yes(doubt=doubt):
            return doubt
        case Unknown(why):
            return why
        case _:
            return ""


def _counterfactual(found: Counterfactual) -> dict[str, Any]:
    return {
        "rule": found.rule,
        "changes": list(found.changes),
        "by": found.by.name.lower(),
        "becomes": found.becomes,
    }


def _step(step: Step) -> dict[str, Any]:
    what = {"kind": step.kind.value, "words": action_words(step.action)}
    return {**what, "rules": list(step.rules), "text": step.text, "to": step.to or None}


def _skipped(skipped: Skipped) -> dict[str, Any]:
    return {"kind": skipped.kind.value, "rules": list(skipped.rules), "why": skipped.why}
