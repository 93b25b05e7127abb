"""One community of a real Lemmy, and the bot that watches it."""

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from tests.live.conftest import ADDRESS, PASSWORD, Instance


@dataclass
class Watched:
    """One community, watched by one bot."""

    instance: Instance
    id: int
    folder: Path

    @classmethod
    def founded(cls, instance: Instance, name: str, folder: Path, rules: str, config: str) -> "Watched":
        """``config`` has places for the address, the bot's name and the community's."""
        made = instance.post("mod", "/community", name=instance.name(name), title=name)
        community = made["community_view"]["community"]
        instance.post(
            "mod", "/community/mod", community_id=community["id"], person_id=instance.id("warden"), added=True
        )
        (folder / "rules.yaml").write_text(rules)
        (folder / "password").write_text(PASSWORD)
        (folder / "password").chmod(0o600)
        host = urlsplit(community["actor_id"]).hostname
        (folder / "config.yaml").write_text(config % (ADDRESS, instance.name("warden"), f"{community['name']}@{host}"))
        return cls(instance, community["id"], folder)

    def post(self, who: str, title: str) -> int:
        made = self.instance.post(who, "/post", community_id=self.id, name=title)
        return made["post_view"]["post"]["id"]

    def comment(self, who: str, post: int, content: str) -> int:
        made = self.instance.post(who, "/comment", post_id=post, content=content)
        return made["comment_view"]["comment"]["id"]

    def tick(self) -> int:
        command = [sys.executable, "-m", "bot", "run", "--once", "--config", str(self.folder / "config.yaml")]
        return subprocess.run(command, check=False, env=os.environ.copy(), timeout=60).returncode

    def removals(self, what: str) -> list[tuple[int, bool]]:
        """Ids, and whether it was a removal or a restoration, of posts or comments."""
        kind = what.capitalize()
        log = self.instance.get("mod", "/modlog", community_id=self.id, type_=f"ModRemove{kind}", limit=50)
        rows = [each[f"mod_remove_{what}"] for each in log[f"removed_{what}s"]]
        return [(row[f"{what}_id"], row["removed"]) for row in rows]

    def reports(self, what: str) -> list[int]:
        said = self.instance.get("mod", f"/{what}/report/list", community_id=self.id, limit=50)
        return [each[f"{what}_report"][f"{what}_id"] for each in said[f"{what}_reports"]]
