"""Starting, waking and ending the seats."""

import signal
import threading
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from types import FrameType

from apscheduler.schedulers.background import BackgroundScheduler

from bot.daemon.rules import RulesInForce, watch_rules
from bot.daemon.seat import Seat
from bot.engine.ports import Journal

GRACE = 8.0
"""Seconds that the seats get, together, to finish. What is cut off is read back at the next start."""


class Daemon:
    """All accounts of one configuration."""

    def __init__(
        self,
        seats: Sequence[Seat],
        rules: Sequence[RulesInForce],
        every: timedelta,
        journal: Journal,
        ending: threading.Event,
    ) -> None:
        """``every`` is the time between two ticks of an account; setting ``ending`` ends the work."""
        self._seats = seats
        self._rules = rules
        self._every = every
        self._journal = journal
        self._ending = ending
        self._reload = threading.Event()

    def run(self) -> None:
        """Work until SIGTERM, SIGINT or ``end``. SIGHUP reloads the rules. Call it from the main thread."""
        signal.signal(signal.SIGTERM, self._on_end)
        signal.signal(signal.SIGINT, self._on_end)
        signal.signal(signal.SIGHUP, self._on_reload)
        self.work()

    def work(self) -> None:
        """The same without signals."""
        scheduler = BackgroundScheduler(timezone="UTC")
        for seat in self._seats:
            seat.start()
            seat.wake()
            scheduler.add_job(
                seat.wake,
                "interval",
                seconds=self._every.total_seconds(),
                misfire_grace_time=None,
                coalesce=True,
                max_instances=1,
            )
        watcher = threading.Thread(target=watch_rules, args=(self._rules, self._ending), name="rules", daemon=True)
        watcher.start()
        scheduler.start()
        self._journal.event("started", accounts=[seat.cycle.account for seat in self._seats])
        try:
            self._wait()
        finally:
            scheduler.shutdown(wait=False)
            self._finish()

    def end(self) -> None:
        self._ending.set()

    def _wait(self) -> None:
        while not self._ending.wait(0.2):
            if self._reload.is_set():
                self._reload.clear()
                for rules in self._rules:
                    rules.reload()

    def _finish(self) -> None:
        for seat in self._seats:
            seat.end()
        deadline = time.monotonic() + GRACE
        ended = [seat.join(max(0.0, deadline - time.monotonic())) for seat in self._seats]
        self._journal.event("ended", cut_off=ended.count(False))

    def _on_end(self, _signal: int, _frame: FrameType | None) -> None:
        self._ending.set()

    def _on_reload(self, _signal: int, _frame: FrameType | None) -> None:
        self._reload.set()


def run_once(seats: Sequence[Seat], settle: timedelta) -> list[Exception]:
    """One complete tick of all accounts, side by side: poll, judge, act, settle. Returns what went wrong."""
    with ThreadPoolExecutor(max_workers=max(1, len(seats))) as pool:
        errors = list(pool.map(lambda seat: _complete(seat, settle), seats))
    return [error for error in errors if error is not None]


def _complete(seat: Seat, settle: timedelta) -> Exception | None:
    error = seat.tick()
    if error is None and seat.cycle.live:
        seat.settle(settle + timedelta(seconds=1))
    return error
