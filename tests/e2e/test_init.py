"""From nothing to the first tick, as the README says."""

import signal
import subprocess
import sys

import pytest

from bot.app import exits
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


def begin(bench, folder, *more):
    (folder / "secret").write_text(PASSWORD)
    (folder / "secret").chmod(0o600)
    who = ["--instance", bench.address, "--username", "warden", "--password-file", "secret"]
    return warden(folder, "init", "--non-interactive", *who, "--community", "technology@sandbox.localhost", *more)


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
    begin(bench, new)
    bench.steer("sidebar", community="technology", text="## Rules\n1. No crypto, unless it is essential.")
    once = warden(new, "run", "--once")
    assert '"rule": "crypto", "fate": "moved"' in once.stderr


def test_ctrl_c_leaves_nothing_behind(bench, new):
    command = [*WARDEN, "init", "bot"]
    with subprocess.Popen(command, cwd=new, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        process.stdin.write(f"{bench.address}\n")
        process.stdin.flush()
        until(lambda: "runs Lemmy" in process.stdout.readline())
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=20) == exits.INTERRUPTED
    assert list(new.iterdir()) == []
