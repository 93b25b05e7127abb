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
from bot.engine.surroundings import Around, is_approved
from bot.engine.wishes import Standing
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
                around = _around(store, config, account, decisions[-1].decision.verdict.item, now)
                return Remembered(decisions, intents_on(store, name, ref), around, account.rules)
    return None


def surroundings(path: Path, item: Item, now: datetime) -> tuple[Item, Surroundings, tuple[Path, ...]]:
    """For the first account that watches the item's community, else for the first one; and its rules.

    The item comes back with what the configuration says of its author.

    Raises as ``remembered``.
    """
    config = load_config(path)
    account = _watching(config, item)
    known = replace(item, author=replace(item.author, is_approved=is_approved(item.author, account.approved)))
    with _opened(config) as store:
        if store is None:
            budget = {kind: rate.count for kind, rate in config.budget.items()}
            return known, Surroundings(Standing(recipients=account.notify), budget), account.rules
        around = _around(store, config, account, item, now)
        # Numbers are each instance's own: what was done to ours says nothing about an item from anywhere.
        return known, replace(around, standing=Standing(recipients=account.notify)), account.rules


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


def _around(store: Store, config: Config, account: AccountConfig, item: Item, now: datetime) -> Surroundings:
    ledger = SqlLedger(store)
    around = Around(account_name(account), ledger, account.notify, account.approved)
    history = ledger.history(around.account, item)
    return Surroundings(around.standing(item, now), ledger.remaining(config.budget, now), history)


def _watching(config: Config, item: Item) -> AccountConfig:
    watching = (each for each in config.accounts if item.community.full_name in each.communities)
    return next(watching, config.accounts[0])
