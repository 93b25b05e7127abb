"""Warden and two naive schemes, killed with SIGKILL at random moments: who does something twice, who forgets?

``python -m benchmarks.kill [KILLS]`` prints a table. The server is the sandbox; its log of writes is the judge.
"""

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import httpx

from bot.sandbox.seed.demo import demo_world
from bot.sandbox.server import running
from bot.sandbox.world import World

PASSWORD = "sandbox"
AT_ONCE = 4
"""Posts that arrive before each start; each deserves two actions."""
PATIENCE = 6.0
"""Seconds after which a process is killed even when it has not done what it was waited for."""
RULES = """version: 1
rules:
  - id: no-pills
    on: posts
    when: {title (includes-word): [pills]}
    mode: act
    then: THEN
"""
CONFIG = """accounts:
  - instance: ADDRESS
    username: warden
    password: {file: password}
    communities: [technology@sandbox.localhost]
    rules: [rules.yaml]
live: true
poll: {every: 5s, look_back: 1h}
budget: {remove: 100000/h, lock: 100000/h, hold: 100000/h, ban: 100000/h}
settle: 100ms
log: {level: error, format: json}
"""


@dataclass(frozen=True)
class Task:
    """What every post of a wave deserves."""

    then: str
    endpoints: tuple[str, str]
    to_the_author: bool = False
    """Whether it is done to the author, or else to the post."""


REMOVING = Task("[lock, remove]", ("POST /post/lock", "POST /post/remove"))
ASKING = Task(
    "[hold: {for: 1ms, message: 'Please repair it.'}, ban: {days: 3}]",
    ("POST /private_message", "POST /community/ban_user"),
    to_the_author=True,
)
"""The ban comes only after the question, and after another look at the post."""


@dataclass(frozen=True)
class Tally:
    """What the server saw."""

    kills: int
    deserved: int
    duplicates: int
    lost: int


def warden(folder: Path, address: str, task: Task) -> list[str]:
    """Set up a configuration; the command that runs it."""
    (folder / "rules.yaml").write_text(RULES.replace("THEN", task.then))
    (folder / "config.yaml").write_text(CONFIG.replace("ADDRESS", address))
    secret = folder / "password"
    secret.write_text(PASSWORD)
    secret.chmod(0o600)
    return [sys.executable, "-m", "benchmarks.unhurried", str(folder / "config.yaml")]


def naive(folder: Path, address: str, scheme: str) -> list[str]:
    return [sys.executable, "-m", "benchmarks.naive", address, PASSWORD, str(folder / scheme), scheme]


def measure(scheme: str, kills: int, seed: int, task: Task = REMOVING) -> Tally:
    """Kill a scheme so many times, let it finish, and count."""
    dice = random.Random(seed)
    world = demo_world(PASSWORD)
    with TemporaryDirectory() as name, running(world) as address:
        folder = Path(name)
        command = warden(folder, address, task) if scheme == "warden" else naive(folder, address, scheme)
        spam = []
        for _ in range(kills):
            spam += [_arrive(address, len(spam) + each) for each in range(AT_ONCE)]
            _run_and_kill(command, world, dice, task)
        _finish(command, scheme)
        targets = [world.posts.rows[post].creator_id if task.to_the_author else post for post in spam]
        return _count(world, kills, targets, task)


def _arrive(address: str, number: int) -> int:
    form = {"community": "technology", "author": f"eve{number}", "title": f"Cheap pills {number}"}
    made = httpx.post(f"{address}/sandbox/post", json=form)
    made.raise_for_status()
    return int(made.json()["id"])


def _run_and_kill(command: Sequence[str], world: World, dice: random.Random, task: Task) -> None:
    """SIGKILL as soon as a random number of actions has been carried out, and a random moment has passed."""
    enough = _done(world, task) + dice.randint(0, AT_ONCE * len(task.endpoints))
    process = _start(command)
    deadline = time.monotonic() + PATIENCE
    while _done(world, task) < enough and time.monotonic() < deadline and process.poll() is None:
        time.sleep(0.0005)
    time.sleep(dice.random() * 0.012)
    process.send_signal(signal.SIGKILL)
    process.wait()


def _finish(command: Sequence[str], scheme: str) -> None:
    if scheme == "warden":
        for _ in range(3):
            subprocess.run([*command, "--once"], check=True, timeout=60)
        return
    process = _start(command)
    time.sleep(3)
    process.kill()
    process.wait()


def _start(command: Sequence[str]) -> subprocess.Popen[bytes]:
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=os.environ.copy())


def _done(world: World, task: Task) -> int:
    return sum(write.actor == "warden" and write.endpoint in task.endpoints for write in tuple(world.writes.rows))


def _count(world: World, kills: int, targets: Sequence[int], task: Task) -> Tally:
    deserved = {(endpoint, target) for endpoint in task.endpoints for target in targets}
    done = Counter(
        (write.endpoint, write.target_id)
        for write in world.writes.rows
        if write.actor == "warden" and write.endpoint in task.endpoints and write.target_id in set(targets)
    )
    return Tally(kills, len(deserved), sum(count - 1 for count in done.values()), len(deserved - done.keys()))


def main() -> None:
    kills = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    print(f"{'scheme':15} {'kills':>6} {'actions':>8} {'duplicates':>11} {'lost':>5}")
    for scheme in ("warden", "act-then-mark", "mark-then-act"):
        tally = measure(scheme, kills, seed=1)
        _show(scheme, tally)
    _show("warden, asking", measure("warden", kills, seed=1, task=ASKING))


def _show(scheme: str, tally: Tally) -> None:
    print(f"{scheme:15} {tally.kills:6} {tally.deserved:8} {tally.duplicates:11} {tally.lost:5}")


if __name__ == "__main__":
    main()
