"""The rules in force: swapped whole when the files change, kept as they are when the new ones are broken."""

import threading
from collections.abc import Callable, Sequence
from pathlib import Path

from watchfiles import watch

from bot.engine.ports import Journal
from bot.engine.rule_tests import failures
from bot.rulebook.diagnostic import Diagnostic
from bot.rulebook.load import BrokenRules, load
from bot.rulebook.rule import Rulebook

Overrule = Callable[[Rulebook], Rulebook]
"""Applied to every book that is loaded."""


def load_tested(paths: Sequence[Path], read: Callable[[Sequence[Path]], Rulebook] = load) -> Rulebook:
    """Load rule files and run the tests that stand beside the rules.

    Raises BrokenRules with every mistake; a rule whose own tests fail does not load.
    """
    book = read(paths)
    failed: list[Diagnostic] = failures(book)
    if failed:
        raise BrokenRules(failed)
    return book


class RulesInForce:
    """The rulebook of one account."""

    def __init__(self, paths: Sequence[Path], journal: Journal, overrule: Overrule = lambda book: book) -> None:
        """Raises BrokenRules: a first load has no last good one to keep."""
        self.paths = tuple(paths)
        self._journal = journal
        self._overrule = overrule
        self._book = overrule(load_tested(self.paths))

    def __call__(self) -> Rulebook:
        return self._book

    def reload(self) -> bool:
        """Read the files again. Returns whether new rules are in force."""
        try:
            book = self._overrule(load_tested(self.paths))
        except BrokenRules as broken:
            self._journal.event(
                "rules_broken", kept=self._book.hash[:12], problems=[each.headline() for each in broken.diagnostics]
            )
            return False
        changed = book.hash != self._book.hash
        self._book = book
        if changed:
            self._journal.event("rules_reloaded", hash=book.hash[:12], rules=len(book.rules))
        return changed


def watch_rules(in_force: Sequence[RulesInForce], ending: threading.Event) -> None:
    """Reload whenever a file beside the rules changes. Returns when ``ending`` is set."""
    folders = {path if path.is_dir() else path.parent for rules in in_force for path in rules.paths}
    for _changes in watch(*folders, stop_event=ending, debounce=200, raise_interrupt=False, rust_timeout=500):
        for rules in in_force:
            rules.reload()
