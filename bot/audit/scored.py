"""Finding the scored checker that a rule asks."""

from bot.checks.check import Check
from bot.checks.scored import Scored


def scored_in(check: Check, name: str | None = None) -> Scored | None:
    """The scored checker of this name inside a condition; the first one without a name."""
    if isinstance(check, Scored) and name in {None, check.key}:
        return check
    for part in check.parts():
        found = scored_in(part, name)
        if found is not None:
            return found
    return None
