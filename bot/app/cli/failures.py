"""Failures that a command may end with, and their exit codes. Anything else is a bug and shows its traceback."""

from bot.app import exits
from bot.app.config import BadConfig
from bot.app.new_folder import CannotWrite
from bot.app.obstacle import Obstacle
from bot.audit.source import UnreadableSource
from bot.engine.ports import LemmyError
from bot.facts.worker import ExtraMissing
from bot.rulebook.load import BrokenRules
from bot.store.errors import StoreUnavailable, StoreUnusable

EXPECTED = (
    BadConfig,
    BrokenRules,
    CannotWrite,
    ExtraMissing,
    LemmyError,
    Obstacle,
    StoreUnavailable,
    StoreUnusable,
    UnreadableSource,
)


def describe(error: Exception) -> str:
    """The failure for whoever typed the command: mistakes in files with their lines and cures."""
    if isinstance(error, BadConfig | BrokenRules):
        return "\n\n".join(each.render() for each in error.diagnostics)
    return f"warden: {error}"


def code_of(error: Exception) -> int:
    return exits.REMOTE if isinstance(error, LemmyError | Obstacle) else exits.MISUSE
