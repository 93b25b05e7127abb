"""What a Markdown text is made of: quotes and code that are not the author's words, links, and pictures."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from markdown_it import MarkdownIt
from markdown_it.token import Token

from bot.text.prepared import Region, RegionKind

LONGEST = 20_000
"""Code points that are parsed; hostile texts make the parser slow. Beyond, only bare addresses are found."""
_BARE = re.compile(r"https?://[^\s<>\"'\])}]+", re.IGNORECASE)
_MARKUP = re.compile(r"[`>\[<]|~~~|^(?: {4}|\t)|https?:", re.MULTILINE | re.IGNORECASE)
_CODE_SPAN = re.compile(r"(?:(?<!`)|(?<=\\`))(`+)(?!`)(.+?)(?<!`)\1(?!`)", re.DOTALL)
_LINE_END = re.compile(r"\r\n?|\n")
_UNREADABLE = re.compile(r"[\x00\ud800-\udfff]")
_NOT_CONTENT = re.compile(r"[\s>]+")
_PARSER = MarkdownIt("commonmark", {"html": False})


@dataclass(frozen=True, slots=True)
class Outline:
    """Regions are sorted by start; addresses stand in the order of the text."""

    regions: tuple[Region, ...] = ()
    links: tuple[str, ...] = ()
    images: tuple[str, ...] = ()


NOTHING = Outline()


def outline(text: str) -> Outline:
    """Never raises."""
    if not _MARKUP.search(text):
        return NOTHING
    text = _UNREADABLE.sub("\ufffd", text)
    try:
        tokens = _PARSER.parse(text[:LONGEST])
    except (RecursionError, ValueError, IndexError):
        return Outline(links=_bare_links(text))
    starts = [0, *(end.end() for end in _LINE_END.finditer(text)), len(text)]
    regions = _block_regions(tokens, starts) + _code_spans(tokens, text[:LONGEST], starts)
    links, images = _addresses(tokens)
    links += _bare_links(text[LONGEST:])
    return Outline(
        tuple(sorted(regions, key=lambda region: (region.start, region.end))),
        tuple(dict.fromkeys(links)),
        tuple(dict.fromkeys(images)),
    )


def plain_text(text: str) -> str:
    """The words that a reader would see, on one line, without the markup. Never raises."""
    try:
        tokens = _PARSER.parse(_UNREADABLE.sub("\ufffd", text[:LONGEST]))
    except (RecursionError, ValueError, IndexError):
        return text
    return " ".join(" ".join(_words(token) for token in tokens).split())


def _words(token: Token) -> str:
    """The text of a block, or of a part of a line. A picture's words are its description."""
    if token.children is not None:
        return "".join(_words(child) for child in token.children)
    return " " if token.type in {"softbreak", "hardbreak"} else token.content


def _bare_links(text: str) -> tuple[str, ...]:
    return tuple(found.rstrip(".,;:!?*_") for found in _BARE.findall(text))


def _block_regions(tokens: list[Token], starts: list[int]) -> list[Region]:
    """``starts``: the first code point of each line, and the end of the text."""
    kinds = {"blockquote_open": RegionKind.QUOTE, "fence": RegionKind.CODE, "code_block": RegionKind.CODE}
    return [
        Region(kinds[token.type], starts[token.map[0]], starts[token.map[1]])
        for token in tokens
        if token.type in kinds and token.map
    ]


def _code_spans(tokens: list[Token], text: str, starts: list[int]) -> list[Region]:
    """Spans between backticks. The parser says what they are but not where, so each is looked for in its block."""
    spans: list[Region] = []
    for token in tokens:
        if token.type != "inline" or token.map is None:
            continue
        place, end = starts[token.map[0]], starts[token.map[1]]
        for code in _code_of(token):
            found = _find_code(code, text, place, end)
            if found is not None:
                spans.append(Region(RegionKind.CODE, *found.span()))
                place = found.end()
    return spans


def _code_of(token: Token) -> Iterator[Token]:
    for child in token.children or ():
        if child.type == "code_inline":
            yield child
        yield from _code_of(child)


def _find_code(code: Token, text: str, place: int, end: int) -> re.Match[str] | None:
    """Backticks that are escaped, or stand inside an address, open nothing: the content decides."""
    wanted = _NOT_CONTENT.sub("", code.content)
    while found := _CODE_SPAN.search(text, place, end):
        if _NOT_CONTENT.sub("", found[2]) == wanted:
            return found
        place = found.start() + 1
    return None


def _addresses(tokens: list[Token]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    links: list[str] = []
    images: list[str] = []
    for token in tokens:
        depth = 0
        for child in token.children or ():
            depth += child.nesting if child.type in {"link_open", "link_close"} else 0
            match child.type:
                case "link_open":
                    links.append(str(child.attrs.get("href", "")))
                case "image":
                    images.append(str(child.attrs.get("src", "")))
                case "text" if depth == 0:  # a link's label leads nowhere itself
                    links.extend(_bare_links(child.content))
    return tuple(links), tuple(images)
