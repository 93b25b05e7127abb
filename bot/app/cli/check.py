"""``warden check``."""

from pathlib import Path

import click

from bot.app import exits


@click.command("check", short_help="Show every mistake in rule files.")
@click.argument("paths", nargs=-1, type=click.Path(exists=True, path_type=Path))
def command(paths: tuple[Path, ...]) -> int:
    """Show every mistake in rule files, then run the rules' own tests.

    Ends with 0 when all is well and with 1 when something was found.

    Example: warden check rules/technology.yaml
    """
    from bot.app.cli.shared import rule_paths
    from bot.daemon.rules import load_tested
    from bot.rulebook.load import BrokenRules, load_for_few

    try:
        book = load_tested(rule_paths(paths), load_for_few)
    except BrokenRules as broken:
        for diagnostic in broken.diagnostics:
            click.echo(diagnostic.render() + "\n")
        click.echo(_count(len(broken.diagnostics), "problem"))
        return exits.FINDINGS
    tests = sum(len(rule.tests) for rule in book.rules)
    click.echo(f"{_count(len(book.rules), 'rule')}, {_count(tests, 'test')}: no mistakes")
    return exits.FINE


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
