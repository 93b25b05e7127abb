"""An evaluation as plain values for JSON, and as one HTML page with its charts inside."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass

from jinja2 import Environment, PackageLoader, StrictUndefined

from bot.audit.evaluation import (
    Bin,
    Counts,
    calibration,
    counts,
    differing,
    false_alarms,
    misses,
    random_alarms,
)
from bot.audit.evaluation_items import Judged, Tier
from bot.audit.labelled import LABELS

STRICTNESS = {"strict": True, "lenient": False}
"""Without and with the items of which two moderators could differ."""


@dataclass(frozen=True, slots=True)
class Named:
    """A rule set and what it said."""

    name: str
    judged: Sequence[Judged]


def report(sets: Sequence[Named]) -> dict[str, object]:
    """Everything there is to say about one rule set, or two side by side."""
    found: dict[str, object] = {"items": len(sets[0].judged), "rule_sets": [_rule_set(each) for each in sets]}
    if len(sets) > 1:
        pairs = differing(sets[0].judged, sets[1].judged)
        found["differing"] = [_difference(*pair) for pair in pairs]
    return found


def html(found: Mapping[str, object]) -> str:
    """The report as a page that needs nothing else, neither network nor script."""
    pages = Environment(
        loader=PackageLoader("bot.audit"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return pages.get_template("evaluation.html.jinja").render(found)


def _rule_set(named: Named) -> dict[str, object]:
    alarms = {tier.value: random_alarms(named.judged, tier) for tier in Tier}
    return {
        "name": named.name,
        "rules": [_rule(named.judged, sidebar, label) for sidebar, label in LABELS.items()],
        "random": {
            tier: {**asdict(each), "per_thousand": each.per_thousand, "interval": each.interval}
            for tier, each in alarms.items()
        },
    }


def _rule(judged: Sequence[Judged], sidebar: int, label: str) -> dict[str, object]:
    measured = {
        tier.value: {name: _counts(counts(judged, sidebar, tier, strict=strict)) for name, strict in STRICTNESS.items()}
        for tier in Tier
    }
    return {
        "sidebar": sidebar,
        "label": label,
        **measured,
        "false_alarms": [asdict(each) for each in false_alarms(judged, sidebar, strict=False)],
        "misses": [asdict(each) for each in misses(judged, sidebar, strict=False)],
        "calibration": [_bin(each) for each in calibration(judged, sidebar, strict=True)],
    }


def _counts(each: Counts) -> dict[str, object]:
    return {
        **asdict(each),
        "precision": each.precision,
        "precision_interval": each.precision_interval,
        "recall": each.recall,
        "recall_interval": each.recall_interval,
        "f1": each.f1,
    }


def _bin(each: Bin) -> dict[str, object]:
    return {**asdict(each), "share": each.breaking / each.items, "interval": each.interval}


def _difference(first: Judged, second: Judged) -> dict[str, object]:
    rows = []
    for sidebar, label in LABELS.items():
        answers = [_word(each, sidebar) for each in (first, second)]
        if answers[0] != answers[1]:
            rows.append(
                {"rule": label, "label": first.labelled.labels[sidebar], "before": answers[0], "after": answers[1]}
            )
    return {"id": first.labelled.id, "borderline": first.labelled.is_borderline, "rules": rows}


def _word(judged: Judged, sidebar: int) -> str:
    said = judged.said.get(sidebar)
    return "no" if said is None else "certain" if said.certain else "doubtful"
