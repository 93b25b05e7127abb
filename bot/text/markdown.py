"""What a Markdown text is made of: quotes and code that are not the author's words, links, and pictures."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from markdown_it import MarkdownIt
from markdown_it.token import Token

LONGEST = 20_000
"""Code points that are parsed; hostile texts make the parser slow. Beyond, only bare addresses are found."""
_AFTER_LINK = ".,;:!?*_"
_BARE = re.compile(r"https?://[^\s<>\"'\])}]+", re.IGNORECASE)
_QUOTE = re.compile(r"(?:^|[\r\n])[ \t\d.)*+-]*>")
_CODE_SPAN = re.compile(r"(?:(?<!`)|(?<=\\`))(`+)(?!`)(.+?)(?<!`)\1(?!`)", re.DOTALL)
_MAY_CHANGE_LINKS = re.compile(r"!\[|\]:|[<\\`\t]|~~~| {4}|&[\w#]+;|(?:[-+*>] ?){9}")
"""What may make links of other things, end or hide an address, or write it in another way."""
_PLAIN_LINK = re.compile(
    r"\[[^\[\]\r\n]*\]\((https?://[A-Za-z0-9_.-]+(?:/(?:[A-Za-z0-9_./?=&#~,+:;@$-]|%[0-9A-Fa-f]{2})*)?)\)"
    rf"|((?i:{_BARE.pattern}))"
)
_EMPHASIS = re.compile(r"\*|(?<![^\W_])_|_(?![^\W_])|://$")
"""A sign inside an address that may be taken for emphasis; between two letters, ``_`` is none. Or nothing but signs."""
_LINE_END = re.compile(r"\r\n?|\n")
_UNREADABLE = re.compile(r"[\x00\ud800-\udfff]")
_NOT_CONTENT = re.compile(r"[\s>]+")
_PARSER = MarkdownIt("commonmark", {"html": False})


class RegionKind(StrEnum):
    """Parts of a Markdown text that are not the author's own words."""

    QUOTE = "quote"
    CODE = "code"


@dataclass(frozen=True, slots=True)
class Region:
    """A part of a text, in code points of the original."""

    kind: RegionKind
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Outline:
    """Regions are sorted by start; addresses stand in the order of the text."""

    regions: tuple[Region, ...] = ()
    links: tuple[str, ...] = ()
    images: tuple[str, ...] = ()


NOTHING = Outline()


def may_have_regions(text: str) -> bool:
    """Whether a text has to be parsed to tell its quotes and code; otherwise there are none."""
    may_have_code = "`" in text or "    " in text or "\t" in text or "~~~" in text
    return may_have_code or (">" in text and _QUOTE.search(text) is not None)


def may_have_links(text: str) -> bool:
    """The same about links and pictures."""
    return "://" in text or "](" in text or "<" in text or "]:" in text


def may_have_images(text: str) -> bool:
    """The same about pictures alone."""
    return "![" in text


def links_of(text: str) -> tuple[str, ...]:
    """The links of an outline, mostly without parsing."""
    if not may_have_links(text):
        return ()
    plain = _plain_links(_UNREADABLE.sub("\ufffd", text))
    return outline(text).links if plain is None else plain


def _plain_links(text: str) -> tuple[str, ...] | None:
    """All links, in a text where they are easily told; in others, ``None``."""
    if len(text) > LONGEST or _MAY_CHANGE_LINKS.search(text):
        return None
    found = [(target, bare.rstrip(_AFTER_LINK)) for target, bare in _PLAIN_LINK.findall(text)]
    if text.count("](") != sum(bool(target) for target, _ in found) or any(_EMPHASIS.search(bare) for _, bare in found):
        return None
    return tuple(dict.fromkeys(target or bare for target, bare in found))


def outline(text: str) -> Outline:
    """Never raises."""
    if not may_have_regions(text) and not may_have_links(text):
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
    return tuple(found.rstrip(_AFTER_LINK) for found in _BARE.findall(text))


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
