"""Tests of rules as moderators write them: beside a rule, and in files of their own."""

from collections.abc import Collection
from collections.abc import Mapping as MappingType
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path

from bot.checks.setting import SettingError, age_comparison
from bot.domain.item import Item
from bot.rulebook.codes import Code
from bot.rulebook.diagnostic import Place
from bot.rulebook.example import EXAMPLE_NOW, NotAnItem, author_fields, example, time_of
from bot.rulebook.located import Mapping, Node, Scalar, read
from bot.rulebook.reading import Reader
from bot.rulebook.rule import RuleTest

EXPECTATIONS = ("breaks", "keeps", "doubt")
SETTINGS = ("now", "author", "community", "history")
"""What a test says about the world around its item; a file of tests may say it once for all."""
FILE_KEYS = ("version", "rules", *SETTINGS, "tests")
ENDINGS = (".test.yaml", ".test.yml")


@dataclass(frozen=True, slots=True)
class Settings:
    """The world around an item."""

    now: datetime = EXAMPLE_NOW
    author: MappingType[str, object] = field(default_factory=dict)
    """Facts of the author that the item does not give itself."""
    community: object = None
    history: tuple[Item, ...] = ()
    """Items that were there before."""


@dataclass(frozen=True, slots=True)
class Case:
    """One test in a file of tests."""

    rule: Scalar
    """Id of the rule, and where it stands."""
    test: RuleTest


@dataclass(frozen=True, slots=True)
class CaseFile:
    """A file of tests."""

    rules: Path
    """The rule file that it is about."""
    cases: tuple[Case, ...]


def is_case_file(path: Path) -> bool:
    """Whether a name says that the file holds tests."""
    return path.name.endswith(ENDINGS)


def read_case_file(path: Path, reader: Reader) -> CaseFile | None:
    """``None`` when there is nothing to run in it, with every problem told."""
    before = len(reader.problems)
    node = read(path, reader.problems)
    if node is None and len(reader.problems) == before:
        reader.problem(
            Place(path), Code.EMPTY, "an empty file", "write `version: 1`, `rules:` and `tests:`, or take it out"
        )
    found = reader.mapping(node, "a file of tests", FILE_KEYS)
    if found is None:
        return None
    reader.version(found, "a file of tests")
    settings = _settings(found, reader, Settings())
    rules = _rules(found, path.parent, reader)
    if found.get("tests") is None:
        reader.problem(
            found, Code.MISSING_KEY, "a file of tests needs `tests`", "write `tests:` with `- rule: …` below it"
        )
    cases = [_case(each, reader, settings) for each in reader.sequence(found.get("tests"), "`tests`")]
    return CaseFile(rules, tuple(case for case in cases if case is not None)) if rules else None


def read_test(
    node: Node, reader: Reader, settings: Settings | None = None, also: Collection[str] = ()
) -> RuleTest | None:
    """One test; ``also`` names keys that somebody else reads. ``None`` with the problem told."""
    entries = node.entries if isinstance(node, Mapping) else ()
    expected = [(key, value) for key, value in entries if key.text in EXPECTATIONS]
    if len(expected) != 1:
        reader.problem(
            node,
            Code.WRONG_KIND,
            "a test is one of `breaks`, `keeps` and `doubt` with an item",
            "write `- breaks: {title: …}`",
        )
        return None
    found = reader.mapping(node, "a test", (*EXPECTATIONS, *SETTINGS, *also))
    key, value = expected[0]
    item = reader.mapping(value, f"`{key.text}`")
    if found is None or item is None:
        return None
    world = _settings(found, reader, settings or Settings())
    try:
        return RuleTest(key.text, example(_in_world(item, world), world.now), world.now, key.place, world.history)
    except NotAnItem as error:
        reader.problem(item.key(error.field) or value, Code.NOT_AN_ITEM, str(error), "correct or leave out this field")
        return None


def _rules(found: Mapping, folder: Path, reader: Reader) -> Path | None:
    node = found.get("rules")
    if node is None:
        reader.problem(
            found,
            Code.MISSING_KEY,
            "a file of tests needs `rules`",
            "write `rules: technology.yaml`, the file it is about",
        )
    name = reader.text(node, "`rules`")
    if name is None or node is None:
        return None
    if not (folder / name).is_file():
        reader.problem(
            node, Code.NOT_THERE, f"there is no rule file {folder / name}", "write its path as seen from this file"
        )
        return None
    return folder / name


def _case(node: Node, reader: Reader, settings: Settings) -> Case | None:
    test = read_test(node, reader, settings, also=("rule",))
    rule = node.get("rule") if isinstance(node, Mapping) else None
    if rule is None:
        reader.problem(
            node, Code.MISSING_KEY, "a test in a file of tests needs `rule`", "write `rule: no-ads`, the id of the rule"
        )
    name = reader.text(rule, "`rule`")
    return Case(rule, test) if test and name and isinstance(rule, Scalar) else None


def _settings(found: Mapping, reader: Reader, outer: Settings) -> Settings:
    """What is said here, and for the rest what is said outside."""
    author, community, history = found.get("author"), found.get("community"), found.get("history")
    world = Settings(
        _now(found.get("now"), reader) or outer.now,
        {**outer.author, **(author_fields(_value(author)) if author else {})},
        _value(community) if community else outer.community,
        outer.history,
    )
    return replace(world, history=_history(history, reader, world)) if history else world


def _history(node: Node, reader: Reader, world: Settings) -> tuple[Item, ...]:
    """Earlier items; ``ago`` says how long before the time of judging."""
    items = []
    for number, each in enumerate(reader.sequence(node, "`history`"), start=1):
        found = reader.mapping(each, "an earlier item")
        if found is None:
            continue
        fields = _in_world(found, world)
        ago = fields.pop("ago", "2 hours")
        try:
            published = world.now - timedelta(seconds=age_comparison(ago).number)
            items.append(example({"id": f"earlier-{number}", "published": published, **fields}, world.now))
        except NotAnItem as error:
            reader.problem(
                found.key(error.field) or found, Code.NOT_AN_ITEM, str(error), "correct or leave out this field"
            )
        except (SettingError, OverflowError):
            reader.problem(
                found.get("ago") or found,
                Code.WRONG_SPAN,
                "`ago` must be a span of time",
                "write it as in `ago: 3 hours`",
            )
    return tuple(items)


def _now(node: Node | None, reader: Reader) -> datetime | None:
    if node is None:
        return None
    try:
        return time_of({"now": _value(node)}, "now")
    except NotAnItem as error:
        reader.problem(node, Code.NOT_AN_ITEM, str(error), "write a time such as `2026-03-01T12:00:00Z`")
        return None


def _in_world(item: Mapping, world: Settings) -> dict[str, object]:
    fields = {key.text: _value(value) for key, value in item.entries}
    own = author_fields(fields.get("author", {}))
    community = {} if world.community is None else {"community": world.community}
    return {**community, **fields, "author": {**world.author, **own}}


def _value(node: Node) -> object:
    """Plain values."""
    if isinstance(node, Scalar):
        return None if node.is_null else node.text
    if isinstance(node, Mapping):
        return {key.text: _value(value) for key, value in node.entries}
    return [_value(each) for each in node.items]
