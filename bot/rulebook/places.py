"""Where the conditions of a rulebook stand in its files."""

from bot.checks.check import Check
from bot.rulebook.diagnostic import Place


class Places:
    """Conditions by identity: equal ones may stand in several lines."""

    def __init__(self) -> None:
        self._of: dict[int, tuple[Check, Place]] = {}

    def note(self, check: Check, place: Place) -> None:
        """Remember where a condition stands: of several keys around it, the innermost.

        The condition is kept, so that its identity stays its own.
        """
        self._of.setdefault(id(check), (check, place))

    def of(self, check: Check) -> Place | None:
        """``None`` for what no key in a file stands for, such as the group of all keys of ``when``."""
        found = self._of.get(id(check))
        return found[1] if found else None
