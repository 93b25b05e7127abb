"""From the keys of ``when`` and ``unless`` to checks."""

from collections.abc import Callable
from collections.abc import Mapping as MappingType

from bot.checks.check import Check
from bot.checks.combine import All, Any, NoneOf, Not
from bot.checks.domain import DomainSearch, domains
from bot.checks.parent_post import ParentPost
from bot.checks.registry import AUTHOR_CHECKS, ITEM_CHECKS, Named
from bot.checks.scored import Scored
from bot.checks.setting import SettingError
from bot.checks.text_search import TextSearch
from bot.matching.pattern import Pattern, PatternError
from bot.matching.scanner import check_pattern
from bot.rulebook.codes import Code
from bot.rulebook.diagnostic import Place
from bot.rulebook.edits import rewritten
from bot.rulebook.key import AUTHOR_FIELDS, SEARCH_FIELDS, Key, read_key
from bot.rulebook.lists import Lists, is_list_name
from bot.rulebook.located import Mapping, Node, Scalar, Sequence
from bot.rulebook.places import Places, Values
from bot.rulebook.reading import Reader, kind_name, suggestion

GROUPS: MappingType[str, Callable[[str, tuple[Check, ...]], Check]] = {"all": All, "any": Any, "none": NoneOf}


class Conditions:
    """Reads the conditions of one rule file. What cannot be read is told to the reader and left out."""

    def __init__(self, reader: Reader, lists: Lists, checkers: MappingType[str, Scored], places: Places) -> None:
        self._reader = reader
        self._lists = lists
        self._checkers = checkers
        self._by_names: dict[str, Check] = {}
        self._places = places

    def read(self, node: Node, what: str) -> Check | None:
        """A mapping, all of whose keys must hold, or a list of alternatives."""
        if isinstance(node, Sequence) and node.items:
            return Any("any", self._each(node.items, what))
        if isinstance(node, Mapping) and node.entries:
            return self._all(node, self._entry)
        self._reader.problem(
            node, Code.NOTHING_ASKED, f"{what} must hold a condition, not {_empty_name(node)}", "write `title: [word]`"
        )
        return None

    def values(self, node: Node) -> frozenset[Pattern]:
        """Words and phrases, or a named list of them."""
        return frozenset(
            pattern for pattern, _ in self._patterns(Key(negated=False, names=("title",), modifiers=None), node)
        )

    def _each(self, items: tuple[Node, ...], what: str) -> tuple[Check, ...]:
        found = (self.read(each, what) for each in items)
        return tuple(each for each in found if each is not None)

    def _all(self, node: Mapping, entry: Callable[[Scalar, Node], Check | None]) -> Check:
        checks = self._noted(node, entry)
        return checks[0] if len(checks) == 1 else All("all", checks)

    def _noted(self, node: Mapping, entry: Callable[[Scalar, Node], Check | None]) -> tuple[Check, ...]:
        """The conditions of a group of keys, their places remembered."""
        checks = []
        for key, value in node.entries:
            check = entry(key, value)
            if check is not None:
                self._places.note(check, key.place)
                checks.append(check)
        return tuple(checks)

    def _entry(self, scalar: Scalar, node: Node) -> Check | None:
        key = read_key(scalar, self._reader)
        if key is None:
            return None
        check = self._named(scalar, key, node)
        return Not(scalar.text, check) if check is not None and key.negated else check

    def _named(self, scalar: Scalar, key: Key, node: Node) -> Check | None:
        if key.name in GROUPS and key.modifiers is None:
            return self._group(key.name, node)
        if key.name == "author" and key.modifiers is None:
            return self._author(scalar, node)
        if key.name == "parent_post" and key.modifiers is None:
            inner = self.read(node, "`parent_post`")
            return None if inner is None else ParentPost("parent_post", inner)
        if key.name == "condition" and key.modifiers is None:
            return self._by_name(node)
        if all(name in SEARCH_FIELDS for name in key.names):
            return self._search(scalar, key, key.names, node)
        return self._checked(scalar, key, node, ITEM_CHECKS)

    def _group(self, name: str, node: Node) -> Check | None:
        """A list of groups of keys, or one group whose keys are the members."""
        if isinstance(node, Mapping) and node.entries:
            return GROUPS[name](name, self._noted(node, self._entry))
        if isinstance(node, Sequence) and node.items:
            return GROUPS[name](name, self._each(node.items, f"`{name}`"))
        self._reader.problem(
            node,
            Code.NOTHING_ASKED,
            f"`{name}` must hold conditions, not {_empty_name(node)}",
            "write `- title: [word]`",
        )
        return None

    def name(self, entries: Mapping) -> None:
        """Read conditions that the rules below can name; each may name those above it."""
        for key, node in entries.entries:
            check = self.read(node, f"`{key.text}`")
            if check is not None:
                self._by_names[key.text] = check

    def _by_name(self, node: Node) -> Check | None:
        found = []
        for name in self._reader.texts(node, "`condition`"):
            if name not in self._by_names:
                cure = suggestion(name, self._by_names) if self._by_names else "define it under `conditions:`"
                self._reader.problem(node, Code.NOT_THERE, f"there is no condition `{name}`", cure)
                return None
            found.append(self._by_names[name])
        if not found and isinstance(node, Sequence) and not node.items:
            self._reader.problem(
                node, Code.NOTHING_ASKED, "`condition` names nothing", "name a condition, or take it out"
            )
        return Any("condition", tuple(found)) if found else None

    def _author(self, scalar: Scalar, node: Node) -> Check | None:
        if isinstance(node, Mapping) and not is_list_name(node):
            if node.entries:
                return self._all(node, self._author_entry)
            self._reader.problem(
                node, Code.NOTHING_ASKED, "`author` must hold a condition", "write `author: {account_age: ...}`"
            )
            return None
        return self._names(Key(negated=False, names=("name",), modifiers=None), scalar, node)

    def _author_entry(self, scalar: Scalar, node: Node) -> Check | None:
        key = read_key(scalar, self._reader)
        if key is None:
            return None
        check: Check | None
        if key.names == ("name",):
            check = self._names(key, scalar, node)
        elif all(name in AUTHOR_FIELDS for name in key.names) and (key.name != "instance" or key.modifiers is not None):
            check = self._search(scalar, key, tuple(f"author.{name}" for name in key.names), node)
        else:
            check = self._checked(scalar, key, node, AUTHOR_CHECKS)
        return Not(scalar.text, check) if check is not None and key.negated else check

    def _names(self, key: Key, scalar: Scalar, node: Node) -> Check | None:
        """Names with an instance are compared with the full name, those without with the name alone."""
        patterns = self._patterns(key, node)
        full = [(pattern, each) for pattern, each in patterns if "@" in pattern.value]
        short = [(pattern, each) for pattern, each in patterns if "@" not in pattern.value]
        searches = [
            self._text_search(scalar, key, (field,), wanted, node)
            for field, wanted in (("author.name", short), ("author.full_name", full))
            if wanted
        ]
        if not searches:
            return None
        return searches[0] if len(searches) == 1 else Any(scalar.text, tuple(searches))

    def _search(self, scalar: Scalar, key: Key, fields: tuple[str, ...], node: Node) -> Check | None:
        if key.name == "domain" and key.modifiers is None:
            return self._made(scalar, node, lambda name, setting: DomainSearch(name, "domain", domains(setting)))
        patterns = self._patterns(key, node)
        return self._text_search(scalar, key, fields, patterns, node) if patterns else None

    def _text_search(
        self,
        scalar: Scalar,
        key: Key,
        fields: tuple[str, ...],
        patterns: list[tuple[Pattern, Scalar]],
        node: Node,
    ) -> TextSearch:
        unquoted = "unquoted" in (key.modifiers or ())
        search = TextSearch(scalar.text, fields, frozenset(pattern for pattern, _ in patterns), unquoted)
        self._places.note_values(
            search, scalar.place, Values(tuple(written for _, written in patterns), is_list_name(node))
        )
        return search

    def _patterns(self, key: Key, node: Node) -> list[tuple[Pattern, Scalar]]:
        """What to look for, each with the text that says so."""
        resolved = self._lists.resolve(node)
        if resolved is None:
            return []
        patterns = []
        items = resolved.items if isinstance(resolved, Sequence) else (resolved,)
        if not items:
            self._reader.problem(
                node,
                Code.NOTHING_ASKED,
                "an empty list matches nothing",
                "name at least one value, or take the key out",
            )
        for each in items:
            text = self._reader.text(each, "what to look for")
            if text is None or not isinstance(each, Scalar):
                continue
            modifiers = key.modifiers or frozenset()
            pattern = Pattern(
                text,
                key.placement,
                regex="regex" in modifiers,
                case_sensitive="case-sensitive" in modifiers,
                verbatim="verbatim" in modifiers,
            )
            try:
                check_pattern(pattern)
            except PatternError as error:
                self._reader.problem(
                    _within(each, error.position), Code.PATTERN, error.message, error.cure or "simplify the pattern"
                )
            else:
                patterns.append((pattern, each))
        return patterns

    def _checked(self, scalar: Scalar, key: Key, node: Node, checks: MappingType[str, Named]) -> Check | None:
        is_item = checks is ITEM_CHECKS
        if key.name in checks and key.modifiers is None:
            return self._made(scalar, node, checks[key.name].read)
        if is_item and key.name in self._checkers and key.modifiers is None:
            return self._made(scalar, node, self._checkers[key.name].overridden)
        self._unknown(scalar, key, is_item=is_item)
        return None

    def _unknown(self, scalar: Scalar, key: Key, *, is_item: bool) -> None:
        where = "a condition" if is_item else "a condition on the author"
        known = (*SEARCH_FIELDS, *ITEM_CHECKS, *self._checkers, *MADE_OF_CONDITIONS) if is_item else _AUTHOR_KEYS
        for name in key.names:
            if len(key.names) > 1 and name in (SEARCH_FIELDS if is_item else AUTHOR_FIELDS):
                continue
            if name not in known:
                self._reader.problem(
                    scalar, Code.UNKNOWN_CONDITION, f"`{name}` is not {where}", suggestion(name, known)
                )
            elif len(key.names) > 1:
                self._reader.problem(
                    scalar, Code.MODIFIER, f"`{name}` cannot be joined with `+`", "give it a line of its own"
                )
            else:
                self._reader.problem(scalar, Code.MODIFIER, f"`{name}` takes no modifiers", f"write `{name}` alone")

    def _made(self, scalar: Scalar, node: Node, make: Callable[[str, object], Check]) -> Check | None:
        resolved = self._resolved(node)
        if resolved is None:
            return None
        try:
            check = make(scalar.text.lstrip("~ "), _setting(resolved))
        except SettingError as error:
            message = error.message if error.path else f"`{scalar.text}` {error.message}"
            at = _inner(resolved, error)
            fix = rewritten(at, error.instead) if error.instead and isinstance(at, Scalar) else ()
            self._reader.problem(at, Code.SETTING, message, error.cure, fix)
            return None
        if isinstance(check, DomainSearch):
            self._places.note_values(check, scalar.place, Values(_scalars(resolved), is_list_name(node)))
        return check

    def _resolved(self, node: Node) -> Node | None:
        """The node with all named lists inside it filled in; ``None`` when one of them is not there."""
        resolved = self._lists.resolve(node)
        if not isinstance(resolved, Mapping):
            return resolved
        entries = [(key, self._resolved(value)) for key, value in resolved.entries]
        found = tuple((key, value) for key, value in entries if value is not None)
        return Mapping(found, resolved.place) if len(found) == len(entries) else None


MADE_OF_CONDITIONS = ("author", "parent_post", "condition", *GROUPS)
_AUTHOR_KEYS = (*AUTHOR_FIELDS, *AUTHOR_CHECKS)


def _scalars(node: Node) -> tuple[Scalar, ...]:
    items = node.items if isinstance(node, Sequence) else (node,)
    return tuple(each for each in items if isinstance(each, Scalar))


def _setting(node: Node) -> object:
    match node:
        case Scalar(text=text):
            return "" if node.is_null else text
        case Sequence(items=items):
            return tuple(_setting(each) for each in items)
        case Mapping(entries=entries):
            return {key.text: _setting(value) for key, value in entries}


def _inner(node: Node, error: SettingError) -> Node:
    """The node that the error's path leads to, as far as it goes."""
    for step in error.path:
        if isinstance(node, Sequence) and isinstance(step, int) and step < len(node.items):
            node = node.items[step]
        elif isinstance(node, Mapping) and isinstance(step, str):
            node = (node.key(step) if error.at_key else node.get(step)) or node
    return node


def _within(node: Node, position: int | None) -> Place:
    """The place of one character inside a scalar of one line."""
    place = node.place
    if position is None or not isinstance(node, Scalar) or place.width < len(node.text):
        return place
    shift = (0 if node.plain else 1) + position
    return Place(place.path, place.line, place.column + shift, 1, place.source)


def _empty_name(node: Node) -> str:
    return "nothing" if isinstance(node, Mapping | Sequence) else kind_name(node)
