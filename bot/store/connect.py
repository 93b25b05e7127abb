"""Opening the database: settings that make a commit durable, and the newest shape of the tables."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, create_engine, event, inspect
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DBAPIError

from bot.store.errors import StoreUnavailable, StoreUnusable

BUSY = 10_000
"""Milliseconds to wait for another connection's transaction."""
MIGRATIONS = Path(__file__).parent / "migrations"


class Store:
    """An open database."""

    def __init__(self, engine: Engine, path: Path) -> None:
        self.path = path
        self._engine = engine

    @contextmanager
    def transaction(self) -> Iterator[Connection]:
        """One durable transaction; it holds the write lock from its begin. Raises StoreUnavailable."""
        try:
            with self._engine.begin() as connection:
                yield connection
        except DBAPIError as error:
            raise StoreUnavailable(f"{self.path}: {error.orig}") from error

    def dispose(self) -> None:
        self._engine.dispose()


def open_store(url: str) -> Store:
    """Open the database, make it if it is not there, and bring its tables up to date.

    ``url`` is ``sqlite:///relative/path.db`` or ``sqlite:////absolute/path.db``. Raises StoreUnusable with the cure.
    """
    path = database_path(url)
    engine = create_engine(f"sqlite:///{path}")
    event.listen(engine, "connect", _configure)
    event.listen(engine, "begin", _begin_immediately)
    try:
        _migrate(engine, path)
    except DBAPIError as error:
        engine.dispose()
        raise StoreUnusable(
            f"{path} cannot be used as a database: {error.orig}. Cure: name another file in `store`, or mend its "
            "folder's permissions"
        ) from error
    except StoreUnusable:
        engine.dispose()
        raise
    return Store(engine, path)


def database_path(url: str) -> Path:
    """The file that a store's address names. Raises StoreUnusable for any other kind of address."""
    try:
        parsed = make_url(url)
    except ArgumentError:
        parsed = None
    if parsed is None or parsed.drivername != "sqlite" or not parsed.database or parsed.database == ":memory:":
        raise StoreUnusable(f"`{url}` is not a place for a database. Cure: write `store: sqlite:///warden.db`")
    return Path(parsed.database)


def _configure(connection: sqlite3.Connection, _record: object) -> None:
    # SQLAlchemy's begin event below opens the transactions; the driver must not do so by itself.
    connection.isolation_level = None
    for pragma in ("journal_mode=WAL", "synchronous=FULL", f"busy_timeout={BUSY}", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}")


def _begin_immediately(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _migrate(engine: Engine, path: Path) -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["engine"] = engine
    known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
    with engine.connect() as connection:
        present = set(MigrationContext.configure(connection).get_current_heads())
        tables = inspect(connection).get_table_names()
    if tables and not present:
        raise StoreUnusable(f"{path} is another program's database. Cure: name another file in `store`")
    if not present <= known:
        raise StoreUnusable(f"{path} was written by a newer Warden. Cure: install that version, or use another file")
    command.upgrade(config, "head")


def compare_options() -> dict[str, Any]:
    """How Alembic compares tables; shared by the migrations and the test that they are complete."""
    return {"render_as_batch": True, "compare_type": True}
