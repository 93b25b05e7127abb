"""``warden learn``."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.app import exits
from bot.app.cli.shared import read_untested, rules_option
from bot.audit.labelled import LABELS, Labelled, read_labelled_files
from bot.audit.scored import scored_in
from bot.audit.texts import read_texts
from bot.checks.scored import Scored
from bot.rulebook.rule import Rulebook

if TYPE_CHECKING:
    from bot.learn.learning import Learnt

SCHEMA = "../../schemas/model.schema.json"


@click.command("learn", short_help="Learn a checker's points from labelled items.")
@click.argument("checker")
@click.option(
    "--labelled", "sources", required=True, multiple=True, help="Labelled items, JSON Lines; may be repeated."
)
@click.option(
    "--also",
    "more",
    multiple=True,
    help="Items to learn from, but not to measure with, such as made-up ones; may be repeated.",
)
@click.option(
    "--unlabelled",
    "backlogs",
    multiple=True,
    help="A backlog, in which words are found that are like those of the labelled items; may be repeated.",
)
@rules_option
@click.option(
    "--certain",
    default="0.95",
    callback=lambda _context, _option, given: _precision(given),
    help="Precision that is promised where it is certain, or `never`: the checker shall only ever be doubtful.",
    show_default=True,
)
@click.option("--doubtful", default=0.8, help="Precision that is promised where a human looks.", show_default=True)
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="The model file; printed by default.")
def command(  # noqa: PLR0913 - one for each option
    checker: str,
    *,
    sources: tuple[str, ...],
    more: tuple[str, ...],
    backlogs: tuple[str, ...],
    paths: tuple[Path, ...],
    certain: float | None,
    doubtful: float,
    out: Path | None,
) -> int:
    """Learn the points of words, and of signals that say `weight: learned`, and write them as a model file.

    It reports how often it was right on items that it had not seen, and writes nothing when the sample does not bear
    out the precision that is promised. A line may say by its `weight` how much it counts. From a few thousand items
    without labels it also learns which words are alike, so that words of titles count that no labelled item has. Needs
    the extra `learn` (pip install "lemmy-warden[learn]").

    Example: warden learn crypto --labelled labelled.jsonl --out rules/checkers/models/crypto.yaml
    """
    book = read_untested(paths)
    sidebar, scored = _asked(book, checker)
    labelled, also = read_labelled_files(sources), read_labelled_files(more)
    learnt = _learnt(book, scored, sidebar, (labelled, also, read_texts(backlogs)), (doubtful, certain))
    from bot.learn.model_file import about, model_text

    text = model_text(checker, learnt, SCHEMA)
    if out is None:
        click.echo(text, nl=False)
    else:
        out.write_text(text, encoding="utf-8")
        click.echo("\n".join(about(checker, learnt)))
    return exits.FINE


def _precision(given: str) -> float | None:
    """``None`` for ``never``."""
    if given == "never":
        return None
    try:
        return float(given)
    except ValueError:
        raise click.BadParameter(f"`{given}` is neither a share such as 0.95 nor `never`.") from None


def _asked(book: Rulebook, checker: str) -> tuple[int, Scored]:
    """The written rule that the checker decides, and the checker."""
    for rule in book.rules:
        found = scored_in(rule.when, checker)
        if found is None:
            continue
        if rule.sidebar is None or rule.sidebar not in LABELS:
            known = ", ".join(str(number) for number in LABELS)
            raise click.ClickException(f"`{rule.id}` needs a `sidebar` number that labels are known for: {known}.")
        return rule.sidebar, found
    raise click.ClickException(f"no rule asks a checker `{checker}`. Cure: check its name, or add a rule with it.")


def _learnt(
    book: Rulebook,
    scored: Scored,
    sidebar: int,
    items: tuple[list[Labelled], list[Labelled], list[str]],
    precision: tuple[float, float | None],
) -> "Learnt":
    try:
        from bot.learn.learning import TooFewExamples, learn
    except ImportError as error:
        raise click.ClickException(f'{error.name} is missing. Cure: pip install "lemmy-warden[learn]".') from None
    try:
        return learn(book, scored, sidebar, items[0], precision, *items[1:])
    except TooFewExamples as error:
        raise click.ClickException(str(error)) from None
