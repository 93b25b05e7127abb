"""An instance to begin on, over real HTTP."""

from dataclasses import dataclass
from pathlib import Path

import pytest
import stamina
from click.testing import CliRunner

from bot.app.cli import run
from bot.sandbox.deeds import founding
from bot.sandbox.server import running
from bot.sandbox.world import World
from tests import forked, unencrypted

PASSWORD = "correct horse battery"
KEY = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
"""Of dora's second factor."""
TECHNOLOGY = """Rules:

1. All rules of the instance apply
2. No crypto
3. No advertisements
4. Write in English
"""
GARDENING = "1. No ads, please\n2. Talk about plants"


@dataclass
class Beginning:
    """An instance, and a folder that is not there yet."""

    address: str
    folder: Path

    def steer(self, path, **form):
        unencrypted.post(f"{self.address}/sandbox/{path}", json=form).raise_for_status()

    def logins(self):
        rows = unencrypted.get(f"{self.address}/sandbox/writes").json()["writes"]
        return sum(row["endpoint"] == "POST /user/login" for row in rows)

    def talk(self, *answers, arguments=()):
        """The command as somebody at a terminal sees it: its exit code, and everything that is shown."""
        with CliRunner().isolation("".join(f"{each}\n" for each in answers)) as (_, _, shown):
            code = run(["init", str(self.folder), *arguments])
            return code, shown.getvalue().decode()

    def doctor(self):
        """In a process of its own, as it sets up the log. Returns the exit code."""
        return forked.ended("doctor", "--config", str(self.folder / "config.yaml"), folder=self.folder).returncode

    def files(self):
        return {str(each.relative_to(self.folder)) for each in self.folder.rglob("*") if each.is_file()}

    def leftovers(self):
        return sorted(each.name for each in self.folder.parent.iterdir())


@pytest.fixture
def beginning(tmp_path):
    """``warden`` and ``dora`` moderate two communities, ``fay`` none."""
    stamina.set_testing(True, attempts=1)
    world = World()
    people = {name: founding.person(world, name, password=PASSWORD) for name in ("alice", "warden", "fay")}
    people["dora"] = founding.person(world, "dora", password=PASSWORD, totp=KEY)
    seats = [people["alice"], people["warden"], people["dora"]]
    founding.community(world, "technology", seats, description=TECHNOLOGY)
    founding.community(world, "Gardening", seats, description=GARDENING)
    founding.community(world, "music", [people["alice"]])
    (tmp_path / "home").mkdir()
    with running(world) as address:
        yield Beginning(address, tmp_path / "home" / "bot")
    stamina.set_testing(False)
