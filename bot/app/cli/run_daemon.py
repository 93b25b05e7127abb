"""``warden run``."""

from pathlib import Path

import click

from bot.app import exits
from bot.app.config import Config, load_config
from bot.app.logging import StructlogJournal, configure
from bot.app.wiring import Assembly, assemble
from bot.daemon.run import run_once
from bot.engine.ports import LemmyError
from bot.store.lock import hold

config_option = click.option(
    "--config",
    "path",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    default=Path("config.yaml"),
    show_default=True,
    help="The configuration.",
)


@click.command("run", short_help="Watch the communities: poll, judge, act.")
@config_option
@click.option("--once", is_flag=True, help="One complete tick of all accounts, then end.")
def command(path: Path, *, once: bool) -> int:
    """Watch the communities of the configuration until SIGTERM; SIGHUP reads the rules again.

    A file named STOP beside the configuration stops all acting at once; judging goes on.

    Example: warden run --config config.yaml --once
    """
    config = load_config(path)
    configure(config.level, config.format)
    journal = StructlogJournal()
    with hold(config.store):
        assembly = assemble(config, journal)
        try:
            if once:
                return _once(assembly, config)
            assembly.daemon(config, journal).run()
        finally:
            assembly.close()
    return exits.FINE


def _once(assembly: Assembly, config: Config) -> int:
    errors = run_once(assembly.seats, config.settle)
    for error in errors:
        if not isinstance(error, LemmyError):
            raise error
    if errors:
        return exits.REMOTE
    return exits.STOPPED if config.live and assembly.stop() else exits.FINE
