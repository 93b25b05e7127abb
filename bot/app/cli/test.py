"""``warden test``."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from bot.app import exits
from bot.app.cli.explain_tree import Explainer
from bot.app.cli.shared import rule_paths, without_collecting
from bot.engine.explain import trace
from bot.engine.rule_tests import Outcome, diagnostic, own_tests, run, subject_of
from bot.engine.rule_tests_cover import Gap, gaps
from bot.rulebook.example_files import load_with_tests
from bot.rulebook.example_tests import EXPECTATIONS
from bot.rulebook.rule import Rulebook

MOST_EXPLAINED = 10
"""Failed tests that are shown with their whole tree."""
NEVER = {"yes": "never held", "no": "always held", "asked": "was never decided"}


@click.command("test", short_help="Run the tests of rules.")
@click.argument("paths", nargs=-1, type=click.Path(exists=True, path_type=Path))
@click.option("--rule", "only", metavar="ID", help="Only the tests of this rule.")
@click.option("--cover", is_flag=True, help="Also list conditions that no test decided both ways.")
@click.option("--json", "as_json", is_flag=True, help="For programs: one JSON object.")
def command(paths: tuple[Path, ...], only: str | None, *, cover: bool, as_json: bool) -> int:
    """Run the tests inside rules, and the files of tests beside them (NAME.test.yaml).

    PATH is a rule file, a file of tests, or a folder of them. Ends with 0 when all pass and with 1 when one fails.

    Example: warden test rules --cover
    """
    with without_collecting():
        book, others = load_with_tests(rule_paths(paths))
    if only is not None and only not in {rule.id for rule in book.rules}:
        raise click.UsageError(f"there is no rule `{only}`. Cure: one of {', '.join(rule.id for rule in book.rules)}.")
    tests = [each for each in (*own_tests(book), *others) if only in {None, each[0].id}]
    with without_collecting():
        outcomes = run(book, tests)
    found = [gap for gap in gaps(book, tests) if only in {None, gap.rule}] if cover else []
    if as_json:
        click.echo(json.dumps(_described(outcomes, found if cover else None), ensure_ascii=False, indent=2))
    else:
        _show(Console(highlight=False), book, outcomes, found, cover=cover)
    return exits.FINE if all(each.passed for each in outcomes) else exits.FINDINGS


def _show(console: Console, book: Rulebook, outcomes: Sequence[Outcome], found: Sequence[Gap], *, cover: bool) -> None:
    failed = [each for each in outcomes if not each.passed]
    for each in failed[:MOST_EXPLAINED]:
        _explain(console, book, each)
    for each in failed[MOST_EXPLAINED:]:
        console.print(escape(diagnostic(each).headline()), soft_wrap=True)
    console.print(_table(book, outcomes))
    for gap in found:
        console.print(f"{escape(str(gap.place))}: {gap.rule}: `{escape(gap.key)}` {NEVER[gap.never]}", soft_wrap=True)
    passed = len(outcomes) - len(failed)
    uncovered = f", {len(found)} conditions not decided both ways" if cover else ""
    console.print(f"{passed:,} of {len(outcomes):,} tests passed{uncovered}")


def _explain(console: Console, book: Rulebook, failed: Outcome) -> None:
    """The mistake at its line, and why the rule says what it says."""
    console.print(escape(diagnostic(failed).render()), soft_wrap=True)
    explainer = Explainer(console, everything=True)
    why = trace(failed.rule, subject_of(book, failed.test))
    explainer.item(failed.test.item, getattr(failed.said, "evidence", ()))
    console.print(explainer.rule(why), "")


def _table(book: Rulebook, outcomes: Sequence[Outcome]) -> Table:
    """Per rule: how many tests of each kind pass, and in which direction the others fail."""
    table = Table(title="Tests of rules", title_justify="left", show_footer=True)
    counted = [_counts([each for each in outcomes if each.rule.id == rule.id]) for rule in book.rules]
    total = _counts(outcomes)
    table.add_column("rule", "all rules", no_wrap=True)
    for place, name in enumerate((*EXPECTATIONS, "false alarms", "missed")):
        table.add_column(name, total[place], justify="right")
    table.add_column("lacks", no_wrap=True)
    for rule, counts in zip(book.rules, counted, strict=True):
        table.add_row(rule.id, *counts, _lack([each for each in outcomes if each.rule.id == rule.id]))
    return table


def _counts(outcomes: Sequence[Outcome]) -> list[str]:
    shares = []
    for expected in EXPECTATIONS:
        asked = [each for each in outcomes if each.test.expect == expected]
        shares.append(f"{sum(each.passed for each in asked)}/{len(asked)}" if asked else "")
    wrong = [_direction(each) for each in outcomes if not each.passed]
    return shares + [str(wrong.count(each) or "") for each in ("false alarm", "missed")]


def _direction(failed: Outcome) -> str:
    """Saying too much is worse than saying too little, so the two are counted apart."""
    rank = {"keeps": 0, "unknown": 0, "doubt": 1, "breaks": 2}
    return "false alarm" if rank[failed.verdict] > rank[failed.test.expect] else "missed"


def _lack(outcomes: Sequence[Outcome]) -> str:
    expected = {each.test.expect for each in outcomes}
    if not expected:
        return "[yellow]tests[/yellow]"
    if "keeps" not in expected:
        return "[yellow]keeps[/yellow]"
    return "" if expected & {"breaks", "doubt"} else "[yellow]breaks[/yellow]"


def _described(outcomes: Sequence[Outcome], found: Sequence[Gap] | None) -> dict[str, Any]:
    described: dict[str, Any] = {
        "version": 1,
        "tests": len(outcomes),
        "passed": sum(each.passed for each in outcomes),
        "outcomes": [
            {
                "rule": each.rule.id,
                "path": str(each.test.place.path),
                "line": each.test.place.line,
                "expect": each.test.expect,
                "verdict": each.verdict,
                "passed": each.passed,
            }
            for each in outcomes
        ],
    }
    if found is not None:
        described["gaps"] = [
            {
                "rule": gap.rule,
                "condition": gap.key,
                "path": str(gap.place.path),
                "line": gap.place.line,
                "never": gap.never,
            }
            for gap in found
        ]
    return described
