"""The examples beside the rules, judged by the rules."""

from bot.domain.answer import Answer, No, Unknown, Yes
from bot.engine.evaluate import answer, concerns, look
from bot.rulebook.diagnostic import Diagnostic
from bot.rulebook.example import EXAMPLE_NOW
from bot.rulebook.rule import Rule, Rulebook, RuleTest


def failures(book: Rulebook) -> list[Diagnostic]:
    """Every example whose rule answers otherwise, in the order of the files."""
    found = (_failure(book, rule, test) for rule in book.rules for test in rule.tests)
    return [each for each in found if each is not None]


def _failure(book: Rulebook, rule: Rule, test: RuleTest) -> Diagnostic | None:
    said: Answer = No()
    if concerns(rule, test.item):
        said = answer(rule, look(book, test.item, EXAMPLE_NOW))
    if _verdict(said) == test.expect:
        return None
    return Diagnostic(
        test.place,
        f"a test of `{rule.id}` fails: it expects `{test.expect}`, the rule says {_words(said)}",
        "change the rule or the test; a rule whose own tests fail is not used",
    )


def _verdict(said: Answer) -> str:
    match said:
        case Yes(certain=certain):
            return "breaks" if certain else "doubt"
        case No():
            return "keeps"
        case Unknown():
            return "unknown"


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
