"""One account at work: a thread of its own, so that an instance that hangs blocks nobody else."""

import threading
from collections.abc import Callable
from datetime import timedelta

from bot.daemon.sidebar import SidebarWatch
from bot.engine.cycle import Cycle
from bot.engine.ports import Journal, LemmyError
from bot.store.errors import StoreUnavailable

MOST_SKIPPED = 10
"""After repeated failures an instance is left alone for at most so many ticks."""


class Seat:
    """Runs one account's ticks whenever it is woken."""

    def __init__(self, cycle: Cycle, prepare: Callable[[], None], journal: Journal, sidebars: SidebarWatch) -> None:
        """``prepare`` brings the account into order before the first tick; it may raise LemmyError."""
        self.cycle = cycle
        self.sidebars = sidebars
        self._prepare = prepare
        self._journal = journal
        self._prepared = False
        self._failures = 0
        self._skip = 0
        self._wake = threading.Event()
        self._ending = threading.Event()
        self._thread = threading.Thread(target=self._work, name=f"seat {cycle.account}", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def wake(self) -> None:
        self._wake.set()

    def end(self) -> None:
        """Ask the thread to end after the request it is in."""
        self._ending.set()
        self._wake.set()

    def join(self, timeout: float) -> bool:
        """Wait at most ``timeout`` seconds. Returns whether the thread has ended."""
        self._thread.join(timeout)
        return not self._thread.is_alive()

    def _work(self) -> None:
        while not self._ending.is_set():
            self._wake.wait()
            self._wake.clear()
            if self._ending.is_set():
                return
            if self._skip > 0:
                self._skip -= 1
                continue
            self.tick()

    def tick(self) -> Exception | None:
        """One tick; what went wrong is told, and returned. Repeated failures make the account pause longer."""
        try:
            if not self._prepared:
                self._prepare()
                self._prepared = True
            self.sidebars.look(self.cycle.tick())
        except (LemmyError, StoreUnavailable) as error:
            self._failed(error)
            return error
        except Exception as error:  # noqa: BLE001 - a bug in one tick must not end the account's thread
            self._failed(error)
            return error
        self._failures = 0
        return None

    def settle(self, longest: timedelta) -> None:
        """Wait until every unanswered action may be read back, at most ``longest``, and settle and send once more."""
        executor = self.cycle.executor
        rest = min(executor.rest(), longest)
        if rest > timedelta(0):
            self._ending.wait(rest.total_seconds())
        executor.reconcile()
        if not self.cycle.stop():
            executor.send()

    def _failed(self, error: Exception) -> None:
        self._skip = min(2**self._failures - 1, MOST_SKIPPED)
        self._failures += 1
        self._journal.event(
            "tick_failed",
            account=self.cycle.account,
            error=f"{type(error).__name__}: {error}",
            expected=isinstance(error, LemmyError | StoreUnavailable),
            next_try_in_ticks=self._skip + 1,
        )
