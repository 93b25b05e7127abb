"""Texts with placeholders: a closed language without code."""

import re
from collections.abc import Mapping

LONGEST_VALUE = 200
"""Code points of a value that are shown."""
PLACEHOLDERS = (
    "author",
    "community",
    "subreddit",
    "kind",
    "title",
    "body",
    "url",
    "domain",
    "permalink",
    "match",
    "rule",
    "sidebar_rule",
    "repair",
    "appeal",
)
_OWN_WORDS = frozenset({"rule", "sidebar_rule", "repair", "appeal", "kind"})
"""Written by the moderators, in Markdown as they meant it."""
_PLACEHOLDER = re.compile(r"\{\{ *([^{}]*?) *\}\}")
_NUMBERED = re.compile(r"match-[1-9][0-9]?")
_SPECIAL = re.compile(r"([\\`*_{}\[\]()#+\-.!|<>~^:$&])")
_ADDRESS = re.compile(r"https?://[A-Za-z0-9.:-]+/(?:post|comment)/[0-9]+")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]+")


def unknown_placeholders(template: str) -> list[str]:
    """Names in double braces that mean nothing, in order."""
    return [name for name in _PLACEHOLDER.findall(template) if name not in PLACEHOLDERS and not is_numbered(name)]


def is_numbered(name: str) -> bool:
    """``match-1``, ``match-2`` and so on."""
    return _NUMBERED.fullmatch(name) is not None


def render(template: str, values: Mapping[str, str]) -> str:
    """Fill the placeholders in; one without a value becomes empty.

    What an author wrote arrives as plain text: Markdown is escaped, mentions and addresses are defused, each value is
    at most ``LONGEST_VALUE`` code points long. Values are never looked at for placeholders.
    """
    return _PLACEHOLDER.sub(lambda found: _value(found[1], values.get(found[1], "")), template)


def _value(name: str, value: str) -> str:
    if name in _OWN_WORDS:
        return value
    if name == "permalink" and _ADDRESS.fullmatch(value):
        return value
    flat = _CONTROL.sub(" ", value).strip()
    short = flat if len(flat) <= LONGEST_VALUE else flat[: LONGEST_VALUE - 1] + "…"
    return _SPECIAL.sub(r"\\\1", short).replace("@", "@\u200b")
