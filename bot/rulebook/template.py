"""Texts with placeholders: a closed language without code.

``{{title}}`` stands for a value, ``{{body|plain|short}}`` for the value through filters. What an author wrote arrives
as plain text whatever it is made of: every sign with a meaning in Markdown is escaped, and an invisible blank stands
where mentions, community names and bare addresses would otherwise become links or call somebody.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bot.text.markdown import RegionKind, outline, plain_text

LONGEST_VALUE = 200
"""Code points of a value that are shown …"""
SHORT_VALUE = 60
"""… and through the filter ``short``."""
PLACEHOLDERS = {
    "author": "the author's name",
    "community": "the full name of the community",
    "subreddit": "the same, for templates that come from AutoModerator",
    "kind": "`post` or `comment`",
    "title": "the title of the post, or of the post above the comment",
    "body": "the text of the item",
    "url": "the address that the post links to",
    "domain": "the host of that address",
    "permalink": "the address of the item",
    "match": "the first thing that was found; `match-2` is the second, and so on",
    "rule": "the rule's `title`",
    "sidebar_rule": "the rule's `sidebar`",
    "repair": "the rule's `repair`",
    "appeal": "the rule's `appeal`",
}
"""Placeholders, and what they stand for."""
FILTERS = {
    "short": f"at most {SHORT_VALUE} characters",
    "quote": "in quotation marks",
    "plain": "the words without their Markdown",
}
"""Filters, and what they do. They may be combined in any order."""
_OWN_WORDS = frozenset({"rule", "sidebar_rule", "repair", "appeal", "kind"})
"""Written by the moderators, in Markdown as they meant it."""
_PLACEHOLDER = re.compile(r"\{\{ *([^{}]*?) *\}\}")
_NUMBERED = re.compile(r"match-[1-9][0-9]?")
_SPECIAL = re.compile(r"([!-/:-@\[-`{-~])")
_ADDRESS = re.compile(r"https?://[A-Za-z0-9.:-]+/(?:post|comment)/[0-9]+")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]+")
_JOINT = re.compile(r"@|!(?=\w)|/(?=/|[cmu]/)|(?<=\w)\.(?=\w)")
"""Where a mention, a community's name or an address begins or goes on."""
_LINK_TARGET = re.compile(r"\]\(\s*<?[^)\s]*$")
_INVISIBLE = "\u200b"


@dataclass(frozen=True, slots=True)
class Placeholder:
    """One pair of double braces."""

    name: str
    filters: tuple[str, ...]
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Mistake:
    """What is wrong with a template, and what is known instead."""

    message: str
    word: str
    """The word that is wrong; empty when it is none."""
    known: tuple[str, ...]
    """What could stand there, or the cure."""


def takes_no_filter(name: str) -> bool:
    """Whether a placeholder stands for the moderators' own words, which are shown as they are."""
    return name in _OWN_WORDS


def placeholders_in(template: str) -> Iterator[Placeholder]:
    """All of them, in order."""
    for found in _PLACEHOLDER.finditer(template):
        name, *filters = (part.strip() for part in found[1].split("|"))
        yield Placeholder(name, tuple(filters), *found.span())


def mistakes(template: str) -> Iterator[Mistake]:
    """Whatever cannot be filled in, and whatever would not come out as it looks."""
    code = [region for region in outline(template).regions if region.kind is RegionKind.CODE]
    for each in placeholders_in(template):
        shown = template[each.start : each.end]
        if each.name not in PLACEHOLDERS and not _NUMBERED.fullmatch(each.name):
            yield Mistake(f"unknown placeholder `{shown}`", each.name, tuple(PLACEHOLDERS))
            continue
        for unknown in (name for name in each.filters if name not in FILTERS):
            yield Mistake(f"unknown filter `{unknown}` in `{shown}`", unknown, tuple(FILTERS))
        if each.filters and takes_no_filter(each.name):
            yield Mistake(f"`{each.name}` takes no filter: it is your own text", "", ("write it as you want it shown",))
        if any(region.start <= each.start < region.end for region in code):
            yield Mistake(f"`{shown}` stands in code, where its escapes would show", "", ("take the backticks away",))
        if each.name != "permalink" and _LINK_TARGET.search(template[: each.start]):
            yield Mistake(
                f"`{shown}` cannot be the address of a link", "", ("use `{{permalink}}`, or show it as text",)
            )


def render(template: str, values: Mapping[str, str]) -> str:
    """Fill the placeholders in; one without a value becomes empty. Values are never looked at for placeholders.

    What an author wrote is at most ``LONGEST_VALUE`` code points of plain text, on one line.
    """
    parts = []
    start = 0
    for each in placeholders_in(template):
        parts += [template[start : each.start], _value(each, values.get(each.name, ""))]
        start = each.end
    return "".join(parts) + template[start:]


def _value(placeholder: Placeholder, value: str) -> str:
    if takes_no_filter(placeholder.name):
        return value
    if placeholder.name == "permalink" and _ADDRESS.fullmatch(value):
        return value
    words = plain_text(value) if "plain" in placeholder.filters else value
    flat = _CONTROL.sub(" ", words).strip()
    limit = SHORT_VALUE if "short" in placeholder.filters else LONGEST_VALUE
    safe = _escaped(flat if len(flat) <= limit else flat[: limit - 1] + "…")
    return f"“{safe}”" if safe and "quote" in placeholder.filters else safe


def _escaped(value: str) -> str:
    """Plain text in Markdown that leads nowhere and calls nobody."""
    return _SPECIAL.sub(r"\\\1", _JOINT.sub(rf"\g<0>{_INVISIBLE}", value))
