"""Putting the parts together for one configuration."""

import re
from dataclasses import dataclass, replace
from pathlib import Path
from threading import Event

from bot.app.clock import SystemClock
from bot.app.config import AccountConfig, BadConfig, Config
from bot.app.logging import hide
from bot.app.secrets import resolve_secret
from bot.daemon.rules import Overrule, RulesInForce
from bot.daemon.run import Daemon
from bot.daemon.seat import Seat
from bot.daemon.sidebar import SidebarWatch, tell_nobody
from bot.daemon.stop import StopFile
from bot.daemon.telling import TellModerators
from bot.domain.action import ActionKind
from bot.engine.cycle import Cycle
from bot.engine.execute import Executor
from bot.engine.poll import Poller
from bot.engine.ports import Journal
from bot.facts.allowance import Allowance
from bot.facts.eyes import FetchedEyes
from bot.facts.links import LIMITS, FetchedLinks
from bot.facts.pages import PageReader
from bot.facts.reader import Reader
from bot.http.buckets import SHARED, Buckets
from bot.http.client import Client
from bot.http.fetch import Fetcher
from bot.lemmy.account import Account
from bot.lemmy.gateway import LemmyV3
from bot.rulebook.codes import Code
from bot.rulebook.diagnostic import Diagnostic
from bot.store.connect import Store, open_store
from bot.store.ledger import SqlLedger
from bot.store.sidebars import SqlSidebars

_UNSAFE = re.compile(r"[^a-z0-9.-]+")


@dataclass(frozen=True, slots=True)
class Assembly:
    """All parts of one run."""

    store: Store
    seats: tuple[Seat, ...]
    rules: tuple[RulesInForce, ...]
    stop: StopFile
    ending: Event
    """Set it, and nothing waits or repeats any more."""

    clients: tuple[Client, ...]
    eyes: FetchedEyes | None
    """``None`` when no pictures may be fetched."""
    links: FetchedLinks | None
    """``None`` when no links may be followed."""

    def daemon(self, config: Config, journal: Journal) -> Daemon:
        return Daemon(self.seats, self.rules, config.every, journal, self.ending)

    def close(self) -> None:
        """Hang up, and close the database."""
        for client in self.clients:
            client.close()
        for each in (self.eyes, self.links):
            if each is not None:
                each.close()
        self.store.dispose()


def assemble(
    config: Config, journal: Journal, *, overrule: Overrule = lambda book: book, buckets: Buckets = SHARED
) -> Assembly:
    """Everything a run needs. Raises BadConfig, BrokenRules, ExtraMissing, StoreUnusable and StoreUnavailable.

    Asks no server.
    """
    accounts = [_account(each, config) for each in config.accounts]
    rules = tuple(RulesInForce(each.rules, journal, overrule) for each in config.accounts)
    eyes, links = eyes_for(config), links_for(config)
    store = open_store(config.store)
    stop, ending = StopFile(config.folder), Event()
    clients = tuple(Client(each.instance, buckets=buckets, stopping=ending) for each in accounts)
    line = Line(config, journal, SqlLedger(store), SqlSidebars(store), stop, eyes, links)
    gateways = [LemmyV3(account, client) for account, client in zip(accounts, clients, strict=True)]
    seats = tuple(line.seat(*each) for each in zip(config.accounts, gateways, rules, strict=True))
    return Assembly(store, seats, rules, stop, ending, clients, eyes, links)


@dataclass(frozen=True, slots=True)
class Line:
    """What the seats of one run share."""

    config: Config
    journal: Journal
    ledger: SqlLedger
    sidebars: SqlSidebars
    stop: StopFile
    eyes: FetchedEyes | None
    links: FetchedLinks | None

    def seat(self, settings: AccountConfig, lemmy: LemmyV3, rules: RulesInForce) -> Seat:
        name, clock = account_name(settings), SystemClock()
        config, journal = self.config, self.journal
        cycle = Cycle(
            account=name,
            lemmy=lemmy,
            ledger=self.ledger,
            clock=clock,
            journal=journal,
            poller=Poller(name, lemmy, self.ledger, clock, journal, settings.communities, config.look_back),
            executor=Executor(name, lemmy, self.ledger, clock, journal, self.stop, config.budget, config.settle),
            rulebook=rules,
            budget=config.budget,
            live=config.live,
            stop=self.stop,
            recipients=settings.notify,
            approved=settings.approved,
            eyes=self.eyes,
            links=self.links,
        )
        may_tell = config.live and settings.notify and ActionKind.NOTIFY in config.budget
        tell = TellModerators(settings.notify, lemmy, journal, self.stop) if may_tell else tell_nobody
        watch = SidebarWatch(name, settings.communities, self.sidebars, rules, clock, journal, tell)
        return Seat(cycle, lemmy.apply_settings, journal, watch)


def eyes_for(config: Config) -> FetchedEyes | None:
    """What looks into pictures, if pictures may be fetched. Raises ExtraMissing."""
    return FetchedEyes(Fetcher(), Reader(), Allowance()) if config.fetch in {"images", "links"} else None


def links_for(config: Config) -> FetchedLinks | None:
    """What follows links, if they may be followed. Raises ExtraMissing."""
    return FetchedLinks(Fetcher(limits=LIMITS), PageReader(), Allowance()) if config.fetch == "links" else None


def account_name(settings: AccountConfig) -> str:
    """``name@host``, by which the ledger knows the account."""
    return _name_at(settings.username, settings.instance)


def token_name(username: str, instance: str) -> str:
    """The file, beside the database, that keeps an account's token."""
    return f".token-{_UNSAFE.sub('_', _name_at(username, instance))}"


def _name_at(username: str, instance: str) -> str:
    return f"{username.lower()}@{instance.partition('://')[2]}"


def _account(settings: AccountConfig, config: Config) -> Account:
    password = resolve_secret(settings.password)
    totp = resolve_secret(settings.totp) if settings.totp else None
    for secret in (password, totp):
        if secret is not None:
            hide(secret)
    try:
        return Account(settings.instance, settings.username, password, _token_file(settings, config), totp)
    except ValueError as error:
        source = settings.totp or settings.password
        place = replace(source.place, source="")
        raise BadConfig(
            [Diagnostic(place, Code.CREDENTIAL, str(error), "copy the secret again from Lemmy's settings")]
        ) from None


def _token_file(settings: AccountConfig, config: Config) -> Path:
    return Path(config.store.removeprefix("sqlite:///")).parent / token_name(settings.username, settings.instance)
