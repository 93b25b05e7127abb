"""``warden`` in a process of its own, without the second it takes to import it: each is forked from one that has.

What the installed command does by itself is for the tests that start it as a user does.
"""

import os
import sys
from multiprocessing.process import BaseProcess
from pathlib import Path
from subprocess import CompletedProcess
from tempfile import TemporaryDirectory

from benchmarks.forking import FORKS
from bot.app.cli import run

LONGEST = 60
"""Seconds for a command that is to end by itself."""


def started(*arguments: str, folder: Path, out: Path = Path(os.devnull), err: Path) -> BaseProcess:
    """A command line that has begun; ``out`` and ``err`` are files to add what it says to."""
    process = FORKS.Process(target=_warden, args=(arguments, dict(os.environ), folder, out, err), daemon=True)
    process.start()
    return process


def ended(*arguments: str, folder: Path) -> CompletedProcess[str]:
    """A command line that has been carried out."""
    with TemporaryDirectory() as name:
        out, err = Path(name, "out"), Path(name, "err")
        process = started(*arguments, folder=folder, out=out, err=err)
        process.join(LONGEST)
        assert process.exitcode is not None, "it did not end in time"
        return CompletedProcess(arguments, process.exitcode, out.read_text(), err.read_text())


def _warden(arguments: tuple[str, ...], environment: dict[str, str], folder: Path, out: Path, err: Path) -> None:
    for path, stream in ((out, 1), (err, 2)):
        os.dup2(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND), stream)
    # Those of now, and not of when the process was started from which this one is forked.
    os.environ.clear()
    os.environ.update(environment)
    os.chdir(folder)
    sys.exit(run(arguments))
