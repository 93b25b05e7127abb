"""Looking at rule files: mistakes, failing tests, doubts; and curing what needs no human."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.engine.rule_tests import failed, own_tests, run
from bot.engine.rule_tests_needed import unneeded
from bot.rulebook.codes import Code
from bot.rulebook.diagnostic import Diagnostic, Edit
from bot.rulebook.edits import edited
from bot.rulebook.example_files import load_whole
from bot.rulebook.lints import lint, without_consequences
from bot.rulebook.lints.allowances import without_allowed
from bot.rulebook.lints.lint import look_over
from bot.rulebook.load import BrokenRules
from bot.rulebook.rule import RuleTest

ROUNDS = 10
"""How often files are looked at again after a cure: one may uncover another."""
WIDENING = frozenset({Code.NO_DOMAIN})
"""Their cures make a condition hold for more."""
_BOM = "\ufeff".encode()


@dataclass(frozen=True, slots=True)
class Checked:
    """What was found in rule files."""

    findings: tuple[Diagnostic, ...]
    """Sorted by place."""
    rules: int = 0
    """That were read; none when a mistake keeps the files from being used."""
    tests: int = 0

    @property
    def errors(self) -> tuple[Diagnostic, ...]:
        return tuple(each for each in self.findings if not each.code.is_warning)

    @property
    def warnings(self) -> tuple[Diagnostic, ...]:
        return tuple(each for each in self.findings if each.code.is_warning)


@dataclass(frozen=True, slots=True)
class Cured:
    """Files as they would be after curing what can be cured."""

    files: Mapping[Path, tuple[bytes, bytes]]
    """Before and after, for each that changes."""
    edits: int
    left: Checked


def check(paths: Sequence[Path], instead: Mapping[Path, bytes] | None = None) -> Checked:
    """Every mistake; where there is none, failing tests and every doubt that no comment allows.

    ``instead`` holds files that are to be read as if they were changed. Raises nothing.
    """
    try:
        book, sources, others = load_whole(paths, instead)
    except BrokenRules as broken:
        return Checked(broken.diagnostics)
    outcomes = run(book, (*own_tests(book), *others))
    tests: dict[str, tuple[RuleTest, ...]] = {}
    for each in outcomes:
        tests[each.rule.id] = (*tests.get(each.rule.id, ()), each.test)
    doubts = without_consequences({*lint(look_over(book, sources, tests)), *unneeded(book, outcomes)}, book)
    found = {*failed(outcomes), *without_allowed(doubts, sources)}
    return Checked(tuple(sorted(found)), len(book.rules), len(outcomes))


def cure(paths: Sequence[Path]) -> Cured:
    """What the files would be with every safe edit made. Writes nothing. Raises OSError.

    Where a rule's own test contradicts an edit that is meant to widen a condition, no such edit is made.
    """
    checked = check(paths)
    cured = _cured(paths, checked, frozenset())
    if checked.rules and len(cured.left.errors) > len(checked.errors):
        return _cured(paths, checked, WIDENING)
    return cured


def _cured(paths: Sequence[Path], checked: Checked, unwanted: frozenset[Code]) -> Cured:
    before: dict[Path, bytes] = {}
    after: dict[Path, bytes] = {}
    edits = 0
    for _ in range(ROUNDS):
        wanted = _by_file(each for each in checked.findings if each.code not in unwanted)
        if not wanted:
            break
        for path, some in wanted.items():
            before.setdefault(path, path.read_bytes())
            after[path] = _rewritten(after.get(path, before[path]), some)
            edits += len(some)
        checked = check(paths, after)
    return Cured({path: (before[path], after[path]) for path in sorted(after)}, edits, checked)


def _by_file(findings: Iterable[Diagnostic]) -> dict[Path, set[Edit]]:
    found: dict[Path, set[Edit]] = {}
    for edit in (edit for each in findings for edit in each.fix):
        found.setdefault(edit.place.path, set()).add(edit)
    return found


def _rewritten(data: bytes, edits: set[Edit]) -> bytes:
    start = _BOM if data.startswith(_BOM) else b""
    return start + edited(data.decode("utf-8-sig"), edits).encode()
