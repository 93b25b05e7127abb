"""``warden doctor``."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import click

from bot.app import exits
from bot.app.cli.explain_tree import flat
from bot.app.cli.run_daemon import config_option
from bot.app.config import AccountConfig, BadConfig, Config, load_config
from bot.app.logging import StructlogJournal, configure
from bot.app.new_config import is_usable
from bot.app.new_folder import CannotWrite, NewFile, write
from bot.app.wiring import Assembly, assemble
from bot.daemon.seat import Seat
from bot.engine.ports import Identity, LemmyError
from bot.facts.reader import text_reader
from bot.facts.worker import ExtraMissing
from bot.rulebook.load import BrokenRules
from bot.rulebook.sidebar_files import sidebar_file
from bot.store.errors import StoreUnavailable, StoreUnusable
from bot.store.lock import hold
from bot.text.sidebar import written_rules

SKEW = timedelta(seconds=30)
"""Difference between the clocks that is worth a word."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at; a problem names its cure."""

    what: str
    problem: str = ""
    cure: str = ""
    is_remote: bool = False


@click.command("doctor", short_help="Look for everything that could be wrong.")
@config_option
@click.option(
    "--accept-sidebars", is_flag=True, help="Keep the sidebars as they are now beside the rules: these fit them."
)
def command(path: Path, *, accept_sidebars: bool) -> int:
    """Look at the configuration, the rules, the database, the clock, the login, the account's rank and the sidebars.

    Changes nothing on the server, except that it may log in. Ends with 0 when all is well.

    Example: warden doctor --config config.yaml
    """
    findings = list(_findings(path, accept_sidebars=accept_sidebars))
    for finding in findings:
        mark = "✗" if finding.problem else "✓"
        click.echo(f"{mark} {finding.what}" + (f": {finding.problem}" if finding.problem else ""))
        if finding.cure:
            click.echo(f"  cure: {finding.cure}")
    problems = [finding for finding in findings if finding.problem]
    if not problems:
        return exits.FINE
    return exits.REMOTE if any(finding.is_remote for finding in problems) else exits.FINDINGS


def _findings(path: Path, *, accept_sidebars: bool) -> Iterator[Finding]:
    configure("warning", "console")
    try:
        config = load_config(path)
    except BadConfig as bad:
        for each in bad.diagnostics:
            yield Finding(str(each.place), each.message, each.help)
        return
    yield Finding(f"configuration {path}")
    yield from _settings(config)
    try:
        with hold(config.store):
            assembly = assemble(config, StructlogJournal())
            yield from _assembled(config, assembly)
            for account, seat in zip(config.accounts, assembly.seats, strict=True):
                yield from _account(account, seat, accept_sidebars=accept_sidebars)
            assembly.close()
    except BrokenRules as broken:
        for each in broken.diagnostics:
            yield Finding(str(each.place), each.message, each.help)
    except BadConfig as bad:
        for each in bad.diagnostics:
            yield Finding(str(each.place), each.message, each.help)
    except (ExtraMissing, StoreUnusable, StoreUnavailable) as error:
        problem, _, cure = str(error).partition(" Cure: ")
        yield Finding("facts" if isinstance(error, ExtraMissing) else "database", problem, cure)


def _settings(config: Config) -> Iterator[Finding]:
    if (config.folder / "STOP").exists():
        yield Finding("safety switch", f"{config.folder / 'STOP'} stops all acting", "delete the file to act again")
    if not config.live:
        yield Finding("mode: dry run, nothing is sent (`live: false`)")
    elif not config.budget:
        yield Finding("budget", "there is none, so nothing is ever done", "name kinds of actions under `budget:`")
    else:
        yield Finding(f"budget: {', '.join(f'{kind} {rate.count}' for kind, rate in config.budget.items())}")


def _assembled(config: Config, assembly: Assembly) -> Iterator[Finding]:
    yield Finding(f"rules: {sum(len(each().rules) for each in assembly.rules)} of them, their tests pass")
    yield Finding(f"database {config.store}")
    if config.fetch != "off":
        reader = text_reader()
        yield Finding(f"pictures: looked into, {f'their text read by {reader}' if reader else 'without reading text'}")


def _account(account: AccountConfig, seat: Seat, *, accept_sidebars: bool) -> Iterator[Finding]:
    name = f"{account.username} on {account.instance}"
    try:
        identity = seat.cycle.lemmy.identity()
    except LemmyError as error:
        cure = "check the address, the password and whether the instance is up"
        yield Finding(f"login of {name}", f"{type(error).__name__}: {error}", cure, is_remote=True)
        return
    yield Finding(f"login of {name}")
    yield from _rank(account, identity)
    if accept_sidebars:
        yield from _accepted(account, seat, identity)
    yield from _sidebars(seat, identity)
    skew = abs(datetime.now(UTC) - identity.server_time)
    late = f"it differs from {account.instance} by {skew.total_seconds():.0f} s" if skew > SKEW else ""
    yield Finding("clock", late, "set this machine's clock by NTP" if late else "")
    for warning in identity.warnings:
        yield Finding(f"note: {warning} (the daemon sets what it can at its start)")


def _rank(account: AccountConfig, identity: Identity) -> Iterator[Finding]:
    for community in sorted(account.communities):
        if community in identity.moderates:
            yield Finding(f"{account.username} moderates {community}")
        else:
            known = ", ".join(sorted(identity.moderates)) or "nothing"
            yield Finding(
                community, f"{account.username} does not moderate it (but {known})", "appoint it, or correct the name"
            )


def _sidebars(seat: Seat, identity: Identity) -> Iterator[Finding]:
    for community, drifts in seat.sidebars.drift(identity).items():
        what = f"sidebar of {community}"
        if not drifts:
            yield Finding(f"{what}: {len(written_rules(identity.sidebars[community]))} written rules")
        for drift in drifts:
            cure = f"{drift.cure()}; then run `warden doctor --accept-sidebars`"
            yield Finding(what, flat(drift.what()), cure)


def _accepted(account: AccountConfig, seat: Seat, identity: Identity) -> Iterator[Finding]:
    """Keep the sidebars beside the rules, and in the database."""
    seat.sidebars.accept(identity)
    for community in filter(is_usable, sorted(account.communities & identity.sidebars.keys())):
        file = sidebar_file(account.rules, community)
        content = identity.sidebars[community].encode("utf-8", "replace")
        try:
            write(file.parent.parent, [NewFile(f"{file.parent.name}/{file.name}", content)], force=True)
        except CannotWrite as error:
            problem, _, cure = str(error).partition(" Cure: ")
            yield Finding(f"sidebar of {community}", problem, cure)
        else:
            yield Finding(f"sidebar of {community}: kept in {file}")
