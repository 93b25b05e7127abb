"""From rule files to a rulebook, or every problem with its place."""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from collections.abc import Mapping as MappingType
from functools import partial
from pathlib import Path

from bot.checks.check import Check
from bot.checks.facts import ITEM_NUMBERS, NumberIs
from bot.checks.hints import spots_of
from bot.checks.parent_post import ParentPost
from bot.checks.registry import HISTORICAL, asks_the_end, asks_the_page, looks_inside
from bot.checks.scored import Scored
from bot.matching.engine import EveryPattern, MakeEngine, make_engine
from bot.matching.scanner import compile_patterns
from bot.rulebook.checkers import Checkers
from bot.rulebook.codes import Code
from bot.rulebook.conditions import Conditions
from bot.rulebook.diagnostic import Diagnostic, Place
from bot.rulebook.example_tests import is_case_file
from bot.rulebook.lists import Lists
from bot.rulebook.located import LARGEST, Mapping, Node, parse
from bot.rulebook.places import Places
from bot.rulebook.reading import Reader
from bot.rulebook.rule import Rule, Rulebook
from bot.rulebook.rules import Rules
from bot.rulebook.sources import RuleFile, Sources
from bot.rulebook.templates import Template, Templates

FILE_KEYS = ("version", "communities", "lists", "checkers", "templates", "conditions", "defaults", "rules")
LARGEST_LIST = 16 * LARGEST
"""Bytes of one list file."""


class BrokenRules(Exception):
    """Rule files that cannot be used; ``diagnostics`` holds every problem, sorted by place."""

    def __init__(self, diagnostics: Sequence[Diagnostic]) -> None:
        super().__init__("\n".join(each.headline() for each in diagnostics))
        self.diagnostics = tuple(diagnostics)


def load(paths: Sequence[Path], make: MakeEngine = make_engine) -> Rulebook:
    """Read rule files, and folders of them. Raises BrokenRules with every mistake of every file."""
    return _Loading(make).load(paths)


def load_for_few(paths: Sequence[Path]) -> Rulebook:
    """The same rulebook, quick to make and slow to ask: for a few items."""
    return load(paths, EveryPattern)


def load_with_sources(paths: Sequence[Path], instead: MappingType[Path, bytes]) -> tuple[Rulebook, Sources]:
    """The same, with what it was read from: for looking at the rules themselves.

    ``instead`` holds files that are to be read as if they were changed.
    """
    loading = _Loading(EveryPattern, keeps_sources=True, instead=instead)
    book = loading.load(paths)
    return book, loading.sources()


class _Loading:
    def __init__(
        self, make: MakeEngine, *, keeps_sources: bool = False, instead: MappingType[Path, bytes] | None = None
    ) -> None:
        self._make = make
        self._instead = instead or {}
        self._reader = Reader()
        self._digest = hashlib.sha256()
        self._places = Places(keeps_values=keeps_sources)
        self._templates: list[Template] = []
        self._keeps_sources = keeps_sources
        self._files_read: list[RuleFile] = []
        self._texts: dict[Path, bytes] = {}

    def sources(self) -> Sources:
        return Sources(tuple(self._files_read), self._texts)

    def load(self, paths: Sequence[Path]) -> Rulebook:
        rules = [rule for path in self._files(paths) for rule in self._file(path)]
        self._refuse_twins(rules)
        if self._reader.problems:
            raise BrokenRules(sorted(set(self._reader.problems)))
        checks = [check for rule in rules for check in _checks(rule)]
        patterns = (pattern for check in checks for pattern in check.patterns())
        scanner = compile_patterns(patterns, self._make, (spot for check in checks for spot in spots_of(check)))
        parts = [part for check in checks for part in _all_parts(check)]
        return Rulebook(
            tuple(sorted(rules, key=lambda rule: -rule.priority)),
            scanner,
            self._digest.hexdigest(),
            self._places,
            tuple(self._templates),
            needs_history=any(isinstance(part, HISTORICAL) for part in parts),
            needs_reports=any(isinstance(part, NumberIs) and part.number is ITEM_NUMBERS["reports"] for part in parts),
            needs_look=_asking(looks_inside, rules),
            needs_end=_asking(asks_the_end, rules),
            needs_page=_asking(asks_the_page, rules),
            needs_above=any(isinstance(part, ParentPost) for part in parts),
        )

    def _files(self, paths: Sequence[Path]) -> list[Path]:
        files: list[Path] = []
        for path in paths:
            if not path.is_dir():
                files.append(path)
                continue
            inside = sorted(
                each for each in path.iterdir() if each.suffix in {".yaml", ".yml"} and not is_case_file(each)
            )
            if not inside:
                self._reader.problem(
                    Place(path), Code.EMPTY, "a folder without rule files", "name a file that ends in .yaml"
                )
            files += inside
        return list(dict.fromkeys(files))

    def _file(self, path: Path) -> list[Rule]:
        node = self._parsed(path, "a rule file")
        if node is None:
            return []
        if isinstance(node, Mapping) and node.get("checker"):
            self._reader.problem(
                node, Code.WRONG_KIND, "this is a checker file", "name it under `checkers:` in a rule file"
            )
            return []
        found = self._reader.mapping(node, "a rule file", FILE_KEYS)
        if found is None:
            return []
        self._reader.version(found, "a rule file")
        if found.get("rules") is None:
            self._reader.problem(
                found, Code.MISSING_KEY, "a rule file needs `rules`", "write `rules:` with `- id: …` below it"
            )
        lists = Lists(found.get("lists"), path.parent, self._reader, self._bytes)
        roots: dict[str, Mapping] = {}
        checkers = self._checkers(found, path.parent, lists, roots)
        conditions = Conditions(self._reader, lists, checkers, self._places)
        named = self._reader.mapping(found.get("conditions"), "`conditions`")
        if named is not None:
            conditions.name(named)
        templates = Templates(found.get("templates"), self._reader)
        self._templates += templates.named()
        if self._keeps_sources:
            self._files_read.append(RuleFile(path, found, dict(lists.named()), roots))
        rules = Rules(self._reader, conditions, templates, self._communities(found))
        return rules.read(found.get("rules"), found.get("defaults"))

    def _parsed(self, path: Path, what: str) -> Node | None:
        try:
            data = self._bytes(path)
        except OSError as error:
            why = error.strerror or str(error)
            self._reader.problem(
                Place(path), Code.UNREADABLE, f"{what} that cannot be read: {why}", "check the path and its permissions"
            )
            return None
        before = len(self._reader.problems)
        node = parse(data, path, self._reader.problems)
        if node is None and len(self._reader.problems) == before:
            self._reader.problem(Place(path), Code.EMPTY, "an empty file", f"write {what}, or take it out")
        return node

    def _bytes(self, path: Path) -> bytes:
        data = self._instead[path] if path in self._instead else _read(path)
        if len(data) > LARGEST_LIST:
            raise OSError(27, "larger than 16 MiB")
        self._digest.update(len(data).to_bytes(8, "big") + data)
        if self._keeps_sources:
            self._texts[path] = data
        return data

    def _communities(self, found: Mapping) -> frozenset[str]:
        node = found.get("communities")
        names = set()
        for each in self._reader.sequence(node, "`communities`"):
            text = self._reader.text(each, "a community")
            if text is None:
                continue
            name, _, host = text.strip().removeprefix("!").lower().partition("@")
            if not name or not host or " " in text.strip():
                self._reader.problem(
                    each, Code.WRONG_NAME, f"`{text}` is no full name", "write it as `technology@lemmy.ml`"
                )
            names.add(f"{name}@{host}")
        return frozenset(names)

    def _checkers(self, found: Mapping, folder: Path, lists: Lists, roots: dict[str, Mapping]) -> dict[str, Scored]:
        checkers: dict[str, Scored] = {}
        conditions = Conditions(self._reader, lists, {}, self._places)
        read = Checkers(self._reader, conditions.read, conditions.values).read
        for each in self._reader.sequence(found.get("checkers"), "`checkers`"):
            name = self._reader.text(each, "a checker file")
            node = self._parsed(folder / name, "a checker file") if name else None
            checker = read(node, partial(self._model, (folder / (name or "")).parent)) if node else None
            if checker and checker.key in checkers:
                self._reader.problem(
                    each, Code.TWICE, f"there are two checkers `{checker.key}`", "rename or take out one"
                )
            if checker and isinstance(node, Mapping):
                checkers[checker.key] = checker
                roots[checker.key] = node
        return checkers

    def _model(self, folder: Path, name: str) -> Node | None:
        return self._parsed(folder / name, "a model file")

    def _refuse_twins(self, rules: Sequence[Rule]) -> None:
        first: dict[str, Rule] = {}
        for rule in rules:
            if rule.id in first:
                other = first[rule.id].place
                self._reader.problem(
                    rule.place,
                    Code.TWICE,
                    f"the id `{rule.id}` is taken by {other.path}:{other.line}",
                    "give each rule an id of its own: its history follows the id",
                )
            first.setdefault(rule.id, rule)


def _read(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(LARGEST_LIST + 1)


def _all_parts(check: Check) -> Iterator[Check]:
    yield check
    for part in check.parts():
        yield from _all_parts(part)


def _asking(what: Callable[[Check], bool], rules: Sequence[Rule]) -> frozenset[str]:
    """Ids of the rules in which any check asks for it."""
    return frozenset(
        rule.id for rule in rules if any(what(part) for check in _checks(rule) for part in _all_parts(check))
    )


def _checks(rule: Rule) -> tuple[Check, ...]:
    return (rule.when,) if rule.unless is None else (rule.when, rule.unless)
