"""One condition, asked about one item."""

from pathlib import Path
from tempfile import TemporaryDirectory

from bot.domain.answer import Answer, No, Unknown, Yes
from bot.domain.history import History
from bot.engine.evaluate import answer, look
from bot.rulebook.load import load
from bot.rulebook.rule import Rulebook
from tests.builders import NOON

RULE = "version: 1\n{more}rules:\n  - id: a\n    when: {when}\n{unless}"


def book_of(when: str, unless: str = "", more: str = "", files: dict[str, str] | None = None) -> Rulebook:
    """A rulebook of one rule; ``more`` holds further keys of the file, ``files`` what lies beside it."""
    excuse = f"    unless: {unless}\n" if unless else ""
    with TemporaryDirectory() as folder:
        for name, content in (files or {}).items():
            Path(folder, name).write_text(content, encoding="utf-8")
        path = Path(folder, "rules.yaml")
        path.write_text(RULE.format(when=when, unless=excuse, more=more), encoding="utf-8")
        return load([path])


def ask(item, when: str, history: History | None = None, **settings) -> Answer:
    book = book_of(when, **settings)
    return answer(book.rules[0], look(book, item, NOON, history))


def word(said: Answer) -> str:
    match said:
        case Yes(certain=True):
            return "yes"
        case Yes():
            return "doubt"
        case No():
            return "no"
        case Unknown():
            return "unknown"
