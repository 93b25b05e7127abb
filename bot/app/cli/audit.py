"""``warden audit``."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import click
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn
from rich.table import Table

from bot.app import exits
from bot.app.cli.shared import read_rules, rule_paths, rules_option
from bot.audit.judging import Judged
from bot.audit.run import Write, audit
from bot.audit.source import Source, UnreadableSource, open_source
from bot.rulebook.rule import Rulebook

SHOWN_BAD = 10
"""Bad lines that are named one by one."""
ANSWERS = ("certain", "doubtful", "unknown", "broken")


@click.command("audit", short_help="Judge a backlog without touching anything.")
@click.argument("source")
@rules_option
@click.option("--verdicts", type=click.Path(dir_okay=False, path_type=Path), help="Write one JSON line for each item.")
@click.option(
    "--processes", type=click.IntRange(1, 64), default=os.cpu_count() or 1, help="How many to use; all by default."
)
def command(source: str, paths: tuple[Path, ...], verdicts: Path | None, processes: int) -> int:
    """Judge a backlog: JSON Lines (.jsonl, .jsonl.gz, .jsonl.zst) or `-` for standard input.

    Nothing is sent anywhere. Lines that are no items are counted and named; they never stop the run.

    Example: warden audit backlog.jsonl.gz --rules rules/technology.yaml --verdicts verdicts.jsonl
    """
    book = read_rules(paths)
    with open_source(source) as lines, _written(verdicts) as write, _progress(lines) as advance:
        total = audit(book, rule_paths(paths), lines, processes, write, advance)
    _summarise(book, total)
    return exits.FINE


@contextmanager
def _written(path: Path | None) -> Iterator[Write]:
    """The file appears when it is complete."""
    if path is None:
        yield len
        return
    partial = path.with_name(path.name + ".part")
    try:
        with partial.open("wb") as file:
            yield file.write
        partial.replace(path)
    except OSError as error:
        raise UnreadableSource(f"{path} cannot be written: {error.strerror}. Cure: name another file.") from None
    finally:
        partial.unlink(missing_ok=True)


@contextmanager
def _progress(source: Source) -> Iterator[Callable[[int], None]]:
    """A bar on standard error when that is a terminal."""
    columns = (TextColumn("judging"), BarColumn(), TaskProgressColumn(), TextColumn("{task.fields[lines]:,} lines"))
    console = Console(stderr=True)
    with Progress(*columns, TimeRemainingColumn(), console=console, disable=not console.is_terminal) as bar:
        task = bar.add_task("", total=source.size, lines=0)
        judged = 0

        def advance(lines: int) -> None:
            nonlocal judged
            judged += lines
            bar.update(task, completed=source.position(), lines=judged)

        yield advance


def _summarise(book: Rulebook, total: Judged) -> None:
    console = Console()
    table = Table(title=f"{total.items:,} items judged by {len(book.rules)} rules", title_justify="left")
    table.add_column("rule", no_wrap=True)
    table.add_column("sidebar", justify="right")
    for answer in ANSWERS:
        table.add_column(answer, justify="right")
    table.add_column("certain or doubtful\nper 1,000 items", justify="right")
    for rule in book.rules:
        counts = [total.answers[rule.id, answer] for answer in ANSWERS]
        share = 1_000 * (counts[0] + counts[1]) / total.items if total.items else 0.0
        table.add_row(rule.id, str(rule.sidebar or ""), *(f"{count:,}" for count in counts), f"{share:.1f}")
    console.print(table)
    _name_bad_lines(console, total)


def _name_bad_lines(console: Console, total: Judged) -> None:
    if not total.bad:
        return
    console.print(f"{len(total.bad):,} bad lines, not judged:", highlight=False)
    for number, why in total.bad[:SHOWN_BAD]:
        console.print(f"  line {number:,}: {why}", highlight=False, markup=False)
    if len(total.bad) > SHOWN_BAD:
        rest = ", ".join(str(number) for number, _ in total.bad[SHOWN_BAD:])
        console.print(f"  and lines {rest}", highlight=False)
