"""From the bytes of a file to the texts of its documents, whatever the page went through before it became a file."""

import html
import re
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass

LARGEST = 1_048_576
"""Bytes of one file; Reddit takes half a megabyte."""

_SEPARATOR = re.compile(
    r"---(?:[ \t]+(?P<behind>.*)|#(?P<glued>.*))?|-{4,}[ \t]*|[—–]-?[ \t]*|\.\.\.[ \t]*|`{3,}.*|~{3,}.*"
)
"""A line that ends a document: YAML's own sign, a longer or a prettied one, or a Markdown fence."""
_ENTITY = re.compile(r"&(?:lt|gt|amp|quot|#39|#x27|nbsp);")
_BARE = re.compile(r"[<>]|&(?!(?:lt|gt|amp|quot|#39|#x27|nbsp);)")
_MARGIN = re.compile(r"^[ \t\u00a0\u200b\u2060]+", re.MULTILINE)
_UNSEEN = re.compile(r"[\u200b\u2060\ufeff]")
_KEY = re.compile(r"[~\"']?[a-z_+#]+ *(?:\([^)]*\))?[\"']? *:", re.IGNORECASE)


class NoText(Exception):
    """A file that cannot be read at all: why."""


@dataclass(frozen=True, slots=True)
class Chunk:
    """The text of one document."""

    text: str
    line: int
    """Number of its first line in the file; counts from 1."""


@dataclass(frozen=True, slots=True)
class Source:
    """A file taken apart."""

    chunks: tuple[Chunk, ...]
    mended: tuple[str, ...]
    """What had to be put right before, in words."""


def take_apart(data: bytes) -> Source:
    """Raises NoText."""
    if len(data) > LARGEST:
        raise NoText(f"larger than {LARGEST:,} bytes, more than an AutoModerator page can be. Cure: split the file")
    text, mended = _decoded(data)
    if "\0" in text:
        raise NoText("no text. Cure: name the text of the page config/automoderator")
    lines = re.sub(r"\r\n?|[\x85\u2028\u2029]", "\n", text)
    if _ENTITY.search(lines) and not _BARE.search(lines):
        lines = html.unescape(lines)
        mended.append("signs written as in HTML (`&gt;`) were turned back")
    if _MARGIN.search(lines) and any(_blank_margin(found[0]) for found in _MARGIN.finditer(lines)):
        lines = _MARGIN.sub(lambda found: _UNSEEN.sub("", found[0]).replace("\u00a0", " "), lines)
        mended.append("blanks of other kinds at the beginning of lines were made plain ones")
    return Source(tuple(_chunks(_at_the_margin(lines))), tuple(mended))


def _decoded(data: bytes) -> tuple[str, list[str]]:
    if data[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        try:
            return data.decode("utf-16"), ["the file was UTF-16 and is read as such"]
        except UnicodeDecodeError:
            raise NoText("neither UTF-8 nor UTF-16 text. Cure: save it as UTF-8") from None
    try:
        return data.decode("utf-8-sig"), []
    except UnicodeDecodeError:
        if b"\0" in data:
            raise NoText("no text. Cure: name the text of the page config/automoderator") from None
        return data.decode("cp1252", "replace"), ["the file is not UTF-8 and is read as Windows text (cp1252)"]


def _blank_margin(margin: str) -> bool:
    return not set(margin) <= {" ", "\t"}


def _at_the_margin(text: str) -> str:
    """A page that is indented as a whole, as Markdown shows code, is moved to the margin."""
    return textwrap.dedent(text) if re.search(r"^[ \t]+---[ \t]*$", text, re.MULTILINE) else text


def _chunks(text: str) -> Iterator[Chunk]:
    lines = text.split("\n")
    first = 0
    held: list[str] = []
    for number, line in enumerate(lines):
        found = _SEPARATOR.fullmatch(line)
        if found is None:
            held.append(line)
            continue
        yield Chunk("\n".join(held), first + 1)
        behind = (found["behind"] or found["glued"] or "").strip()
        held = [_kept(behind)] if behind else []
        first = number if behind else number + 1
    yield Chunk("\n".join(held), first + 1)


def _kept(behind: str) -> str:
    """What stands behind the three dashes: a key, or a heading."""
    return behind if _KEY.match(behind) else f"# {behind.lstrip('# ')}"
