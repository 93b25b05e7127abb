"""The token between starts: one small file that only its owner can read."""

import os
import re
import tempfile
from pathlib import Path

import msgspec

from bot.http.secret import Secret
from bot.lemmy.account import Account

_TOKEN = re.compile(r"[A-Za-z0-9._~+/=-]{1,4096}")
"""What may stand in an Authorization header."""


class _Kept(msgspec.Struct):
    instance: str
    username: str
    token: str


def usable(token: str) -> bool:
    return _TOKEN.fullmatch(token) is not None


def load(account: Account) -> Secret | None:
    """The token that was saved for this account; ``None`` when there is none, or the file is damaged."""
    try:
        kept = msgspec.json.decode(account.token_file.read_bytes(), type=_Kept)
    except (OSError, ValueError, msgspec.MsgspecError):
        return None
    ours = (kept.instance, kept.username) == (account.instance, account.username)
    return Secret(kept.token) if ours and usable(kept.token) else None


def save(account: Account, token: Secret) -> None:
    """Replace the file in one step, so that a crash leaves the old or the new one. Raises OSError."""
    target = account.token_file
    target.parent.mkdir(parents=True, exist_ok=True)
    content = msgspec.json.encode(_Kept(account.instance, account.username, token.reveal()))
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")  # readable by its owner only
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(target)
    except OSError:
        Path(name).unlink(missing_ok=True)
        raise
