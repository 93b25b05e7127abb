"""Where patterns stand: the exact look at what a scan has named."""

from collections.abc import Sequence

from bot.matching import exact
from bot.matching.engine import gate, may_stand
from bot.matching.hits import Found
from bot.matching.pattern import Pattern, Placement, Span
from bot.matching.sure import is_found_exactly, is_plain_text, spans
from bot.matching.words import WORD, fold, folded
from bot.text.folding import View
from bot.text.prepared import Text
from bot.text.respelling import SHORTEST


class Places:
    """Exact places of patterns, by their numbers, in the original."""

    def __init__(self, patterns: Sequence[Pattern], *, looks_again: bool) -> None:
        """``looks_again``: whether most of what is asked about stands nowhere."""
        self._patterns = patterns
        self._looks_again = looks_again
        self._values = [None if pattern.regex else fold(pattern.value) for pattern in patterns]
        self._literals = [exact.literal(pattern) for pattern in patterns]
        self._may_be_respelt = [may_be_respelt(pattern) for pattern in patterns]
        self._words = frozenset(
            word
            for pattern, is_respelt in zip(patterns, self._may_be_respelt, strict=True)
            for word in WORD.findall(fold(pattern.value) if is_respelt else "")
        )
        """Of the patterns that are looked for in the respelt view."""
        self.exactly = frozenset(number for number, pattern in enumerate(patterns) if is_found_exactly(pattern))
        """Of those that engines find exactly."""

    def respelt(self, text: Text) -> View | None:
        """The respelt view of a text, if it says anything that the others do not."""
        respelt = text.respelt
        if respelt is None or (respelt.words is not None and self._words.isdisjoint(respelt.words)):
            return None
        return respelt.view

    def all(self, text: Text, number: int) -> Found:
        """Every place of a pattern in a text: in the original, in the folded view, or, as a whole word, in the respelt
        view."""
        views = self._other_views(text, number)
        if not views and not self._looks_again:
            return self._in_one(text.original, number)
        each = [
            (self._in_one(view, number), places)
            for view, places in ((text.original, None), *views)
            if self._may_stand(number, view)
        ]
        found = [_in_original(span, places) for one, places in each for span in one.spans]
        return Found(exact.merged(found), not found and any(one.timed_out for one, _ in each))

    def first(self, text: Text, number: int) -> Span | None:
        """The first of these."""
        literal = self._literals[number]
        if literal is not None and literal.fits(text.original):
            first = literal.first(text.original)
            views = self._other_views(text, number)
            if not views or all(self._agrees(literal, view, first) for view in views):
                return first
        return next(iter(self.all(text, number).spans), None)

    def _agrees(self, literal: exact.Literal, view: View, first: Span | None) -> bool:
        """Whether the first place in a view is the same, or there is none: then no other matters."""
        if not literal.fits(view.text):
            return False
        also = literal.first(view.text)
        return also is None or _in_original(also, view.places) == first

    def _other_views(self, text: Text, number: int) -> Sequence[View]:
        """The views besides the original in which a pattern is looked for."""
        folded_view = None if self._patterns[number].verbatim else text.folded
        respelt = self.respelt(text) if self._may_be_respelt[number] else None
        if folded_view is None and respelt is None:
            return ()
        return tuple(view for view in (folded_view, respelt) if view is not None)

    def _in_one(self, view: str, number: int) -> Found:
        pattern = self._patterns[number]
        if pattern.regex and number in self.exactly and is_plain_text(view):
            return Found(spans(gate(pattern), view))
        try:
            return Found(exact.spans(pattern, view))
        except TimeoutError:
            return Found(timed_out=True)

    def _may_stand(self, number: int, view: str) -> bool:
        """A quick look before the exact one."""
        value = self._values[number]
        return may_stand(self._patterns[number], view) if value is None else value in folded(view)


def may_be_respelt(pattern: Pattern) -> bool:
    """Whether the third view is searched for it: only whole words and phrases that are long enough."""
    if pattern.regex or pattern.case_sensitive or pattern.verbatim or pattern.placement is not Placement.WORD:
        return False
    return sum(letter.isalpha() for letter in pattern.value) >= SHORTEST


def _in_original(span: Span, places: Sequence[int] | None) -> Span:
    return span if places is None else Span(places[span.start], places[span.end - 1] + 1)
