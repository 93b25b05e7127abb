"""From the checks of a rule to Warden's conditions. What cannot be asked is told, and disables the rule."""

import difflib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from bot.automod.actions import is_about_actions
from bot.automod.asks import Ask, Group, either, joined, opposite
from bot.automod.findings import Findings, Status
from bot.automod.search import FALSE, LINK_POST, TEXT_POST, TRUE, Scope, Searches
from bot.automod.search_key import SearchKey, read_key
from bot.automod.tree import Entry, Node, Scalar
from bot.automod.tree import Mapping as Keys
from bot.automod.values import boolean, compared, described, is_empty, whole
from bot.automod.vocabulary import (
    AUTHOR_FACTS,
    AUTHOR_KEYS,
    FIELDS,
    ITEM_FACTS,
    SCORES,
    SEARCH,
    THRESHOLDS,
    TOP_KEYS,
    Fact,
    Target,
)

ARCHIVED = "180 days"
"""How old a post was when Reddit closed it."""
_COMPARISON = re.compile(r"\s*(?P<sign>[<>]=?|==?|)\s*(?P<number>-?[0-9]{1,9})\s*(?P<unit>[A-Za-z]*)\s*")
_UNITS = {"minute", "hour", "day", "week", "month", "year"}
_AUTHOR_FLAGS = {"is_submitter": "is_submitter", "is_moderator": "is_moderator", "is_contributor": "is_approved"}


@dataclass(frozen=True, slots=True)
class Checks:
    """The checks of one rule, and the keys that they were made from."""

    findings: Findings
    unquoted: bool = False
    """Whether quoted lines of the item do not count."""

    def of_item(self, entries: Iterable[Entry], targets: frozenset[Target]) -> Iterator[Ask]:
        """Everything that is asked of the item itself."""
        searched: list[SearchKey] = []
        for entry in entries:
            assert entry.key is not None
            key = read_key(entry.key)
            if key is None:
                self.findings.drop_check(entry.key.text, entry.key.line, "this is no key", "write it as `title`")
            elif all(name in FIELDS for name in key.names):
                searched.append(key)
                yield from self._search(key, entry.value, Scope(targets))
            elif len(key.names) == 1 and key.name in ITEM_FACTS and not key.negated:
                self.findings.count(key.written, ITEM_FACTS[key.name].status)
                yield from self._fact(key, entry.value)
            else:
                self._unknown(key, TOP_KEYS)
        yield from self._looked_at(searched, targets)

    def _search(self, key: SearchKey, node: Node, scope: Scope) -> Iterator[Ask]:
        if not scope.fields(key):
            self._unknown(key, tuple(name for target in scope.targets for name in SEARCH[target]))
            return
        unquoted = self.unquoted and scope.targets <= {Target.SUBMISSION, Target.COMMENT}
        ask = Searches(self.findings, unquoted=unquoted).carried_over(key, node, scope)
        if ask is not None:
            yield ask

    def _looked_at(self, searched: list[SearchKey], targets: frozenset[Target]) -> Iterator[Ask]:
        """AutoModerator looks at no address of a text post and at no text of a link post; where that leaves nothing to
        look at, the rule does not hold."""
        if Target.SUBMISSION not in targets or not searched or not all(key.negated for key in searched):
            return
        names = {name for key in searched for name in key.names if name in SEARCH[Target.SUBMISSION]}
        if names == {"url"}:
            yield LINK_POST
        elif names == {"body"}:
            yield opposite(LINK_POST)
        elif names <= {"media_title", "media_description"}:
            yield Ask("link_title", ("\\S",), ("includes", "regex", "verbatim"))

    def _unknown(self, key: SearchKey, known: Iterable[str]) -> None:
        self.findings.count(key.written, Status.NOTHING)
        if all(name in FIELDS for name in key.names):
            message = f"`{key.name}` cannot be searched here; AutoModerator refuses such a rule"
            self.findings.drop_check(key.written, key.line, message, "take it out, or change `type`", Status.NOTHING)
            return
        close = difflib.get_close_matches(key.name, list(known), n=1, cutoff=0.75)
        cure = f"did you mean `{close[0]}`?" if close else ""
        self.findings.drop_check(key.written, key.line, f"`{key.name}` is not known here", cure, Status.NOTHING)

    # facts of the item

    def _fact(self, key: SearchKey, node: Node) -> Iterator[Ask]:
        fact = ITEM_FACTS[key.name]
        if fact.why:
            self._cannot(key, fact)
        elif key.name == "reports":
            yield from self._reports(key, node)
        elif key.name.startswith("body_"):
            yield from self._length(key, node)
        else:
            yield from self._flag(key, node)

    def _length(self, key: SearchKey, node: Node) -> Iterator[Ask]:
        number = whole(node)
        if number is None or number < 0:
            self._wrong(key, node, "a whole number")
            return
        if self.unquoted:
            say = self.findings.note if key.name == "body_shorter_than" else self.findings.drop_check
            say(key.written, key.line, "quoted lines are measured, too", "", Status.DIRECT)
        yield Ask(key.name, str(number))

    def _reports(self, key: SearchKey, node: Node) -> Iterator[Ask]:
        number = whole(node)
        compare = None if number is not None else self._comparison(node)
        if number is not None:
            yield Ask("reports", f">= {max(number, 0)}")
        elif compare is not None and not compare[2]:
            yield Ask("reports", f"{compare[0]} {compare[1]}".strip())
        else:
            self._wrong(key, node, "a whole number")

    def _flag(self, key: SearchKey, node: Node) -> Iterator[Ask]:
        value = boolean(node)
        if value is None:
            self._wrong(key, node, "true or false")
        elif key.name == "past_archive_date":
            yield Ask("age", f"{'>' if value else '<='} {ARCHIVED}")
        elif key.name == "is_self":
            self.findings.note(key.written, key.line, "AutoModerator knows no `is_self`; text posts are meant")
            yield TEXT_POST if value else LINK_POST
        else:
            yield Ask(key.name, TRUE if value else FALSE)

    def _cannot(self, key: SearchKey, fact: Fact) -> None:
        self.findings.drop_check(
            key.written, key.line, f"`{key.name}` cannot be asked: {fact.why}", fact.cure, fact.status
        )

    def _wrong(self, key: SearchKey, node: Node, wanted: str) -> None:
        self.findings.drop_check(key.written, key.line, f"must be {wanted}, not {described(node)}", "mend the value")

    # the author

    def of_author(self, entry: Entry) -> Iterator[Ask]:
        """The group ``author``, or names."""
        assert entry.key is not None
        negated = entry.key.text.strip().startswith("~")
        if not isinstance(entry.value, Keys):
            named = Scalar(f"{'~' if negated else ''}name", line=entry.key.line)
            yield from self._author_entry(Entry(named, entry.value))
            return
        if negated:
            message = "`~` before a group is not known to AutoModerator, which ignores it"
            self.findings.drop_check(entry.key.text, entry.key.line, message, "put `~` before the keys in it")
            return
        if not entry.value.entries:
            self.findings.drop_check(entry.key.text, entry.key.line, "asks for nothing", "take it out")
        thresholds = []
        satisfies_any = False
        for each in entry.value.entries:
            assert each.key is not None
            name = each.key.text.strip().lower()
            if name in THRESHOLDS:
                thresholds.append(each)
            elif name == "satisfy_any_threshold":
                self.findings.count(name, Status.DIRECT)
                satisfies_any = boolean(each.value) or False
            elif not is_about_actions(each):
                yield from self._author_entry(each)
        yield from self._thresholds(thresholds, satisfies_any=satisfies_any and len(thresholds) > 1)

    def _author_entry(self, entry: Entry) -> Iterator[Ask]:
        assert entry.key is not None
        key = read_key(entry.key)
        if key is None:
            self.findings.drop_check(entry.key.text, entry.key.line, "this is no key", "write it as `name`")
        elif key.name in AUTHOR_FACTS and not key.negated:
            yield from self._author_fact(key, entry.value)
        elif Scope(frozenset({Target.AUTHOR})).fields(key) and all(name in FIELDS for name in key.names):
            for ask in self._search(key, entry.value, Scope(frozenset({Target.AUTHOR}))):
                yield _about_author(ask)
        else:
            self._unknown(key, AUTHOR_KEYS)

    def _author_fact(self, key: SearchKey, node: Node) -> Iterator[Ask]:
        fact = AUTHOR_FACTS[key.name]
        self.findings.count(key.written, fact.status)
        if fact.why:
            self._cannot(key, fact)
            return
        value = boolean(node)
        if value is None:
            self._wrong(key, node, "true or false")
            return
        if key.name == "is_contributor":
            message = "approved submitters become Warden's list of approved people"
            self.findings.note(key.written, key.line, message, "name them in the configuration", Status.EMULATED)
        yield Ask("author", Group((Ask(_AUTHOR_FLAGS[key.name], TRUE if value else FALSE),)))

    def _thresholds(self, entries: list[Entry], *, satisfies_any: bool) -> Iterator[Ask]:
        found = []
        for entry in entries:
            assert entry.key is not None
            ask = self._threshold(entry, is_alternative=satisfies_any)
            if ask is not None:
                found.append(Ask("author", Group((ask,))))
        if not satisfies_any:
            yield from found
        elif found:
            yield either(Group((ask,)) for ask in found)
        elif entries:
            key = entries[0].key
            assert key is not None
            self.findings.drop_check(
                key.text, key.line, "none of the thresholds can be asked", "ask for something else"
            )

    def _threshold(self, entry: Entry, *, is_alternative: bool) -> Ask | None:
        """One threshold. Among alternatives, one that cannot be asked is left out: the rule holds for less."""
        assert entry.key is not None
        written, line = entry.key.text, entry.key.line
        name = written.strip().lower()
        fact = THRESHOLDS[name]
        self.findings.count(written, fact.status)
        say = self.findings.note if is_alternative else self.findings.drop_check
        compare = self._comparison(entry.value)
        if fact.why:
            say(written, line, f"`{name}` cannot be asked: {fact.why}", fact.cure, fact.status)
            return None
        unit = compare[2].lower().removesuffix("s") if compare else ""
        if compare is None or (unit and (name != "account_age" or unit not in _UNITS)):
            say(written, line, f"must compare a number, not {described(entry.value)}", 'write it as `"< 10"`')
            return None
        sign, number, _ = compare
        if name == "account_age":
            return self._age(written, line, f"{sign} {number} {unit or 'day'}{'' if number == '1' else 's'}".strip())
        message = "votes on people are known on Lemmy 1.0 alone: on 0.19 this cannot be told, and the rule does nothing"
        if is_alternative:
            message = "votes on people are known on Lemmy 1.0 alone: on 0.19 the other thresholds decide"
        self.findings.note(written, line, message, "", Status.NEEDS_NEWER)
        return Ask(SCORES[name], f"{sign} {number}".strip())

    def _age(self, written: str, line: int, wanted: str) -> Ask | None:
        number = wanted.split()[-2]
        if number.startswith("-"):
            self.findings.drop_check(written, line, "an age is never negative", "mend the value")
            return None
        if wanted[0] not in "<>":
            message = "without a sign it means exactly this age, which an account hardly ever has"
            self.findings.note(written, line, message, f'write `"< {wanted.lstrip("= ")}"`')
        return Ask("account_age", wanted)

    def _comparison(self, node: Node) -> tuple[str, str, str] | None:
        if not isinstance(node, Scalar) or is_empty(node):
            return ("", "0", "") if whole(node) == 0 else None
        found = _COMPARISON.fullmatch(compared(node))
        if found is None:
            return None
        return found["sign"], str(int(found["number"])), found["unit"]

    # other groups

    def of_parent(self, entry: Entry) -> Iterator[Ask]:
        """The group ``parent_submission``."""
        assert entry.key is not None
        if not isinstance(entry.value, Keys):
            self.findings.drop_check(
                entry.key.text, entry.key.line, "must be a group of keys", "write `title: …` below"
            )
            return
        submission = frozenset({Target.SUBMISSION})
        rest = []
        asks: list[Ask] = []
        for each in entry.value.entries:
            assert each.key is not None
            if each.key.text.strip().lower() in {"author", "~author"}:
                asks += self.of_author(each)
            elif not is_about_actions(each):
                rest.append(each)
        asks += replace(self, unquoted=False).of_item(rest, submission)
        if asks:
            yield Ask("parent_post", joined(asks))

    def of_community(self, entry: Entry) -> Iterator[Ask]:
        """The group ``subreddit``."""
        assert entry.key is not None
        if not isinstance(entry.value, Keys):
            self.findings.drop_check(entry.key.text, entry.key.line, "must be a group of keys", "write `name: …` below")
            return
        for each in entry.value.entries:
            assert each.key is not None
            key = read_key(each.key)
            if key is not None and key.name == "name":
                yield from self._search(key, each.value, Scope(frozenset({Target.COMMUNITY})))
            else:
                self.findings.count(each.key.text, Status.DIRECT)
                message = "of the community, only its name can be asked for"
                self.findings.drop_check(each.key.text, each.key.line, message, "use `communities:` of the rule file")


def _about_author(ask: Ask) -> Ask:
    """A search among the author's fields, under ``author``. Alternatives stand around it."""
    if ask.name in {"any", "none"} and isinstance(ask.value, tuple):
        groups = tuple(Group((Ask("author", each),)) for each in ask.value if isinstance(each, Group))
        return Ask(ask.name, groups)
    return Ask("author", Group((ask,)))
