"""``warden run`` without our own rate limits, which a sandbox does not need."""

from pathlib import Path

from bot.app.config import load_config
from bot.app.logging import StructlogJournal, configure
from bot.app.wiring import assemble
from bot.daemon.run import run_once
from bot.http.buckets import Bucket, Buckets, Flow
from bot.store.lock import hold


def run(path: Path, *, once: bool = False) -> None:
    """Until it is killed, or for one complete tick."""
    config = load_config(path)
    configure(config.level, config.format)
    journal = StructlogJournal()
    with hold(config.store):
        wide = Buckets(dict.fromkeys(Bucket, Flow(10_000, 10_000.0)))
        assembly = assemble(config, journal, buckets=wide)
        if once:
            for error in run_once(assembly.seats, config.settle):
                raise error
        else:
            assembly.daemon(config, journal).run()
