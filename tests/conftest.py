"""Fixtures for every test, and which of them are measured."""

import shutil
from functools import lru_cache
from itertools import count

import pytest
from hypothesis import settings

from bot.matching.engine import _Database
from bot.store.connect import open_store
from bot.store.ledger import SqlLedger
from tests.paths import needs_shared_data

settings.register_profile("steady", derandomize=True)
settings.register_profile("exploring", max_examples=1_000, deadline=None)
settings.load_profile("steady")  # the same examples every time; `--hypothesis-profile exploring` looks for new ones


def pytest_collection_modifyitems(items):
    """Coverage counts what tests of one thing reach. Many examples reach little else, and take twice as long watched."""
    for item in items:
        has_many = getattr(item.obj, "is_hypothesis_test", False)
        if has_many or needs_shared_data.mark in item.iter_markers("skipif"):
            item.add_marker(pytest.mark.no_cover)


@pytest.fixture(scope="session", autouse=True)
def _compiled_once():
    """The same expressions are compiled once in a run: those of the shipped rules take two seconds, and many tests load them."""
    compiled = _Database._compiled
    kept = lru_cache(maxsize=32)(lambda expressions: compiled(None, dict(expressions)))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(_Database, "_compiled", lambda _, expressions: kept(tuple(expressions.items())))
        yield


@pytest.fixture(scope="session")
def empty_store(tmp_path_factory):
    """A migrated database to copy: making the tables anew would take most of the time of many a test."""
    path = tmp_path_factory.mktemp("store") / "empty.db"
    open_store(f"sqlite:///{path}").dispose()
    return path


@pytest.fixture
def new_ledger(tmp_path, empty_store):
    """A function that makes a fresh ledger on a database of its own."""
    numbers = count()
    opened = []

    def make():
        path = shutil.copy(empty_store, tmp_path / f"ledger-{next(numbers)}.db")
        store = open_store(f"sqlite:///{path}")
        opened.append(store)
        return SqlLedger(store)

    yield make
    for store in opened:
        store.dispose()


@pytest.fixture
def ledger(new_ledger):
    return new_ledger()
