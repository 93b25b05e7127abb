"""Named lists of words, names and domains, written in a rule file or in files beside it."""

from collections.abc import Callable, Iterator
from pathlib import Path

from bot.rulebook.codes import Code
from bot.rulebook.diagnostic import Place
from bot.rulebook.located import Mapping, Node, Scalar, Sequence, lines_of
from bot.rulebook.reading import Reader, suggestion

ReadBytes = Callable[[Path], bytes]
"""Reads a file and remembers it for the book's hash. Raises OSError."""


def is_list_name(node: Node) -> bool:
    """Whether a node names a list: ``{list: …}``."""
    return isinstance(node, Mapping) and len(node.entries) == 1 and node.entries[0][0].text == "list"


class Lists:
    """The lists of one rule file. Entries keep their own places, so that a mistake is shown where it stands."""

    def __init__(self, node: Node | None, folder: Path, reader: Reader, read_bytes: ReadBytes) -> None:
        self._reader = reader
        self._folder = folder
        self._read_bytes = read_bytes
        self._lists: dict[str, Sequence] = {}
        found = reader.mapping(node, "`lists`")
        for key, value in found.entries if found else ():
            self._lists[key.text] = self._list(key, value)

    def resolve(self, node: Node) -> Node | None:
        """``{list: name}`` and ``{list: [name, name]}`` give the entries; anything else stays as it is.

        ``None`` when there is no such list, with the problem told.
        """
        if not is_list_name(node):
            return node
        assert isinstance(node, Mapping)
        named = node.entries[0][1]
        names = named.items if isinstance(named, Sequence) else (named,)
        items: list[Node] = []
        before = len(self._reader.problems)
        for name in names:
            if isinstance(name, Scalar) and name.text in self._lists:
                items += self._lists[name.text].items
            else:
                word = name.text if isinstance(name, Scalar) else ""
                cure = suggestion(word, tuple(self._lists)) if self._lists else "define it under `lists:`"
                self._reader.problem(name, Code.NOT_THERE, f"there is no list `{word}`", cure)
        return Sequence(tuple(items), node.place) if len(self._reader.problems) == before else None

    def named(self) -> Iterator[tuple[str, Sequence]]:
        """All of them, in the order of the file."""
        yield from self._lists.items()

    def _list(self, key: Scalar, node: Node) -> Sequence:
        what = f"the list `{key.text}`"
        if isinstance(node, Mapping):
            self._reader.mapping(node, what, ("file",))
            name = self._reader.text(node.get("file"), "`file`")
            return Sequence(() if name is None else self._from_file(name, node), node.place)
        items = node.items if isinstance(node, Sequence) else (node,)
        if not items:
            self._reader.problem(node, Code.EMPTY, f"{what} is empty", "name at least one entry, or take the list out")
        return Sequence(tuple(each for each in items if self._reader.text(each, f"an entry of {what}")), node.place)

    def _from_file(self, name: str, node: Node) -> tuple[Scalar, ...]:
        path = self._folder / name
        try:
            text = self._read_bytes(path).decode("utf-8-sig")
        except (OSError, UnicodeDecodeError) as error:
            why = (error.strerror if isinstance(error, OSError) else None) or "not UTF-8 text"
            self._reader.problem(
                node, Code.UNREADABLE, f"the list file {path} cannot be read: {why}", "check the path and the file"
            )
            return ()
        entries = tuple(
            Scalar(line.strip(), Place(path, number, len(line) - len(line.lstrip()) + 1, len(line.strip()), line))
            for number, line in enumerate(lines_of(text), start=1)
            if line.strip() and not line.lstrip().startswith("#")
        )
        if not entries:
            self._reader.problem(node, Code.EMPTY, f"the list file {path} has no entry", "write one entry a line")
        return entries
