"""What the shipped checkers are learned from, and what is promised of them.

Most of it is labelled items that are not part of the project and lie beside the checkout. Nothing is measured with the
rest, it is only learned from:

* ``data/written_*.jsonl``: made-up posts in the manner of real ones, for the words that a small sample misses. Nothing
  that they say is a fact; ``{boss}`` stands for the name of anybody on the list of bosses.
* ``data/judged.jsonl``: labels of unlabelled items of the backlog that lay near a band, without their texts.
* ``data/elsewhere.jsonl``: labels of posts of public collections, without their texts; ``benchmarks.elsewhere`` finds
  them. Without the texts nothing is learned from these.
"""

import gzip
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import cycle
from pathlib import Path

from benchmarks import elsewhere
from bot.audit.labelled import Labelled, read_labelled, read_labelled_files
from bot.audit.texts import read_texts

CHECKOUT = Path(__file__).parents[1]
HERE = Path(__file__).parent / "data"
DATA = CHECKOUT.parent / "shared" / "data"
LABELLED = ("labelled_dev.jsonl", "labelled_more.jsonl")
"""The first is drawn like what is to come."""
BACKLOG = "backlog.jsonl.gz"
BOSS = "{boss}"


@dataclass(frozen=True, slots=True)
class Recipe:
    """How one checker is learned."""

    doubtful: float
    """Precision that is promised of the doubtful band …"""
    certain: float | None
    """… and of the certain one; ``None``: it is never certain."""
    written: float = 0.0
    """How much a made-up item counts, beside one that was labelled …"""
    judged: float = 1.0
    """… and one of the backlog …"""
    elsewhere: float = 0.5
    """… and one of a public collection."""
    kindred: bool = False
    """Whether words count for their likeness to others."""


RECIPES: Mapping[str, Recipe] = {
    "ceo_rant": Recipe(0.9, 0.95, written=1.0, elsewhere=1.0, kindred=True),
    "advertisement": Recipe(0.95, 0.98, written=0.15),
    "crypto": Recipe(0.92, 0.975, written=0.6),
    "low_effort": Recipe(0.88, None, written=0.8, judged=0.3),
}
EVEN = 50
BREAKS, DOES_NOT = 70, 45
"""Percent from which a post of a public collection breaks a rule, and up to which it does not …"""
BETWEEN = 0.2
"""… and how much less it counts in between."""


def unlabelled_texts(label: str, folder: Path = DATA) -> list[str]:
    """In which words are found that are alike. Slurs are left to the rule that has a list of them."""
    if not RECIPES[label].kindred:
        return []
    slurs = re.compile(rf"\b(?:{'|'.join(map(re.escape, _listed('slurs')))})\b", re.IGNORECASE)
    return [slurs.sub(" ", text) for text in read_texts([str(folder / BACKLOG)])]


def labelled_items(folder: Path = DATA) -> list[Labelled]:
    """What is learned from and measured with."""
    return read_labelled_files([str(folder / name) for name in LABELLED])


def further_items(label: str, folder: Path = DATA) -> list[Labelled]:
    """What is only learned from, weighed as the recipe says."""
    recipe = RECIPES[label]
    written = HERE / f"written_{label}.jsonl"
    return [
        *(_weighed(_lines(_named(written.read_text(encoding="utf-8"))), recipe.written) if recipe.written else ()),
        *_weighed(_lines(json.dumps(each) for each in _judged(folder)), recipe.judged),
        *_lines(json.dumps(each) for each in _elsewhere(label, recipe.elsewhere)),
    ]


def _elsewhere(label: str, weight: float) -> Iterator[dict[str, object]]:
    """Posts of public collections that are labelled for this rule."""
    for post in elsewhere.found():
        percent = post["percent"].get(label)
        if percent is not None:
            share = 1.0 if percent >= BREAKS or percent <= DOES_NOT else BETWEEN
            yield {**post, "labels": {label: int(percent >= EVEN)}, "weight": weight * share}


def _judged(folder: Path) -> Iterator[dict[str, object]]:
    """The backlog's items with our labels."""
    told = {each["id"]: each for each in map(json.loads, (HERE / "judged.jsonl").read_text().splitlines())}
    with gzip.open(folder / BACKLOG) as lines:
        for line in lines:
            item = json.loads(line)
            if item["id"] in told:
                yield item | told[item["id"]]


def _named(text: str) -> Iterator[str]:
    """Every boss has his turn: the name says nothing."""
    names = cycle(_listed("bosses"))
    for line in text.splitlines():
        while BOSS in line:
            line = line.replace(BOSS, next(names), 1)  # noqa: PLW2901 - one name after the other
        yield line


def _listed(name: str) -> list[str]:
    lines = (CHECKOUT / "rules" / "lists" / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def _lines(lines: Iterator[str]) -> Sequence[Labelled]:
    return read_labelled((number, line.encode()) for number, line in enumerate(lines, start=1))


def _weighed(items: Sequence[Labelled], weight: float) -> list[Labelled]:
    return [replace(each, weight=weight) for each in items]
