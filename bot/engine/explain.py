"""Why a verdict is what it is: every rule, every condition, with its answer and what it met. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from bot.checks.check import Check, Measuring, Subject
from bot.checks.combine import Not
from bot.checks.parent_post import ParentPost
from bot.domain.answer import Answer, Evidence, No, Unknown, Yes
from bot.domain.history import History
from bot.domain.item import Item, Kind
from bot.engine.evaluate import concerns, look, verdict_on
from bot.matching.exact import merged
from bot.matching.pattern import Span
from bot.rulebook.rule import Rule, Rulebook

CONTEXT = 60
"""Code points shown on each side of a piece of evidence in a long text."""
CUT = "…"
TEXTS = ("title", "url", "resolved_url", "body", "alt_text", "link_title", "link_description", "image_text")
"""Fields of an item that are shown, in this order."""


@dataclass(frozen=True, slots=True)
class Node:
    """One condition, its answer, and the conditions inside it."""

    key: str
    asked: str
    """What the rule wants; empty when the key says it all."""
    actual: str
    """What the item has, whatever the answer; empty when it is not known or has no name."""
    answer: Answer
    parts: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class RuleTrace:
    """One rule on one item."""

    rule: Rule
    kind: Kind
    """Of the item."""
    applies: bool
    """``False`` when the rule is about other kinds of items or other communities."""
    answer: Answer | None = None
    when: Node | None = None
    unless: Node | None = None
    error: str = ""
    """How the rule broke; empty when it did not."""
    stopped_by: str = ""
    """Id of the rule before it that keeps this one from being asked; the answer is what it would be."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a text."""

    text: str
    marked: bool
    """Whether it is evidence."""


def explain(rulebook: Rulebook, item: Item, now: datetime, history: History | None = None) -> tuple[RuleTrace, ...]:
    """Every rule of the book, in order. ``now`` is aware UTC. Without ``history``, what asks for it is not known."""
    subject = look(rulebook, item, now, history)
    stopped_by = ""
    traces = []
    for rule in rulebook.rules:
        traced = trace(rule, subject)
        traces.append(replace(traced, stopped_by=stopped_by) if traced.applies else traced)
        if rule.stop and isinstance(traced.answer, Yes) and traced.answer.certain:
            stopped_by = stopped_by or rule.id
    return tuple(traces)


def trace(rule: Rule, subject: Subject) -> RuleTrace:
    """One rule. Never raises."""
    if not concerns(rule, subject.item):
        return RuleTrace(rule, subject.item.kind, applies=False)
    try:
        return RuleTrace(
            rule,
            subject.item.kind,
            applies=True,
            answer=verdict_on(rule, subject),
            when=_node(rule.when, subject),
            unless=_node(rule.unless, subject) if rule.unless else None,
        )
    except Exception as error:  # noqa: BLE001 - a broken rule is part of the explanation
        return RuleTrace(rule, subject.item.kind, applies=True, error=f"{type(error).__name__}: {error}")


def evidence(traces: Iterable[RuleTrace]) -> tuple[Evidence, ...]:
    """What speaks for the rules that hold, each fact once."""
    held = [each.answer for each in traces if isinstance(each.answer, Yes) and not each.stopped_by]
    return tuple(dict.fromkeys(fact for answer in held for fact in answer.evidence))


def marked(text: str, field: str, facts: Iterable[Evidence], room: int) -> tuple[Piece, ...]:
    """A field with its evidence marked. One longer than ``room`` is cut to the evidence and what stands around it."""
    spans = merged(
        Span(fact.start, fact.end)
        for fact in facts
        if fact.field == field and fact.start is not None and fact.end is not None
    )
    if len(text) <= room:
        return tuple(_pieces(text, spans, 0, len(text)))
    shown = merged(Span(max(0, each.start - CONTEXT), min(len(text), each.end + CONTEXT)) for each in spans)
    pieces = [] if shown else [Piece(text[:room], marked=False)]
    for each in shown:
        pieces += [Piece(CUT, marked=False)] if each.start else []
        pieces += _pieces(text, spans, each.start, each.end)
    is_cut = not shown or shown[-1].end < len(text)
    return (*pieces, Piece(CUT, marked=False)) if is_cut else tuple(pieces)


def _pieces(text: str, spans: Iterable[Span], start: int, end: int) -> list[Piece]:
    """``text[start:end]``, cut at the spans; none of them crosses its edges."""
    pieces = []
    for span in spans:
        if start <= span.start and span.end <= end:
            pieces += [Piece(text[start : span.start], marked=False), Piece(text[span.start : span.end], marked=True)]
            start = span.end
    return [piece for piece in (*pieces, Piece(text[start:end], marked=False)) if piece.text]


def answer_word(answer: Answer) -> str:
    """``certain``, ``doubtful``, ``no`` or ``unknown``."""
    match answer:
        case Yes(certain=certain):
            return "certain" if certain else "doubtful"
        case No():
            return "no"
        case Unknown():
            return "unknown"


def parts_of(check: Check, subject: Subject) -> list[tuple[Check, Subject]]:
    """The conditions inside one, each with what it is about: below ``parent_post`` that is the post above."""
    if not isinstance(check, ParentPost):
        return [(part, subject) for part in check.parts()]
    return [] if subject.above is None else [(part, subject.above) for part in check.parts()]


def _node(check: Check, subject: Subject) -> Node:
    if isinstance(check, Not):
        return _turned_round(check, subject)
    parts = tuple(_node(part, about) for part, about in parts_of(check, subject))
    asked, actual = (check.asked(), check.actual(subject)) if isinstance(check, Measuring) else ("", "")
    return Node(check.key, asked, actual, check.answer(subject), parts)


def _turned_round(check: Not, subject: Subject) -> Node:
    """One condition, not two; but what it did find is shown below it."""
    inner = _node(check.inner, subject)
    found = (replace(inner, key=inner.key.lstrip("~ ")),) if isinstance(inner.answer, Yes) else inner.parts
    return Node(check.key, inner.asked, inner.actual, check.answer(subject), found)
