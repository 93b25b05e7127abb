"""Searching fields for words, phrases and regular expressions."""

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass

from bot.checks.check import Check, Subject
from bot.checks.setting import some_words
from bot.domain.answer import Answer, Evidence, No, Unknown, Yes
from bot.matching.pattern import Pattern, Span
from bot.text.prepare import FIELDS_OF
from bot.text.prepared import Text

MOST_SHOWN = 20
"""Pieces of evidence that one search gives."""


@dataclass(frozen=True, slots=True)
class TextSearch:
    """Whether any of the patterns stands in any of the fields.

    What an author quotes and what stands in code are not the author's words: hits inside them do not count. A field
    that this kind of item does not have holds nothing; a field that is not known leaves the answer open.
    """

    key: str
    fields: tuple[str, ...]
    wanted: frozenset[Pattern]

    def answer(self, subject: Subject) -> Answer:
        evidence: list[Evidence] = []
        missing: list[str] = []
        for name in self.fields:
            text = subject.texts.fields.get(name)
            if text is None:
                if name in FIELDS_OF[subject.item.ref.kind]:
                    missing.append(f"{name} is not known")
                continue
            found = subject.hits.among(name, self.wanted)
            evidence += [
                Evidence(name, span.start, span.end, text.original[span.start : span.end], self.key)
                for span in own_spans(found.spans, text)
            ]
            if found.timed_out:
                missing.append(f"{name} is too hard to search")
        if evidence:
            return Yes(tuple(evidence[:MOST_SHOWN]))
        return Unknown("; ".join(missing)) if missing else No()

    def asked(self) -> str:
        return some_words([pattern.value for pattern in self.wanted])

    def actual(self, subject: Subject) -> str:  # noqa: ARG002 - the text is shown once, not beside every search
        return ""

    def patterns(self) -> Iterable[Pattern]:
        return self.wanted

    def parts(self) -> tuple[Check, ...]:
        return ()


def own_spans(spans: Iterable[Span], text: Text) -> list[Span]:
    """Those that do not lie in a quote or in code."""
    return [span for span in spans if not _is_inside(span, text)]


def _is_inside(span: Span, text: Text) -> bool:
    """Whether the span lies in a quote or in code."""
    if not text.regions:
        return False
    last = bisect_right(text.regions, span.start, key=lambda region: region.start)
    return any(region.start <= span.start and span.end <= region.end for region in text.regions[:last])
