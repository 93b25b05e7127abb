"""A first rule file for a community: rules of the pack, with the numbers that its own sidebar gives them.

The text of the pack is cut, not written anew, so that the comments and tests inside the rules come along.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from bot.rulebook.located import Mapping, Node, Scalar, parse
from bot.rulebook.located import Sequence as Items
from bot.rulebook.rule import Rule

PACK_FILE = "technology.yaml"
_OWN = frozenset({"version", "communities", "lists", "checkers", "templates", "rules"})
"""Parts of a rule file that are written anew or cut down; any other part is kept whole."""
_REASON = re.compile(r'(?m)^( +reason: ")Rule [0-9]+(?:, ([a-z ]+))?: (.)')
_ALLOWED = "# warden: allow"
_SPEAKS_OF_NUMBER = re.compile(r"It is sidebar rule \{\{ *sidebar_rule *\}\}: \{\{ *rule *\}\}")
_HEAD = """# yaml-language-server: $schema=schemas/rules.schema.json
# Rules of !{community}. Everything starts in shadow mode: it records and sends nothing.
# `then` says what a rule does once you let it: raise `mode` for one rule at a time (shadow, notify, report, act).
# A rule that is not certain only ever reports, whatever `then` says.
# The sidebar that these rules were written for is kept in sidebar/{community}.md.
version: 1
communities: ["{community}"]
"""


@dataclass(frozen=True, slots=True)
class Chosen:
    """A rule of the pack that a community takes."""

    rule: Rule
    number: int | None
    """Of the written rule that it enforces there; ``None`` when none is written."""
    written: str = ""
    """What the sidebar says at that number."""


@dataclass(frozen=True, slots=True)
class RuleFile:
    """A rule file to be, and what it needs beside it."""

    text: str
    needs: tuple[str, ...]
    """Files of the pack, by their path below it."""


class Pack:
    """The rule file that comes with Warden, as text that can be cut."""

    def __init__(self, folder: Path) -> None:
        path = folder / PACK_FILE
        self.folder = folder
        root = _parsed(path)
        self._root = root
        self._lines = path.read_text(encoding="utf-8").splitlines()

    def cut(self, chosen: Sequence[Chosen], community: str, suffix: str = "") -> RuleFile:
        """``suffix`` is put behind each rule's id, for an account whose communities number their rules apart."""
        wanted = {each.rule.id: each for each in chosen}
        nodes = [each for each in _items(self._root.get("rules")) if _text(each, "id") in wanted]
        kept = [key.text for key, _ in self._root.entries if key.text not in _OWN]
        uses = _Uses.of([*nodes, *(value for key, value in self._root.entries if key.text in kept)])
        checkers = [each for each in _items(self._root.get("checkers")) if self._checker(each) in uses.keys]
        uses = uses.with_(_Uses.of(_parsed(self.folder / _scalar(each)) for each in checkers))
        lists = self._entries("lists", uses.lists)
        templates = [self._template(each, chosen) for each in self._entries("templates", uses.templates)]
        parts = [
            _HEAD.format(community=community),
            _section("lists", lists),
            _section("checkers", [f"  - {_scalar(each)}" for each in checkers]),
            _section("templates", templates),
            *(f"\n{self._block(self._root, name)}\n" for name in kept if nodes or name == "defaults"),
            self._rules(nodes, wanted, suffix),
        ]
        files = [match[1] for each in lists if (match := re.search(r"\{file: *([^}\s]+) *\}", each))]
        models = [model for each in checkers for model in self._models(_scalar(each))]
        return RuleFile("".join(parts), (*files, *map(_scalar, checkers), *models))

    def _checker(self, node: Node) -> str:
        return _text(_parsed(self.folder / _scalar(node)), "checker")

    def _models(self, checker: str) -> Iterator[str]:
        """Files of what was learned that a checker names; they lie beside it."""
        for signal in _items(_parsed(self.folder / checker).get("signals")):
            if model := _text(signal, "model"):
                yield str(PurePosixPath(checker).parent / model)

    def _rules(self, nodes: Sequence[Node], wanted: dict[str, Chosen], suffix: str) -> str:
        if not nodes:
            return "\nrules: []\n"
        texts = [self._rule(node, wanted[_text(node, "id")], suffix) for node in nodes]
        return "\nrules:\n" + "\n".join(texts)

    def _rule(self, node: Node, chosen: Chosen, suffix: str) -> str:
        rules = self._root.get("rules")
        assert isinstance(rules, Items)
        at = rules.items.index(node)
        end = rules.items[at + 1].place.line - 1 if at + 1 < len(rules.items) else len(self._lines)
        lines = _trimmed(self._lines[node.place.line - 1 : end])
        lines[0] += suffix
        numbers = [place for place, line in enumerate(lines) if re.match(r" {4}sidebar:", line)]
        for place in numbers:
            del lines[place]
        if chosen.number is not None:
            lines.insert(1, f"    sidebar: {chosen.number}")
        elif (above := self._lines[node.place.line - 2]).lstrip().startswith(_ALLOWED):
            lines.insert(0, above)
        text = _REASON.sub(lambda found: _reason(found, chosen.number), "\n".join(lines))
        return f"  # {_quoted(chosen)}\n{text}\n"

    def _entries(self, section: str, names: frozenset[str]) -> list[str]:
        """Those entries of a part of the file that have one of these names, as they stand."""
        node = self._root.get(section)
        return [self._block(node, key.text) for key, _ in _entries(node) if key.text in names]

    def _block(self, node: Node | None, name: str) -> str:
        """One key with its value: up to the next key, or to the next part of the file."""
        starts = [key.place.line for key, _ in _entries(node)]
        parts = [key.place.line for key, _ in self._root.entries]
        start = next(key.place.line for key, _ in _entries(node) if key.text == name)
        end = min((line for line in (*starts, *parts) if line > start), default=len(self._lines) + 1)
        return "\n".join(_trimmed(self._lines[start - 1 : end - 1]))

    def _template(self, block: str, chosen: Sequence[Chosen]) -> str:
        """Without a word of the number when a rule that has none may use it."""
        if all(each.number is not None for each in chosen):
            return block
        return _SPEAKS_OF_NUMBER.sub("The rule is: {{rule}}", block)


@dataclass(frozen=True, slots=True)
class _Uses:
    """What some conditions and actions name."""

    keys: frozenset[str]
    lists: frozenset[str]
    templates: frozenset[str]

    @classmethod
    def of(cls, nodes: Iterable[Node]) -> "_Uses":
        said = [each for node in nodes for each in _said(node)]
        return cls(
            frozenset(key for key, _ in said),
            frozenset(value for key, value in said if key == "list"),
            frozenset(value for key, value in said if key in {"reply", "message"}),
        )

    def with_(self, other: "_Uses") -> "_Uses":
        return _Uses(self.keys | other.keys, self.lists | other.lists, self.templates | other.templates)


def _said(node: Node) -> Iterator[tuple[str, str]]:
    """Every key with its text at any depth; what tests say is no use of anything."""
    for key, value in _entries(node):
        if key.text != "tests":
            yield key.text.lstrip("~").partition("#")[0], _scalar(value)
            yield from _said(value)
    for each in _items(node):
        yield from _said(each)


def _parsed(path: Path) -> Mapping:
    node = parse(path.read_bytes(), path, [])
    assert isinstance(node, Mapping), path
    return node


def _entries(node: Node | None) -> tuple[tuple[Scalar, Node], ...]:
    return node.entries if isinstance(node, Mapping) else ()


def _items(node: Node | None) -> tuple[Node, ...]:
    return node.items if isinstance(node, Items) else ()


def _text(node: Node, key: str) -> str:
    return _scalar(node.get(key) if isinstance(node, Mapping) else None)


def _scalar(node: Node | None) -> str:
    return node.text if isinstance(node, Scalar) else ""


def _section(name: str, entries: Sequence[str]) -> str:
    return "\n" + "\n".join([f"{name}:", *entries]) + "\n" if entries else ""


def _trimmed(lines: Sequence[str]) -> list[str]:
    """Without the empty lines and comments at the end, which belong to what comes next."""
    end = len(lines)
    while end and (not lines[end - 1].strip() or lines[end - 1].lstrip().startswith("#")):
        end -= 1
    return list(lines[:end])


def _reason(found: re.Match[str], number: int | None) -> str:
    begin, addition, letter = found.groups()
    if number is not None:
        return f"{begin}Rule {number}{f', {addition}' if addition else ''}: {letter}"
    return f"{begin}{addition.capitalize()}: {letter}" if addition else f"{begin}{letter.upper()}"


def _quoted(chosen: Chosen) -> str:
    if chosen.number is None:
        return "Not written in the sidebar."
    words = "".join(letter if letter.isprintable() else " " for letter in chosen.written)
    return f"Rule {chosen.number}: “{words}”"
