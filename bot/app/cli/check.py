"""``warden check``."""

from pathlib import Path

import click

from bot.app import exits

FORMATS = ("text", "json", "github", "sarif")


@click.command("check", short_help="Show every mistake and doubt in rule files.")
@click.argument("paths", nargs=-1, type=click.Path(exists=True, path_type=Path))
@click.option("--format", "form", type=click.Choice(FORMATS), default="text", help="How findings are written.")
@click.option("--strict", is_flag=True, help="End with 1 for warnings too.")
@click.option("--fix", is_flag=True, help="Write the cures that need no human into the files.")
@click.option("--diff", is_flag=True, help="With --fix: only show what would be written.")
@click.option("--explain", metavar="CODE", help="Say what a code means, with an example; `all` for a page of all.")
def command(paths: tuple[Path, ...], form: str, explain: str | None, *, strict: bool, fix: bool, diff: bool) -> int:
    """Show every mistake in rule files, run the rules' own tests, and show what probably does not do what was meant.

    Errors have codes that begin with E: the file is not used. Warnings begin with W: it is. A comment switches a
    warning off for its line or the next: `# warden: allow W005 because …`.

    Ends with 0 when there is no error and with 1 when there is one; with --strict, warnings count as well.

    Example: warden check rules --strict --format github
    """
    from bot.app.cli.check_page import explained, page
    from bot.app.cli.check_report import cured, shown
    from bot.app.cli.shared import rule_paths

    if explain:
        click.echo(page() if explain == "all" else explained(explain), nl=explain != "all")
        return exits.FINE
    if diff and not fix:
        raise click.UsageError("`--diff` shows what `--fix` would write. Cure: add --fix.")
    where = rule_paths(paths)
    return cured(where, form, strict=strict, only_show=diff) if fix else shown(where, form, strict=strict)
