"""What ``warden check`` does when it is called."""

import difflib
from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from bot.app import exits
from bot.app.checking import Checked, Cured, check, cure
from bot.app.cli.check_formats import FORMATS
from bot.app.cli.shared import without_collecting


def shown(paths: Sequence[Path], form: str, *, strict: bool) -> int:
    """Every finding. Returns the exit code."""
    with without_collecting():
        found = check(paths)
    return _shown(found, form, strict=strict)


def cured(paths: Sequence[Path], form: str, *, strict: bool, only_show: bool) -> int:
    """Cure what can be cured, or only show how; then what is left. Returns the exit code."""
    found = cure(paths)
    if only_show:
        click.echo("".join(_difference(found)), nl=False)
        return exits.FINDINGS if found.files else exits.FINE
    for path, (_, after) in found.files.items():
        _write(path, after)
    click.echo(f"{found.edits} edits in {len(found.files)} files", err=True)
    return _shown(found.left, form, strict=strict)


def _write(path: Path, data: bytes) -> None:
    try:
        path.write_bytes(data)
    except OSError as error:
        raise click.FileError(str(path), f"{error.strerror}. Cure: check its permissions.") from None


def _shown(checked: Checked, form: str, *, strict: bool) -> int:
    for line in FORMATS[form](checked):
        click.echo(line)
    return exits.FINDINGS if checked.errors or (strict and checked.warnings) else exits.FINE


def _difference(found: Cured) -> Iterator[str]:
    for path, (before, after) in found.files.items():
        old, new = (data.decode().splitlines(keepends=True) for data in (before, after))
        for line in difflib.unified_diff(old, new, str(path), str(path)):
            yield line if line.endswith("\n") else line + "\n\\ No newline at end of file\n"
