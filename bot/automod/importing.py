"""AutoModerator's configuration, rule by rule, as rules of Warden. Nothing is ever made to hold for more."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from bot.automod.actions import Actions, Wants, asks_for_action, is_about_actions, is_action
from bot.automod.asks import Ask, Group, joined
from bot.automod.conditions import Checks
from bot.automod.findings import Finding, Findings, Status
from bot.automod.mending import read_mended
from bot.automod.naming import Ids, title_of
from bot.automod.old_syntax import renewed
from bot.automod.reading import NotYaml
from bot.automod.search import A_COMMENT, A_POST, LINK_POST, TEXT_POST
from bot.automod.search_key import read_key
from bot.automod.source import Chunk, take_apart
from bot.automod.standards import STANDARDS
from bot.automod.tree import Document, Entry, Mapping, Node
from bot.automod.values import boolean, described, whole, word
from bot.automod.vocabulary import (
    COMMENTS_ONLY,
    FIELDS,
    ITEM_FACTS,
    NO_TYPES,
    POSTS_ONLY,
    SEARCH,
    TOP_KEYS,
    TYPES,
    Target,
)

MOST_PRIORITY = 1_000
FEWEST_KEYS = 2
"""Keys, one of them an action, by which a text that is no YAML is taken for a rule and not for prose."""
ITEMS = frozenset({Target.SUBMISSION, Target.COMMENT})


class State(StrEnum):
    """What became of a rule."""

    ACTIVE = "active"
    DISABLED = "disabled"
    """It stands in the file as a comment."""
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Imported:
    """One rule document, carried over as far as it goes."""

    number: int
    """Counts from 1 in the file."""
    line: int
    state: State
    id: str
    title: str
    findings: tuple[Finding, ...]
    statuses: tuple[tuple[str, Status], ...] = ()
    comments: tuple[str, ...] = ()
    on: str = "everything"
    when: Group = field(default_factory=lambda: Group(()))
    wants: Wants = field(default_factory=Wants)
    exempts_moderators: bool = True
    priority: int = 0
    original: str = ""
    """The text itself, where it could not be read."""

    @property
    def needs_newer(self) -> bool:
        """Whether something in it works on Lemmy 1.0 alone."""
        return any(status is Status.NEEDS_NEWER for _, status in self.statuses)


@dataclass(frozen=True, slots=True)
class Import:
    """One file, carried over."""

    rules: tuple[Imported, ...]
    findings: tuple[Finding, ...]
    """About the file as a whole."""

    def count(self, state: State) -> int:
        return sum(rule.state is state for rule in self.rules)


def carry_over(data: bytes, ids: Ids) -> Import:
    """The rules of a file. ``ids`` keeps them apart from those of other files. Raises NoText."""
    source = take_apart(data)
    whole_file = Findings()
    for each in source.mended:
        whole_file.note("", 1, each)
    rules: list[Imported] = []
    for chunk in source.chunks:
        found = _Document(chunk, len(rules) + 1, ids, whole_file).imported()
        if found is not None:
            rules.append(found)
    if not rules:
        message = "no rule of AutoModerator is in this file"
        whole_file.fail(1, message, "name the text of the page config/automoderator: rules between lines of `---`")
    return Import(tuple(rules), tuple(whole_file.all))


class _Document:
    """One document of a file."""

    def __init__(self, chunk: Chunk, number: int, ids: Ids, whole_file: Findings) -> None:
        self._chunk = chunk
        self._number = number
        self._ids = ids
        self._whole_file = whole_file
        self._findings = Findings()

    def imported(self) -> Imported | None:
        """``None`` for a document that is no rule: comments, prose, or a rule that asks for nothing."""
        try:
            mended = read_mended(self._chunk.text, self._chunk.line)
        except NotYaml as error:
            return self._failed(error)
        document = mended.document
        if document is None or not isinstance(document.node, Mapping) or not document.node.entries:
            return None
        if not asks_for_action(document.node):
            self._tell_of_no_rule(document.node)
            return None
        for change in mended.changes:
            message = f"AutoModerator would refuse the page; {change}"
            self._findings.note("", document.node.line, message)
        return self._rule(document, document.node)

    def _failed(self, error: NotYaml) -> Imported | None:
        keys = {line.strip().partition(":")[0] for line in self._chunk.text.split("\n") if _begins_with_key(line)}
        if len(keys) < FEWEST_KEYS or not any(is_action(key) for key in keys):
            return None
        self._findings.fail(self._chunk.line + error.line - 1, f"not YAML: {error.why}", "mend it, and import it again")
        title = f"rule {self._number}"
        name = self._ids.make(title, title)
        findings = tuple(self._findings.all)
        text = self._chunk.text.strip("\n")
        return Imported(self._number, self._chunk.line, State.FAILED, name, title, findings, original=text)

    def _tell_of_no_rule(self, node: Mapping) -> None:
        known = [entry for entry in node.entries if entry.key and _begins_with_key(f"{entry.key.text}:")]
        if known:
            message = "a document that asks for no action; AutoModerator ignores it"
            self._whole_file.note("", node.line, message, "give it an `action`")

    def _rule(self, document: Document, node: Mapping) -> Imported:
        entries = list(_last_of_each(tuple(renewed(node.entries, self._findings)), self._findings))
        kind = self._kind(entries)
        targets = self._targets(kind, entries)
        asks = list(self._asks(entries, targets, kind))
        if not asks and not self._findings.is_disabled:
            self._findings.drop_check("", node.line, "nothing is asked that would tell items apart", "add a check")
        on_comments = targets == {Target.COMMENT}
        wants = self._wants(entries, on_comments=on_comments)
        comments = tuple(_comments(document))
        otherwise = f"{wants.moderation or 'rule'} {self._number}"
        title = title_of(node.entries[0].above, wants.reason, comments, otherwise)
        return Imported(
            number=self._number,
            line=node.line,
            state=State.DISABLED if self._findings.is_disabled else State.ACTIVE,
            id=self._ids.make(title, f"rule-{self._number}"),
            title=title,
            findings=tuple(sorted(self._findings.all, key=lambda each: each.line)),
            statuses=tuple(self._findings.statuses),
            comments=comments,
            on={1: "comments" if on_comments else "posts"}.get(len(targets), "everything"),
            when=joined(asks),
            wants=wants,
            exempts_moderators=self._exempts(entries, wants),
            priority=self._priority(entries),
        )

    # what it is about

    def _kind(self, entries: Sequence[Entry]) -> str:
        entry = _named(entries, "type")
        if entry is None:
            return "any"
        assert entry.key is not None
        self._findings.count("type", Status.DIRECT)
        written = word(entry.value)
        kind = TYPES.get(" ".join(written.replace("_", " ").split()))
        if kind is None:
            message = f"{described(entry.value)} is no type"
            self._findings.drop_check("type", entry.key.line, message, "write comment, submission or any")
            return "any"
        if kind in NO_TYPES:
            status, why = NO_TYPES[kind]
            self._findings.drop_check("type", entry.key.line, f"`{kind}` cannot be asked: {why}", "", status)
            return "submission"
        if kind != written:
            self._findings.note("type", entry.key.line, f"`{written}` is read as `{kind}`", f"write `type: {kind}`")
        return kind

    def _targets(self, kind: str, entries: Sequence[Entry]) -> frozenset[Target]:
        """A rule for anything is one for comments and one for submissions, as far as each of them makes sense."""
        if kind != "any":
            return frozenset({Target.COMMENT if kind == "comment" else Target.SUBMISSION})
        targets = {target for target in ITEMS if not any(_is_foreign(entry, target) for entry in entries)}
        if not targets or not any(_is_check(entry) for entry in entries):
            message = "AutoModerator never applies it: it has no check, or none that fits both comments and submissions"
            line = entries[0].key.line if entries and entries[0].key else self._chunk.line
            self._findings.drop_check("", line, message, "say `type: submission` or `type: comment`")
        elif len(targets) == 1:
            only = "comments" if targets == {Target.COMMENT} else "submissions"
            self._findings.note("type", self._line(entries), f"it is for {only} alone: a key in it fits nothing else")
        return frozenset(targets or ITEMS)

    def _line(self, entries: Sequence[Entry]) -> int:
        return next((entry.key.line for entry in entries if entry.key), self._chunk.line)

    # what must hold

    def _asks(self, entries: Sequence[Entry], targets: frozenset[Target], kind: str) -> Iterator[Ask]:
        checks = Checks(self._findings, self._unquoted(entries))
        asks = list(self._standard(entries))
        rest = []
        for entry in entries:
            name = _name(entry)
            if name in {"author", "~author"}:
                asks += checks.of_author(entry)
            elif name == "parent_submission":
                asks += checks.of_parent(entry)
            elif name == "subreddit":
                asks += checks.of_community(entry)
            elif not is_about_actions(entry) and name not in _SETTINGS:
                rest.append(entry)
        asks += checks.of_item(rest, targets)
        yield from _kind_asked(kind, targets, is_all=not asks)
        yield from asks

    def _standard(self, entries: Sequence[Entry]) -> Iterator[Ask]:
        entry = _named(entries, "standard")
        if entry is None:
            return
        assert entry.key is not None
        self._findings.count("standard", Status.EMULATED)
        name = word(entry.value)
        if name not in STANDARDS:
            message = f"{described(entry.value)} is no standard condition"
            self._findings.drop_check("standard", entry.key.line, message, f"known: {', '.join(STANDARDS)}")
            return
        message = f"`{name}` is a list of Warden's: Reddit's is not published"
        self._findings.note("standard", entry.key.line, message, "read it through", Status.EMULATED)
        own = [key for each in entries if each.key and (key := read_key(each.key))]
        if not any(STANDARDS[name].name in key.names and not key.negated for key in own):
            yield STANDARDS[name]

    def _unquoted(self, entries: Sequence[Entry]) -> bool:
        entry = _named(entries, "ignore_blockquotes")
        if entry is None:
            return False
        self._findings.count("ignore_blockquotes", Status.DIRECT)
        return boolean(entry.value) or False

    # what is to be done

    def _wants(self, entries: Sequence[Entry], *, on_comments: bool) -> Wants:
        actions = Actions(self._findings)
        wants = actions.read([entry for entry in entries if is_about_actions(entry)], on_comments_only=on_comments)
        for group, whose in (("author", "the author"), ("parent_submission", "the post above")):
            entry = _named(entries, group)
            if entry is not None and isinstance(entry.value, Mapping):
                inner = tuple(renewed(entry.value.entries, self._findings))
                actions.drop_of_others([each for each in inner if is_about_actions(each)], whose)
        return wants

    def _exempts(self, entries: Sequence[Entry], wants: Wants) -> bool:
        entry = _named(entries, "moderators_exempt")
        if entry is None:
            return wants.exempts_moderators
        assert entry.key is not None
        self._findings.count("moderators_exempt", Status.DIRECT)
        value = boolean(entry.value)
        return wants.exempts_moderators if value is None else value

    def _priority(self, entries: Sequence[Entry]) -> int:
        entry = _named(entries, "priority")
        if entry is None:
            return 0
        self._findings.count("priority", Status.DIRECT)
        number = whole(entry.value) or 0
        return max(-MOST_PRIORITY, min(number, 999_999_999))


_GROUPS = frozenset({"author", "~author", "parent_submission", "subreddit"})
_SETTINGS = frozenset({"type", "priority", "moderators_exempt", "standard", "ignore_blockquotes"})


def _begins_with_key(line: str) -> bool:
    """Whether a line looks like one of a rule."""
    head, colon, _ = line.strip().lower().partition(":")
    name = head.strip("\"' ~").partition("(")[0].partition("#")[0].strip()
    return bool(colon) and bool(name) and all(each.strip() in TOP_KEYS for each in name.split("+"))


def _name(entry: Entry) -> str:
    assert entry.key is not None
    return entry.key.text.strip().lower()


def _named(entries: Sequence[Entry], name: str) -> Entry | None:
    return next((entry for entry in entries if _name(entry) == name), None)


def _last_of_each(entries: tuple[Entry, ...], findings: Findings) -> Iterator[Entry]:
    """Of a repeated key the last counts, in its first place: so YAML reads it, and AutoModerator with it."""
    last = {_name(entry): entry for entry in entries}
    for entry in entries:
        assert entry.key is not None
        if last[_name(entry)] is entry:
            yield entry
            continue
        message = f"`{entry.key.text}` is there again further down; AutoModerator reads the last one alone"
        findings.note(entry.key.text, entry.key.line, message, "make a rule of its own of it, or write `key#2`")


def _is_foreign(entry: Entry, target: Target) -> bool:
    """Whether AutoModerator refuses a key for items of this kind."""
    name = _name(entry)
    if name in (COMMENTS_ONLY if target is Target.SUBMISSION else POSTS_ONLY):
        return True
    key = read_key(entry.key) if entry.key else None
    return key is not None and all(each in FIELDS for each in key.names) and not set(key.names) & set(SEARCH[target])


def _is_check(entry: Entry) -> bool:
    name = _name(entry)
    if name in _GROUPS:
        return not isinstance(entry.value, Mapping) or any(not is_about_actions(each) for each in entry.value.entries)
    key = read_key(entry.key) if entry.key else None
    is_search = key is not None and all(each in FIELDS for each in key.names)
    return is_search or name in ITEM_FACTS or name == "standard"


def _kind_asked(kind: str, targets: frozenset[Target], *, is_all: bool) -> Iterator[Ask]:
    """What `on:` does not say; and, where nothing else is asked, that every item of its kind is meant."""
    if kind == "text submission":
        yield TEXT_POST
    elif kind == "link submission":
        yield LINK_POST
    elif is_all and kind != "any":
        yield A_POST if targets == {Target.SUBMISSION} else A_COMMENT


def _comments(document: Document) -> Iterator[str]:
    """All comments of a document, in their order."""

    def within(node: Node) -> Iterator[str]:
        for entry in getattr(node, "entries", ()):
            yield from (*entry.above, *entry.beside)
            yield from within(entry.value)

    yield from within(document.node)
    yield from document.below
