"""Texts with AutoModerator's placeholders, as Warden's templates and reasons."""

import re
from collections.abc import Mapping

from bot.automod.findings import Findings, Status
from bot.rulebook.rules import LONGEST_REASON
from bot.rulebook.template import mistakes, placeholders_in

LONGEST_TEXT = 10_000
"""Code points that Lemmy takes, and at which AutoModerator cut."""
MOST_TRIED = 40
"""Placeholders that are taken out of code one after the other."""
SAME = frozenset({"author", "body", "permalink", "subreddit", "kind", "title", "domain", "url", "match"})
"""Placeholders that Warden has by the same name."""
GONE: Mapping[str, str] = {
    "author_flair_text": "people have no flair on Lemmy",
    "author_flair_css_class": "people have no flair on Lemmy",
    "author_flair_template_id": "people have no flair on Lemmy",
    "media_author": "who made a linked video or picture is not known on Lemmy",
    "media_author_url": "who made a linked video or picture is not known on Lemmy",
    "media_title": "Warden's templates do not quote the linked page",
    "media_description": "Warden's templates do not quote the linked page",
}
_PLACEHOLDER = re.compile(r"\{\{\s*([^{}]*?)\s*\}\}")
_MATCH = re.compile(r"match(?:-[a-z_+~#][^{}]*?)??(?:-(?P<number>[1-9][0-9]?))?")
_USER = re.compile(r"(?<![\w/])/?u/(?=\{\{ *author *\}\})")
_COMMUNITY = re.compile(r"(?<![\w/])/?r/(?=\{\{ *(?:subreddit|community) *\}\})")
_IN_CODE = re.compile(r"(`+)([^`\n]*\{\{[^`\n]*)\1")
_LINK = re.compile(r"\[([^\[\]]*)\]\(([^()\s]*(?:\([^()]*\)[^()\s]*)*)(?:\s+\"[^\"]*\")?\)")
_BROKEN_LINK = re.compile(r"<?https?://[^\s<>]*\{\{[^{}]*\}\}[^\s<>]*>?")
_REDDIT = re.compile(r"reddit\.com|redd\.it|(?<![\w/])/?[ru]/\w", re.IGNORECASE)
_WRAPPED = re.compile(r"\s*(?:[-–—:,;]\s*)?[\[({\"'`*_]*\{\{[^{}]*\}\}[\])}\"'`*_]*")


def template(text: str, key: str, line: int, findings: Findings) -> str:
    """A text that Warden fills in. What cannot be filled in is left out, and told."""
    if len(text) > LONGEST_TEXT:
        findings.note(key, line, f"shortened to {LONGEST_TEXT:,} characters")
        text = text[: LONGEST_TEXT - 1] + "…"
    found = _IN_CODE.sub(r"\2", _COMMUNITY.sub("", _USER.sub("", text)))
    found = _PLACEHOLDER.sub(lambda each: _placeholder(each[1].lower(), key, line, findings), found)
    found = _without_addresses(found, key, line, findings)
    if any(mistakes(found)):
        findings.note(
            key, line, "placeholders that stand in code are left out", "take the backticks or the indent away"
        )
        found = _without_mistakes(found)
    if _REDDIT.search(found):
        findings.note(key, line, "the text speaks of Reddit", "name your community and its pages in it")
    return found.strip()


def _placeholder(name: str, key: str, line: int, findings: Findings) -> str:
    if name in SAME:
        return f"{{{{{name}}}}}"
    found = _MATCH.fullmatch(name)
    if found:
        if name not in {"match", f"match-{found['number']}"}:
            findings.note(key, line, f"`{{{{{name}}}}}` shows what the rule found, whichever search found it")
        number = found["number"]
        return f"{{{{match-{number}}}}}" if number and number != "1" else "{{match}}"
    why = GONE.get(name, "AutoModerator knows it no more than Warden")
    status = Status.NOTHING if name in GONE else None
    findings.note(key, line, f"`{{{{{name}}}}}` is left out: {why}", "", status)
    return ""


def _without_addresses(text: str, key: str, line: int, findings: Findings) -> str:
    """Links whose addresses are made of placeholders lead to Reddit; their words are kept."""

    def words(found: re.Match[str]) -> str:
        names = {each.name for each in placeholders_in(found[2])}
        return found[1] if names - {"permalink"} else found[0]

    kept = _BROKEN_LINK.sub("", _LINK.sub(words, text))
    if kept != text:
        findings.note(key, line, "a link whose address holds a placeholder is left out; its words are kept")
    return kept


def _without_mistakes(text: str) -> str:
    """Placeholders in code, one after the other."""
    if sum(1 for _ in placeholders_in(text)) > MOST_TRIED:
        return _PLACEHOLDER.sub("", text)
    place = 0
    while any(mistakes(text)):
        each = next((each for each in placeholders_in(text) if each.start >= place), None)
        if each is None:
            break
        shorter = text[: each.start] + text[each.end :]
        if sum(1 for _ in mistakes(shorter)) < sum(1 for _ in mistakes(text)):
            text = shorter
        else:
            place = each.end
    return text


def reason(text: str, key: str, line: int, findings: Findings) -> str:
    """A reason without placeholders, on one line; Lemmy would refuse a report that quotes a slur."""
    plain = text[:LONGEST_TEXT]
    if "{{" in plain:
        plain = _WRAPPED.sub("", plain).replace("{{", "").replace("}}", "")
        message = "what was found is not quoted: Lemmy refuses a report whose reason holds a slur"
        findings.note(key, line, message, "the report links to the item; Warden records what was found")
    plain = " ".join(plain.split()).strip(" -–—:,;")
    if len(plain) > LONGEST_REASON:
        findings.note(key, line, f"shortened to {LONGEST_REASON} characters")
        plain = plain[: LONGEST_REASON - 1] + "…"
    return plain
