"""What a Markdown text is made of: quotes and code that are not the author's words, links, and pictures."""

import re
from bisect import bisect_right
from dataclasses import dataclass
from itertools import accumulate

from markdown_it import MarkdownIt
from markdown_it.token import Token

from bot.text.prepared import Region, RegionKind

LONGEST = 20_000
"""Code points that are parsed; hostile texts make the parser slow. Beyond, only bare addresses are found."""
_BARE = re.compile(r"https?://[^\s<>\"'\])}]+", re.IGNORECASE)
_MARKUP = re.compile(r"[`>\[<!~]|^(?: {4}|\t)|https?:", re.MULTILINE | re.IGNORECASE)
_CODE_SPAN = re.compile(r"(?<!`)(`+)(?!`)(.+?)(?<!`)\1(?!`)", re.DOTALL)
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
    try:
        tokens = _PARSER.parse(text[:LONGEST])
    except (RecursionError, ValueError, IndexError):
        return Outline(links=_bare_links(text))
    starts = [0, *accumulate(len(line) for line in text.splitlines(keepends=True))]
    regions = _block_regions(tokens, starts, len(text))
    regions += _code_spans(text[:LONGEST], regions)
    links, images = _addresses(tokens)
    links += _bare_links(text[LONGEST:])
    return Outline(
        tuple(sorted(regions, key=lambda region: (region.start, region.end))),
        tuple(dict.fromkeys(links)),
        tuple(dict.fromkeys(images)),
    )


def _bare_links(text: str) -> tuple[str, ...]:
    return tuple(found.rstrip(".,;:!?*_") for found in _BARE.findall(text))


def _block_regions(tokens: list[Token], starts: list[int], length: int) -> list[Region]:
    regions: list[Region] = []
    for token in tokens:
        kind = {"blockquote_open": RegionKind.QUOTE, "fence": RegionKind.CODE, "code_block": RegionKind.CODE}.get(
            token.type
        )
        if kind and token.map:
            first, last = token.map
            end = starts[last] if last < len(starts) else length
            regions.append(Region(kind, starts[first], min(end, length)))
    return regions


def _code_spans(text: str, blocks: list[Region]) -> list[Region]:
    """Spans between backticks that stand outside code blocks."""
    if "`" not in text:
        return []
    code = sorted((block.start, block.end) for block in blocks if block.kind is RegionKind.CODE)
    spans = []
    for found in _CODE_SPAN.finditer(text):
        place = bisect_right(code, (found.start(), len(text) + 1)) - 1
        inside = place >= 0 and found.start() < code[place][1]
        if not inside and "\n\n" not in found.group():
            spans.append(Region(RegionKind.CODE, found.start(), found.end()))
    return spans


def _addresses(tokens: list[Token]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    links: list[str] = []
    images: list[str] = []
    for token in tokens:
        for child in token.children or ():
            _address(child, links, images)
    return tuple(links), tuple(images)


def _address(token: Token, links: list[str], images: list[str]) -> None:
    if token.type == "link_open":
        links.append(str(token.attrs.get("href", "")))
    elif token.type == "image":
        images.append(str(token.attrs.get("src", "")))
    elif token.type == "text":
        links.extend(_bare_links(token.content))
