"""Why a verdict is what it is: every rule, every condition, with its answer. Pure."""

from dataclasses import dataclass
from datetime import datetime

from bot.checks.check import Check, Subject
from bot.domain.answer import Answer
from bot.domain.item import Item
from bot.engine.evaluate import answer, concerns, look
from bot.rulebook.rule import Rule, Rulebook


@dataclass(frozen=True, slots=True)
class Node:
    """One condition, its answer, and the conditions inside it."""

    key: str
    answer: Answer
    parts: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class RuleTrace:
    """One rule on one item."""

    rule: Rule
    applies: bool
    """``False`` when the rule is about other kinds of items or other communities."""
    answer: Answer | None
    when: Node | None
    unless: Node | None


def explain(rulebook: Rulebook, item: Item, now: datetime) -> tuple[RuleTrace, ...]:
    """Every rule of the book, in order. ``now`` is aware UTC."""
    subject = look(rulebook, item, now)
    return tuple(_trace(rule, subject) for rule in rulebook.rules)


def _trace(rule: Rule, subject: Subject) -> RuleTrace:
    if not concerns(rule, subject.item):
        return RuleTrace(rule, applies=False, answer=None, when=None, unless=None)
    return RuleTrace(
        rule,
        applies=True,
        answer=answer(rule, subject),
        when=_node(rule.when, subject),
        unless=_node(rule.unless, subject) if rule.unless else None,
    )


def _node(check: Check, subject: Subject) -> Node:
    return Node(check.key, check.answer(subject), tuple(_node(part, subject) for part in check.parts()))
