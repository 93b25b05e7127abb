"""``warden demo``."""

import secrets
import sys
from collections.abc import Collection
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

import click
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from bot.app import exits
from bot.app.cli.shared import pack
from bot.app.demo import WIDE, Demo, Outcome
from bot.app.logging import configure
from bot.app.scenes import Said, Scenes
from bot.domain.item import Post
from bot.http.client import Client
from bot.store.history import PastDecision, PastIntent

WIDTH = 132
"""Columns of the picture."""


@click.command("demo", short_help="Show the whole loop on this machine.")
@click.option("--keep", is_flag=True, help="Leave the sandbox and the bot running to play with.")
@click.option("--picture", type=click.Path(dir_okay=False, path_type=Path), help="Also draw the end as SVG.")
def command(*, keep: bool, picture: Path | None) -> int:
    """Start a small Lemmy with people who break rules, and let Warden loose on it.

    Ends with 0 when everything that it promises was to be seen, and nothing was done twice.

    Example: warden demo
    """
    from bot.sandbox.seed.demo import demo_world
    from bot.sandbox.server import running

    configure("warning", "console")
    console = Console(record=picture is not None, width=WIDTH if picture or not sys.stdout.isatty() else None)
    password = secrets.token_urlsafe(12)
    with TemporaryDirectory(prefix="warden-demo-") as folder, running(demo_world(password)) as address:
        console.print(f"A small Lemmy speaks HTTP at [bold]{address}[/bold]; the bot's files are in {folder}.")
        client = Client(address, buckets=WIDE)
        demo = Demo(console, Scenes(address, password, client), pack(), Path(folder))
        outcome = demo.play()
        if picture is not None:
            console.export_text()  # what was printed so far is not for the picture
        missing = _show(console, outcome)
        if picture is not None:
            picture.write_text(console.export_svg(title="make demo"), encoding="utf-8")
        if keep:
            _keep(console, demo, address, password)
        demo.assembly.close()
        client.close()
    return exits.FINDINGS if missing else exits.FINE


def _show(console: Console, outcome: Outcome) -> list[str]:
    """The tables. Returns what was promised and not to be seen."""
    console.print(_decisions(outcome))
    console.print(_server(outcome.said))
    shown = outcome.shown()
    missing = [what for what, count in shown.items() if count == 0]
    counts = " · ".join(f"{count} {what}" for what, count in shown.items())
    console.print(f"\n[bold]{counts} · {outcome.duplicates} duplicates[/bold]")
    for what in missing:
        console.print(f"[red]not shown: {what}[/red]")
    return missing + (["no duplicates"] if outcome.duplicates else [])


def _decisions(outcome: Outcome) -> Table:
    table = Table(title="Every decision, and why", title_justify="left")
    for column in ("item", "author", "says", "verdict", "evidence", "done, and not done"):
        table.add_column(column, overflow="fold")
    for past in outcome.decided:
        if past.decision.verdict.item.author.name == "warden":
            continue
        done = [each for each in outcome.done if each.decision == past.number]
        table.add_row(*_row(past, done, outcome.late))
    return table


def _row(past: PastDecision, done: list[PastIntent], late: Collection[str]) -> tuple[str, ...]:
    verdict, plan = past.decision.verdict, past.decision.plan
    item = verdict.item
    said = (item.title if isinstance(item, Post) else item.body) or ""
    verdicts = [f"{each.rule}: {'certain' if each.answer.certain else 'doubtful'}" for each in verdict.matches]
    facts = [fact for each in verdict.matches for fact in each.answer.evidence]
    evidence = dict.fromkeys(f"{fact.field}: {fact.text[:40]}" for fact in facts if fact.start is not None)
    acts = [f"{each.intent.order.kind}: {each.intent.state}" for each in done]
    acts += dict.fromkeys(f"no {each.kind}: {each.why}" for each in plan.skipped)
    again = " (late)" if str(item.ref) in late else "" if past.why == "new" else f" ({past.why})"
    cells = (
        f"{item.ref}{again}",
        item.author.name or "",
        said[:60],
        "\n".join(verdicts) or "nothing",
        "\n".join(list(evidence)[:4]),
        "\n".join(acts),
    )
    return tuple(escape(cell) for cell in cells)


def _server(said: Said) -> Table:
    table = Table(title="What the server says afterwards, over HTTP", title_justify="left")
    for column in ("list", "item", "text"):
        table.add_column(column, overflow="fold")
    for row in said.reports:
        report = row.get("post_report") or row["comment_report"]
        item = f"post/{report['post_id']}" if "post_id" in report else f"comment/{report['comment_id']}"
        table.add_row("report", item, escape(report["reason"]))
    for row in said.removals:
        entry = row.get("mod_remove_post") or row["mod_remove_comment"]
        item = f"post/{entry['post_id']}" if "post_id" in entry else f"comment/{entry['comment_id']}"
        table.add_row("modlog", item, escape(entry.get("reason", "")))
    for row in said.replies:
        first = row["comment"]["content"].split("\n")[0]
        table.add_row("reply", f"below post/{row['comment']['post_id']}", escape(first))
    return table


def _keep(console: Console, demo: Demo, address: str, password: str) -> None:
    console.print(f"\nThe bot goes on watching {address}. Everybody's password is [bold]{password}[/bold]. Try:")
    form = '{"community": "technology", "author": "eve", "title": "Solana presale is live, 100x guaranteed"}'
    console.print(f"  curl -s {address}/sandbox/post -H 'Content-Type: application/json' -d '{form}'", soft_wrap=True)
    console.print("End with Ctrl-C.")
    with suppress(KeyboardInterrupt):
        demo.go_on()
