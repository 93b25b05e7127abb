"""Fetching secrets from where the configuration says they are."""

import os
import stat

from bot.app.config import BadConfig, SecretSource
from bot.http.secret import Secret
from bot.rulebook.codes import Code
from bot.rulebook.diagnostic import Diagnostic

LONGEST = 4_096
"""Bytes of a secret file."""


def resolve_secret(source: SecretSource) -> Secret:
    """The secret itself. Raises BadConfig when it is not there, or others can read it."""
    return _from_env(source) if source.env else _from_file(source)


def _from_env(source: SecretSource) -> Secret:
    value = os.environ.get(source.env, "")
    if not value:
        raise _bad(source, f"the environment variable {source.env} is not set", f"set {source.env} where Warden starts")
    return Secret(value)


def _from_file(source: SecretSource) -> Secret:
    assert source.file is not None
    try:
        with source.file.open(encoding="utf-8") as file:
            mode = os.fstat(file.fileno()).st_mode
            text = file.read(LONGEST)
    except (OSError, UnicodeDecodeError) as error:
        why = getattr(error, "strerror", None) or "it is no text"
        raise _bad(source, f"{source.file} cannot be read: {why}", "check the path and its permissions") from None
    if mode & (stat.S_IRGRP | stat.S_IROTH):
        raise _bad(source, f"others can read {source.file}", f"run `chmod 600 {source.file}`")
    value = text.removesuffix("\n").removesuffix("\r")
    if not value:
        raise _bad(source, f"{source.file} is empty", "write the secret into its first line")
    return Secret(value)


def _bad(source: SecretSource, message: str, cure: str) -> BadConfig:
    return BadConfig([Diagnostic(source.place, Code.CREDENTIAL, message, cure)])
