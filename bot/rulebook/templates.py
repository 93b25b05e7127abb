"""The named templates of one rule file."""

import re
from dataclasses import dataclass

from bot.rulebook.codes import Code
from bot.rulebook.diagnostic import Place
from bot.rulebook.located import Mapping, Node, Scalar
from bot.rulebook.reading import Reader, suggestion
from bot.rulebook.template import mistakes

_NAME = re.compile(r"[a-z0-9-]+(?:/[a-z0-9-]+)*")


@dataclass(frozen=True, slots=True)
class Template:
    """A text that answers are made from."""

    name: str
    text: str
    place: Place


class Templates:
    """Texts by name. A text with a blank in it can also stand where a name is expected."""

    def __init__(self, node: Node | None, reader: Reader) -> None:
        self._reader = reader
        found = reader.mapping(node, "`templates`")
        self._texts = {key.text: self._checked(value) for key, value in (found.entries if found else ())}
        self._keys = [key for key, _ in (found.entries if found else ())]

    def named(self) -> list[Template]:
        """All that can be used, in the order of the file."""
        found = ((key, self._texts[key.text]) for key in self._keys)
        return [Template(key.text, text, key.place) for key, text in found if text is not None]

    def text(self, node: Node) -> str | None:
        """The template that an action names; ``None`` when there is none, with the problem told."""
        if isinstance(node, Scalar) and _NAME.fullmatch(node.text):
            if node.text in self._texts:
                return self._texts[node.text]
            cure = suggestion(node.text, tuple(self._texts)) if self._texts else "define it under `templates:`"
            self._reader.problem(node, Code.NOT_THERE, f"there is no template `{node.text}`", cure)
            return None
        return self._checked(node)

    def _checked(self, node: Node) -> str | None:
        if isinstance(node, Mapping):
            self._reader.problem(
                node, Code.WRONG_KIND, "a template must be a text", "write it after `|` on the lines below"
            )
            return None
        text = self._reader.text(node, "a template")
        for each in mistakes(text or ""):
            self._reader.problem(
                node, Code.PLACEHOLDER, each.message, suggestion(each.word, each.known) if each.word else each.known[0]
            )
        return text
