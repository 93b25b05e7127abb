"""A mistake in a file, as it is shown to whoever wrote it."""

from dataclasses import dataclass, field
from pathlib import Path

from bot.rulebook.codes import Code

WIDEST = 120
"""Columns of a source line that are shown."""


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where something stands. Line and column count from 1, in code points; 0 means the whole file."""

    path: Path
    line: int = 0
    column: int = 0
    width: int = 1
    """Code points to underline."""
    source: str = ""
    """The line itself."""

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}" if self.line else str(self.path)


@dataclass(frozen=True, slots=True)
class Edit:
    """A piece of one line, to be written otherwise."""

    place: Place
    """From its column, as many code points as it is wide."""
    text: str | None
    """``None``: the whole line goes, with its end."""


@dataclass(frozen=True, slots=True, order=True)
class Diagnostic:
    """What is wrong, where, and the cure."""

    place: Place
    code: Code
    message: str
    help: str = ""
    fix: tuple[Edit, ...] = field(default=(), compare=False)
    """Edits that cure it without a human's choice; all of them or none."""

    def headline(self) -> str:
        """One line, for a log."""
        return f"{self.place}: {self.code} {self.message}"

    def render(self) -> str:
        """Several lines, for a terminal: the place, the line, a caret, the cure."""
        lines = [f"{self.place}: {self.code.severity}[{self.code}]: {self.message}", *self._excerpt()]
        if self.help:
            lines.append(f"  = help: {self.help}")
        return "\n".join(lines)

    def _excerpt(self) -> list[str]:
        if not self.place.line:
            return []
        number = str(self.place.line)
        first = max(0, self.place.column - WIDEST // 2)
        shown = "".join(letter if letter.isprintable() else " " for letter in self.place.source)[first : first + WIDEST]
        caret = min(self.place.column - 1 - first, len(shown))
        width = max(1, min(self.place.width, len(shown) - caret))
        margin = " " * len(number)
        return [f" {number} | {shown}", f" {margin} | {' ' * caret}{'^' * width}"]
