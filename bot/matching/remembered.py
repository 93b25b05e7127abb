"""Answers to the same few questions, asked again and again."""

from collections.abc import Callable
from typing import Generic, TypeVar

Asked = TypeVar("Asked")
Told = TypeVar("Told")


class Remembered(Generic[Asked, Told]):
    """Known again by identity: to compare two equal questions would take as long as the rest of the work."""

    def __init__(self, answer: Callable[[Asked], Told]) -> None:
        self._answer = answer
        self._known: dict[int, tuple[Asked, Told]] = {}

    def of(self, asked: Asked) -> Told:
        """The answer, worked out the first time."""
        known = self._known.get(id(asked))
        if known is None:
            # With the question, so that no other gets its identity.
            known = self._known[id(asked)] = (asked, self._answer(asked))
        return known[1]
