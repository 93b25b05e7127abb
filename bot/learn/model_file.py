"""A model as a YAML file that a person can read, edit and compare with the one before."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from textwrap import fill

from bot.checks.learned import FIELDS
from bot.learn.calibrate import Reliability
from bot.learn.learning import Learnt
from bot.learn.sample import KINDRED_FIELD

_PLAIN = re.compile(r"[a-z][a-z-]*( [a-z-]+)*")
_EDIT_IT = "50 points are even odds, 10 more make them 2.7 times as high. Change them as you like."
_DEEP = " " * 8
_NOT_PLAIN = {"yes", "no", "on", "off", "true", "false", "null", "y", "n"}


def model_text(checker: str, learnt: Learnt, schema: str) -> str:
    """The whole file; the most telling points first."""
    bands, weights = learnt.bands, learnt.weights
    lines = [
        f"# yaml-language-server: $schema={schema}",
        *(f"# {line}" for line in (*about(checker, learnt), _EDIT_IT)),
    ]
    lines += [f"model: {checker}", f"bands: {{doubtful: {bands.doubtful}, certain: {bands.certain}}}"]
    lines.append(f"base: {weights.base}")
    signals = {name: points for (field, name), points in weights.points.items() if not field}
    if signals:
        lines += ["signals:", *_entries(signals, "  ")]
    has_terms = any(field for field, _ in weights.points)
    lines.append("terms:" if has_terms else "terms: {}")
    for field in FIELDS:
        terms = {text: points for (where, text), points in weights.points.items() if where == field}
        if terms:
            lines += [f"  {field}:", *_entries(terms, "    ")]
    if weights.kindred:
        lines += ["kindred:", f"  {KINDRED_FIELD}:", *_kindred_lines(weights.kindred)]
    return "\n".join(lines) + "\n"


def about(checker: str, learnt: Learnt) -> list[str]:
    """What stands above the model: from what it was learned, and what it said of items that it had not seen."""
    more = f" and {learnt.also:,} more" if learnt.also else ""
    return [
        f"Learned by `warden learn {checker}` from {learnt.items:,} labelled items{more}. What it said of",
        f"{learnt.clear:,} clear ones before it had seen them; {learnt.positives:,} of them break the rule:",
        *_reliability_lines(learnt.reliability, learnt.positives),
    ]


def _reliability_lines(found: Iterable[Reliability], positives: int) -> list[str]:
    lines = []
    for each in found:
        low, high = each.interval
        since = f"from {each.since}" if each.since is not None else "below"
        share = each.breaking / each.items if each.items else 0.0
        lines.append(
            f"{each.name} ({since}): {each.items} items, {share:.0%} break the rule"
            f" (interval {low:.0%} to {high:.0%}), {each.breaking} of all {positives} that do"
        )
    return lines


def _kindred_lines(kindred: Mapping[str, int]) -> Iterator[str]:
    """The words that count alike stand together."""
    for points in sorted(set(kindred.values()), reverse=True):
        yield f"    - points: {points}"
        yield "      words: >-"
        words = " ".join(sorted(word for word, number in kindred.items() if number == points))
        yield from fill(words, 118, initial_indent=_DEEP, subsequent_indent=_DEEP, break_on_hyphens=False).splitlines()


def _entries(points: Mapping[str, int], indent: str) -> list[str]:
    ordered = sorted(points.items(), key=lambda each: (-each[1], each[0]))
    return [f"{indent}{_key(text)}: {number}" for text, number in ordered]


def _key(text: str) -> str:
    return text if _PLAIN.fullmatch(text) and text not in _NOT_PLAIN else json.dumps(text, ensure_ascii=False)
