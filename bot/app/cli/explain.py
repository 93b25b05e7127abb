"""``warden explain``."""

import json
import re
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click
from rich.console import Console

from bot.app import exits
from bot.app.cli.explain_show import show, show_past, show_to_author
from bot.app.cli.shared import read_untested, rules_option
from bot.domain.item import Item, ItemRef, Kind, Post
from bot.engine.evaluate import evaluate
from bot.engine.explain import answer_word
from bot.engine.explanation import Explanation, Surroundings, described, evidence_described, explanation, plan_described
from bot.engine.explanation import told as told_to_author
from bot.engine.looking import hangs_on_link, led_to, open_picture, seen_in
from bot.rulebook.example import NotAnItem, example, item_from, published, time_of
from bot.rulebook.rule import Rulebook
from bot.store.history import PastDecision, PastIntent

_REF = re.compile(r"(post|comment)/([0-9]{1,10})")


@dataclass(frozen=True, slots=True)
class Asked:
    """What shall be explained, and what is known around it."""

    item: Item
    now: datetime
    around: Surroundings = field(default_factory=Surroundings)
    rules: tuple[Path, ...] = ()
    """The rules of the account that would judge; empty when no configuration says."""
    decisions: tuple[PastDecision, ...] = ()
    intents: tuple[PastIntent, ...] = ()


@click.command("explain", short_help="Show why an item is judged as it is.")
@click.argument("item", metavar="[URL|FILE|post/ID|comment/ID]", required=False)
@rules_option
@click.option(
    "--config",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A configuration: its rules, its budget, and what its database remembers.",
)
@click.option("--title", help="Of a post that you type in.")
@click.option("--body", help="Of a post or comment that you type in.")
@click.option("--url", help="Of a post that you type in.")
@click.option("--author-age", metavar="SPAN", help='Age of the account that you make up, as in "3 days".')
@click.option("--comment", is_flag=True, help="What you type in is a comment.")
@click.option("--as-of", metavar="TIME", help="When it is judged, as in 2026-03-01T12:00:00Z; now by default.")
@click.option("--for", "reader", type=click.Choice(["moderator", "author"]), default="moderator", show_default=True)
@click.option("--all", "everything", is_flag=True, help="Also unfold what does not hold, and what would make it hold.")
@click.option("--json", "as_json", is_flag=True, help="For programs: one JSON object.")
def command(
    item: str | None,
    paths: tuple[Path, ...],
    config: Path | None,
    as_of: str | None,
    reader: str,
    *,
    everything: bool,
    as_json: bool,
    **typed: Any,
) -> int:
    """Show one item, every rule, every condition: what was true, what was not, what could not be known.

    URL is a post or comment on any Lemmy 0.19, read as a stranger. FILE holds one item as JSON; `-` is standard input.
    post/ID is one that Warden has judged: with --config, what it decided then, and what today's rules say. Or type an
    item in with --title, --body and --url. Nothing is sent anywhere. With a configuration that says `fetch: images`, a
    picture on which the answer hangs is fetched and looked into; with `fetch: links`, a link is followed.

    Example: warden explain https://lemmy.ml/post/1 --rules rules/technology.yaml
    """
    asked = _asked(item, typed, config, _moment(as_of))
    book = read_untested(paths or asked.rules)
    if config and not asked.decisions:
        asked = _looked(book, _followed(book, asked, config), config)
    explained = explanation(book, asked.item, asked.now, asked.around, everything=everything)
    if as_json:
        whole = told_to_author(explained) if reader == "author" else _described(asked, explained)
        click.echo(json.dumps(whole, ensure_ascii=False, indent=2))
    elif reader == "author":
        show_to_author(Console(highlight=False), explained)
    else:
        _show(book, asked, explained, everything=everything)
    return exits.FINE


def _show(book: Rulebook, asked: Asked, explained: Explanation, *, everything: bool) -> None:
    console = Console(highlight=False)
    if asked.decisions:
        show_past(console, asked.decisions, asked.intents)
        changed = asked.decisions[-1].decision.rulebook_hash != book.hash
        console.print(f"\n[bold]By today's rules[/bold], which have {'changed' if changed else 'not changed'} since:")
    show(console, explained, everything=everything)


def _asked(item: str | None, typed: Mapping[str, Any], config: Path | None, now: datetime | None) -> Asked:
    given = {name: value for name, value in typed.items() if value}
    if (item is None) == (not given):
        raise click.UsageError("name one item. Cure: an address, a file, post/ID, or --title and --body.")
    if item is not None and (found := _REF.fullmatch(item)) and not Path(item).is_file():
        if config is None:
            raise click.UsageError(f"{item} is looked up in the database. Cure: add `--config config.yaml`.")
        return _remembered(config, ItemRef(Kind(found[1]), found[2]), now)
    if item is None:
        asked = _typed(given, now or datetime.now(UTC))
    elif item.startswith(("http://", "https://")):
        asked = _fetched(item, now or datetime.now(UTC))
    else:
        asked = Asked(*read_item(item, now))
    return _configured(config, asked) if config else asked


def _moment(as_of: str | None) -> datetime | None:
    try:
        return time_of({"as-of": as_of}, "as-of")
    except NotAnItem as error:
        raise click.UsageError(f"{error}.") from None


def _typed(given: Mapping[str, Any], now: datetime) -> Asked:
    texts = {name: given[name] for name in ("title", "body", "url") if name in given}
    kind = Kind.COMMENT if given.get("comment") else Kind.POST
    # Somebody wrote it, who could be answered.
    author = {"id": "1", "name": "author"} | ({"account_age": given["author_age"]} if "author_age" in given else {})
    marks = {"is_nsfw": False} if kind is Kind.POST else {}
    try:
        return Asked(example({"kind": kind.value, **texts, **marks, "author": author}, now), now)
    except NotAnItem as error:
        raise click.UsageError(f"{error}.") from None


def _fetched(url: str, now: datetime) -> Asked:
    from bot.lemmy.public import public_item

    return Asked(public_item(url), now)


def read_item(name: str, now: datetime | None) -> tuple[Item, datetime]:
    """The item in a JSON file, `-` for standard input, and when it is judged: when it was published, unless ``now``."""
    try:
        text = sys.stdin.read() if name == "-" else Path(name).read_text(encoding="utf-8")
        fields = json.loads(text)
        if not isinstance(fields, dict):
            raise click.UsageError(f"{name} does not hold one item. Cure: write one JSON object.")
        at = now or published(fields) or datetime.now(UTC)
        return item_from({"id": "1", "kind": "post"} | fields, at), at
    except OSError as error:
        raise click.UsageError(f"{name} cannot be read: {error.strerror}. Cure: check the path.") from None
    except (ValueError, RecursionError):
        raise click.UsageError(f"{name} is not JSON. Cure: write one JSON object.") from None
    except NotAnItem as error:
        raise click.UsageError(f"{name} holds no item: {error}.") from None


def _remembered(path: Path, ref: ItemRef, now: datetime | None) -> Asked:
    """The item as it was when it was last judged, by the first account that judged it."""
    from bot.app.remembering import remembered

    found = remembered(path, ref, now or datetime.now(UTC))
    if found is None:
        raise click.UsageError(f"nothing is recorded of {ref}. Cure: explain its address instead.")
    return Asked(
        found.decisions[-1].decision.verdict.item,
        now or datetime.now(UTC),
        found.around,
        found.rules,
        found.decisions,
        found.intents,
    )


def _configured(path: Path, asked: Asked) -> Asked:
    from bot.app.remembering import surroundings

    item, around, rules = surroundings(path, asked.item, asked.now)
    return Asked(item, asked.now, around, rules)


def _followed(book: Rulebook, asked: Asked, path: Path) -> Asked:
    """With where the item's link leads, if the answer hangs on it and the configuration lets links be followed."""
    from bot.app.config import load_config
    from bot.app.wiring import links_for

    post, now, history = asked.item, asked.now, asked.around.history
    hangs = isinstance(post, Post) and hangs_on_link(book, post, now, history)
    links = links_for(load_config(path)) if hangs else None
    if links is None or not isinstance(post, Post):
        return asked
    try:
        found = links.resolve(post)
    finally:
        links.close()
    return asked if found is None else replace(asked, item=led_to(post, found))


def _looked(book: Rulebook, asked: Asked, path: Path) -> Asked:
    """With what the item's picture shows, if the answer hangs on it and the configuration lets pictures be fetched."""
    from bot.app.config import load_config
    from bot.app.wiring import eyes_for

    address = open_picture(book, evaluate(book, asked.item, asked.now, asked.around.history), asked.now)
    eyes = eyes_for(load_config(path)) if address else None
    if eyes is None or not isinstance(asked.item, Post):
        return asked
    try:
        seen = eyes.look(asked.item, address)
    finally:
        eyes.close()
    return asked if seen is None else replace(asked, item=seen_in(asked.item, seen))


def _described(asked: Asked, explained: Explanation) -> dict[str, Any]:
    return described(explained) | {
        "past": [_past(each, asked.intents) for each in asked.decisions],
    }


def _past(past: PastDecision, intents: tuple[PastIntent, ...]) -> dict[str, Any]:
    verdict = past.decision.verdict
    return {
        "number": past.number,
        "account": past.account,
        "at": past.at.isoformat(),
        "why": past.why.value,
        "rules_hash": past.decision.rulebook_hash,
        "matches": [
            {
                "rule": each.rule,
                "answer": answer_word(each.answer),
                "why": each.answer.doubt,
                "evidence": [evidence_described(fact) for fact in each.answer.evidence],
            }
            for each in verdict.matches
        ],
        "undecided": [{"rule": each.rule, "why": each.why} for each in verdict.undecided],
        "broken": [{"rule": each.rule, "error": each.error} for each in verdict.broken],
        "plan": plan_described(past.decision.plan),
        "done": [
            {
                "kind": each.intent.order.kind.value,
                "state": each.intent.state.value,
                "reference": each.intent.order.reference,
                "settled_at": each.settled_at.isoformat() if each.settled_at else None,
                "detail": each.detail,
            }
            for each in intents
            if each.decision == past.number
        ],
    }
