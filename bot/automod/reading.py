"""From the text of one document to its tree. The events are PyYAML's; comments are found between them."""

import re
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace

import yaml

from bot.automod.tree import Document, Entry, Mapping, Node, Scalar
from bot.automod.tree import Sequence as ListNode

DEEPEST = 20
"""Levels of nesting; AutoModerator's own files have three."""
MOST_NODES = 100_000
"""Values of one document, repeated ones counted each time."""
LONGEST_TWICE = 50_000
"""Characters up to which a document is read by the slow parser, too, when the fast one refuses it."""

_LOADERS = (getattr(yaml, "CSafeLoader", yaml.SafeLoader), yaml.SafeLoader)
_LINE = re.compile("\r\n|[\r\n\x85\u2028\u2029]")
_COMMENT = re.compile(r"(?:^|(?<=\s))#")
_TEXT_TAGS = {"!", "tag:yaml.org,2002:str"}


class NotYaml(Exception):
    """A document that cannot be read: why, and in which line of it."""

    def __init__(self, why: str, line: int) -> None:
        super().__init__(why)
        self.why = why
        self.line = line
        """Counts from 1."""


@dataclass(slots=True)
class _Open:
    """A list or mapping whose end has not been read."""

    is_mapping: bool
    line: int
    anchor: str | None
    children: list[Node] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Comment:
    line: int
    text: str
    alone: bool
    """On a line of its own."""


def read(text: str, first_line: int = 1) -> Document | None:
    """The tree of a document; ``None`` when nothing but comments stands in it. Raises NotYaml.

    ``first_line`` is the number of its first line in the file.
    """
    for loader in _LOADERS if len(text) < LONGEST_TWICE else _LOADERS[:1]:
        try:
            return _Reading(text, first_line).document(loader)
        except NotYaml as error:
            failure = error
    raise failure


class _Reading:
    def __init__(self, text: str, first_line: int) -> None:
        self._text = text
        self._shift = first_line
        self._lines = _LINE.split(text)
        self._bare = list(self._lines)
        """The lines with every value blotted out, so that a number sign begins a comment."""
        self._anchors: dict[str, Node] = {}
        self._sizes: dict[str, int] = {}
        self._nodes = 0

    def document(self, loader: type) -> Document | None:
        root = self._root(loader)
        comments = list(self._comments())
        if root is None:
            return None
        placed = _Placing(comments)
        node = placed.node(root)
        return Document(node, tuple(each.text for each in placed.left))

    def _root(self, loader: type) -> Node | None:
        stack: list[_Open] = []
        root: Node | None = None
        for event in self._events(loader):
            done = self._step(event, stack)
            if isinstance(event, yaml.DocumentStartEvent) and root is not None:
                raise NotYaml("a second document", self._line(event))
            if done is None:
                continue
            if stack:
                stack[-1].children.append(done)
            else:
                root = done
        return None if isinstance(root, Scalar) and root.plain and not root.text else root

    def _step(self, event: yaml.Event, stack: list[_Open]) -> Node | None:
        """What the event completes."""
        match event:
            case yaml.MappingStartEvent() | yaml.SequenceStartEvent():
                self._guard(event, len(stack))
                is_mapping = isinstance(event, yaml.MappingStartEvent)
                stack.append(_Open(is_mapping, self._line(event), event.anchor))
                return None
            case yaml.MappingEndEvent() | yaml.SequenceEndEvent():
                opened = stack.pop()
                return self._named(opened.anchor, self._closed(opened))
            case yaml.ScalarEvent():
                self._guard(event, len(stack))
                self._blot(event)
                plain = not event.style and event.tag not in _TEXT_TAGS and not _LINE.search(event.value)
                return self._named(event.anchor, Scalar(event.value, plain, self._line(event) + self._shift - 1))
            case yaml.AliasEvent():
                return self._alias(event)
            case _:
                return None

    def _events(self, loader: type) -> Iterator[yaml.Event]:
        try:
            yield from yaml.parse(self._text, Loader=loader)
        except yaml.reader.ReaderError as error:
            line = len(_LINE.split(self._text[: error.position]))
            raise NotYaml("a control character", line) from None
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            why = " ".join(part for part in (error.context, error.problem) if part)
            raise NotYaml(why, mark.line + 1 if mark else 1) from None

    def _guard(self, event: yaml.ScalarEvent | yaml.CollectionStartEvent, depth: int) -> None:
        self._count(1, event)
        if depth >= DEEPEST:
            raise NotYaml(f"nesting deeper than {DEEPEST} levels", self._line(event))
        if event.tag and event.tag not in _TEXT_TAGS:
            raise NotYaml(f"the tag `{event.tag}`", self._line(event))

    def _count(self, more: int, event: yaml.Event) -> None:
        self._nodes += more
        if self._nodes > MOST_NODES:
            raise NotYaml(f"more than {MOST_NODES:,} values", self._line(event))

    def _named(self, anchor: str | None, node: Node) -> Node:
        if anchor:
            self._anchors[anchor] = node
            self._sizes[anchor] = _size(node)
        return node

    def _alias(self, event: yaml.AliasEvent) -> Node:
        name = event.anchor or ""
        if name not in self._anchors:
            raise NotYaml(f"found undefined alias `*{name}`", self._line(event))
        self._count(self._sizes[name], event)
        return self._anchors[name]

    def _closed(self, opened: _Open) -> Node:
        line = opened.line + self._shift - 1
        if not opened.is_mapping:
            return ListNode(tuple(Entry(None, each) for each in opened.children), line)
        entries = []
        for key, value in zip(opened.children[::2], opened.children[1::2], strict=True):
            if not isinstance(key, Scalar):
                raise NotYaml("found unhashable key", opened.line)
            entries.append(Entry(key, value))
        return Mapping(tuple(entries), line)

    def _line(self, event: yaml.Event) -> int:
        """Counts from 1 in the document."""
        assert event.start_mark is not None
        return event.start_mark.line + 1

    def _blot(self, event: yaml.ScalarEvent) -> None:
        """Takes the value out of the lines in which comments are looked for."""
        start, end = event.start_mark, event.end_mark
        assert start is not None
        assert end is not None
        for number in range(start.line, min(end.line + 1, len(self._bare))):
            line = self._bare[number]
            first = start.column if number == start.line else 0
            last = end.column if number == end.line else len(line)
            if event.style in {"|", ">"} and number == start.line:
                # The comment behind the sign that opens a block belongs to no value.
                last = min(len(line), first + 1 + len(re.match(r"[0-9+-]*", line[first + 1 :])[0]))  # type: ignore[index]
            self._bare[number] = line[:first] + "x" * (last - first) + line[last:]

    def _comments(self) -> Iterator[_Comment]:
        for number, (bare, line) in enumerate(zip(self._bare, self._lines, strict=True)):
            found = _COMMENT.search(bare)
            if found:
                alone = not line[: found.start()].strip()
                yield _Comment(number + self._shift, line[found.end() :], alone)


class _Placing:
    """Gives each comment to the key or the member of a list that it stands above or beside."""

    def __init__(self, comments: Sequence[_Comment]) -> None:
        self.left = deque(comments)

    def node(self, node: Node) -> Node:
        if isinstance(node, Scalar):
            return node
        return replace(node, entries=tuple(self._entries(node.entries)))

    def _entries(self, entries: Sequence[Entry]) -> Iterator[Entry]:
        for entry in entries:
            line = _first_line(entry)
            above = self._take(lambda comment, before: comment.line < before, line)
            beside = self._take(lambda comment, own: comment.line == own and not comment.alone, line)
            yield replace(entry, value=self.node(entry.value), above=above, beside=beside)

    def _take(self, wanted: Callable[[_Comment, int], bool], line: int) -> tuple[str, ...]:
        taken = []
        while self.left and wanted(self.left[0], line):
            taken.append(self.left.popleft().text)
        return tuple(taken)


def _first_line(entry: Entry) -> int:
    if entry.key is not None:
        return entry.key.line
    return entry.value.line


def _size(node: Node) -> int:
    if isinstance(node, Scalar):
        return 1
    return 1 + sum(_size(entry.value) + (entry.key is not None) for entry in node.entries)
