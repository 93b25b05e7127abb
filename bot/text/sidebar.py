"""The written rules in a community's sidebar: Markdown in whatever shape its moderators chose.

Understood are lists with numbers, lines and headings such as ``Rule 4: …``, ``4. …``, ``4) …``, tables with a column of
numbers, and, below a heading that speaks of rules, plain bullets and headings, which are counted.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

from bot.text.label import MARK_END, Label, Sign, label_of, label_of_cell, plain
from bot.text.markdown import LONGEST

_PARSER = MarkdownIt("commonmark", {"html": False}).enable("table")
_SPOILER = re.compile(r"^[ ]{0,3}:::[ \t]*(?:spoiler\b[ \t]*)?(.*)$", re.MULTILINE)
_UNREADABLE = re.compile(rf"[\x00\ud800-\udfff{MARK_END}]")
_RULES = re.compile(
    r"\b(?:rules?|guidelines?|regulations|code of conduct|règles?|regeln?|reglas|regole|regras|zasady|regler|"
    r"правила)\b",
    re.IGNORECASE,
)
_OTHER = re.compile(
    r"\b(?:related|links?|communit(?:y|ies) (?:you|like)|other communities|see also|resources|moderators|mods|faq|"
    r"credits|(?:icon|banner) by|wiki|chats?)\b",
    re.IGNORECASE,
)
_TITLE = re.compile(r"(?:the |our |community |server |instance )*(?:rules|guidelines)\W*", re.IGNORECASE)
_REFERENCE = re.compile(r"(?:!|/c/|https?://)\S+")
_PSEUDO_LEVEL = 7
"""A line that serves as a heading is below all real ones."""


@dataclass(frozen=True, slots=True)
class WrittenRule:
    """One rule as the moderators wrote it."""

    number: int
    text: str
    """On one line, without markup and without its number."""
    is_numbered: bool = True
    """``False``: the sidebar lists its rules without numbers, and the number is the place in the list."""


@dataclass(slots=True)
class _Passage:
    sign: Sign
    number: int
    texts: list[str]
    section: int
    among_rules: bool
    """Whether it stands below a heading that speaks of rules."""

    def text(self) -> str:
        return " ".join(each for each in self.texts if each)


def written_rules(markdown: str) -> tuple[WrittenRule, ...]:
    """The rules in the order of the sidebar; every number once, the first counts. Never raises.

    Numbers are taken as written where they grow, else as they are shown: Markdown shows ``1. 1. 1.`` as 1, 2, 3.
    """
    text = _SPOILER.sub(_as_heading, _UNREADABLE.sub("", markdown)[:LONGEST])
    reading = _Reading()
    try:
        reading.blocks(SyntaxTreeNode(_PARSER.parse(text)).children)
    except (RecursionError, ValueError, IndexError):
        return ()
    return tuple(_chosen(reading.passages))


def _as_heading(spoiler: re.Match[str]) -> str:
    """Lemmy folds what stands between ``::: spoiler TITLE`` and ``:::``."""
    return f"\n###### {spoiler[1]}\n" if spoiler[1] else "\n"


@dataclass(slots=True)
class _Reading:
    """Walks down the blocks and collects passages that may be rules."""

    passages: list[_Passage] = field(default_factory=list)
    _titles: list[tuple[int, bool]] = field(default_factory=list)
    """Levels of the headings above, and whether each speaks of rules."""
    _section: int = 0
    _open: _Passage | None = None
    """Takes what follows; opened by a numbered heading until the next, or by a numbered line for a list below it."""
    _open_level: int = 0
    """Of the heading that opened it; 0 for a line."""

    def blocks(self, nodes: Sequence[SyntaxTreeNode]) -> None:
        for node in nodes:
            match node.type:
                case "heading":
                    self._heading(int(node.tag[1:]), plain(" ".join(_lines(node))), label_of("\n".join(_lines(node))))
                case "paragraph":
                    self._paragraph(node)
                case "bullet_list" | "ordered_list":
                    self._list(node)
                case "blockquote":
                    self.blocks(node.children)
                case "table":
                    self._table(node)
                case _:
                    pass

    @property
    def _among_rules(self) -> bool:
        return bool(self._titles) and self._titles[-1][1]

    def _passage(self, sign: Sign, number: int, *texts: str) -> _Passage:
        made = _Passage(sign, number, list(texts), self._section, self._among_rules)
        self.passages.append(made)
        return made

    def _heading(self, level: int, text: str, label: Label | None) -> None:
        if label and not (label.sign is Sign.NUMBER and _TITLE.fullmatch(label.rest)):
            self._close_titles(level)
            self._open, self._open_level = self._passage(label.sign, label.number, label.rest), level
            return
        if self._open and self._open_level and level > self._open_level:
            self._open.texts.append(text)
            return
        self._begin_section(level, text, is_title=True)

    def _close_titles(self, level: int) -> None:
        while self._titles and self._titles[-1][0] >= level:
            self._titles.pop()

    def _begin_section(self, level: int, text: str, *, is_title: bool) -> None:
        self._open = None
        self._close_titles(level)
        self._section += 1
        if is_title and self._among_rules and not _OTHER.search(text):
            self._open, self._open_level = self._passage(Sign.HEADING, 0, text), _PSEUDO_LEVEL + 1
        speaks = bool(_RULES.search(text)) or (self._among_rules and not _OTHER.search(text))
        self._titles.append((level, speaks))

    def _paragraph(self, node: SyntaxTreeNode) -> None:
        if self._open and self._open_level == 0 and self._open.text():
            self._open = None
        lines = list(_lines(node))
        labels = [label_of(line) for line in lines]
        if not any(labels) and self._is_title(lines):
            return
        for line, label in zip(lines, labels, strict=True):
            if label:
                self._open, self._open_level = self._passage(label.sign, label.number, label.rest), 0
            elif self._open:
                self._open.texts.append(plain(line))

    def _is_title(self, lines: Sequence[str]) -> bool:
        """A bold line, or one that announces what follows, serves as a heading."""
        if self._open and self._open.sign > Sign.BULLET:
            return False
        last, text = lines[-1].strip(), plain(lines[-1])
        is_bold = len(lines) == 1 and last.endswith(MARK_END) and last.count(MARK_END) == 1
        announces = not self._open and (text.endswith(":") or (len(lines) == 1 and _TITLE.fullmatch(text) is not None))
        if is_bold or announces:
            self._begin_section(_PSEUDO_LEVEL, text, is_title=is_bold)
        return is_bold or announces

    def _list(self, node: SyntaxTreeNode) -> None:
        numbers = list(_numbers(node))
        open_ = self._open
        if open_ and open_.sign > Sign.BULLET and (self._open_level or not numbers or numbers[0] != open_.number + 1):
            open_.texts.append(plain(" ".join(_texts(node))))
        else:
            for place, item in enumerate(node.children):
                self._item(item, numbers[place] if numbers else None)
        if not self._open_level:
            self._open = None

    def _item(self, item: SyntaxTreeNode, number: int | None) -> None:
        children = item.children
        texts = list(_texts(item))
        first = texts[0] if texts else ""
        lists = [child for child in children if child.type in {"bullet_list", "ordered_list"}]
        if number is None and lists and _TITLE.fullmatch(plain(first)):
            self._begin_section(_PSEUDO_LEVEL, plain(first), is_title=False)
            self.blocks(lists)
        elif number is None and children and children[0].type == "ordered_list":
            self._list(children[0])  # ``- 4. …`` is a numbered list inside a bullet
        elif label := label_of(first):
            self._passage(label.sign, label.number, label.rest, plain(" ".join(texts[1:])))
        else:
            self._passage(Sign.BULLET if number is None else Sign.NUMBER, number or 0, plain(" ".join(texts)))

    def _table(self, node: SyntaxTreeNode) -> None:
        for row in node.walk():
            if row.type != "tr":
                continue
            first, *others = (" ".join(_texts(cell)) for cell in row.children)
            label = label_of_cell(plain(first))
            if label and others:
                self._passage(label.sign, label.number, plain(" – ".join(each for each in others if each)))


def _numbers(node: SyntaxTreeNode) -> Iterator[int]:
    """Of each item of a list; nothing for bullets."""
    if node.type != "ordered_list":
        return
    written = [int(item.info) for item in node.children]
    grow = all(one < other for one, other in pairwise(written))
    yield from written if grow else range(written[0], written[0] + len(written))


def _texts(node: SyntaxTreeNode) -> Iterator[str]:
    """All lines below a node."""
    for each in node.walk():
        if each.type == "inline":
            yield from _lines_of(each)


def _lines(node: SyntaxTreeNode) -> Iterator[str]:
    for child in node.children:
        yield from _lines_of(child)


def _lines_of(inline: SyntaxTreeNode) -> Iterator[str]:
    text = ""
    for token in (inline.token and inline.token.children) or ():
        match token.type:
            case "text" | "code_inline" | "image":
                text += token.content
            case "strong_close" | "em_close":
                text += MARK_END
            case "softbreak" | "hardbreak":
                yield text
                text = ""
            case _:
                pass
    yield text


def _chosen(passages: Sequence[_Passage]) -> Iterator[WrittenRule]:
    """The surest kind of passage: below a heading that speaks of rules, else anywhere."""
    told = [each for each in passages if each.text() and each.number < 100]
    among = [each for each in told if each.among_rules]
    for group in (among, told):
        for sign in (Sign.WORD, Sign.NUMBER):
            if found := [each for each in group if each.sign is sign]:
                yield from _once(found if sign is Sign.WORD or group is among else _longest(found))
                return
        if counted := _counted(group, sections=group is told):
            yield from counted
            return


def _once(passages: Sequence[_Passage]) -> Iterator[WrittenRule]:
    seen: set[int] = set()
    for each in passages:
        if each.number not in seen:
            seen.add(each.number)
            yield WrittenRule(each.number, each.text())


def _longest(passages: Sequence[_Passage]) -> list[_Passage]:
    """Of several sections with numbers, the one with most."""
    sections = [each.section for each in passages]
    chosen = max(dict.fromkeys(sections), key=sections.count)
    return [each for each in passages if each.section == chosen]


def _counted(passages: Sequence[_Passage], *, sections: bool) -> list[WrittenRule]:
    """Rules without numbers. Where nothing speaks of rules, one lone list of several sentences may be them."""
    bullets = [each for each in passages if each.sign is Sign.BULLET and not _REFERENCE.fullmatch(each.text())]
    if sections and (len(bullets) < 2 or len({each.section for each in bullets}) > 1):
        return []
    found = bullets or [each for each in passages if each.sign is Sign.HEADING]
    return [WrittenRule(place, each.text(), is_numbered=False) for place, each in enumerate(found, start=1)]
