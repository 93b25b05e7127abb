"""The pages of the documentation, taken apart by what GitHub's Markdown makes of them."""

import re
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml
from markdown_it import MarkdownIt

from tests.paths import CHECKOUT

DOCS = CHECKOUT / "docs"
PAGES = sorted([*DOCS.rglob("*.md"), CHECKOUT / "README.md"])
_MARKDOWN = MarkdownIt("commonmark").enable("table")
_TITLE = re.compile(r'title="([^"]+)"')
_OF_FILES = {"lists", "templates", "checkers", "conditions", "defaults", "rules"}


@dataclass(frozen=True)
class Block:
    """A fenced block; ``title`` is the file that the reader is told to save it as."""

    page: Path
    line: int
    language: str
    title: str
    text: str
    heading: str
    """What stands above it."""
    is_wrong: bool
    """Whether it is shown for its mistakes."""

    def __str__(self) -> str:
        return f"{self.page.name}:{self.line}"


def blocks(page: Path) -> Iterator[Block]:
    heading = ""
    tokens = _MARKDOWN.parse(page.read_text(encoding="utf-8"))
    for place, token in enumerate(tokens):
        if token.type == "heading_open":
            heading = tokens[place + 1].content
        if token.type == "fence":
            language, _, rest = token.info.partition(" ")
            title = _TITLE.search(rest)
            yield Block(
                page,
                token.map[0] + 1,
                language,
                title[1] if title else "",
                token.content,
                heading,
                "wrong" in rest.split(),
            )


def as_file(text: str) -> tuple[str, str]:
    """What a piece of YAML is, by the schema that is for it, and the whole file that it stands for."""
    content = yaml.load(text, yaml.BaseLoader)
    if isinstance(content, list):
        return "rules", "version: 1\nrules:\n" + textwrap.indent(text, "  ")
    if "accounts" in content:
        return "config", text
    if "checker" in content:
        return "checker", text
    if {"tests", "rules"} <= set(content):
        return "tests", text
    if _OF_FILES & set(content):
        head = "" if "version" in content else "version: 1\n"
        return "rules", head + text + ("" if "rules" in content else "\nrules: []\n")
    return "part", _rule_of(text, set(content))


def _rule_of(part: str, keys: set[str]) -> str:
    """A file with one rule, of which only a part is shown."""
    rest = {"id": "id: example\n", "when": "when: {title: [example]}\n"}
    rule = "".join(line for key, line in rest.items() if key not in keys) + part
    return "version: 1\nrules:\n  -" + textwrap.indent(rule, "    ")[3:]


def tables(page: Path) -> Iterator[tuple[str, list[list[str]]]]:
    """Every table: the heading above it, and its rows without the head; marks of code are taken off."""
    heading = ""
    rows: list[list[str]] = []
    tokens = _MARKDOWN.parse(page.read_text(encoding="utf-8"))
    for place, token in enumerate(tokens):
        match token.type:
            case "heading_open":
                heading = tokens[place + 1].content
            case "table_open":
                rows = []
            case "tr_open":
                rows.append([])
            case "inline" if tokens[place - 1].type in {"td_open", "th_open"}:
                rows[-1].append("".join(each.content for each in token.children))
            case "table_close":
                yield heading, rows[1:]


def links(page: Path) -> Iterator[str]:
    for token in _MARKDOWN.parse(page.read_text(encoding="utf-8")):
        for each in token.children or ():
            if each.type in {"link_open", "image"}:
                yield str(each.attrs.get("href") or each.attrs.get("src"))


def anchors(page: Path) -> set[str]:
    """As GitHub makes them of headings."""
    tokens = _MARKDOWN.parse(page.read_text(encoding="utf-8"))
    found = [tokens[place + 1] for place, token in enumerate(tokens) if token.type == "heading_open"]
    texts = ["".join(each.content for each in token.children) for token in found]
    return {re.sub(r"[^\w\- ]", "", text.lower()).replace(" ", "-") for text in texts}
