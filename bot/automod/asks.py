"""Conditions of Warden as they will be written."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Ask:
    """One key of a group of conditions."""

    name: str
    """Fields joined with ``+``, or the condition's name."""
    value: "str | tuple[str, ...] | Group | tuple[Group, ...]"
    """A word, texts to look for, a group of conditions, or alternatives."""
    modifiers: tuple[str, ...] = ()
    negated: bool = False
    comment: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """Conditions that must all hold."""

    asks: tuple[Ask, ...]


def opposite(ask: Ask) -> Ask:
    return Ask(ask.name, ask.value, ask.modifiers, not ask.negated, ask.comment)


def either(groups: Iterable[Group]) -> Ask:
    """Alternatives; nothing around a single one."""
    found = tuple(groups)
    if len(found) == 1 and len(found[0].asks) == 1:
        return found[0].asks[0]
    return Ask("any", found)


def keyed(group: Group) -> Iterator[tuple[str, Ask]]:
    """The group's keys, each of them once."""
    seen: Counter[str] = Counter()
    for ask in group.asks:
        modifiers = f" ({', '.join(ask.modifiers)})" if ask.modifiers else ""
        plain = f"{'~' if ask.negated else ''}{ask.name}{modifiers}"
        seen[plain] += 1
        number = f"#{seen[plain]}" if seen[plain] > 1 else ""
        yield f"{'~' if ask.negated else ''}{ask.name}{number}{modifiers}", ask


def joined(asks: Iterable[Ask]) -> Group:
    """One group of them, with all that is asked of the author under one key."""
    authors: list[Ask] = []
    others: list[Ask] = []
    for ask in asks:
        if ask.name == "author" and isinstance(ask.value, Group) and not ask.negated:
            authors += ask.value.asks
        else:
            others.append(ask)
    return Group((*others, *((Ask("author", Group(tuple(authors))),) if authors else ())))
