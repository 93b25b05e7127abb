"""From the actions of a rule to what Warden's rule asks for."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from bot.automod.findings import Findings, Status
from bot.automod.tree import Entry
from bot.automod.tree import Mapping as Keys
from bot.automod.values import boolean, described, text, word
from bot.automod.vocabulary import ACTIONS, OTHER_NAMES, SETTINGS
from bot.automod.wording import LONGEST_TEXT, reason, template

REMOVING = frozenset({"remove", "spam", "filter"})
_BECOMES = {"approve": "approve", "remove": "remove", "spam": "remove", "filter": "report", "report": "report"}
_OTHER_ACTIONS = {
    "removed": "remove",
    "removal": "remove",
    "delete": "remove",
    "approved": "approve",
    "reports": "report",
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """One action as it will be written."""

    name: str
    text: str = ""
    """Template, for actions that say something."""


@dataclass(slots=True)
class Wants:
    """What a rule asks for."""

    then: list[Wanted] = field(default_factory=list)
    reason: str = ""
    moderation: str = ""
    """The value of ``action``."""

    @property
    def is_removing(self) -> bool:
        return self.moderation in REMOVING

    @property
    def exempts_moderators(self) -> bool:
        """Whether AutoModerator leaves moderators alone when the rule does not say."""
        return self.is_removing or self.moderation == "report"


def is_action(key: str) -> bool:
    name = key.strip().lower()
    return OTHER_NAMES.get(name, name) in ACTIONS


def asks_for_action(node: Keys) -> bool:
    """Whether a document asks for anything at all, of the item, its author or the post above."""
    for entry in node.entries:
        assert entry.key is not None
        if is_action(entry.key.text):
            return True
        if isinstance(entry.value, Keys) and asks_for_action(entry.value):
            return True
    return False


class Actions:
    """Carries the actions of one rule over."""

    def __init__(self, findings: Findings) -> None:
        self._findings = findings

    def read(self, entries: Sequence[Entry], *, on_comments_only: bool) -> Wants:
        """Of keys that AutoModerator overwrites, the last counts."""
        found = {_name(entry): entry for entry in entries}
        wants = Wants()
        for name in found:
            self._findings.count(name, (ACTIONS.get(name) or SETTINGS[name]).status)
        self._moderation(found, wants)
        self._answers(found, wants)
        self._marks(found, wants, on_comments_only=on_comments_only)
        self._reason(found, wants)
        return wants

    def drop_of_others(self, entries: Sequence[Entry], whose: str) -> None:
        """Actions on the author or the post above, which no rule of Warden has."""
        for entry in entries:
            name = _name(entry)
            fact = ACTIONS.get(name) or SETTINGS[name]
            if name == "set_flair" and whose == "the author":
                self._findings.count(name, Status.NOTHING)
                self._drop(entry, "people have no flair on Lemmy", Status.NOTHING)
            else:
                self._findings.count(name, fact.status)
                self._drop(
                    entry, fact.why or f"it would act on {whose}, and Warden acts on the item alone", fact.status
                )

    def _moderation(self, found: Mapping[str, Entry], wants: Wants) -> None:
        entry = found.get("action")
        if entry is None:
            return
        name = word(entry.value)
        name = _OTHER_ACTIONS.get(name, name)
        if name not in _BECOMES:
            self._drop(entry, f"{described(entry.value)} is no action", None)
            return
        wants.moderation = name
        wants.then.append(Wanted(_BECOMES[name]))
        if name == "filter":
            message = "`filter` becomes a report: Lemmy has no queue that hides what waits in it"
            self._note(entry, message, "write `then: [remove]` to hide it at once", Status.EMULATED)
        elif name == "spam":
            self._note(entry, "`spam` becomes `remove`: Lemmy learns nothing from it", "", Status.EMULATED)
        elif name == "approve":
            self._note(entry, "`approve` puts back what Warden removed, and resolves reports", "", Status.EMULATED)

    def _answers(self, found: Mapping[str, Entry], wants: Wants) -> None:
        for name, becomes in (("comment", "reply"), ("message", "message"), ("modmail", "notify")):
            entry = found.get(name)
            said = self._text(entry) if entry else ""
            if entry is None or not said:
                continue
            subject = found.get(f"{name}_subject")
            title = self._text(subject) if subject else ""
            whole = f"**{title}**\n\n{said}" if title else said
            whole = whole if len(whole) <= LONGEST_TEXT else whole[: LONGEST_TEXT - 1] + "…"
            if name == "modmail":
                self._note(entry, "it goes where the moderators are told: see `notify` in the configuration")
            wants.then.append(Wanted(becomes, whole))
        for name in ("comment_stickied", "comment_locked"):
            entry = found.get(name)
            if entry is not None and boolean(entry.value) is not False:
                self._drop(entry, SETTINGS[name].why, SETTINGS[name].status)

    def _text(self, entry: Entry) -> str:
        assert entry.key is not None
        said = text(entry.value)
        if not said or not said.strip():
            self._drop(entry, f"must be a text, not {described(entry.value)}", None)
            return ""
        return template(said, entry.key.text, entry.key.line, self._findings)

    def _marks(self, found: Mapping[str, Entry], wants: Wants, *, on_comments_only: bool) -> None:
        for name, entry in found.items():
            fact = ACTIONS.get(name)
            if name == "overwrite_flair":
                self._drop(entry, SETTINGS[name].why, SETTINGS[name].status)
            elif fact and fact.why:
                self._drop(entry, fact.why, fact.status)
        wants.then += self._mark(found.get("set_sticky"), "feature", wants)
        locked = found.get("set_locked")
        if locked is not None and on_comments_only:
            self._drop(locked, "comments are locked on Lemmy 1.0 alone", Status.NEEDS_NEWER)
        else:
            wants.then += self._mark(locked, "lock", wants)

    def _mark(self, entry: Entry | None, becomes: str, wants: Wants) -> Iterator[Wanted]:
        if entry is None:
            return
        value = boolean(entry.value)
        if word(entry.value) in {"1", "2"} and becomes == "feature":
            value = True
        if not value:
            self._drop(entry, "Warden does not take back what moderators set", None)
        elif wants.moderation == "approve" and becomes == "lock":
            self._drop(entry, "what is approved is not locked by the same rule", None, "make a second rule of it")
        else:
            yield Wanted(becomes)

    def _reason(self, found: Mapping[str, Entry], wants: Wants) -> None:
        entry = found.get("action_reason") or found.get("report_reason")
        if entry is None:
            return
        assert entry.key is not None
        said = text(entry.value)
        if said and said.strip():
            wants.reason = reason(said, entry.key.text, entry.key.line, self._findings)

    def _drop(self, entry: Entry, why: str, status: Status | None, cure: str = "") -> None:
        assert entry.key is not None
        self._findings.drop_action(entry.key.text, entry.key.line, f"`{_name(entry)}` is left out: {why}", cure, status)

    def _note(self, entry: Entry, message: str, cure: str = "", status: Status | None = None) -> None:
        assert entry.key is not None
        self._findings.note(entry.key.text, entry.key.line, message, cure, status)


def _name(entry: Entry) -> str:
    assert entry.key is not None
    name = entry.key.text.strip().lower()
    return OTHER_NAMES.get(name, name)


def is_about_actions(node: Entry) -> bool:
    """Whether an entry says what is to be done, or how."""
    return _name(node) in {*ACTIONS, *SETTINGS} - {
        "type",
        "priority",
        "moderators_exempt",
        "standard",
        "ignore_blockquotes",
    }
