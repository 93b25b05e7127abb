"""One line of a backlog: read, judged, and put into words that programs read."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import islice

from bot.domain.action import ActionKind
from bot.domain.answer import Evidence
from bot.domain.history import History
from bot.domain.item import Item
from bot.domain.verdict import Match, Undecided, Verdict
from bot.engine.evaluate import Asked, evaluate_each
from bot.engine.past import Past
from bot.rulebook.example import NotAnItem, item_from, published
from bot.rulebook.rule import Rulebook
from bot.text.trace import trace_of

UNDATED = datetime(1970, 1, 1, tzinfo=UTC)
"""When an item without a time is judged. Nobody's account is older, so no age is known."""
AT_ONCE = 256
"""Items that are scanned before the first of them is judged."""
Line = tuple[int, bytes]
"""Number, counted from 1, and content."""


@dataclass(slots=True)
class Judged:
    """What came of some lines."""

    items: int = 0
    verdicts: list[bytes] = field(default_factory=list)
    """One JSON line an item that any rule touched."""
    answers: Counter[tuple[str, str]] = field(default_factory=Counter)
    """How often a rule gave an answer: ``certain``, ``doubtful``, ``unknown`` or ``broken``."""
    bad: list[tuple[int, str]] = field(default_factory=list)
    """Lines that are no items: number and reason."""

    def add(self, other: "Judged") -> None:
        """Take in what came of later lines. The other's verdicts are not copied."""
        self.items += other.items
        self.answers += other.answers
        self.bad += other.bad


def judge(book: Rulebook, lines: Iterable[Line], past: Past | None = None) -> Judged:
    """Judge every line as of the moment its item was published. A bad line never stops the rest.

    With a ``past``, each item is judged by what was added to it before, and joins it.
    """
    judged = Judged()
    rest = iter(lines)
    while some := tuple(islice(rest, AT_ONCE)):
        asked = list(_asked(some, past, judged.bad))
        for verdict in evaluate_each(book, asked):
            _count(judged.answers, verdict)
            touched = verdict_line(book, verdict)
            if touched is not None:
                judged.verdicts.append(touched)
        judged.items += len(asked)
    return judged


def time_of(line: bytes) -> datetime:
    """When the line's item was published; UNDATED when that cannot be told."""
    try:
        return published(_fields(line)) or UNDATED
    except NotAnItem:
        return UNDATED


def _asked(lines: Iterable[Line], past: Past | None, bad: list[tuple[int, str]]) -> Iterator[Asked]:
    """The items of the lines; adds to ``bad`` those that are none."""
    for number, line in lines:
        try:
            fields = _fields(line)
            now = published(fields) or UNDATED
            item = item_from(fields, now)
        except NotAnItem as error:
            bad.append((number, str(error)))
            continue
        yield item, now, _history(item, past)


def _history(item: Item, past: Past | None) -> History | None:
    trace = trace_of(item) if past else None
    if past is None or trace is None:
        return None
    history = past.before(trace)
    past.add(trace)
    return history


def _fields(line: bytes) -> dict[str, object]:
    try:
        fields = json.loads(line)
    except (ValueError, RecursionError):
        raise NotAnItem("line", "is not JSON") from None
    if not isinstance(fields, dict):
        raise NotAnItem("line", "must be a JSON object")
    return fields


def _count(answers: Counter[tuple[str, str]], verdict: Verdict) -> None:
    for match in verdict.matches:
        answers[match.rule, _answer(match)] += 1
    for undecided in verdict.undecided:
        answers[undecided.rule, "unknown"] += 1
    for broken in verdict.broken:
        answers[broken.rule, "broken"] += 1


def verdict_line(book: Rulebook, verdict: Verdict) -> bytes | None:
    """The item as one line of JSON in ASCII, its rules in the order of the book; ``None`` when no rule touched it."""
    touched: dict[str, Match | Undecided] = {match.rule: match for match in verdict.matches}
    touched |= {undecided.rule: undecided for undecided in verdict.undecided}
    if not touched:
        return None
    matches = [_described(touched[rule.id]) for rule in book.rules if rule.id in touched]
    ref = verdict.item.ref
    return json.dumps({"id": ref.id, "kind": ref.kind.value, "matches": matches}).encode() + b"\n"


def _described(touched: Match | Undecided) -> dict[str, object]:
    answer, actions, evidence = "unknown", list[str](), list[dict[str, object]]()
    if isinstance(touched, Match):
        answer = _answer(touched)
        actions = _actions(touched)
        evidence = [_fact(fact) for fact in touched.answer.evidence]
    return {
        "rule": touched.rule,
        "sidebar": touched.sidebar,
        "answer": answer,
        "actions": actions,
        "evidence": evidence,
    }


def _answer(match: Match) -> str:
    return "certain" if match.answer.certain else "doubtful"


def _actions(match: Match) -> list[str]:
    """What the rule asks for; a doubtful match can only report."""
    return [action.kind.value for action in match.actions] if match.answer.certain else [ActionKind.REPORT.value]


def _fact(fact: Evidence) -> dict[str, object]:
    return {
        "field": fact.field,
        "start": fact.start,
        "end": fact.end,
        "text": fact.text,
        "signal": fact.signal,
        "class": fact.strength.value,
    }
