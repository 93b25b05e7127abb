"""One page read, in this process. For what strangers send, use ``bot.facts.pages``."""

import codecs
import re
from collections.abc import Iterator

from selectolax.lexbor import LexborHTMLParser

from bot.domain.destination import Page

LONGEST = 1_024
"""Bytes, in UTF-8, of each thing that a page says."""
_WIDER = {"ascii": "cp1252", "iso8859-1": "cp1252", "iso8859-9": "cp1254", "tis-620": "cp874", "gb2312": "gb18030"}
"""What browsers take for these."""
_KNOWN = re.compile(
    r"utf-8|utf-16(-[lb]e)?|cp125\d|cp874|cp866|iso8859-\d+|koi8-[ru]|mac-roman|gbk|gb18030|big5|euc_jp|shift_jis|cp932"
    r"|euc_kr|iso2022_jp"
)
"""Those of Python's codecs that the web uses: others do odd things, or take long."""
_IN_PAGE = re.compile(rb"""<meta[^>]{0,1000}?charset *= *["']?([\w.:-]+)""", re.IGNORECASE)
_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))


def page_in(message: bytes) -> Page:
    """What a page says of itself, addresses as it writes them.

    The message is what the server calls the charset, a line end, and the page.
    """
    charset, _, content = message.partition(b"\n")
    page = LexborHTMLParser(_decoded(content, charset.decode("ascii", "replace")))
    named = _named(page)
    return Page(
        title=named.get("og:title") or next(_titles(page), ""),
        description=named.get("og:description") or named.get("description", ""),
        canonical=next(_canonical(page), ""),
    )


def _named(page: LexborHTMLParser) -> dict[str, str]:
    """The first of each thing that the page says in a ``meta``."""
    found: dict[str, str] = {}
    for node in page.css("meta[content]"):
        name = node.attributes.get("property") or node.attributes.get("name") or ""
        value = _short(node.attributes.get("content") or "")
        if value:
            found.setdefault(name.strip().lower(), value)
    return found


def _canonical(page: LexborHTMLParser) -> Iterator[str]:
    for node in page.css("link[href]"):
        if "canonical" in (node.attributes.get("rel") or "").lower().split():
            yield _short(node.attributes.get("href") or "")


def _titles(page: LexborHTMLParser) -> Iterator[str]:
    """Drawings inside a page have titles too."""
    return (_short(node.text()) for node in page.css("title") if node.parent is None or node.parent.tag != "svg")


def _short(text: str) -> str:
    """On one line, and no longer than LONGEST; a letter that would be cut is left out."""
    line = " ".join(text[: 2 * LONGEST].split())
    return line.encode("utf-8", "replace")[:LONGEST].decode("utf-8", "ignore")


def _decoded(content: bytes, said: str) -> str:
    """By its byte order mark, by what the server or the page says, else as UTF-8 or Western European."""
    for mark, charset in _MARKS:
        if content.startswith(mark):
            return content.removeprefix(mark).decode(charset, "replace")
    in_page = _IN_PAGE.search(content[:4_096])
    charset = _codec(said) or _codec(in_page[1].decode("ascii", "replace") if in_page else "")
    if charset:
        return content.decode(charset, "replace")
    try:
        # The page may have been cut inside a letter.
        return codecs.getincrementaldecoder("utf-8")().decode(content)
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")


def _codec(label: str) -> str:
    """The codec for a label; empty for one that the web does not use."""
    try:
        name = codecs.lookup(label).name
    except (LookupError, ValueError):
        return ""
    name = _WIDER.get(name, name)
    return name if _KNOWN.fullmatch(name) else ""
