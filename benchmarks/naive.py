"""Two ways of acting without a ledger, to see that the kill harness notices what goes wrong with them.

``act-then-mark`` removes an item and then remembers it: killed between the two, it removes it again.
``mark-then-act`` remembers first: killed between the two, it never removes it.
"""

import time
from pathlib import Path

import httpx


def run(address: str, password: str, seen: Path, scheme: str) -> None:
    """Until it is killed. ``seen`` is the file of what was done."""
    seen.touch()
    with httpx.Client(base_url=f"{address}/api/v3", verify=False) as line:
        login = line.post("/user/login", json={"username_or_email": "warden", "password": password}).json()
        line.headers["Authorization"] = f"Bearer {login['jwt']}"
        while True:
            for post in _spam(line):
                if str(post) not in seen.read_text().split():
                    _treat(line, seen, post, scheme)
            time.sleep(0.02)


def _spam(line: httpx.Client) -> list[int]:
    found = line.get("/post/list", params={"community_name": "technology", "sort": "New", "limit": 50}).json()
    return [view["post"]["id"] for view in found["posts"] if "pills" in view["post"]["name"]]


def _treat(line: httpx.Client, seen: Path, post: int, scheme: str) -> None:
    def act() -> None:
        for path, form in (
            ("/post/lock", {"post_id": post, "locked": True}),
            ("/post/remove", {"post_id": post, "removed": True, "reason": "pills"}),
        ):
            line.post(path, json=form)

    def mark() -> None:
        with seen.open("a") as file:
            file.write(f"{post}\n")

    for step in (act, mark) if scheme == "act-then-mark" else (mark, act):
        step()
