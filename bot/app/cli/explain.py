"""``warden explain``."""

import json
import sys
from datetime import UTC, datetime
from pathlib import Path

import click
from rich.console import Console
from rich.markup import escape
from rich.tree import Tree

from bot.app import exits
from bot.app.cli.shared import read_rules, rules_option
from bot.domain.action import ActionKind
from bot.domain.answer import Answer, Evidence, No, Strength, Unknown, Yes
from bot.domain.item import Item, Post
from bot.domain.plan import Plan
from bot.engine.evaluate import evaluate
from bot.engine.explain import Node, RuleTrace, explain
from bot.engine.plan import Standing, plan
from bot.rulebook.example import NotAnItem, item_from, published
from bot.rulebook.rule import Rulebook

AMPLE = dict.fromkeys(ActionKind, 1)
"""A budget that stops nothing: what is shown is what the rules would do."""
CONTEXT = 30
"""Code points shown on each side of a piece of evidence."""


@click.command("explain", short_help="Show why an item is judged as it is.")
@click.argument("item", metavar="URL|FILE")
@rules_option
@click.option("--all", "everything", is_flag=True, help="Also unfold what does not hold.")
def command(item: str, paths: tuple[Path, ...], *, everything: bool) -> int:
    """Show one item, every rule, every condition: what was true, what was not, what could not be known.

    URL is a post or comment on any Lemmy 0.19, read as a stranger. FILE holds one item as JSON; `-` is standard input.

    Example: warden explain https://lemmy.ml/post/1 --rules rules/technology.yaml
    """
    book = read_rules(paths)
    subject, now = _fetched(item) if item.startswith(("http://", "https://")) else _from_file(item)
    _show(book, subject, now, everything=everything)
    return exits.FINE


def _fetched(url: str) -> tuple[Item, datetime]:
    from bot.lemmy.public import public_item

    return public_item(url), datetime.now(UTC)


def _from_file(name: str) -> tuple[Item, datetime]:
    try:
        text = sys.stdin.read() if name == "-" else Path(name).read_text(encoding="utf-8")
        fields = json.loads(text)
        if not isinstance(fields, dict):
            raise click.UsageError(f"{name} does not hold one item. Cure: write one JSON object.")
        now = published(fields) or datetime.now(UTC)
        return item_from({"id": "1", "kind": "post"} | fields, now), now
    except OSError as error:
        raise click.UsageError(f"{name} cannot be read: {error.strerror}. Cure: check the path.") from None
    except (ValueError, RecursionError):
        raise click.UsageError(f"{name} is not JSON. Cure: write one JSON object.") from None
    except NotAnItem as error:
        raise click.UsageError(f"{name} holds no item: {error}.") from None


def _show(book: Rulebook, item: Item, now: datetime, *, everything: bool) -> None:
    console = Console(highlight=False)
    title = item.title if isinstance(item, Post) else item.body
    console.print(f"[bold]{item.ref}[/bold] {escape(_short(title or '', 100))}")
    for trace in explain(book, item, now):
        console.print(_rule(trace, item, everything=everything))
    _show_plan(console, plan(evaluate(book, item, now), Standing(), AMPLE))


def _rule(trace: RuleTrace, item: Item, *, everything: bool) -> Tree:
    rule = trace.rule
    head = (
        f"[bold]{rule.id}[/bold] ({'sidebar ' + str(rule.sidebar) + ', ' if rule.sidebar else ''}{escape(rule.title)})"
    )
    if trace.answer is None:
        return Tree(f"[dim]– {head}: is about other items[/dim]")
    tree = Tree(f"{_mark(trace.answer)} {head}: {_words(trace.answer)}")
    if everything or not isinstance(trace.answer, No):
        for name, node in (("when", trace.when), ("unless", trace.unless)):
            if node is not None:
                _add(tree.add(f"[dim]{name}[/dim]"), node, item, everything=everything)
    return tree


def _add(tree: Tree, node: Node, item: Item, *, everything: bool) -> None:
    branch = tree.add(f"{_mark(node.answer)} {escape(node.key)}{_why(node.answer)}")
    plain = [part for part in node.parts if not everything and isinstance(part.answer, No)]
    for part in node.parts:
        if part not in plain:
            _add(branch, part, item, everything=everything)
    if plain:
        branch.add(f"[red]✗[/red] [dim]{escape(', '.join(part.key for part in plain))}[/dim]")
    if isinstance(node.answer, Yes) and not node.parts:
        for fact in node.answer.evidence:
            branch.add(_fact(fact, item))


def _fact(fact: Evidence, item: Item) -> str:
    weight = "" if fact.strength is Strength.STRONG else f" [dim]{fact.strength}[/dim]"
    source = getattr(item, fact.field, None)
    if fact.start is None or fact.end is None or not isinstance(source, str):
        return f"[dim]{fact.field}:[/dim] {escape(_short(fact.text, 80))}{weight}"
    before = source[max(0, fact.start - CONTEXT) : fact.start]
    after = source[fact.end : fact.end + CONTEXT]
    shown = f"{escape(_flat(before))}[reverse]{escape(_short(fact.text, 80))}[/reverse]{escape(_flat(after))}"
    return f"[dim]{fact.field} {fact.start}–{fact.end}:[/dim] {shown}{weight}"


def _show_plan(console: Console, decided: Plan) -> None:
    for step in decided.steps:
        console.print(f"[bold]would {step.kind}[/bold] for {', '.join(step.rules)}: {escape(_short(step.text, 200))}")
    for skipped in decided.skipped:
        console.print(f"[dim]would not {skipped.kind} for {', '.join(skipped.rules)}: {escape(skipped.why)}[/dim]")
    if not decided.steps and not decided.skipped:
        console.print("[dim]nothing would be done[/dim]")


def _mark(answer: Answer) -> str:
    match answer:
        case Yes(certain=True):
            return "[green]✓[/green]"
        case Yes():
            return "[yellow]≈[/yellow]"
        case No():
            return "[red]✗[/red]"
        case Unknown():
            return "[cyan]?[/cyan]"


def _words(answer: Answer) -> str:
    match answer:
        case Yes(certain=True):
            return "certain"
        case Yes(doubt=doubt):
            return f"doubtful, a human should look ({escape(doubt)})"
        case No():
            return "no"
        case Unknown(why):
            return f"cannot be told ({escape(why)})"


def _why(answer: Answer) -> str:
    match answer:
        case Unknown(why):
            return f" [dim]({escape(why)})[/dim]"
        case Yes(certain=False, doubt=doubt):
            return f" [dim]({escape(doubt)})[/dim]"
        case _:
            return ""


def _short(text: str, limit: int) -> str:
    flat = _flat(text)
    return flat if len(flat) <= limit else flat[: limit - 1] + "…"


def _flat(text: str) -> str:
    """On one line, without what a terminal would obey."""
    return "".join(letter if letter.isprintable() else " " for letter in text)
