"""News that are about no item, to the moderators by private message: to each of them once."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.engine.drift import SidebarDrift
from bot.engine.ports import Journal, Refused, Stop
from bot.engine.wording import code_of, letter


class Letters(Protocol):
    """What one account can write."""

    def write_once(self, to: str, text: str, reference: str, since: datetime) -> None:
        """Send a private message, unless one with this reference was sent since. Raises LemmyError."""


@dataclass(frozen=True, slots=True)
class TellModerators:
    """Implements ``bot.daemon.sidebar.Announce``."""

    recipients: tuple[str, ...]
    """Full names."""
    letters: Letters
    journal: Journal
    stop: Stop

    def __call__(self, news: SidebarDrift) -> bool:
        """Raises LemmyError when it cannot be told whether everybody was told. Who cannot be written to is left out."""
        if self.stop():
            return False
        for name in self.recipients:
            code = code_of(f"{news.key}|{name}")
            try:
                self.letters.write_once(name, letter(news.text(), code), code, news.since)
            except Refused as error:
                self.journal.event("moderator_not_told", account=news.account, moderator=name, why=str(error))
        return True
