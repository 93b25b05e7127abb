"""``warden template``."""

import json
from datetime import UTC, datetime
from pathlib import Path

import click
from rich.console import Console
from rich.markdown import Markdown
from rich.markup import escape
from rich.panel import Panel

from bot.app import exits
from bot.app.cli.explain import read_item
from bot.app.cli.explain_tree import flat
from bot.app.cli.shared import read_untested, rules_option
from bot.engine.preview import Preview, preview
from bot.rulebook.rule import Rulebook
from bot.rulebook.template import FILTERS, PLACEHOLDERS
from bot.rulebook.templates import Template


@click.command("template", short_help="Show what authors would be sent.")
@click.argument("name", required=False)
@rules_option
@click.option("--item", metavar="FILE", help="An item as JSON to fill in; else a test of the rule, or a made-up post.")
@click.option("--source", is_flag=True, help="The Markdown itself, as it is sent, and not what a reader sees.")
@click.option("--json", "as_json", is_flag=True, help="For programs: one JSON object.")
def command(name: str | None, paths: tuple[Path, ...], item: str | None, *, source: bool, as_json: bool) -> int:
    """Show templates filled in: the one called NAME, or all of them, once for each rule that uses it.

    Example: warden template fix-it/source --rules rules
    """
    book = read_untested(paths)
    given, now = read_item(item, None) if item else (None, datetime.now(UTC))
    wanted = _named(book, name)
    previews = [each for template in wanted for each in preview(book, template, given, now)]
    if as_json:
        click.echo(json.dumps({"version": 1, "templates": [_described(each) for each in previews]}, indent=2))
        return exits.FINE
    console = Console(highlight=False)
    for each in previews:
        _show(console, each, source=source)
    console.print(f"[dim]placeholders: {', '.join(PLACEHOLDERS)}, match-1, match-2 …[/dim]")
    console.print(f"[dim]filters: {', '.join(f'{key} ({what})' for key, what in FILTERS.items())}[/dim]")
    return exits.FINE


def _named(book: Rulebook, name: str | None) -> list[Template]:
    found = [each for each in book.templates if name in {None, each.name}]
    if not found:
        known = ", ".join(each.name for each in book.templates)
        what = f"no template `{name}`" if name else "no template"
        raise click.UsageError(
            f"there is {what}. Cure: {f'one of {known}' if known else 'define some under `templates:`'}."
        )
    return found


def _show(console: Console, shown: Preview, *, source: bool) -> None:
    used = f"rule {shown.rule}" if shown.rule else "no rule uses it"
    title = f"{shown.template.name} · {used} · {shown.example}"
    if source:
        console.print(f"[bold]{escape(flat(title))}[/bold]")
        console.print(shown.text, markup=False, soft_wrap=True)
    else:
        console.print(Panel(Markdown(shown.text, hyperlinks=False), title=escape(flat(title)), title_align="left"))


def _described(shown: Preview) -> dict[str, object]:
    return {
        "template": shown.template.name,
        "path": str(shown.template.place.path),
        "line": shown.template.place.line,
        "rule": shown.rule or None,
        "example": shown.example,
        "text": shown.text,
    }
