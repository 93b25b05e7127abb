"""From AutoModerator's searches to Warden's: the same texts found, or fewer, and never more."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bot.automod.asks import Ask, Group, either, opposite
from bot.automod.expressions import Expression, Refused, alternatives, carried_over, sets_ignore_case
from bot.automod.findings import Findings, Status
from bot.automod.search_key import SearchKey
from bot.automod.tree import Entry, Mapping, Node, Scalar, Sequence
from bot.automod.values import compared, is_empty, is_surprise
from bot.automod.vocabulary import DEFAULTS, SEARCH, SearchField, Target
from bot.checks.domain import domains
from bot.checks.setting import SettingError
from bot.matching.exact import spans
from bot.matching.pattern import Pattern, PatternError, Placement
from bot.matching.scanner import check_pattern

TRUE, FALSE = "true", "false"
TEXT_POST = Ask("is_link_post", FALSE)
LINK_POST = Ask("is_link_post", TRUE)
A_POST = Ask("is_post", TRUE)
A_COMMENT = Ask("is_post", FALSE)
_BARE_HOST = (Placement.FULL_EXACT, Placement.FULL_TEXT, Placement.STARTS_WITH)
"""Placements for which it matters that AutoModerator leaves ``www.`` out of a domain."""


_ANY_TAG = re.compile(r"\^?\(?(?:\.|\\w|\.\+|\\w\+|\.\*\\S\.\*|\\S\+?|\.\{1,\})\)?\$?")
"""Expressions for whatever flair."""


@dataclass(frozen=True, slots=True)
class Scope:
    """What a search is about."""

    targets: frozenset[Target]
    """Kinds of items, or one group."""

    def fields(self, key: SearchKey) -> dict[str, SearchField]:
        """The key's fields that any of these has."""
        known = {name: each for target in self.targets for name, each in SEARCH[target].items()}
        return {name: known[name] for name in key.names if name in known}


@dataclass(frozen=True, slots=True)
class _Values:
    """What a key looks for."""

    texts: tuple[tuple[str, int], ...]
    """With their lines."""


class Searches:
    """Carries the searches of one rule over."""

    def __init__(self, findings: Findings, *, unquoted: bool = False) -> None:
        """``unquoted``: whether quoted lines do not count."""
        self._findings = findings
        self._unquoted = unquoted

    def carried_over(self, key: SearchKey, node: Node, scope: Scope) -> Ask | None:
        """``None`` when it cannot be; then the rule is disabled."""
        known = scope.fields(key)
        self._findings.count(key.written, _worst(known.values()))
        fields = self._fields(key, known)
        values = self._values(key, node)
        if not fields or values is None:
            return None
        return self._search(key, fields, values, scope)

    # fields

    def _fields(self, key: SearchKey, known: dict[str, SearchField]) -> tuple[str, ...]:
        for old, new in key.renamed:
            self._findings.note(key.written, key.line, f"`{old}` is read as `{new}`", f"write `{new}`")
        if key.unknown:
            words = ", ".join(f"`{each}`" for each in key.unknown)
            self._findings.drop_check(
                key.written, key.line, f"unknown modifier {words}", "AutoModerator refuses it too"
            )
            return ()
        lost = {name: each for name, each in known.items() if not each.field}
        kept = tuple(each.field for each in known.values() if each.field)
        for name, each in lost.items():
            message = f"`{name}` cannot be searched: {each.why}"
            if kept and not key.negated:
                self._findings.note(key.written, key.line, f"{message}; the other fields are", "", each.status)
            else:
                self._findings.drop_check(key.written, key.line, message, "", each.status)
        return () if lost and (key.negated or not kept) else kept

    # values

    def _values(self, key: SearchKey, node: Node) -> _Values | None:
        drop = self._findings.drop_check
        if isinstance(node, Mapping):
            drop(key.written, key.line, "must be a text or a list of texts, not a group of keys", "put it in quotes")
            return None
        if is_empty(node):
            message = "has no value; AutoModerator ignores it, so that the rule holds for more than it seems to"
            drop(key.written, key.line, message, "give it a value, or take it out")
            return None
        entries = node.entries if isinstance(node, Sequence) else (Entry(None, node),)
        texts = [each for entry in entries if (each := self._value(key, entry.value)) is not None]
        if len(texts) < len(entries) and key.negated:
            drop(key.written, key.line, "a value that is left out would make the rule hold for more", "mend the value")
            return None
        if not texts:
            drop(key.written, key.line, "no value is left to look for", "mend the values")
            return None
        return _Values(tuple(dict.fromkeys(texts)))

    def _value(self, key: SearchKey, node: Node) -> tuple[str, int] | None:
        if not isinstance(node, Scalar):
            message = "a list inside the list matches nothing: AutoModerator compares with its Python spelling"
            self._findings.note(key.written, node.line or key.line, message, "write all values in one list")
            return None
        text = compared(node)
        if is_surprise(node):
            message = f"YAML reads `{node.text}` as `{text}`, and that is what AutoModerator looks for"
            self._findings.note(key.written, node.line, message, f'if the text is meant, write "{node.text}"')
        if "\x08" in text and not node.plain:
            message = r"`\b` between double quotes is a backspace, not the edge of a word"
            self._findings.note(key.written, node.line, message, "write the expression between single quotes")
        if not text:
            self._findings.note(key.written, node.line, "an empty value is found in every text; it is left out", "")
            return None
        return text, node.line

    # searches

    def _search(self, key: SearchKey, fields: tuple[str, ...], values: _Values, scope: Scope) -> Ask | None:
        if fields == ("name",):
            values = self._names(key, values)
        if "tags" in fields:
            return self._tags(key, fields, values)
        if fields == ("domain",) and key.placement is None and not key.is_regex:
            return self._domain(key, values)
        placement = key.placement or (
            DEFAULTS.get(key.names[0], Placement.WORD) if len(key.names) == 1 else Placement.WORD
        )
        if len(key.names) > 1 and key.placement is None and len(scope.fields(key)) == 1:
            placement = DEFAULTS.get(next(iter(scope.fields(key))), Placement.WORD)
        found = _Found(key, fields, placement, scope, unquoted=self._unquoted)
        for text, line in values.texts:
            if "domain" in fields and self._is_self(key, found, text, line, alone=len(fields) == 1):
                continue
            self._add(key, found, text, line)
        if found.is_everything and Target.AUTHOR in scope.targets:
            self._findings.drop_check(key.written, key.line, "it holds for everybody", "take it out")
            return None
        if found.is_empty or (found.failed and key.negated):
            message = "without what cannot be looked for, the rule would hold for more"
            self._findings.drop_check(key.written, key.line, message)
            return None
        return found.ask()

    def _add(self, key: SearchKey, found: "_Found", text: str, line: int) -> None:
        try:
            if key.is_regex:
                expression = carried_over(text, found.placement)
                found.ignores_case = found.ignores_case or sets_ignore_case(text)
            else:
                _check(text, found.placement, is_case_sensitive=key.is_case_sensitive)
                expression = Expression(((text, found.placement),))
        except Refused as refused:
            found.failed = True
            message = f"`{_short(text)}` cannot be looked for: {refused.why}"
            self._findings.note(key.written, line, message, refused.cure)
            return
        if "domain" in found.fields and not key.is_regex and not _with_www(text, found.placement):
            message = f"`{_short(text)}` stands in no domain, from which Reddit leaves `www.` out"
            self._findings.note(key.written, line, message, "write it without `www.`")
        if expression.leaves_empty:
            found.failed = found.failed or key.negated
            self._findings.note(key.written, line, f"`{_short(text)}` is looked for in texts that are not empty")
        if expression.is_rewritten:
            message = f"`{_short(text)}` is written in another way that matches the same"
            self._findings.note(key.written, line, message)
        found.add(expression)

    def _names(self, key: SearchKey, values: _Values) -> _Values:
        message = "people are matched by name alone, on whatever instance; Reddit's names may be other people's here"
        self._findings.note(key.written, key.line, message, "write `name@instance` for each")
        if key.is_regex:
            return values
        texts = ((text.strip().removeprefix("/").removeprefix("u/"), line) for text, line in values.texts)
        return _Values(tuple((text, line) for text, line in texts if text))

    def _tags(self, key: SearchKey, fields: tuple[str, ...], values: _Values) -> Ask | None:
        """Flair becomes tags of Lemmy 1.0, by their whole names."""
        texts = [text for text, _ in values.texts]
        names = _names_of_tags(texts) if key.is_regex else texts
        is_any = key.is_regex and all(_ANY_TAG.fullmatch(text) for text in texts)
        is_whole = key.placement in {None, Placement.FULL_EXACT, Placement.FULL_TEXT}
        if len(fields) > 1 or not (is_any or (names and is_whole)):
            why = SEARCH[Target.SUBMISSION]["flair_text"].why
            self._findings.drop_check(key.written, key.line, why, "", Status.NEEDS_NEWER)
            return None
        message = "flair becomes tags, which Lemmy 1.0 brings: where they are not known, the rule does nothing"
        self._findings.note(key.written, key.line, message, "make tags of these names", Status.NEEDS_NEWER)
        if is_any:
            return Ask("is_tagged", FALSE if key.negated else TRUE)
        return Ask("tags", tuple(dict.fromkeys(names)), negated=key.negated)

    # domains

    def _domain(self, key: SearchKey, values: _Values) -> Ask | None:
        """The host itself and everything below it, as AutoModerator's documentation has it."""
        kinds: dict[str, list[str]] = {}
        for text, line in values.texts:
            kind = _domain_kind(text)
            kinds.setdefault(kind, []).append(text.strip())
            if kind == "word":
                message = f"`{text}` is no whole domain; it is looked for as a word of the host"
                self._findings.note(key.written, line, message, "write the whole domain, as in `example.org`")
            elif kind == "none":
                self._findings.note(key.written, line, _no_host(text), _no_host_cure(text))
        asks = []
        if "host" in kinds:
            message = "the domain and all below it; AutoModerator's engine also took `my-example.com` for `example.com`"
            self._findings.note(key.written, key.line, message)
            asks.append(Ask("domain", tuple(dict.fromkeys(kinds["host"]))))
        words = kinds.get("word") or ([] if kinds.keys() & {"host", "self"} else kinds["none"])
        if any(text.lower().startswith("www.") for text in words):
            self._findings.drop_check(key.written, key.line, "no value is left to look for", "mend the values")
            return None
        if words:
            asks.append(Ask("domain", tuple(dict.fromkeys(words)), (Placement.WORD, "verbatim")))
        if "self" in kinds:
            self._findings.note(key.written, key.line, "`self.…` means text posts, of whatever community")
            asks.append(TEXT_POST)
        return _some(asks, negated=key.negated)

    def _is_self(self, key: SearchKey, found: "_Found", text: str, line: int, *, alone: bool) -> bool:
        """Whether the value asks for text posts by the domain that Reddit gives them."""
        plain = text.lower().lstrip("^(").replace("\\", "")
        if plain == "self" or plain.startswith("self."):
            self._findings.note(key.written, line, f"`{text}` means text posts")
            found.others.append(Group((TEXT_POST,)))
            return alone
        if "self." in plain:
            found.failed = found.failed or key.negated
            self._findings.note(key.written, line, "text posts have no domain on Lemmy", "ask `is_link_post: false`")
        return False


def _some(asks: list[Ask], *, negated: bool) -> Ask:
    if len(asks) == 1:
        return opposite(asks[0]) if negated else asks[0]
    groups = tuple(Group((each,)) for each in asks)
    return Ask("none", groups) if negated else Ask("any", groups)


class _Found:
    """What the values of one key became."""

    def __init__(
        self, key: SearchKey, fields: tuple[str, ...], placement: Placement, scope: Scope, *, unquoted: bool
    ) -> None:
        self._key = key
        self.fields = fields
        self._scope = scope
        self._unquoted = unquoted
        self.placement = placement
        self.failed = False
        self.ignores_case = False
        self.others: list[Group] = []
        self._plain: dict[tuple[tuple[str, ...], Placement], list[str]] = {}
        self.is_everything = False

    @property
    def is_empty(self) -> bool:
        return not (self._plain or self.others or self.is_everything)

    def add(self, expression: Expression) -> None:
        if expression.is_everything:
            self.is_everything = True
        elif len(expression.wanted) == 1 and not expression.unwanted:
            text, placement = expression.wanted[0]
            if "domain" in self.fields and self._finds_text_posts(text, placement):
                self.others.append(Group((TEXT_POST,)))
            for fields, each in self._of_fields(text, placement):
                self._plain.setdefault((fields, placement), []).append(each)
        else:
            self.others += (self._all_of(expression, field) for field in self.fields)

    def ask(self) -> Ask:
        if self.is_everything:
            return opposite(self._always()) if self._key.negated else self._always()
        asks = [
            Ask("+".join(fields), tuple(texts), self._modifiers(placement, fields))
            for (fields, placement), texts in self._plain.items()
        ]
        if not self.others:
            return _some(asks, negated=self._key.negated)
        groups = [*(Group((each,)) for each in asks), *self.others]
        return Ask("none", tuple(groups)) if self._key.negated else either(groups)

    def _always(self) -> Ask:
        """What holds for every item that has one of the fields."""
        if {"title", "domain"} & set(self.fields) or {"body", "url"} <= set(self.fields):
            if "body" in self.fields and Target.COMMENT in self._scope.targets:
                return Ask("any", (Group((A_POST,)), Group((A_COMMENT,))))
            return A_POST
        if self.fields == ("url",):
            return LINK_POST
        # Of posts, only those without a link were searched.
        return opposite(LINK_POST)

    def _all_of(self, expression: Expression, field: str) -> Group:
        wanted = (Ask(field, (text,), self._modifiers(where, (field,))) for text, where in expression.wanted)
        unwanted = (
            Ask(field, (text,), self._modifiers(where, (field,)), negated=True) for text, where in expression.unwanted
        )
        return Group((*self._presence(field), *wanted, *unwanted))

    def _presence(self, field: str) -> Iterator[Ask]:
        """A text that is not there lacks everything; AutoModerator does not look at it."""
        if field == "url":
            yield LINK_POST
        elif field == "body" and Target.AUTHOR not in self._scope.targets:
            yield opposite(LINK_POST)
        elif field in {"title", "domain", "link_title", "link_description"} and Target.COMMENT in self._scope.targets:
            yield A_POST

    def _finds_text_posts(self, text: str, placement: Placement) -> bool:
        """Whether it stands in the domain that Reddit gives every text post, whatever the community."""
        pattern = Pattern(text, placement, self._key.is_regex, self._key.is_case_sensitive, verbatim=True)
        return all(spans(pattern, f"self.{name}") for name in ("qzqz", "jxjx"))

    def _of_fields(self, text: str, placement: Placement) -> Iterator[tuple[tuple[str, ...], str]]:
        """What is looked for in which fields. Reddit leaves ``www.`` out of a domain, and Warden does not."""
        others = tuple(field for field in self.fields if field != "domain")
        if others == self.fields:
            yield self.fields, text
            return
        is_regex = self._key.is_regex
        hosts = (_bare_regex(text, placement),) if is_regex else _with_www(text, placement)
        if hosts == (text,):
            yield self.fields, text
            return
        if others:
            yield others, text
        for host in hosts:
            yield ("domain",), host

    def _modifiers(self, placement: Placement, fields: tuple[str, ...]) -> tuple[str, ...]:
        words = {
            placement.value: True,
            "regex": self._key.is_regex,
            "case-sensitive": self._key.is_case_sensitive and not self.ignores_case,
            "verbatim": True,
            "unquoted": self._unquoted and "body" in fields,
        }
        return tuple(word for word, is_set in words.items() if is_set)


def _check(text: str, placement: Placement, *, is_case_sensitive: bool) -> None:
    """Raises Refused."""
    try:
        check_pattern(Pattern(text, placement, case_sensitive=is_case_sensitive, verbatim=True))
    except PatternError as error:
        raise Refused(error.message, error.cure) from None
    if not text.strip():
        raise Refused("it is nothing but blanks", "leave it out")


def _names_of_tags(expressions: list[str]) -> list[str]:
    """The names that expressions stand for, if they stand for names alone: ``^(news|help)$``."""
    names: list[str] = []
    for expression in expressions:
        plain = re.sub(r"\(\?[ius]+\)", "", expression)
        plain = plain.removeprefix("^").removesuffix("$")
        plain = re.sub(r"\A\((?:\?:)?([^()]*)\)\Z", r"\1", plain)
        found = [re.sub(r"\\([^A-Za-z0-9])", r"\1", each) for each in alternatives(plain)]
        if any(re.search(r"[\\^$.|?*+()\[\]{}]", re.sub(r"\\[^A-Za-z0-9]", "", each)) for each in alternatives(plain)):
            return []
        names += found
    return names


def _with_www(text: str, placement: Placement) -> tuple[str, ...]:
    """Values for whole hosts that mean the same as this one for hosts without ``www.``; none for what none holds."""
    plain = text.lower()
    if plain.startswith("www.") or (placement is Placement.STARTS_WITH and "www.".startswith(plain)):
        return ()
    return (text, f"www.{text}") if placement in _BARE_HOST else (text,)


def _bare_regex(text: str, placement: Placement) -> str:
    if placement in _BARE_HOST:
        return rf"(?:www\.)?(?:{'|'.join(each.removeprefix('^') for each in alternatives(text))})"
    return "|".join(re.sub(r"^\^", r"^(?:www\\.)?", each) for each in alternatives(text))


def _worst(fields: Iterable[SearchField]) -> Status:
    order = (Status.NOTHING, Status.NEEDS_NEWER, Status.EMULATED, Status.DIRECT)
    statuses = {each.status for each in fields}
    return next((each for each in order if each in statuses), Status.NOTHING)


def _domain_kind(text: str) -> str:
    """``self`` for text posts, ``host``, ``word`` for a part of one, ``none`` for what no host can be."""
    plain = text.strip().lower()
    if plain == "self" or plain.startswith("self."):
        return "self"
    if any(mark in plain for mark in "/,:@?#*[]() \\") or plain.startswith("www."):
        return "none"
    if "." not in plain or plain.startswith(".") or plain.endswith("."):
        return "word"
    try:
        domains((plain,))
    except SettingError:
        return "none"
    return "host"


def _no_host(text: str) -> str:
    if "," in text:
        return f"`{_short(text)}` is one value with commas, not a list; it matched nothing"
    return f"`{_short(text)}` is no domain and matched nothing"


def _no_host_cure(text: str) -> str:
    if text.lower().startswith("www."):
        return f"write `{_short(text[4:])}`: Reddit leaves `www.` out of domains"
    if "," in text:
        return f"write a list: `[{_short(text)}]`"
    return "write the domain alone, as in `example.org`, or use `url`" if "/" in text else "write the domain alone"


def _short(text: str) -> str:
    return text if len(text) <= 60 else text[:59] + "…"
