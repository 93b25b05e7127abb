"""Keys that AutoModerator had before Reddit took it over in 2015, as today's keys."""

from collections.abc import Iterator
from dataclasses import replace

from bot.automod.findings import Findings, Status
from bot.automod.tree import Entry, Mapping, Scalar
from bot.automod.values import word
from bot.automod.vocabulary import OTHER_NAMES, TOP_KEYS

_CONDITIONS = "user_conditions"


def renewed(entries: tuple[Entry, ...], findings: Findings) -> Iterator[Entry]:
    """The entries by today's names, in small letters."""
    for entry in entries:
        assert entry.key is not None
        name = entry.key.text.strip().lower()
        if name == _CONDITIONS and isinstance(entry.value, Mapping):
            findings.note(name, entry.key.line, "`user_conditions` is read as `author`", "", Status.DIRECT)
            inner = tuple(_condition(each) for each in entry.value.entries)
            yield Entry(
                replace(entry.key, text="author"), replace(entry.value, entries=inner), entry.above, entry.beside
            )
        elif name not in TOP_KEYS and name.lstrip("~") in OTHER_NAMES:
            today = name.replace(name.lstrip("~"), OTHER_NAMES[name.lstrip("~")])
            findings.note(entry.key.text, entry.key.line, f"`{name}` is read as `{today}`", f"write `{today}`")
            yield replace(entry, key=replace(entry.key, text=today))
        else:
            yield entry


def _condition(entry: Entry) -> Entry:
    assert entry.key is not None
    if entry.key.text.strip().lower() != "must_satisfy":
        return entry
    satisfied = Scalar("true" if word(entry.value) == "any" else "false", line=entry.key.line)
    return replace(entry, key=replace(entry.key, text="satisfy_any_threshold"), value=satisfied)
