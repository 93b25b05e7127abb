"""Fixtures for every test."""

from itertools import count

import pytest
from hypothesis import settings

from bot.store.connect import open_store
from bot.store.ledger import SqlLedger

settings.register_profile("steady", derandomize=True)
settings.register_profile("exploring", max_examples=1_000, deadline=None)
settings.load_profile("steady")  # the same examples every time; `--hypothesis-profile exploring` looks for new ones


@pytest.fixture
def new_ledger(tmp_path):
    """A function that makes a fresh ledger on a database of its own."""
    numbers = count()
    opened = []

    def make():
        store = open_store(f"sqlite:///{tmp_path}/ledger-{next(numbers)}.db")
        opened.append(store)
        return SqlLedger(store)

    yield make
    for store in opened:
        store.dispose()


@pytest.fixture
def ledger(new_ledger):
    return new_ledger()
