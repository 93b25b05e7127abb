"""Rules whose tests show only one side."""

from collections.abc import Iterator

from bot.rulebook.codes import Code
from bot.rulebook.diagnostic import Diagnostic
from bot.rulebook.lints.lint import Linted

BREAKING = frozenset({"breaks", "doubt"})


def one_sided(linted: Linted) -> Iterator[Diagnostic]:
    """Rules without an example of what they find, or of what they leave alone."""
    for rule in linted.book.rules:
        expected = {test.expect for test in linted.tests.get(rule.id, ())}
        lacks = [
            *([] if expected & BREAKING else ["finds (`breaks`)"]),
            *([] if "keeps" in expected else ["leaves alone (`keeps`)"]),
        ]
        if lacks:
            yield Diagnostic(
                linted.place(rule, "tests"),
                Code.ONE_SIDED,
                f"`{rule.id}` has no test of what it {' nor of what it '.join(lacks)}",
                "write `tests:` with a `- breaks: {title: …}` and a `- keeps: {title: …}` that is nearly the same",
            )
