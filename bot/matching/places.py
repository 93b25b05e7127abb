"""Where patterns stand: the exact look at what a scan has named."""

from collections.abc import Iterable, Sequence

from bot.matching import exact
from bot.matching.engine import gate, may_stand
from bot.matching.hits import Found, Place
from bot.matching.pattern import Pattern, Placement, Span
from bot.matching.sure import is_found_exactly, is_plain_text, spans, stands
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
        self._phrases = [exact.phrase(pattern) for pattern in patterns]
        self._several = frozenset(number for number, words in enumerate(self._phrases) if b" " in words.strip())
        """Phrases of several words: what stands between these is to be looked at."""
        self._may_be_respelt = [may_be_respelt(pattern) for pattern in patterns]
        self._words = frozenset(
            word
            for pattern, is_respelt in zip(patterns, self._may_be_respelt, strict=True)
            for word in WORD.findall(fold(pattern.value) if is_respelt else "")
        )
        """Of the patterns that are looked for in the respelt view."""
        self.exactly = frozenset(number for number, pattern in enumerate(patterns) if is_found_exactly(pattern))
        """Of those that engines find exactly."""
        self._exact = [
            gate(pattern) if pattern.regex and number in self.exactly else None
            for number, pattern in enumerate(patterns)
        ]
        """The expressions among these."""

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

    def stands(self, text: Text, number: int) -> bool | None:
        """Whether there is any such place; ``None`` when the text is too hard to search."""
        views = self._other_views(text, number)
        looks_again = self._looks_again or bool(views)
        said: list[bool | None] = []
        for view in (text.original, *(view.text for view in views)):
            if not looks_again or self._may_stand(number, view):
                said.append(self._stands_in(view, number))
                if said[-1]:
                    return True
        return None if None in said else False

    def firsts(self, text: Text, numbers: Iterable[int]) -> list[Place]:
        """The first of these, for each of some patterns that stands there."""
        original = text.original
        plain = folded(original)
        if text.folded is not None or len(plain) != len(original) or self.respelt(text) is not None:
            return self._firsts(text, numbers)
        found, others = [], []
        find, phrases = exact.words_alone(original).find, self._phrases
        unsure = self._several if plain.isascii() else range(len(phrases))
        for number in numbers:
            words = phrases[number]
            if not words:
                others.append(number)
                continue
            start, size = find(words), len(words) - 2
            while start >= 0 and number in unsure and plain[start : start + size] != self._values[number]:
                start = find(words, start + 1)
            if start >= 0:
                found.append((number, start, start + size))
        return [*found, *self._firsts(text, others)] if others else found

    def _firsts(self, text: Text, numbers: Iterable[int]) -> list[Place]:
        return [(number, *first) for number in numbers if (first := self._first(text, number)) is not None]

    def _first(self, text: Text, number: int) -> Span | None:
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
        expression = self._exact[number]
        if expression and is_plain_text(view):
            return Found(spans(expression, view))
        try:
            return Found(exact.spans(self._patterns[number], view))
        except TimeoutError:
            return Found(timed_out=True)

    def _stands_in(self, view: str, number: int) -> bool | None:
        expression = self._exact[number]
        if expression and is_plain_text(view):
            return stands(expression, view)
        try:
            return exact.stands(self._patterns[number], view)
        except TimeoutError:
            return None

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
