"""Who we are on an instance."""

from dataclasses import dataclass
from pathlib import Path

import pyotp

from bot.http.address import instance_address
from bot.http.secret import Secret


@dataclass(frozen=True, slots=True)
class Account:
    """One account on one instance. Raises ValueError when the address or the TOTP secret is not usable."""

    instance: str
    """Address, for example ``https://lemmy.example``."""
    username: str
    """Name or mail address to log in with."""
    password: Secret
    token_file: Path
    """Where the token is kept between starts. A login costs one of ten an hour, so tokens are spared."""
    totp: Secret | None = None
    """The base32 secret of the second factor; ``None`` when there is none."""

    def __post_init__(self) -> None:
        instance_address(self.instance)
        if self.totp is not None and not _is_key(self.totp):
            raise ValueError(
                f"the TOTP secret of {self.username} is not base32 of 112 bits; copy `secret=` from its URL"
            )

    def totp_code(self) -> str | None:
        """The code of this half minute, by this machine's clock."""
        return _totp(self.totp).now() if self.totp is not None else None


def _totp(secret: Secret) -> pyotp.TOTP:
    """People copy secrets with the spaces in which they were shown."""
    return pyotp.TOTP(secret.reveal().replace(" ", ""))


def _is_key(secret: Secret) -> bool:
    try:
        return bool(_totp(secret).byte_secret())
    except ValueError:
        return False
