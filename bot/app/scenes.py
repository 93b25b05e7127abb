"""What happens in the sandbox while the demo runs, and what its server says afterwards; all over HTTP."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from bot.http.client import Client, Request
from bot.http.secret import Secret

ONCE_ONLY = frozenset(
    {"POST /post/report", "POST /comment/report", "POST /post/remove", "POST /comment/remove", "POST /comment"}
)
"""What the bot may do to an item one time."""
LATE = {
    "community": "technology",
    "author": "faraway@instance.example",
    "title": "Dogecoin presale: 100x guaranteed, join now",
    "url": "https://dogecoin.example/presale",
    "body": "Bitcoin and ethereum wallets welcome.",
    "age_seconds": 20 * 3600,
}
CHANGED = {
    "title": "50% off: our new power bank, coupon code SAVE50",
    "body": "Order now with code SAVE50 and get free shipping: https://shop.example/deal?tag=me-21",
}


@dataclass(frozen=True, slots=True)
class Said:
    """What the server says afterwards, to a human moderator."""

    reports: tuple[Mapping[str, Any], ...]
    """Rows of the two report lists."""
    removals: tuple[Mapping[str, Any], ...]
    """Rows of the modlog."""
    replies: tuple[Mapping[str, Any], ...]
    """Comments by the bot."""


class Scenes:
    """The sandbox's other side. Raises LemmyError."""

    def __init__(self, address: str, password: str, client: Client) -> None:
        self.address = address
        self.password = password
        self._client = client
        answer = self._post("/api/v3/user/login", {"username_or_email": "alice", "password": password})
        self._token = Secret(str(answer["jwt"]))

    @property
    def community(self) -> str:
        """Full name; the host is that of its actor id, and need not be the server's address."""
        found = self._get("/api/v3/community", name="technology")
        return f"technology@{urlsplit(found['community_view']['community']['actor_id']).hostname}"

    def happen(self) -> frozenset[str]:
        """A clean post is edited into an advertisement, and an old post arrives late. Returns the late items."""
        clean = min(self._posts(), key=lambda post: int(post["name"] != "A kernel for small boards, measured"))
        self._post("/sandbox/edit", {"kind": "post", "id": clean["id"], **CHANGED})
        late = self._post("/sandbox/post", LATE)
        return frozenset({f"post/{late['id']}"})

    def duplicates(self) -> int:
        """How many of the bot's actions the server carried out on an item a second time."""
        writes = self._get("/sandbox/writes")["writes"]
        done = Counter(
            (write["endpoint"], write["target_kind"], write["target_id"])
            for write in writes
            if write["actor"] == "warden" and write["endpoint"] in ONCE_ONLY
        )
        return sum(count - 1 for count in done.values())

    def said(self) -> Said:
        lists = [
            self._get(f"/api/v3/{kind}/report/list", unresolved_only="false", limit="50")
            for kind in ("post", "comment")
        ]
        modlog = self._get("/api/v3/modlog", limit="50")
        person = self._get("/api/v3/user", username="warden", limit="50")
        return Said(
            reports=tuple(row for answer in lists for rows in answer.values() for row in rows),
            removals=(*modlog["removed_posts"], *modlog["removed_comments"]),
            replies=tuple(person["comments"]),
        )

    def _posts(self) -> Iterable[Mapping[str, Any]]:
        listed = self._get("/api/v3/post/list", community_name="technology", sort="New", limit="50")
        return [view["post"] for view in listed["posts"]]

    def _get(self, path: str, **params: str) -> Mapping[str, Any]:
        return self._client.send(Request("GET", path, params=params, token=self._token)).body

    def _post(self, path: str, form: Mapping[str, Any]) -> Mapping[str, Any]:
        return self._client.send(Request("POST", path, payload=form)).body
