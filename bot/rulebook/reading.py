"""Reading values out of located YAML. A value of the wrong kind is a problem with a place, and reads as ``None``."""

import difflib
import re
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import timedelta

from bot.rulebook.codes import Code
from bot.rulebook.diagnostic import Diagnostic, Edit, Place
from bot.rulebook.located import Mapping, Node, Scalar, Sequence

MOST_UNKNOWN = 50
"""Unknown keys of one group that are told: more of them are a file of something else."""
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]{0,8})")
_SPAN = re.compile(r"([0-9]{1,6}) *(ms|s|m|h|d)")
_UNITS = {"ms": "milliseconds", "s": "seconds", "m": "minutes", "h": "hours", "d": "days"}


def suggestion(word: str, known: Collection[str]) -> str:
    """``did you mean …``, or what there is."""
    close = difflib.get_close_matches(word, known, n=1, cutoff=0.6)
    if close:
        return f"did you mean `{close[0]}`?"
    return "known here: " + ", ".join(f"`{each}`" for each in known)


def kind_name(node: Node) -> str:
    """What a node is, in a moderator's words."""
    match node:
        case Mapping():
            return "a group of keys"
        case Sequence():
            return "a list"
        case Scalar(text=text):
            return "nothing" if node.is_null else f"`{text[:60]}`"


@dataclass(frozen=True, slots=True)
class Reader:
    """Collects every problem of a run."""

    problems: list[Diagnostic] = field(default_factory=list)

    def problem(self, at: Node | Place, code: Code, message: str, cure: str, fix: tuple[Edit, ...] = ()) -> None:
        self.problems.append(Diagnostic(at if isinstance(at, Place) else at.place, code, message, cure, fix))

    def mapping(self, node: Node | None, what: str, keys: Collection[str] | None = None) -> Mapping | None:
        """A mapping; with ``keys``, no others may be in it."""
        if node is None:
            return None
        if not isinstance(node, Mapping):
            self.problem(
                node,
                Code.WRONG_KIND,
                f"{what} must be a group of keys, not {kind_name(node)}",
                "write `key: value` below it",
            )
            return None
        if keys is not None:
            unknown = [key for key, _ in node.entries if key.text not in keys]
            for key in unknown[:MOST_UNKNOWN]:
                self.problem(key, Code.UNKNOWN_KEY, f"unknown key `{key.text}` in {what}", suggestion(key.text, keys))
        return node

    def version(self, found: Mapping, what: str) -> None:
        """Every file says by which version of the language it is written."""
        node = found.get("version")
        if node is None:
            self.problem(found, Code.MISSING_KEY, f"{what} needs `version`", "write `version: 1` in the first line")
        elif self.number(node, "`version`") not in {1, None}:
            self.problem(node, Code.VERSION, "this version is not known", "write `version: 1`")

    def sequence(self, node: Node | None, what: str) -> tuple[Node, ...]:
        """The items of a list; nothing when it is not there."""
        if node is None:
            return ()
        if not isinstance(node, Sequence):
            self.problem(
                node, Code.WRONG_KIND, f"{what} must be a list, not {kind_name(node)}", "start each entry with `- `"
            )
            return ()
        return node.items

    def text(self, node: Node | None, what: str) -> str | None:
        """A text that is not empty."""
        if node is None:
            return None
        if not isinstance(node, Scalar) or not node.text.strip() or node.is_null:
            self.problem(
                node,
                Code.WRONG_KIND,
                f"{what} must be a text, not {kind_name(node)}",
                "write a text, in quotes if in doubt",
            )
            return None
        return node.text

    def texts(self, node: Node | None, what: str) -> tuple[str, ...]:
        """One text or a list of texts."""
        if isinstance(node, Sequence):
            found = [self.text(each, f"each entry of {what}") for each in node.items]
            return tuple(each for each in found if each is not None)
        one = self.text(node, what)
        return () if one is None else (one,)

    def boolean(self, node: Node | None, what: str) -> bool | None:
        if node is None:
            return None
        if isinstance(node, Scalar) and node.text in {"true", "false"}:
            return node.text == "true"
        self.problem(
            node, Code.WRONG_KIND, f"{what} must be true or false, not {kind_name(node)}", "write `true` or `false`"
        )
        return None

    def number(self, node: Node | None, what: str, least: int | None = 0) -> int | None:
        """A whole decimal number; ``None`` as the least lets it be as negative as it likes."""
        if node is None:
            return None
        if not isinstance(node, Scalar) or not _NUMBER.fullmatch(node.text):
            self.problem(
                node,
                Code.WRONG_NUMBER,
                f"{what} must be a whole number, not {kind_name(node)}",
                "write digits only, as in `30`",
            )
            return None
        if least is not None and int(node.text) < least:
            self.problem(node, Code.WRONG_NUMBER, f"{what} must be at least {least}", f"write `{least}` or more")
            return None
        return int(node.text)

    def choice(self, node: Node | None, what: str, known: Collection[str]) -> str | None:
        if node is None:
            return None
        if isinstance(node, Scalar) and node.text in known:
            return node.text
        word = node.text if isinstance(node, Scalar) else ""
        self.problem(node, Code.WRONG_VALUE, f"{what} cannot be {kind_name(node)}", suggestion(word, known))
        return None

    def span(self, node: Node | None, what: str) -> timedelta | None:
        """A span of time such as ``30s``, ``5m``, ``2h`` or ``1d``."""
        if node is None:
            return None
        found = _SPAN.fullmatch(node.text.strip()) if isinstance(node, Scalar) else None
        if found is None:
            self.problem(
                node,
                Code.WRONG_SPAN,
                f"{what} must be a span of time, not {kind_name(node)}",
                "write it as `30s`, `5m` or `2h`",
            )
            return None
        return timedelta(**{_UNITS[found[2]]: int(found[1])})
