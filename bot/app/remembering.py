"""What a configuration and its database know about an item. Reads only."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from bot.app.config import AccountConfig, Config, load_config
from bot.app.wiring import account_name
from bot.domain.action import ActionKind
from bot.domain.item import Item, ItemRef
from bot.engine.plan import Standing
from bot.store.connect import database_path, open_store
from bot.store.history import PastDecision, PastIntent, decisions_on, intents_on
from bot.store.ledger import SqlLedger


@dataclass(frozen=True, slots=True)
class Remembered:
    """One item in the memory of one account."""

    decisions: tuple[PastDecision, ...]
    """Oldest first; never empty."""
    intents: tuple[PastIntent, ...]
    standing: Standing
    budget: Mapping[ActionKind, int]
    """How many actions of each kind are left now."""
    rules: tuple[Path, ...]


def remembered(path: Path, ref: ItemRef, now: datetime) -> Remembered | None:
    """By the first account of the configuration that has judged the item; ``None`` when none has.

    Raises BadConfig, StoreUnusable and StoreUnavailable.
    """
    config = load_config(path)
    if not database_path(config.store).is_file():
        return None
    store = open_store(config.store)
    try:
        ledger = SqlLedger(store)
        for account in config.accounts:
            name = account_name(account)
            decisions = decisions_on(store, name, ref)
            if decisions:
                standing = Standing(taken=ledger.taken(name, ref), human_decided=ledger.human_decided(name, ref))
                left = ledger.remaining(config.budget, now)
                return Remembered(decisions, intents_on(store, name, ref), standing, left, account.rules)
        return None
    finally:
        store.dispose()


def budget_left(path: Path, now: datetime) -> Mapping[ActionKind, int]:
    """How many actions of each kind are left now. Raises as ``remembered``."""
    config = load_config(path)
    if not database_path(config.store).is_file():
        return {kind: rate.count for kind, rate in config.budget.items()}
    store = open_store(config.store)
    try:
        return SqlLedger(store).remaining(config.budget, now)
    finally:
        store.dispose()


def account_for(path: Path, item: Item) -> tuple[Path, ...]:
    """Rules of the first account that watches the item's community, else of the first one. Raises BadConfig."""
    config = load_config(path)
    return _watching(config, item).rules


def _watching(config: Config, item: Item) -> AccountConfig:
    watching = (each for each in config.accounts if item.community.full_name in each.communities)
    return next(watching, config.accounts[0])
