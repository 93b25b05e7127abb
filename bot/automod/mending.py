"""Documents that are no YAML, put right where there is one way to read them. AutoModerator refuses such a page."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from bot.automod.reading import NotYaml, read
from bot.automod.tree import Document

MOST_MENDED = 60
"""Places of one document that are put right …"""
MOST_READ = 2_000_000
"""… as long as no more characters than this have to be read again for it."""

_TAB_MARGIN = re.compile(r"^[ \t]*\t[ \t]*", re.MULTILINE)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")
_VALUE = re.compile(r"(?P<head>[ \t]*(?:-[ \t]+|[^\s\"'#\[{-][^:#\"']*?:[ \t]+))(?P<value>[^\s#].*?)(?P<tail>[ \t]*)")
_ESCAPE = re.compile(r"\\(.)", re.DOTALL)
_DECORATION = re.compile(r"[^\w\s]{3,}[ \t]*")
_APOSTROPHE = re.compile(r"(?<=[^\W\d_])'(?=[^\W\d_])")
_FEWEST_QUOTES = 2
_OPEN_QUOTE = re.compile(r"(?P<head>[^:]*:[ \t]*)(?P<quote>[\"'])(?P<value>.*)(?P=quote)(?P<rest>[^\"']+)")


@dataclass(frozen=True, slots=True)
class Mended:
    """A document, and what had to be put right to read it."""

    document: Document | None
    changes: tuple[str, ...] = ()


def read_mended(text: str, first_line: int = 1) -> Mended:
    """Raises NotYaml when it cannot be read."""
    changes: list[str] = []
    first_failure: NotYaml | None = None
    for _ in range(min(MOST_MENDED, 1 + MOST_READ // max(len(text), 1))):
        try:
            return Mended(read(text, first_line), tuple(dict.fromkeys(changes)))
        except NotYaml as error:
            first_failure = first_failure or error
            mended = _mended(text, error)
            if mended is None or mended[0] == text:
                break
            text = mended[0]
            changes.append(mended[1].format(line=error.line + first_line - 1))
    raise first_failure or NotYaml("more than one can put right", 1)


def _mended(text: str, error: NotYaml) -> tuple[str, str] | None:
    """The text with one thing put right, and what it was."""
    if _CONTROL.search(text):
        return _CONTROL.sub("", text), "control characters were left out"
    if _TAB_MARGIN.search(text):
        return _TAB_MARGIN.sub(
            lambda found: found[0].replace("\t", "    "), text
        ), "tabs at the margin were made blanks"
    lines = text.split("\n")
    for number in dict.fromkeys((error.line - 1, error.line - 2)):
        if not 0 <= number < len(lines):
            continue
        for mend, said in _MENDS:
            line = mend(lines[number], error.why)
            if line is not None and line != lines[number]:
                return "\n".join([*lines[:number], line, *lines[number + 1 :]]), said
    return None


def _raw(line: str, why: str) -> str | None:
    """Backslashes between double quotes that YAML does not know: all of them were meant as they stand."""
    if "unknown escape" not in why and "escape sequence" not in why:
        return None
    return _ESCAPE.sub(lambda found: found[0] if found[1] in '"\\' else "\\" + found[0], line)


def _in_quotes(line: str, why: str) -> str | None:  # noqa: ARG001 - a mend's signature
    """A value with signs in it that YAML reads for itself."""
    found = _VALUE.fullmatch(line)
    if found is None or found["value"][0] in "\"'" or found["value"] in {"|", ">", "|-", ">-", "|+", ">+"}:
        return None
    if found["value"][0] == "[" and ("]" not in found["value"] or found["value"].endswith("]")):
        return None
    value = found["value"].replace("'", "''")
    return f"{found['head']}'{value}'{found['tail']}"


def _apostrophes(line: str, why: str) -> str | None:  # noqa: ARG001
    """Apostrophes inside of words between single quotes."""
    return _APOSTROPHE.sub("''", line) if _APOSTROPHE.search(line) and line.count("'") > _FEWEST_QUOTES else None


def _whole_in_quotes(line: str, why: str) -> str | None:  # noqa: ARG001
    """A value that begins between quotes and goes on behind them."""
    found = _OPEN_QUOTE.fullmatch(line)
    if found is None or found["rest"].lstrip().startswith("#") or found["head"].lstrip().startswith("#"):
        return None
    whole = found["quote"] + found["value"] + found["quote"] + found["rest"]
    return f"{found['head']}'" + whole.replace("'", "''") + "'"


def _decoration(line: str, why: str) -> str | None:  # noqa: ARG001
    """A line of signs, drawn to part rules."""
    return (
        f"#{line}"
        if _DECORATION.fullmatch(line.strip()) and not line.strip().startswith(("[", "]", "{", "}"))
        else None
    )


_MENDS: tuple[tuple[Callable[[str, str], str | None], str], ...] = (
    (_raw, "line {line}: backslashes between double quotes were read as they stand; write single quotes"),
    (_decoration, "line {line}: a drawn line was read as a comment"),
    (_in_quotes, "line {line}: the value was read as if it stood in quotes"),
    (_apostrophes, "line {line}: apostrophes between single quotes were read as such; write them twice"),
    (_whole_in_quotes, "line {line}: the value was read as if all of it stood in quotes"),
)
