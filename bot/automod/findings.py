"""What the import has to say about a rule."""

from dataclasses import dataclass, field
from enum import StrEnum


class Status(StrEnum):
    """How something of AutoModerator is carried over."""

    DIRECT = "D"
    """Lemmy 0.19 and 1.0 have it."""
    EMULATED = "E"
    """Warden makes up for it."""
    NEEDS_NEWER = "4"
    """Only Lemmy 1.0 (API v4) has it."""
    NOTHING = "X"
    """It means nothing on Lemmy."""


class Effect(StrEnum):
    """What a finding did to the rule."""

    NOTE = "note"
    """Nothing: something to know."""
    ACTION_DROPPED = "action dropped"
    """The rule is kept and does less."""
    CHECK_DROPPED = "check dropped"
    """The rule is disabled, as it would match more."""
    FAILED = "failed"
    """The rule cannot be read."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to know."""

    effect: Effect
    key: str
    """As it stands in the file; empty for the rule as a whole."""
    line: int
    """In the file that is imported; counts from 1."""
    message: str
    cure: str = ""
    status: Status | None = None


@dataclass(slots=True)
class Findings:
    """Collects the findings of one rule, and what its keys are counted as."""

    all: list[Finding] = field(default_factory=list)
    statuses: list[tuple[str, Status]] = field(default_factory=list)

    def count(self, key: str, status: Status) -> None:
        """Every key counts once, whether or not there is anything to say about it."""
        self.statuses.append((key, status))

    def note(self, key: str, line: int, message: str, cure: str = "", status: Status | None = None) -> None:
        self._add(Finding(Effect.NOTE, key, line, message, cure, status))

    def drop_action(self, key: str, line: int, message: str, cure: str = "", status: Status | None = None) -> None:
        self._add(Finding(Effect.ACTION_DROPPED, key, line, message, cure, status))

    def drop_check(self, key: str, line: int, message: str, cure: str = "", status: Status | None = None) -> None:
        self._add(Finding(Effect.CHECK_DROPPED, key, line, message, cure, status))

    def fail(self, line: int, message: str, cure: str = "") -> None:
        self._add(Finding(Effect.FAILED, "", line, message, cure))

    def _add(self, finding: Finding) -> None:
        if finding not in self.all:
            self.all.append(finding)

    @property
    def is_disabled(self) -> bool:
        return any(each.effect is Effect.CHECK_DROPPED for each in self.all)
