"""The recorded answers of a real Lemmy 0.19.20."""

import json
from dataclasses import dataclass
from typing import Any

from bot.http.answers import Raw
from tests.paths import CHECKOUT

FOLDER = CHECKOUT / "tests" / "data" / "lemmy_v3"
NAMES = sorted(path.stem for path in FOLDER.glob("*.json"))


@dataclass(frozen=True)
class Recorded:
    name: str
    method: str
    path: str
    status: int
    date: str
    body: Any

    @property
    def content(self) -> bytes:
        return b"" if "_text" in self.body else json.dumps(self.body).encode()

    @property
    def raw(self) -> Raw:
        return Raw(self.status, self.date, self.content)

    @property
    def is_write(self) -> bool:
        return self.method != "GET"


def recorded(name: str) -> Recorded:
    """By its number or whole name."""
    (found,) = [each for each in NAMES if each == name or each.startswith(f"{name}-")]
    call = json.loads((FOLDER / f"{found}.json").read_text())
    request = call["request"]
    return Recorded(
        found, request["method"], request["path"], call["status"], call["headers"].get("date", ""), call["body"]
    )
