"""``warden learn``."""

from pathlib import Path

import click

from bot.app import exits
from bot.app.cli.shared import read_untested, rules_option
from bot.audit.labelled import LABELS, Labelled, read_labelled
from bot.audit.source import open_source

SCHEMA = "../../schemas/model.schema.json"


@click.command("learn", short_help="Learn a checker's points from labelled items.")
@click.argument("checker")
@click.option(
    "--labelled", "sources", required=True, multiple=True, help="Labelled items, JSON Lines; may be repeated."
)
@rules_option
@click.option("--certain", default=0.95, help="Precision that is promised where it is certain.", show_default=True)
@click.option("--doubtful", default=0.8, help="Precision that is promised where a human looks.", show_default=True)
@click.option("--never-certain", is_flag=True, help="The checker shall only ever be doubtful.")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="The model file; printed by default.")
def command(
    checker: str,
    sources: tuple[str, ...],
    paths: tuple[Path, ...],
    certain: float,
    doubtful: float,
    never_certain: bool,
    out: Path | None,
) -> int:
    """Learn the points of words, and of signals that say `weight: learned`, and write them as a model file.

    It reports how often it was right on items that it had not seen, and writes nothing when the sample does not bear
    out the precision that is promised. Needs the extra `learn` (pip install "lemmy-warden[learn]").

    Example: warden learn crypto --labelled labelled.jsonl --out rules/checkers/models/crypto.yaml
    """
    try:
        from bot.learn import learning
        from bot.learn.calibrate import TooFewExamples
        from bot.learn.model_file import model_text, reliability_lines
    except ImportError as error:
        raise click.ClickException(f'{error.name} is missing. Cure: pip install "lemmy-warden[learn]".') from None
    book = read_untested(paths)
    found = learning.rule_with(book, checker)
    if found is None:
        raise click.ClickException(f"no rule asks a checker `{checker}`. Cure: check its name, or add a rule with it.")
    rule, scored = found
    if rule.sidebar not in LABELS:
        known = ", ".join(str(number) for number in LABELS)
        raise click.ClickException(f"`{rule.id}` needs a `sidebar` number that labels are known for: {known}.")
    labelled = [each for source in sources for each in _read(source)]
    try:
        learnt = learning.learn(book, scored, rule.sidebar, labelled, (doubtful, None if never_certain else certain))
    except TooFewExamples as error:
        raise click.ClickException(str(error)) from None
    about = [
        f"Learned by `warden learn {checker}` from {learnt.items:,} labelled items. On clear items that it had not seen"
        f" ({learnt.clear:,}, of which {learnt.positives:,} break the rule):",
        *reliability_lines(learnt.reliability, learnt.positives),
        "Points are tenths of log-odds; change them as you like. Nobody's sentence is in here, only words that several items share.",
    ]
    text = model_text(checker, about, learnt.bands, learnt.weights, SCHEMA)
    if out is None:
        click.echo(text, nl=False)
    else:
        out.write_text(text, encoding="utf-8")
        click.echo("\n".join(about[:-1]))
    return exits.FINE


def _read(source: str) -> list[Labelled]:
    with open_source(source) as lines:
        return read_labelled(lines)
