"""Conditions made of conditions."""

from collections.abc import Iterable
from dataclasses import dataclass

from bot.checks.check import Check, Subject
from bot.domain.answer import CERTAIN, NO, Answer, No, Truth, every, none, opposite, some, turned_round
from bot.matching.pattern import Pattern


@dataclass(frozen=True, slots=True)
class _Group:
    """Conditions side by side."""

    key: str
    inner: tuple[Check, ...]

    def patterns(self) -> Iterable[Pattern]:
        for each in self.inner:
            yield from each.patterns()

    def parts(self) -> tuple[Check, ...]:
        return self.inner


@dataclass(frozen=True, slots=True)
class All(_Group):
    """Every one of them."""

    def answer(self, subject: Subject) -> Answer:
        answers: list[Answer] = []
        for each in self.inner:
            answer = each.answer(subject)
            if isinstance(answer, No):
                return answer
            answers.append(answer)
        return every(answers)

    def truth(self, subject: Subject) -> Truth:
        weakest = CERTAIN
        for each in self.inner:
            truth = each.truth(subject)
            if truth < weakest:
                if truth is NO:
                    return truth
                weakest = truth
        return weakest


@dataclass(frozen=True, slots=True)
class Any(_Group):
    """At least one of them."""

    def answer(self, subject: Subject) -> Answer:
        return some(each.answer(subject) for each in self.inner)

    def truth(self, subject: Subject) -> Truth:
        return _strongest(self.inner, subject)


@dataclass(frozen=True, slots=True)
class NoneOf(_Group):
    """Not one of them."""

    def answer(self, subject: Subject) -> Answer:
        return none(each.answer(subject) for each in self.inner)

    def truth(self, subject: Subject) -> Truth:
        return turned_round(_strongest(self.inner, subject))


@dataclass(frozen=True, slots=True)
class Not:
    """The other way round."""

    key: str
    inner: Check

    def answer(self, subject: Subject) -> Answer:
        return opposite(self.inner.answer(subject))

    def truth(self, subject: Subject) -> Truth:
        return turned_round(self.inner.truth(subject))

    def patterns(self) -> Iterable[Pattern]:
        return self.inner.patterns()

    def parts(self) -> tuple[Check, ...]:
        return (self.inner,)


def _strongest(checks: Iterable[Check], subject: Subject) -> Truth:
    strongest = NO
    for each in checks:
        truth = each.truth(subject)
        if truth > strongest:
            if truth is CERTAIN:
                return truth
            strongest = truth
    return strongest
