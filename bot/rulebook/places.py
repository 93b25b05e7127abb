"""Where the conditions of a rulebook, and the values that they look for, stand in its files."""

from dataclasses import dataclass

from bot.checks.check import Check
from bot.rulebook.diagnostic import Place
from bot.rulebook.located import Scalar


@dataclass(frozen=True, slots=True)
class Values:
    """What one condition looks for, as written."""

    written: tuple[Scalar, ...]
    is_list: bool
    """They stand in a named list."""


class Places:
    """Conditions by identity: equal ones may stand in several lines."""

    def __init__(self, *, keeps_values: bool = False) -> None:
        """``keeps_values`` is for whoever looks at rules, not at items: long lists need memory."""
        self._of: dict[int, tuple[Check, Place]] = {}
        self._keeps_values = keeps_values
        self._values: dict[int, Values] = {}

    def note(self, check: Check, place: Place) -> None:
        """Remember where a condition stands: of several keys around it, the innermost.

        The condition is kept, so that its identity stays its own.
        """
        self._of.setdefault(id(check), (check, place))

    def note_values(self, check: Check, place: Place, values: Values) -> None:
        """Remember the values of a condition, and where its key stands."""
        if self._keeps_values:
            self.note(check, place)
            self._values[id(check)] = values

    def of(self, check: Check) -> Place | None:
        """``None`` for what no key in a file stands for, such as the group of all keys of ``when``."""
        found = self._of.get(id(check))
        return found[1] if found else None

    def values_of(self, check: Check) -> Values | None:
        """``None`` for what looks for no values, and where they are not kept."""
        return self._values.get(id(check))
