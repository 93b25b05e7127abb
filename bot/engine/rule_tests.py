"""The tests of rules, judged by the rules."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime

from bot.checks.check import Subject
from bot.domain.answer import Answer, No, Unknown, Yes
from bot.engine.evaluate import concerns, look, verdict_on
from bot.engine.past import Past
from bot.rulebook.codes import Code
from bot.rulebook.diagnostic import Diagnostic
from bot.rulebook.rule import Rule, Rulebook, RuleTest
from bot.text.trace import trace_of

ALWAYS = datetime(1, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one test."""

    rule: Rule
    test: RuleTest
    said: Answer
    subject: Subject | None = field(default=None, compare=False, repr=False)
    """What was judged; ``None`` when the rule is not about such items."""

    @property
    def verdict(self) -> str:
        return in_words(self.said)

    @property
    def passed(self) -> bool:
        return self.verdict == self.test.expect


def own_tests(book: Rulebook) -> Iterable[tuple[Rule, RuleTest]]:
    """The tests that stand inside the rules, in the order of the files."""
    return ((rule, test) for rule in book.rules for test in rule.tests)


def run(book: Rulebook, tests: Iterable[tuple[Rule, RuleTest]]) -> tuple[Outcome, ...]:
    """Judge every test by its own rule alone."""
    return tuple(_outcome(book, rule, test) for rule, test in tests)


def failures(book: Rulebook) -> list[Diagnostic]:
    """Every test inside the rules whose rule answers otherwise."""
    return failed(run(book, own_tests(book)))


def failed(outcomes: Iterable[Outcome]) -> list[Diagnostic]:
    """Those that did not pass."""
    return [diagnostic(each) for each in outcomes if not each.passed]


def in_words(said: Answer) -> str:
    """The answer in the words of tests: ``breaks``, ``doubt``, ``keeps``; or ``unknown``, which no test expects."""
    match said:
        case Yes(certain=certain):
            return "breaks" if certain else "doubt"
        case No():
            return "keeps"
        case Unknown():
            return "unknown"


def diagnostic(failed: Outcome) -> Diagnostic:
    """A failed test, for whoever wrote it."""
    return Diagnostic(
        failed.test.place,
        Code.FAILED_TEST,
        f"a test of `{failed.rule.id}` fails: it expects `{failed.test.expect}`, the rule says {_words(failed.said)}",
        "change the rule or the test; a rule whose own tests fail is not used",
    )


def _outcome(book: Rulebook, rule: Rule, test: RuleTest) -> Outcome:
    if not concerns(rule, test.item):
        return Outcome(rule, test, No())
    subject = subject_of(book, test)
    return Outcome(rule, test, verdict_on(rule, subject), subject)


def subject_of(book: Rulebook, test: RuleTest) -> Subject:
    """What a test is about, with its history: nothing was there but what the test names."""
    asked = trace_of(test.item)
    past = Past(ALWAYS)
    for trace in filter(None, map(trace_of, test.history)):
        past.add(trace)
    return look(book, test.item, test.now, None if asked is None else past.before(asked))


def _words(said: Answer) -> str:
    match said:
        case Yes(certain=True):
            return "`breaks`"
        case Yes(doubt=doubt):
            return f"`doubt` ({doubt})"
        case No():
            return "`keeps`"
        case Unknown(why):
            return f"it cannot tell ({why})"
