"""A real Lemmy that somebody runs for these tests: nothing here starts one.

``WARDEN_TEST_LEMMY`` is its address, ``WARDEN_TEST_ADMIN`` is ``name:password`` of an administrator. The tests make people
and a community of their own; the instance must be one that may be written to.
"""

import os
import secrets
from dataclasses import dataclass, field

import httpx
import pytest

ADDRESS = os.environ.get("WARDEN_TEST_LEMMY", "")
ADMIN = os.environ.get("WARDEN_TEST_ADMIN", "")
PASSWORD = "a-password-for-tests"
PLENTY = {f"rate_limit_{kind}": 9_999 for kind in ("message", "post", "register", "image", "comment", "search")}


@dataclass
class Instance:
    """Its people and what they do, asked directly."""

    line: httpx.Client
    tokens: dict[str, str] = field(default_factory=dict)
    suffix: str = field(default_factory=lambda: secrets.token_hex(4))

    def name(self, who: str) -> str:
        return f"{who}_{self.suffix}"

    def get(self, who: str, path: str, **params) -> dict:
        return self._ask("GET", who, path, params=params)

    def post(self, who: str, path: str, **form) -> dict:
        return self._ask("POST", who, path, json=form)

    def put(self, who: str, path: str, **form) -> dict:
        return self._ask("PUT", who, path, json=form)

    def id(self, who: str) -> int:
        return self.get(who, "/site")["my_user"]["local_user_view"]["person"]["id"]

    def log_in(self, who: str, name: str, password: str) -> None:
        form = {"username_or_email": name, "password": password}
        self.tokens[who] = self._ask("POST", None, "/user/login", json=form)["jwt"]

    def register(self, who: str) -> None:
        form = {"username": self.name(who), "password": PASSWORD, "password_verify": PASSWORD, "show_nsfw": False}
        self.tokens[who] = self._ask("POST", None, "/user/register", json=form)["jwt"]

    def _ask(self, method: str, who: str | None, path: str, **what) -> dict:
        headers = {} if who is None else {"Authorization": f"Bearer {self.tokens[who]}"}
        answer = self.line.request(method, path, headers=headers, **what)
        assert answer.status_code == 200, f"{method} {path}: {answer.status_code} {answer.text[:200]}"
        return answer.json()


@pytest.fixture(scope="session")
def instance():
    if not ADDRESS:
        pytest.skip("WARDEN_TEST_LEMMY names no Lemmy to try this on")
    with httpx.Client(base_url=f"{ADDRESS}/api/v3", timeout=30) as line:
        lemmy = Instance(line)
        lemmy.log_in("admin", *ADMIN.split(":", 1))
        lemmy.put("admin", "/site", registration_mode="Open", captcha_enabled=False, **PLENTY)
        for who in ("warden", "eve", "mallory", "mod"):
            lemmy.register(who)
        yield lemmy
