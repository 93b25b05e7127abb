"""Conditions on the post above a comment."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from bot.checks.check import Check, Plain, Subject
from bot.domain.answer import Answer, No, Unknown, Yes
from bot.domain.item import Post
from bot.matching.pattern import Pattern


@dataclass(frozen=True, slots=True)
class ParentPost(Plain):
    """Whether the post above is as the rule wants it; never so for a post."""

    key: str
    inner: Check

    def answer(self, subject: Subject) -> Answer:
        if isinstance(subject.item, Post):
            return No()
        if subject.above is None:
            return Unknown("the post above is not known")
        answer = self.inner.answer(subject.above)
        if not isinstance(answer, Yes):
            return answer
        evidence = tuple(fact._replace(field=f"{self.key}.{fact.field}") for fact in answer.evidence)
        return replace(answer, evidence=evidence)

    def patterns(self) -> Iterable[Pattern]:
        return self.inner.patterns()

    def parts(self) -> tuple[Check, ...]:
        return (self.inner,)
