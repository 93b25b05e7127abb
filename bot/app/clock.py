"""This machine's clock."""

from datetime import UTC, datetime


class SystemClock:
    """Implements ``bot.engine.ports.Clock``."""

    def now(self) -> datetime:
        return datetime.now(UTC)
