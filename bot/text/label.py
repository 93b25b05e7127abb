"""The number that a line of a sidebar begins with, as people write it: ``4.``, ``4)``, ``Rule 4:``, ``(4)``, ``#4``."""

import re
from dataclasses import dataclass
from enum import IntEnum

MARK_END = "\ue000"
"""Stands where bold or slanted letters end; nobody's text holds it."""


class Sign(IntEnum):
    """By what a passage is known to be a rule; a higher one is surer."""

    HEADING = 0
    BULLET = 1
    NUMBER = 2
    WORD = 3
    """The word *rule* and a number."""


@dataclass(frozen=True, slots=True)
class Label:
    """What a line begins with, and what follows."""

    sign: Sign
    number: int
    rest: str


_WORD = r"rule|regel|règle|regla|regola|regra|zasada|правило"
_STOP = rf"[.:)\]]+{MARK_END}*(?![0-9])|{MARK_END}+\s*[.:)\]–—-]*|\ufe0f?\u20e3[.:)]?|\s+[–—-]+(?=\s)"
_NUMBER = r"(?P<{}>[0-9]{{1,2}})(?![0-9])"
_LABEL = re.compile(
    rf"\s*(?:(?:{_WORD})\s*(?:\#|№|no\.?|nr\.?)?\s*{_NUMBER.format('named')}(?:{_STOP}|\s*$)"
    rf"|[§\#№]\s*{_NUMBER.format('signed')}(?:{_STOP}|(?=\s|$))"
    rf"|[(\[]?{_NUMBER.format('bare')}(?:{_STOP}))",
    re.IGNORECASE,
)
_NUMBERS_CELL = re.compile(rf"(?P<word>(?:{_WORD})\s*)?\W*(?P<number>[0-9]{{1,2}})\W*", re.IGNORECASE)


def label_of(line: str) -> Label | None:
    """The label of a line; ``None`` when it begins with none. Times, versions and years are no labels."""
    found = _LABEL.match(line)
    if found is None:
        return None
    number = int(found["named"] or found["signed"] or found["bare"])
    return Label(Sign.WORD if found["named"] else Sign.NUMBER, number, plain(line[found.end() :]))


def label_of_cell(cell: str) -> Label | None:
    """The number that is all of a table's cell."""
    found = _NUMBERS_CELL.fullmatch(cell)
    return found and Label(Sign.WORD if found["word"] else Sign.NUMBER, int(found["number"]), "")


def plain(text: str) -> str:
    """The text on one line, without what separated it from its label."""
    return re.sub(r"\s+", " ", text.replace(MARK_END, "")).strip().lstrip(":–—-.").strip()
