"""Warden on a Lemmy that none of us wrote: what the server says afterwards."""

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.live.conftest import ADDRESS, PASSWORD, Instance

RULES = """version: 1
rules:
  - id: no-pills
    on: everything
    when: {title+body (includes-word): [pills]}
    mode: act
    then: [report, reply: "Please read {{sidebar_rule}}.", remove, message: "About {{permalink}}"]
    sidebar: 6
"""
CONFIG = """accounts:
  - instance: %s
    username: %s
    password: {file: password}
    communities: [%s]
    rules: [rules.yaml]
live: true
budget: {report: 9/h, reply: 9/h, remove: 9/h, message: 9/h}
settle: 1s
log: {format: json}
"""


@dataclass
class Watched:
    """One community, watched by one bot."""

    instance: Instance
    id: int
    folder: Path

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


@pytest.fixture(scope="module")
def watched(instance, tmp_path_factory):
    folder = tmp_path_factory.mktemp("live")
    made = instance.post("mod", "/community", name=instance.name("technology"), title="Technology")
    community = made["community_view"]["community"]
    warden = instance.get("warden", "/site")["my_user"]["local_user_view"]["person"]["id"]
    instance.post("mod", "/community/mod", community_id=community["id"], person_id=warden, added=True)
    (folder / "rules.yaml").write_text(RULES)
    (folder / "password").write_text(PASSWORD)
    (folder / "password").chmod(0o600)
    host = urlsplit(community["actor_id"]).hostname
    (folder / "config.yaml").write_text(CONFIG % (ADDRESS, instance.name("warden"), f"{community['name']}@{host}"))
    return Watched(instance, community["id"], folder)


def test_the_whole_loop(watched):
    spam, fine = watched.post("eve", "Cheap pills"), watched.post("eve", "A kernel")
    remark = watched.comment("eve", fine, "I sell pills")
    exempt = watched.post("mod", "On pills")
    for _ in range(2):
        assert watched.tick() == 0
    posts, comments = (spam, fine, exempt), (remark,)
    assert [entry for entry in watched.removals("post") if entry[0] in posts] == [(spam, True)]
    assert [entry for entry in watched.removals("comment") if entry[0] in comments] == [(remark, True)]
    assert [post for post in watched.reports("post") if post in posts] == [spam]
    assert watched.reports("comment") == [remark]
    letters = watched.instance.get("eve", "/private_message/list", limit=50)["private_messages"]
    assert sum(f"/post/{spam}" in letter["private_message"]["content"] for letter in letters) == 1


def test_an_edited_post_is_judged_again(watched):
    post = watched.post("eve", "Another kernel")
    assert watched.tick() == 0
    watched.instance.put("eve", "/post", post_id=post, name="Another kernel with pills")
    assert watched.tick() == 0
    assert (post, True) in watched.removals("post")


def test_what_a_human_restored_stays(watched):
    post = watched.post("eve", "pills, but asked for")
    assert watched.tick() == 0
    watched.instance.post("mod", "/post/remove", post_id=post, removed=False, reason="we asked for it")
    watched.instance.put("eve", "/post", post_id=post, name="pills, as you asked for")
    assert watched.tick() == 0
    assert [removed for id_, removed in watched.removals("post") if id_ == post] == [False, True]
