"""The named templates of one rule file."""

import re

from bot.rulebook.located import Mapping, Node, Scalar
from bot.rulebook.reading import Reader, suggestion
from bot.rulebook.template import PLACEHOLDERS, unknown_placeholders

_NAME = re.compile(r"[a-z0-9-]+(?:/[a-z0-9-]+)*")


class Templates:
    """Texts by name. A text with a blank in it can also stand where a name is expected."""

    def __init__(self, node: Node | None, reader: Reader) -> None:
        self._reader = reader
        found = reader.mapping(node, "`templates`")
        self._texts = {key.text: self._checked(value) for key, value in (found.entries if found else ())}

    def text(self, node: Node) -> str | None:
        """The template that an action names; ``None`` when there is none, with the problem told."""
        if isinstance(node, Scalar) and _NAME.fullmatch(node.text):
            if node.text in self._texts:
                return self._texts[node.text]
            cure = suggestion(node.text, tuple(self._texts)) if self._texts else "define it under `templates:`"
            self._reader.problem(node, f"there is no template `{node.text}`", cure)
            return None
        return self._checked(node)

    def _checked(self, node: Node) -> str | None:
        if isinstance(node, Mapping):
            self._reader.problem(node, "a template must be a text", "write it after `|` on the lines below")
            return None
        text = self._reader.text(node, "a template")
        for name in unknown_placeholders(text or ""):
            self._reader.problem(node, f"unknown placeholder `{{{{{name}}}}}`", suggestion(name, PLACEHOLDERS))
        return text
