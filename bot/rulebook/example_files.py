"""Rules together with the files of tests that lie beside them."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from bot.rulebook.codes import Code
from bot.rulebook.diagnostic import Diagnostic
from bot.rulebook.example_tests import CaseFile, is_case_file, read_case_file
from bot.rulebook.load import BrokenRules, load_with_sources
from bot.rulebook.reading import Reader, suggestion
from bot.rulebook.rule import Rule, Rulebook, RuleTest
from bot.rulebook.sources import Sources


def load_with_tests(paths: Sequence[Path]) -> tuple[Rulebook, tuple[tuple[Rule, RuleTest], ...]]:
    """The rules of some files and folders, and the tests in the files of tests among or beside them.

    A file of tests brings the rules that it is about. Raises BrokenRules with every mistake of every file.
    """
    book, _, tests = load_whole(paths)
    return book, tests


def load_whole(
    paths: Sequence[Path], instead: Mapping[Path, bytes] | None = None
) -> tuple[Rulebook, Sources, tuple[tuple[Rule, RuleTest], ...]]:
    """The same, with what the rules were read from. ``instead``: see load_with_sources."""
    reader = Reader()
    files = _case_files(paths, reader)
    try:
        book, sources = load_with_sources(_rule_paths(paths, files), instead or {})
    except BrokenRules as broken:
        raise BrokenRules(sorted({*broken.diagnostics, *reader.problems})) from None
    tests = [each for file in files for each in _of_file(book, file, reader)]
    if reader.problems:
        raise BrokenRules(sorted(set(reader.problems)))
    return book, sources, tuple(tests)


def _case_files(paths: Sequence[Path], reader: Reader) -> list[CaseFile]:
    """Those that were named, those in a folder that was named, and those about a rule file that was named."""
    read: dict[Path, CaseFile | None] = {}
    for path in paths:
        for each in _beside(path):
            problems: list[Diagnostic] = []
            file = read_case_file(each, Reader(problems))
            # What lies beside a rule file without being about it is nobody's concern here.
            if path.is_dir() or is_case_file(path) or (file and _is_same(file.rules, path)):
                reader.problems.extend(problems)
                read[each.resolve()] = file
    return [file for file in read.values() if file is not None]


def _beside(path: Path) -> list[Path]:
    if is_case_file(path):
        return [path]
    folder = path if path.is_dir() else path.parent
    return sorted(each for each in folder.iterdir() if is_case_file(each))


def _rule_paths(paths: Sequence[Path], files: Sequence[CaseFile]) -> list[Path]:
    named = [path for path in paths if not is_case_file(path)]
    covered = {path.resolve() for path in named}
    for file in files:
        rules = file.rules.resolve()
        if rules not in covered and rules.parent not in covered:
            covered.add(rules)
            named.append(file.rules)
    return named


def _of_file(book: Rulebook, file: CaseFile, reader: Reader) -> list[tuple[Rule, RuleTest]]:
    rules = {rule.id: rule for rule in book.rules if _is_same(rule.place.path, file.rules)}
    for case in file.cases:
        if case.rule.text not in rules:
            reader.problem(
                case.rule,
                Code.NOT_THERE,
                f"{file.rules} has no rule `{case.rule.text}`",
                suggestion(case.rule.text, tuple(rules)),
            )
    return [(rules[case.rule.text], case.test) for case in file.cases if case.rule.text in rules]


def _is_same(one: Path, other: Path) -> bool:
    return one.resolve() == other.resolve()
