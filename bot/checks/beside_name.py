"""Words right beside a name: what is said of whoever it is, the same for every name of a list."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from bot.checks.check import Plain, Subject
from bot.checks.setting import SettingError, group, texts
from bot.checks.shape import TEXTS, Shape, keys, told
from bot.checks.text_search import own_spans
from bot.domain.answer import Answer, Evidence, No, Unknown, Yes
from bot.domain.item import Kind
from bot.matching.pattern import Pattern, Span

GAP = 3
"""Code points between a name and the word beside it, at most: a blank, perhaps with a sign or two."""
FIELD = "title"


@dataclass(frozen=True, slots=True)
class BesideName(Plain):
    """``beside_name``: any of the words right before, right after, or right between names, in the title."""

    settings: ClassVar[tuple[str, ...]] = ("names", "before", "after", "between")

    key: str
    names: frozenset[Pattern]
    before: frozenset[Pattern]
    after: frozenset[Pattern]
    between: frozenset[Pattern]

    @classmethod
    def read(cls, key: str, setting: object) -> "BesideName":
        """From a rule. Raises SettingError."""
        given = group(setting, cls.settings)
        if "names" not in given or len(given) < 2:
            raise SettingError(
                "needs `names`, and words `before`, `after` or `between`",
                "write `beside_name: {names: {list: bosses}, before: [next]}`",
            )
        found = {name: frozenset(Pattern(text) for text in texts(value)) for name, value in given.items()}
        none = frozenset[Pattern]()
        return cls(key, found["names"], *(found.get(name, none) for name in ("before", "after", "between")))

    @classmethod
    def shape(cls) -> Shape:
        settings = {
            "names": told("Names that say nothing by themselves.", TEXTS, {"list": "bosses"}),
            "before": told("Words right before one of them.", TEXTS, ["next"]),
            "after": told("Words right after one of them.", TEXTS, ["says"]),
            "between": told("Words right between two of them.", TEXTS, ["vs"]),
        }
        assert set(settings) == set(cls.settings)
        return {**keys(settings, ["names"]), "examples": [{"names": ["Jane Doe"], "before": ["next"]}]}

    def answer(self, subject: Subject) -> Answer:
        text = subject.texts.fields.get(FIELD)
        if text is None:
            return Unknown("title is not known") if subject.item.kind is Kind.POST else No()
        names = own_spans(subject.hits.among(FIELD, self.names).spans, text)
        found = self._found(subject, names) if names else []
        if not found:
            return No()
        shown = ((each.start, each.end, text.original[each.start : each.end]) for each in found)
        return Yes(tuple(Evidence(FIELD, *each, self.key) for each in shown))

    def _found(self, subject: Subject, names: Sequence[Span]) -> list[Span]:
        before, after, between = (
            subject.hits.among(FIELD, wanted).spans for wanted in (self.before, self.after, self.between)
        )
        return [
            *(span for span in before if follows(names, span)),
            *(span for span in after if precedes(names, span)),
            *(span for span in between if precedes(names, span) and follows(names, span)),
        ]

    def patterns(self) -> Iterable[Pattern]:
        for wanted in (self.names, self.before, self.after, self.between):
            yield from wanted


def precedes(names: Iterable[Span], span: Span) -> bool:
    """Whether one of the names stands right before."""
    return any(0 <= span.start - name.end <= GAP for name in names)


def follows(names: Iterable[Span], span: Span) -> bool:
    """Whether one of the names stands right after."""
    return any(0 <= name.start - span.end <= GAP for name in names)
