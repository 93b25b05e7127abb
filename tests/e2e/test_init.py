"""From nothing to the first tick, as the README says."""

import os
import select
import signal
import subprocess
import sys
from contextlib import contextmanager, suppress

import pytest

from bot.app import exits
from tests import forked
from tests.e2e.conftest import PASSWORD, until

WARDEN = [sys.executable, "-m", "bot"]


@pytest.fixture
def new(bench):
    """A folder in which there is nothing yet."""
    folder = bench.folder / "new"
    folder.mkdir()
    return folder


def warden(folder, *arguments):
    command = [*WARDEN, *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=60, check=False)


def quickly(folder, *arguments):
    return forked.ended(*arguments, folder=folder)


def begin(bench, folder, warden=warden, which="matching"):
    (folder / "secret").write_text(PASSWORD)
    (folder / "secret").chmod(0o600)
    who = ["--instance", bench.address, "--username", "warden", "--password-file", "secret"]
    return warden(
        folder, "init", "--non-interactive", *who, "--community", "technology@sandbox.localhost", "--rules", which
    )


def test_init_doctor_and_one_tick(bench, new):
    began = begin(bench, new)
    assert began.returncode == exits.FINE, began.stderr
    doctor = warden(new, "doctor")
    assert doctor.returncode == exits.FINE, doctor.stdout
    assert "✓ sidebar of technology@sandbox.localhost: 7 written rules" in doctor.stdout
    once = warden(new, "run", "--once")
    assert once.returncode == exits.FINE, once.stderr
    assert '"matches": {"crypto": "certain"}' in once.stderr
    assert "sidebar_drift" not in once.stderr
    assert bench.writes("POST /post/report") == bench.writes("POST /post/remove") == []
    assert PASSWORD not in (began.stdout + doctor.stdout + once.stderr).replace("sandbox.localhost", "")


def test_a_sidebar_that_changed_before_the_first_tick_is_noticed(bench, new):
    begin(bench, new, quickly, "crypto")
    bench.steer("sidebar", community="technology", text="## Rules\n1. No crypto, unless it is essential.")
    once = quickly(new, "run", "--once")
    assert '"rule": "crypto", "fate": "moved"' in once.stderr


@pytest.fixture
def _interruptible():
    """What a shell starts in the background ignores the signal, and so do its children, unless it is taken up again."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("_interruptible")
def test_ctrl_c_leaves_nothing_behind(bench, new):
    command = [*WARDEN, "init", "bot"]
    with subprocess.Popen(command, cwd=new, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        process.stdin.write(f"{bench.address}\n")
        process.stdin.flush()
        until(lambda: "runs Lemmy" in process.stdout.readline())
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=20) == exits.INTERRUPTED
    assert list(new.iterdir()) == []


class Terminal:
    """What somebody sees and types at a real terminal."""

    def __init__(self, command, folder):
        self.ours, theirs = os.openpty()
        streams = dict.fromkeys(("stdin", "stdout", "stderr"), theirs)
        self.process = subprocess.Popen(command, cwd=folder, start_new_session=True, **streams)
        os.close(theirs)
        self.read = b""

    @property
    def shown(self):
        return self.read.decode(errors="replace")

    def answer(self, question, text):
        until(lambda: self.is_asking(question))
        os.write(self.ours, f"{text}\n".encode())

    def is_asking(self, question):
        self.look()
        return question in self.shown.rpartition("\n")[2]

    def look(self):
        with suppress(OSError):  # the other side may have ended
            if select.select([self.ours], [], [], 0.05)[0]:
                self.read += os.read(self.ours, 65_536)

    def has_ended(self):
        self.look()
        return self.process.poll() is not None


@contextmanager
def terminal(command, folder):
    opened = Terminal(command, folder)
    try:
        yield opened
    finally:
        opened.process.kill()
        opened.process.wait()
        os.close(opened.ours)


def test_the_terminal_shows_everything_but_the_password(bench, new):
    bench.steer("person", name="mybot", password="sesame-open-9")
    bench.steer("seat", community="technology", person="mybot", added=True)
    with terminal([*WARDEN, "init", "bot"], new) as seen:
        seen.answer("lemmy.example):", bench.address)
        seen.answer("account:", "mybot")
        seen.answer("(not shown):", "sesame-open-9")
        seen.answer("[all]:", "")
        seen.answer("[matching]:", "none")
        seen.answer("[file]:", "")
        seen.answer("Write them?", "y")
        until(seen.has_ended)
    assert seen.process.returncode == exits.FINE, seen.shown
    assert "sesame" not in seen.shown
    assert "mybot moderates technology@sandbox.localhost" in seen.shown
    assert (new / "bot" / "password").read_text() == "sesame-open-9\n"
