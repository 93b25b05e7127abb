"""Searching fields for words, phrases and regular expressions."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.checks.check import Plain, Subject
from bot.checks.leading import missing as not_known
from bot.checks.setting import some_words
from bot.domain.answer import CERTAIN, NO, Answer, Evidence, No, Strength, Truth, Unknown, Yes, evidence_of, truth_of
from bot.matching.exact import spans
from bot.matching.pattern import Pattern, Span
from bot.text.prepare import FIELDS_OF
from bot.text.prepared import Text

MOST_SHOWN = 20
"""Pieces of evidence that one search gives."""


@dataclass(frozen=True, slots=True)
class TextSearch(Plain):
    """Whether any of the patterns stands in any of the fields.

    What an author quotes and what stands in code are not the author's words: hits inside them do not count. A field
    that this kind of item does not have holds nothing; a field that is not known leaves the answer open. A verbatim
    pattern counts wherever it stands.
    """

    key: str
    fields: tuple[str, ...]
    wanted: frozenset[Pattern]
    unquoted: bool = False
    """Whether lines of a body that begin with ``>``, and empty ones, are taken out; for verbatim patterns alone."""

    def answer(self, subject: Subject) -> Answer:
        evidence: list[Evidence] = []
        missing: list[str] = []
        for name in self.fields:
            text = subject.texts.fields.get(name)
            if text is None:
                if name in FIELDS_OF[subject.item.kind]:
                    missing.append(not_known(name, subject.item))
                continue
            if self.unquoted and name == "body" and (own := _own_lines(text.original)) != text.original:
                evidence += self._in(own, name)
                continue
            found = subject.hits.among(name, self.wanted)
            if found.spans:
                evidence += self._shown(name, text, found.spans)
            if found.timed_out:
                missing.append(f"{name} is too hard to search")
        if evidence:
            return Yes(tuple(evidence[:MOST_SHOWN]))
        return Unknown("; ".join(missing)) if missing else No()

    def truth(self, subject: Subject) -> Truth:
        """Mostly the scan alone tells."""
        if self.unquoted:
            return truth_of(self.answer(subject))
        is_open = False
        for name in self.fields:
            text = subject.texts.fields.get(name)
            if text is None:
                is_open = is_open or name in FIELDS_OF[subject.item.kind]
                continue
            stands = subject.hits.stands_by_scan(name, self.wanted)
            if stands is None and not text.regions:
                stands = subject.hits.stands(name, self.wanted)
            if stands:
                return CERTAIN
            is_open = is_open or stands is None
        return truth_of(self.answer(subject)) if is_open else NO

    def _shown(self, name: str, text: Text, found: Sequence[Span]) -> list[Evidence]:
        own = own_spans(found, text) if text.regions and not self._is_verbatim() else found
        original, key = text.original, self.key
        return [
            evidence_of((name, start, end, original[start:end], key, Strength.STRONG))
            for start, end in own[:MOST_SHOWN]
        ]

    def _in(self, own: str, name: str) -> list[Evidence]:
        """Hits in a text that is not the one that was scanned; their places would say nothing."""
        found = sorted(span for pattern in self.wanted for span in spans(pattern, own)[:1])
        return [Evidence(name, None, None, own[span.start : span.end], self.key) for span in found]

    def _is_verbatim(self) -> bool:
        """Modifiers stand at the key, so that all patterns of a search have the same."""
        return next(iter(self.wanted)).verbatim

    def asked(self) -> str:
        return some_words([pattern.value for pattern in self.wanted])

    def actual(self, subject: Subject) -> str:  # noqa: ARG002 - the text is shown once, not beside every search
        return ""

    def patterns(self) -> Iterable[Pattern]:
        return self.wanted


def _own_lines(text: str) -> str:
    return "\n".join(line for line in text.splitlines() if line and not line.startswith(">"))


def own_spans(spans: Sequence[Span], text: Text) -> Sequence[Span]:
    """Those that do not lie in a quote or in code."""
    return spans if not text.regions else [span for span in spans if not _is_inside(span, text)]


def _is_inside(span: Span, text: Text) -> bool:
    """Whether the span lies in a quote or in code."""
    last = bisect_right(text.regions, span.start, key=lambda region: region.start)
    return any(region.start <= span.start and span.end <= region.end for region in text.regions[:last])
