"""``config.yaml``: which accounts watch which communities, by which rules, and how much they may do."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path

from bot.domain.action import ActionKind
from bot.engine.ports import Budget, Rate
from bot.http.address import instance_address
from bot.rulebook.codes import Code
from bot.rulebook.diagnostic import Diagnostic, Place
from bot.rulebook.located import Mapping, Node, Scalar, read
from bot.rulebook.reading import Reader
from bot.store.connect import database_path
from bot.store.errors import StoreUnusable

CONFIG_KEYS = ("accounts", "live", "poll", "budget", "store", "settle", "facts", "log")
ACCOUNT_KEYS = ("instance", "username", "password", "totp", "communities", "rules", "notify", "approved")
LEVELS = ("debug", "info", "warning", "error")
FORMATS = ("auto", "console", "json")
FETCHES = ("off", "images", "links")
"""Each with what the one before fetches."""
SHORTEST_POLL = timedelta(seconds=5)
_RATE = re.compile(r"(?P<count>0|[1-9][0-9]{0,5}) */ *(?P<times>[1-9][0-9]{0,3})? *(?P<unit>[smhd])")
_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}
_PORT = re.compile(r":[0-9]+$")


class BadConfig(Exception):
    """A configuration that cannot be used; ``diagnostics`` holds every problem, sorted by place."""

    def __init__(self, diagnostics: Sequence[Diagnostic]) -> None:
        self.diagnostics = tuple(sorted(set(diagnostics)))
        super().__init__("\n".join(each.headline() for each in self.diagnostics))


@dataclass(frozen=True, slots=True)
class SecretSource:
    """Where a secret is kept: in an environment variable, or in a file."""

    place: Place
    env: str = ""
    file: Path | None = None


@dataclass(frozen=True, slots=True)
class AccountConfig:
    """One account of ours."""

    instance: str
    """Address, for example ``https://lemmy.example``."""
    username: str
    password: SecretSource
    totp: SecretSource | None
    communities: frozenset[str]
    """Full names."""
    rules: tuple[Path, ...]
    notify: tuple[str, ...] = ()
    """Full names of the moderators who are told."""
    approved: frozenset[str] = frozenset()
    """Full names of authors for ``is_approved``, in small letters."""


@dataclass(frozen=True, slots=True)
class Config:
    """Everything that a run needs to know."""

    path: Path
    accounts: tuple[AccountConfig, ...]
    live: bool = False
    """``False``: judge and record, send nothing."""
    every: timedelta = timedelta(seconds=30)
    look_back: timedelta = timedelta(hours=1)
    budget: Budget = field(default_factory=dict)
    store: str = "sqlite:///warden.db"
    settle: timedelta = timedelta(seconds=5)
    fetch: str = "off"
    """What may be fetched from elsewhere: one of FETCHES."""
    level: str = "info"
    format: str = "auto"

    @property
    def folder(self) -> Path:
        """Where relative paths begin, and where a file named STOP stops all acting."""
        return self.path.parent


def load_config(path: Path) -> Config:
    """Read a configuration. Raises BadConfig with every problem."""
    reader = Reader()
    node = read(path, reader.problems)
    if node is None and not reader.problems:
        reader.problem(Place(path), Code.EMPTY, "an empty file", "start from config.example.yaml")
    config = _Reading(path, reader).config(node) if node is not None else None
    if reader.problems or config is None:
        raise BadConfig([_without_secrets(each) for each in reader.problems])
    return config


class _Reading:
    def __init__(self, path: Path, reader: Reader) -> None:
        self._path = path
        self._reader = reader

    def config(self, node: Node) -> Config | None:
        read = self._reader
        found = read.mapping(node, "the configuration", CONFIG_KEYS)
        if found is None:
            return None
        poll = read.mapping(found.get("poll"), "`poll`", ("every", "look_back"))
        log = read.mapping(found.get("log"), "`log`", ("level", "format"))
        facts = read.mapping(found.get("facts"), "`facts`", ("fetch",))
        config = Config(self._path, self._accounts(found))
        given = {
            "live": read.boolean(found.get("live"), "`live`"),
            "every": self._every(poll),
            "look_back": read.span(poll.get("look_back"), "`look_back`") if poll else None,
            "budget": self._budget(found.get("budget")),
            "settle": read.span(found.get("settle"), "`settle`"),
            "fetch": read.choice(facts.get("fetch"), "`fetch`", FETCHES) if facts else None,
            "level": read.choice(log.get("level"), "`level`", LEVELS) if log else None,
            "format": read.choice(log.get("format"), "`format`", FORMATS) if log else None,
        }
        config = replace(config, **{name: value for name, value in given.items() if value is not None})  # type: ignore[arg-type]
        return replace(config, store=self._store(found.get("store"), config.store))

    def _every(self, poll: Mapping | None) -> timedelta | None:
        node = poll.get("every") if poll else None
        every = self._reader.span(node, "`every`")
        if node is not None and every is not None and every < SHORTEST_POLL:
            self._reader.problem(
                node, Code.WRONG_SPAN, "`every` is shorter than 5 seconds", "write `30s`: instances limit requests"
            )
        return every

    def _accounts(self, found: Mapping) -> tuple[AccountConfig, ...]:
        node = found.get("accounts")
        items = self._reader.sequence(node, "`accounts`")
        if node is None or (not items and not self._reader.problems):
            self._reader.problem(node or found, Code.MISSING_KEY, "there is no account", "name one under `accounts:`")
        accounts = [(each, self._account(each)) for each in items]
        known = [(each, account) for each, account in accounts if account is not None]
        self._refuse_twins(known)
        return tuple(account for _, account in known)

    def _account(self, node: Node) -> AccountConfig | None:
        read = self._reader
        found = read.mapping(node, "an account", ACCOUNT_KEYS)
        if found is None:
            return None
        for name in ("instance", "username", "password", "communities", "rules"):
            if found.get(name) is None:
                read.problem(found, Code.MISSING_KEY, f"an account needs `{name}`", "see config.example.yaml")
        instance = self._instance(found.get("instance"))
        username = read.text(found.get("username"), "`username`")
        password = self._secret(found.get("password"), "password")
        totp = self._secret(found.get("totp"), "totp")
        communities = self._communities(found.get("communities"))
        rules = self._rules(found.get("rules"))
        notify = self._people(found.get("notify"), "notify")
        approved = frozenset(self._people(found.get("approved"), "approved"))
        if instance is None or username is None or password is None:
            return None
        return AccountConfig(instance, username, password, totp, communities, rules, notify, approved)

    def _people(self, node: Node | None, key: str) -> tuple[str, ...]:
        """Full names, each once, in small letters."""
        names = []
        for each in self._reader.sequence(node, f"`{key}`"):
            text = self._reader.text(each, "a person")
            if text is None:
                continue
            name, _, host = text.strip().removeprefix("@").lower().partition("@")
            if not name or not host or "@" in host or " " in name + host:
                self._reader.problem(
                    each, Code.WRONG_NAME, f"`{text}` is no full name of a person", "write it as `alice@lemmy.ml`"
                )
            names.append(f"{name}@{host}")
        return tuple(dict.fromkeys(names))

    def _instance(self, node: Node | None) -> str | None:
        text = self._reader.text(node, "`instance`")
        if text is None or node is None:
            return None
        try:
            return instance_address(text if "://" in text else f"https://{text}")
        except ValueError as error:
            message, _, cure = str(error).partition("; ")
            self._reader.problem(_bare(node), Code.ADDRESS, message, cure or "write it like https://lemmy.example")
            return None

    def _secret(self, node: Node | None, name: str) -> SecretSource | None:
        if node is None:
            return None
        if isinstance(node, Scalar):
            self._reader.problem(
                _bare(node),
                Code.CREDENTIAL,
                f"the {name} stands in the file, where others can read it",
                f"write `{name}: {{env: NAME}}` or `{name}: {{file: PATH}}`, and change the {name}",
            )
            return None
        found = self._reader.mapping(node, f"`{name}`", ("env", "file"))
        if found is not None and len(found.entries) != 1:
            message, cure = f"`{name}` needs one of `env` and `file`", f"write `{name}: {{env: NAME}}`"
            self._reader.problem(_bare(node), Code.CREDENTIAL, message, cure)
            return None
        for key, value in found.entries if found else ():
            text = self._reader.text(value, f"`{key.text}`")
            if text is not None:
                is_env = key.text == "env"
                return SecretSource(value.place, text if is_env else "", None if is_env else self._path.parent / text)
        return None

    def _communities(self, node: Node | None) -> frozenset[str]:
        names = set()
        items = self._reader.sequence(node, "`communities`")
        if node is not None and not items:
            self._reader.problem(node, Code.EMPTY, "`communities` names nothing", "write `- technology@lemmy.ml`")
        for each in items:
            text = self._reader.text(each, "a community")
            if text is None:
                continue
            name, _, host = _PORT.sub("", text.strip().removeprefix("!").lower()).partition("@")
            if not name or not host or "@" in host or " " in name + host:
                self._reader.problem(
                    each,
                    Code.WRONG_NAME,
                    f"`{text}` is no full name of a community",
                    "write it as `technology@lemmy.ml`",
                )
            names.add(f"{name}@{host}")
        return frozenset(names)

    def _rules(self, node: Node | None) -> tuple[Path, ...]:
        paths = []
        items = self._reader.sequence(node, "`rules`")
        if node is not None and not items:
            self._reader.problem(node, Code.EMPTY, "`rules` names nothing", "write `- rules/technology.yaml`")
        for each in items:
            text = self._reader.text(each, "a rule file")
            if text is None:
                continue
            path = self._path.parent / text
            if not path.exists():
                self._reader.problem(
                    each, Code.NOT_THERE, f"there is no rule file {path}", "correct the path; it starts at this file"
                )
            paths.append(path)
        return tuple(paths)

    def _refuse_twins(self, accounts: Sequence[tuple[Node, AccountConfig]]) -> None:
        names: set[tuple[str, str]] = set()
        watched: set[tuple[str, str]] = set()
        for node, account in accounts:
            name = (account.instance, account.username.lower())
            if name in names:
                self._reader.problem(
                    node, Code.TWICE, f"the account {account.username} is here a second time", "merge the two"
                )
            names.add(name)
            for community in sorted(account.communities):
                if (account.instance, community) in watched:
                    self._reader.problem(
                        node,
                        Code.TWICE,
                        f"{community} is watched by two accounts of {account.instance}",
                        "leave it to one of them",
                    )
                watched.add((account.instance, community))

    def _budget(self, node: Node | None) -> Budget | None:
        found = self._reader.mapping(node, "`budget`", tuple(ActionKind))
        if found is None:
            return None
        rates = {}
        for key, value in found.entries:
            rate = self._rate(value)
            if key.text in set(ActionKind) and rate is not None and rate.count:
                rates[ActionKind(key.text)] = rate
        return rates

    def _rate(self, node: Node) -> Rate | None:
        found = _RATE.fullmatch(node.text.strip()) if isinstance(node, Scalar) else None
        if found is None:
            self._reader.problem(
                node, Code.WRONG_SPAN, "a budget must be a number in a span of time", "write it as `20/h` or `5/10m`"
            )
            return None
        return Rate(int(found["count"]), timedelta(**{_UNITS[found["unit"]]: int(found["times"] or 1)}))

    def _store(self, node: Node | None, default: str) -> str:
        url = self._reader.text(node, "`store`") or default
        try:
            path = database_path(url)
        except StoreUnusable as error:
            if node is not None:
                message, _, cure = str(error).partition(" Cure: ")
                self._reader.problem(_bare(node), Code.ADDRESS, message, cure or "write `store: sqlite:///warden.db`")
            return url
        return f"sqlite:///{self._path.parent.absolute() / path}"


def _bare(node: Node) -> Place:
    """The place without the line itself, which may show a secret."""
    return replace(node.place, source="")


def _without_secrets(diagnostic: Diagnostic) -> Diagnostic:
    """A line that speaks of a password is not shown again."""
    if re.search(r"passw|totp|secret|token", diagnostic.place.source, re.IGNORECASE):
        return replace(diagnostic, place=replace(diagnostic.place, source=""))
    return diagnostic
