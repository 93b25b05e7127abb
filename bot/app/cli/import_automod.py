"""``warden import automod``."""

import json
import sys
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from bot.app import exits
from bot.automod.findings import Effect, Finding, Findings
from bot.automod.importing import Import, State, carry_over
from bot.automod.naming import Ids
from bot.automod.report import report, summary
from bot.automod.source import NoText
from bot.automod.writing import rule_file

STDIN = "-"


@click.group("import", short_help="Carry over rules from elsewhere.")
def command() -> None:
    """Carry over rules that were written for another bot.

    Example: warden import automod automod.yaml
    """


@command.command("automod", short_help="Reddit's AutoModerator.")
@click.argument("files", nargs=-1, required=True, type=click.Path(allow_dash=True, path_type=Path))
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    help="Write NAME.yaml and NAME.report.md for each file into this folder.",
)
@click.option("--json", "as_json", is_flag=True, help="For programs: one JSON object a line for each file.")
def automod(files: tuple[Path, ...], out: Path | None, *, as_json: bool) -> int:
    """Turn AutoModerator's configuration into rule files in shadow mode, and say what differs.

    No rule is made to match more than it did: what cannot be asked on Lemmy disables its rule, which then stands in the
    file as a comment with the reason. Without --out, the rules go to standard output and the report to standard error.

    Example: warden import automod automod.yaml --out rules
    """
    targets = _targets(files, out)
    ids = Ids()
    is_unread = False
    for path, target in zip(files, targets, strict=True):
        try:
            found = carry_over(_read(path), ids)
        except (OSError, NoText) as error:
            is_unread = True
            why = (error.strerror or str(error)) if isinstance(error, OSError) else str(error)
            click.echo(f"{path} cannot be read: {why}", err=True)
            if as_json:
                click.echo(_line(path, _unread(why)))
            continue
        if target is not None:
            _write(target, found, path.name)
        _show(path, found, is_written=target is not None, as_json=as_json)
    return exits.MISUSE if is_unread else exits.FINE


def _read(path: Path) -> bytes:
    return sys.stdin.buffer.read() if str(path) == STDIN else path.read_bytes()


def _targets(files: tuple[Path, ...], out: Path | None) -> list[Path | None]:
    """Where each file's rules go: by its name, and by a number behind it where the name is taken."""
    if out is None:
        return [None] * len(files)
    taken: set[Path] = set()
    targets: list[Path | None] = []
    for path in files:
        name = "stdin" if str(path) == STDIN else path.stem
        target, number = out / f"{name}.yaml", 1
        while target in taken:
            number += 1
            target = out / f"{name}-{number}.yaml"
        if any(target.resolve() == each.resolve() for each in files):
            raise click.UsageError(f"{target} would be written over what is read. Cure: name another folder.")
        taken.add(target)
        targets.append(target)
    return targets


def _write(target: Path, found: Import, name: str) -> None:
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(rule_file(found, name), encoding="utf-8")
        target.with_suffix(".report.md").write_text(report(found, name), encoding="utf-8")
    except OSError as error:
        raise click.ClickException(
            f"{target} cannot be written: {error.strerror}. Cure: name another folder."
        ) from None


def _show(path: Path, found: Import, *, is_written: bool, as_json: bool) -> None:
    if as_json:
        click.echo(_line(path, found))
    elif is_written:
        click.echo(summary(found, path.name))
    else:
        click.echo(rule_file(found, path.name), nl=False)
        click.echo(report(found, path.name), nl=False, err=True)


def _unread(why: str) -> Import:
    findings = Findings()
    findings.fail(0, f"cannot be read: {why}")
    return Import((), tuple(findings.all))


def _line(path: Path, found: Import) -> str:
    described = {
        "file": str(path),
        "rules": len(found.rules),
        **{state.value: found.count(state) for state in State},
        "findings": [
            *_described(found.findings, {}),
            *(
                each
                for rule in found.rules
                for each in _described(rule.findings, {"rule": rule.number, "id": rule.id, "state": rule.state.value})
            ),
        ],
    }
    return json.dumps(described, ensure_ascii=False)


def _described(findings: Iterable[Finding], about: dict[str, Any]) -> list[dict[str, Any]]:
    return [
        about | {name: value.value if isinstance(value, Effect) else value for name, value in asdict(each).items()}
        for each in findings
    ]
