"""One Warden on one store: two would take each other's budget and do everything twice."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bot.store.connect import database_path
from bot.store.errors import StoreInUse, StoreUnusable

PID_ROOM = 32
"""Bytes that a process number may take."""


@contextmanager
def hold(url: str) -> Iterator[Path]:
    """Keep every other process off the store as long as the block runs. Take it before opening the store.

    Yields the lock's file, which lies beside the database and stays there. The kernel lets go when the process ends,
    however it ends. Raises StoreInUse at once when it is held already, within this process too, and StoreUnusable.
    """
    path = database_path(url).resolve()
    lock = path.with_name(path.name + ".lock")
    try:
        descriptor = os.open(lock, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except OSError as error:
        raise _unusable(lock, error) from error
    try:
        _take(descriptor, path, lock)
        yield lock
    finally:
        os.close(descriptor)


def _take(descriptor: int, path: Path, lock: Path) -> None:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, str(os.getpid()).encode(), 0)
    except BlockingIOError:
        raise _in_use(descriptor, path) from None
    except OSError as error:
        raise _unusable(lock, error) from error


def _in_use(descriptor: int, path: Path) -> StoreInUse:
    holder = os.pread(descriptor, PID_ROOM, 0).decode("ascii", "replace")
    # Between taking the lock and writing its number, the holder is still nameless.
    who, ending = (f"process {holder}", f"`kill {holder}`") if holder.isdigit() else ("another process", "end it")
    return StoreInUse(
        f"{path} is in use by another Warden ({who}); two at once would act twice. "
        f"Cure: let that one work, or stop it first ({ending}), or name another file in `store`"
    )


def _unusable(lock: Path, error: OSError) -> StoreUnusable:
    return StoreUnusable(
        f"{lock} cannot be locked: {error.strerror}. Cure: mend the permissions of its folder, or name a file on a "
        "local disk in `store`"
    )
