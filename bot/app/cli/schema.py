"""``warden schema``."""

import json
from collections.abc import Callable, Mapping
from pathlib import Path

import click

from bot.app import exits
from bot.app.config_schema import config_schema
from bot.app.reference import reference
from bot.checks.shape import Shape
from bot.rulebook.schema import checker_schema, model_schema, rules_schema, tests_schema

SCHEMAS: Mapping[str, Callable[[], Shape]] = {
    "rules": rules_schema,
    "checker": checker_schema,
    "model": model_schema,
    "tests": tests_schema,
    "config": config_schema,
}
REFERENCE = "reference"
"""Not a schema: what all of them say, for people."""


@click.command("schema", short_help="Print what editors need to help with files.")
@click.argument("name", type=click.Choice([*SCHEMAS, REFERENCE]), default="rules")
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    help="Write all schemas into this folder, as rules.schema.json and so on.",
)
def command(name: str, out: Path | None) -> int:
    """Print the JSON Schema of rule files, checker files, files of tests or the configuration; or the reference.

    An editor with a YAML language server completes and checks a file whose first line names its schema:
    `# yaml-language-server: $schema=./rules.schema.json`.

    Example: warden schema rules > rules.schema.json
    """
    if out is None:
        click.echo(text_of(name), nl=False)
        return exits.FINE
    out.mkdir(parents=True, exist_ok=True)
    for each in SCHEMAS:
        (out / f"{each}.schema.json").write_text(text_of(each), encoding="utf-8")
    return exits.FINE


def text_of(name: str) -> str:
    """The schema, or the reference, as it is printed."""
    if name == REFERENCE:
        return reference()
    return json.dumps(SCHEMAS[name](), indent=2) + "\n"
