"""``warden evaluate``."""

import json
from collections.abc import Sequence
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table

from bot.app import exits
from bot.app.cli.shared import rule_paths, rules_option
from bot.audit.evaluation import Counts, counts, differing, predictions, random_alarms
from bot.audit.evaluation_items import Tier, judge_all
from bot.audit.evaluation_report import STRICTNESS, Named, html, report
from bot.audit.labelled import LABELS, Labelled, read_labelled_files
from bot.audit.source import UnreadableSource
from bot.rulebook.load import load

WIDTH = 120


@click.command("evaluate", short_help="Measure rules against items that people have judged.")
@click.argument("labelled", nargs=-1, required=True)
@rules_option
@click.option("--against", type=click.Path(exists=True, path_type=Path), help="Other rules to compare with.")
@click.option(
    "--predictions", "told", type=click.Path(dir_okay=False, path_type=Path), help="Write what fired, one line an item."
)
@click.option("--json", "as_json", is_flag=True, help="Print everything as JSON.")
@click.option("--html", "page", type=click.Path(dir_okay=False, path_type=Path), help="Write a page with charts.")
def command(
    labelled: tuple[str, ...],
    paths: tuple[Path, ...],
    against: Path | None,
    told: Path | None,
    as_json: bool,
    page: Path | None,
) -> int:
    """Measure rules against labelled items: precision and recall of each written rule, with intervals.

    A labelled file is JSON Lines: items with `labels` (0, 1 or null by name), `flags.borderline` and `stratum`.
    `--json` and `--html` also hold every false alarm and every miss with what was found, and how often each score
    was right.

    Example: warden evaluate labelled.jsonl --rules rules/technology.yaml --html evaluation.html
    """
    items = read_labelled_files(labelled)
    sets = [_named(rule_paths(paths), items)]
    if against is not None:
        sets.insert(0, _named((against,), items))
    found = report(sets)
    if told is not None:
        _write(
            told,
            "".join(json.dumps({"id": name, "rules": rules}) + "\n" for name, rules in predictions(sets[-1].judged)),
        )
    if page is not None:
        _write(page, html(found))
    if as_json:
        click.echo(json.dumps(found, indent=2))
    else:
        _show(sets)
    return exits.FINE


def _named(paths: Sequence[Path], items: Sequence[Labelled]) -> Named:
    return Named(" ".join(str(path) for path in paths), judge_all(load(paths), items))


def _write(path: Path, text: str) -> None:
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise UnreadableSource(f"{path} cannot be written: {error.strerror}. Cure: name another file.") from None


def _show(sets: Sequence[Named]) -> None:
    console = Console(width=WIDTH) if not Console().is_terminal else Console()
    for each in sets:
        console.print(_table(each))
        for tier in Tier:
            alarms = random_alarms(each.judged, tier)
            low, high = alarms.interval
            console.print(
                f"{tier}: {alarms.wrong} of {alarms.items} blindly drawn items with a false alarm of any rule,"
                f" {alarms.per_thousand:.1f} per 1,000 ({low:.1f} to {high:.1f})",
                highlight=False,
            )
    if len(sets) > 1:
        console.print(
            f"{len(differing(sets[0].judged, sets[1].judged))} items on which the two differ", highlight=False
        )


def _table(named: Named) -> Table:
    table = Table(title=f"{named.name}: {len(named.judged):,} items", title_justify="left")
    for column in ("rule", "tier", "items"):
        table.add_column(column, no_wrap=True)
    for column in ("precision", "recall", "F1", "right", "wrong", "missed"):
        table.add_column(column, justify="right", no_wrap=True)
    for sidebar, label in LABELS.items():
        for tier in Tier:
            for strictness, strict in STRICTNESS.items():
                one = counts(named.judged, sidebar, tier, strict=strict)
                table.add_row(f"{sidebar} {label}", tier, strictness, *_numbers(one))
    return table


def _numbers(one: Counts) -> tuple[str, ...]:
    return (
        _share(one.precision, one.precision_interval),
        _share(one.recall, one.recall_interval),
        "–" if one.f1 is None else f"{one.f1:.2f}",
        str(one.right),
        str(one.false_alarms),
        str(one.missed),
    )


def _share(value: float | None, interval: tuple[float, float]) -> str:
    return "–" if value is None else f"{value:.2f} ({interval[0]:.2f}–{interval[1]:.2f})"
