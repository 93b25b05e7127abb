"""Warden and two naive schemes, killed with SIGKILL at random moments: who does something twice, who forgets?

``python -m benchmarks.kill [KILLS]`` prints a table. The server is the sandbox; its log of writes is the judge.
"""

import os
import random
import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from multiprocessing.process import BaseProcess
from pathlib import Path
from tempfile import TemporaryDirectory

import httpx

from benchmarks import naive, unhurried
from benchmarks.forking import FORKS
from bot.sandbox.seed.demo import demo_world
from bot.sandbox.server import running
from bot.sandbox.world import World

Program = Callable[[], None]
PASSWORD = "sandbox"
AT_ONCE = 4
"""Posts that arrive before each start; each deserves two actions."""
PATIENCE = 6.0
"""Seconds after which a process is killed even when it has not done what it was waited for."""
LONGEST = 60.0
"""Seconds for one that is to end by itself."""
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


def _warden(folder: Path, address: str, task: Task) -> tuple[Program, Program]:
    """Set up a configuration; what runs until it is killed, and what finishes."""
    (folder / "rules.yaml").write_text(RULES.replace("THEN", task.then))
    (folder / "config.yaml").write_text(CONFIG.replace("ADDRESS", address))
    secret = folder / "password"
    secret.write_text(PASSWORD)
    secret.chmod(0o600)
    run = partial(unhurried.run, folder / "config.yaml")
    return run, partial(run, once=True)


def measure(scheme: str, kills: int, seed: int, task: Task = REMOVING) -> Tally:
    """Kill a scheme so many times, let it finish, and count."""
    dice = random.Random(seed)
    world = demo_world(PASSWORD)
    with TemporaryDirectory() as name, running(world) as address:
        folder = Path(name)
        if scheme == "warden":
            program, finish = _warden(folder, address, task)
        else:
            program, finish = partial(naive.run, address, PASSWORD, folder / scheme, scheme), None
        spam = []
        for _ in range(kills):
            spam += [_arrive(address, len(spam) + each) for each in range(AT_ONCE)]
            _run_and_kill(program, world, dice, task)
        _finish(program, finish)
        targets = [world.posts.rows[post].creator_id if task.to_the_author else post for post in spam]
        return _count(world, kills, targets, task)


def _arrive(address: str, number: int) -> int:
    form = {"community": "technology", "author": f"eve{number}", "title": f"Cheap pills {number}"}
    made = httpx.post(f"{address}/sandbox/post", json=form, verify=False)
    made.raise_for_status()
    return int(made.json()["id"])


def _run_and_kill(program: Program, world: World, dice: random.Random, task: Task) -> None:
    """SIGKILL as soon as a random number of actions has been carried out, and a random moment has passed."""
    enough = _done(world, task) + dice.randint(0, AT_ONCE * len(task.endpoints))
    process = _start(program)
    deadline = time.monotonic() + PATIENCE
    while _done(world, task) < enough and time.monotonic() < deadline and process.is_alive():
        time.sleep(0.0005)
    time.sleep(dice.random() * 0.012)
    process.kill()
    process.join()


def _finish(program: Program, finish: Program | None) -> None:
    """``finish`` ends by itself; a naive scheme, which never ends, gets some time."""
    if finish is None:
        process = _start(program)
        time.sleep(3)
        process.kill()
        process.join()
        return
    for _ in range(3):
        process = _start(finish)
        process.join(LONGEST)
        assert process.exitcode == 0


def _start(program: Program) -> BaseProcess:
    process = FORKS.Process(target=_silently, args=(program,), daemon=True)
    process.start()
    return process


def _silently(program: Program) -> None:
    silence = os.open(os.devnull, os.O_WRONLY)
    for stream in (1, 2):
        os.dup2(silence, stream)
    program()


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
