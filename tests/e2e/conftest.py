"""A sandbox, and Warden in a process of its own beside it."""

import json
import time
from dataclasses import dataclass, field
from multiprocessing.process import BaseProcess
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from bot.sandbox.seed.demo import demo_world
from bot.sandbox.server import running
from tests import forked, unencrypted

PASSWORD = "sandbox"
RULES = """version: 1
rules:
  - id: no-pills
    on: posts
    when: {title (includes-word): [pills]}
    mode: act
    then: [remove]
"""
CONFIG = """accounts:
  - instance: %(address)s
    username: warden
    password: {file: password}
    communities: [technology@sandbox.localhost]
    rules: [rules.yaml]
    %(account)s
live: %(live)s
poll: {every: 5s, look_back: 1h}
budget: {%(budget)s}
settle: 100ms
log: {level: info, format: json}
"""


@dataclass
class Bench:
    """The server's other side, and the bot's folder."""

    address: str
    folder: Path
    processes: list[BaseProcess] = field(default_factory=list)

    @property
    def config(self) -> Path:
        return self.folder / "config.yaml"

    @property
    def rules(self) -> Path:
        return self.folder / "rules.yaml"

    def set_up(
        self, *, live: bool = True, rules: str = RULES, budget: str = "remove: 100/h, report: 100/h", account: str = ""
    ) -> None:
        """``account`` is one more key of the account."""
        self.rules.write_text(rules)
        given = {"address": self.address, "live": str(live).lower(), "budget": budget, "account": account}
        self.config.write_text(CONFIG % given)
        (self.folder / "password").write_text(PASSWORD)
        (self.folder / "password").chmod(0o600)

    def steer(self, path: str, /, **form) -> dict:
        answer = unencrypted.post(f"{self.address}/sandbox/{path}", json=form)
        answer.raise_for_status()
        return answer.json()

    def may_fetch(self, what: str) -> None:
        with self.config.open("a") as config:
            config.write(f"facts: {{fetch: {what}}}\n")

    def post(self, title: str, author: str = "eve", **more) -> int:
        return self.steer("post", community="technology", author=author, title=title, **more)["id"]

    def as_moderator(self, method: str, path: str, **form) -> dict:
        """The senior moderator does something in an ordinary client."""
        login = {"username_or_email": "alice", "password": PASSWORD}
        token = unencrypted.post(f"{self.address}/api/v3/user/login", json=login).json()["jwt"]
        given = {"params": form} if method == "GET" else {"json": form}
        answer = unencrypted.request(
            method, f"{self.address}/api/v3{path}", headers={"Authorization": f"Bearer {token}"}, **given
        )
        answer.raise_for_status()
        return answer.json()

    def writes(self, endpoint: str) -> list[int]:
        rows = unencrypted.get(f"{self.address}/sandbox/writes").json()["writes"]
        return [row["target_id"] for row in rows if row["actor"] == "warden" and row["endpoint"] == endpoint]

    def start(self) -> BaseProcess:
        process = forked.started("run", "--config", str(self.config), folder=self.folder, err=self.folder / "log")
        self.processes.append(process)
        return process

    def once(self) -> CompletedProcess[str]:
        return self.warden("run", "--once")

    def warden(self, *arguments: str) -> CompletedProcess[str]:
        """A command that takes the configuration."""
        return forked.ended(*arguments, "--config", str(self.config), folder=self.folder)

    def events(self, name: str) -> list[dict]:
        log = self.folder / "log"
        lines = log.read_text().splitlines() if log.exists() else []
        return [event for event in map(json.loads, lines) if event["event"] == name]


def until(condition, seconds: float = 20) -> None:
    """Wait for something that happens soon."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.05)


@pytest.fixture
def bench(tmp_path):
    with running(demo_world(PASSWORD)) as address:
        bench = Bench(address, tmp_path)
        bench.set_up()
        yield bench
        for process in bench.processes:
            process.kill()
            process.join()
