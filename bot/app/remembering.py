"""What a configuration and its database know about an item. Reads only."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from bot.app.config import AccountConfig, Config, load_config
from bot.app.wiring import account_name
from bot.domain.item import Item, ItemRef
from bot.engine.explanation import Surroundings
from bot.engine.plan import Standing
from bot.store.connect import Store, database_path, open_store
from bot.store.history import PastDecision, PastIntent, decisions_on, intents_on
from bot.store.ledger import SqlLedger


@dataclass(frozen=True, slots=True)
class Remembered:
    """One item in the memory of one account."""

    decisions: tuple[PastDecision, ...]
    """Oldest first; never empty."""
    intents: tuple[PastIntent, ...]
    around: Surroundings
    rules: tuple[Path, ...]


def remembered(path: Path, ref: ItemRef, now: datetime) -> Remembered | None:
    """By the first account of the configuration that has judged the item; ``None`` when none has.

    Raises BadConfig, StoreUnusable and StoreUnavailable.
    """
    config = load_config(path)
    with _opened(config) as store:
        if store is None:
            return None
        for account in config.accounts:
            name = account_name(account)
            decisions = decisions_on(store, name, ref)
            if decisions:
                around = _around(store, config, name, decisions[-1].decision.verdict.item, now)
                return Remembered(decisions, intents_on(store, name, ref), around, account.rules)
    return None


def surroundings(path: Path, item: Item, now: datetime) -> tuple[Surroundings, tuple[Path, ...]]:
    """For the first account that watches the item's community, else for the first one; and its rules.

    Raises as ``remembered``.
    """
    config = load_config(path)
    account = _watching(config, item)
    with _opened(config) as store:
        if store is None:
            return Surroundings(budget={kind: rate.count for kind, rate in config.budget.items()}), account.rules
        around = _around(store, config, account_name(account), item, now)
        # Numbers are each instance's own: what was done to ours says nothing about an item from anywhere.
        return replace(around, standing=Standing()), account.rules


@contextmanager
def _opened(config: Config) -> Iterator[Store | None]:
    """``None`` when there is no database yet: asking must not make one."""
    if not database_path(config.store).is_file():
        yield None
        return
    store = open_store(config.store)
    try:
        yield store
    finally:
        store.dispose()


def _around(store: Store, config: Config, account: str, item: Item, now: datetime) -> Surroundings:
    ledger = SqlLedger(store)
    standing = Standing(taken=ledger.taken(account, item.ref), human_decided=ledger.human_decided(account, item.ref))
    return Surroundings(standing, ledger.remaining(config.budget, now), ledger.history(account, item))


def _watching(config: Config, item: Item) -> AccountConfig:
    watching = (each for each in config.accounts if item.community.full_name in each.communities)
    return next(watching, config.accounts[0])
