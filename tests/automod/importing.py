"""Imported rules, loaded and asked."""

from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.automod.importing import Import, carry_over
from bot.automod.naming import Ids
from bot.automod.writing import rule_file
from bot.domain.answer import No, Unknown, Yes
from bot.engine.evaluate import answer, concerns, look
from bot.rulebook.example import EXAMPLE_NOW, item_from
from bot.rulebook.load import load, load_for_few
from bot.rulebook.rule import Rule, Rulebook

NOW = EXAMPLE_NOW


def imported(text: str, ids: Ids | None = None) -> Import:
    return carry_over(text.encode(), ids or Ids())


def book_of(*found: Import) -> Rulebook:
    """The active rules, as the loader reads them."""
    with TemporaryDirectory() as folder:
        for number, each in enumerate(found):
            Path(folder, f"{number}.yaml").write_text(rule_file(each, "page.yaml"), encoding="utf-8")
        return load_for_few([Path(folder)]) if len(found) == 1 else load([Path(folder)])


def asked(book: Rulebook, rules: list[Rule], item: dict) -> list[bool | None]:
    """What each rule says: ``None`` when it cannot be told."""
    subject = look(book, item_of(item), NOW)
    said = []
    for rule in rules:
        match answer(rule, subject) if concerns(rule, subject.item) else No():
            case Yes(certain=True):
                said.append(True)
            case No():
                said.append(False)
            case Yes() | Unknown():
                said.append(None)
    return said


def item_of(item: dict):
    """The item that both sides judge."""
    known = {key: value for key, value in item["author"].items() if value is not None}
    author = {key: value for key, value in known.items() if key not in {"age", "is_submitter"}}
    if "age" in known:
        author["account_age"] = f"{known['age'] // timedelta(minutes=1)} minutes"
    return item_from({**item, "author": author, "published": (NOW - timedelta(hours=1)).isoformat()}, NOW)
