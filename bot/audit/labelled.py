"""Items that people have judged: what a rule set is measured with, and what is learned from."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bot.audit.judging import UNDATED, Line
from bot.audit.source import UnreadableSource, open_source
from bot.domain.item import Item
from bot.rulebook.example import NotAnItem, item_from, published

LABELS: Mapping[int, str] = {
    2: "low_effort",
    3: "hate",
    4: "screenshot_only",
    5: "ceo_rant",
    6: "advertisement",
    7: "crypto",
}
"""What a labelled file calls the written rules, by their numbers in the sidebar."""
MOST_WEIGHT = 100
RANDOM = "random"
"""Beginning of the strata that were drawn blindly: they say how often anything happens at all."""


@dataclass(frozen=True, slots=True)
class Labelled:
    """One item and what people say about it."""

    id: str
    item: Item
    labels: Mapping[int, bool | None]
    """By sidebar number; ``None`` or absent where nobody could tell."""
    is_borderline: bool
    """Whether two moderators could differ."""
    stratum: str
    """How it was drawn."""
    weight: float = 1.0
    """How much it counts where something is learned from it."""

    @property
    def is_random(self) -> bool:
        return self.stratum.startswith(RANDOM)


def read_labelled(lines: Iterable[Line]) -> list[Labelled]:
    """JSON Lines: an item with ``labels`` (0, 1 or null by name), ``flags.borderline``, ``stratum`` and ``weight``.

    Raises UnreadableSource for a line that is none.
    """
    found = []
    for number, line in lines:
        try:
            found.append(_labelled(line))
        except NotAnItem as error:
            message = f"line {number} is no labelled item: {error}. Cure: correct the line, or take it out."
            raise UnreadableSource(message) from None
    return found


def read_labelled_files(sources: Iterable[str]) -> list[Labelled]:
    """All labelled items of several files. Raises UnreadableSource."""
    found = []
    for source in sources:
        with open_source(source) as lines:
            found += read_labelled(lines)
    return found


def _labelled(line: bytes) -> Labelled:
    try:
        fields = json.loads(line)
    except (ValueError, RecursionError):
        raise NotAnItem("line", "is not JSON") from None
    labels = fields.get("labels") if isinstance(fields, dict) else None
    if not isinstance(labels, dict):
        raise NotAnItem("labels", 'must be a group such as {"crypto": 1, "advertisement": 0}')
    item = item_from(fields, published(fields) or UNDATED)
    flags = fields.get("flags")
    return Labelled(
        item.id,
        item,
        {number: _label(labels, name) for number, name in LABELS.items()},
        bool(isinstance(flags, dict) and flags.get("borderline")),
        str(fields.get("stratum", "")),
        _weight(fields.get("weight", 1)),
    )


def _weight(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 < value <= MOST_WEIGHT:
        raise NotAnItem("weight", f"must be a number above 0, and {MOST_WEIGHT} at most")
    return float(value)


def _label(labels: Mapping[str, object], name: str) -> bool | None:
    value = labels.get(name)
    if value is None:
        return None
    if value not in (0, 1):
        raise NotAnItem(f"labels.{name}", "must be 0, 1 or null")
    return bool(value)
