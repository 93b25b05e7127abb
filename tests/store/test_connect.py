"""Opening databases, good and bad."""

import sqlite3

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from sqlalchemy import create_engine

from bot.store.connect import MIGRATIONS, compare_options, open_store
from bot.store.errors import StoreUnavailable, StoreUnusable
from bot.store.tables import metadata


def test_the_migrations_make_exactly_the_tables(tmp_path):
    open_store(f"sqlite:///{tmp_path}/a.db").dispose()
    engine = create_engine(f"sqlite:///{tmp_path}/a.db")
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts=compare_options())
        assert compare_metadata(context, metadata) == []
    engine.dispose()


def test_a_commit_survives_the_loss_of_power(tmp_path):
    store = open_store(f"sqlite:///{tmp_path}/a.db")
    with store.transaction() as db:
        assert db.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
        assert db.exec_driver_sql("PRAGMA synchronous").scalar() == 2
    store.dispose()


@pytest.mark.parametrize("url", ["postgresql://db/warden", "warden.db", "sqlite://", "sqlite:///:memory:", "?!"])
def test_only_files_of_sqlite_are_taken(url):
    with pytest.raises(StoreUnusable, match=r"Cure: write `store: sqlite:///warden.db`"):
        open_store(url)


def test_a_file_that_is_no_database_is_refused_with_the_cure(tmp_path):
    (tmp_path / "a.db").write_text("these are my notes, not a database; " * 100)
    with pytest.raises(StoreUnusable, match=r"a\.db cannot be used as a database.*Cure"):
        open_store(f"sqlite:///{tmp_path}/a.db")


def test_a_folder_that_is_not_there_is_refused_with_the_cure(tmp_path):
    with pytest.raises(StoreUnusable, match="Cure"):
        open_store(f"sqlite:///{tmp_path}/nowhere/a.db")


def test_a_database_of_a_newer_program_is_left_alone(tmp_path):
    open_store(f"sqlite:///{tmp_path}/a.db").dispose()
    with sqlite3.connect(tmp_path / "a.db") as raw:
        raw.execute("UPDATE alembic_version SET version_num = '9999'")
    raw.close()
    with pytest.raises(StoreUnusable, match="written by a newer Warden"):
        open_store(f"sqlite:///{tmp_path}/a.db")


def test_an_empty_file_becomes_a_store(tmp_path):
    (tmp_path / "a.db").touch()
    store = open_store(f"sqlite:///{tmp_path}/a.db")
    with store.transaction() as db:
        assert db.exec_driver_sql("SELECT count(*) FROM decision").scalar() == 0
    store.dispose()


def test_a_store_that_is_up_to_date_is_opened_as_it_is(tmp_path):
    open_store(f"sqlite:///{tmp_path}/a.db").dispose()
    before = _contents(tmp_path / "a.db")
    assert "AUTOINCREMENT" in before
    open_store(f"sqlite:///{tmp_path}/a.db").dispose()
    assert _contents(tmp_path / "a.db") == before


def test_a_store_of_the_first_version_is_brought_up_to_date_with_its_rows(tmp_path):
    _of_the_first_version(tmp_path / "old.db")
    open_store(f"sqlite:///{tmp_path}/old.db").dispose()
    open_store(f"sqlite:///{tmp_path}/new.db").dispose()
    old, new = _contents(tmp_path / "old.db"), _contents(tmp_path / "new.db")
    assert _definitions(tmp_path / "old.db") == _definitions(tmp_path / "new.db")
    assert "AUTOINCREMENT" in new
    assert [line for line in old.splitlines() if line.startswith('INSERT INTO "intent"')] == [
        (
            'INSERT INTO "intent" VALUES('
            "7,'a','post','1','remove',5,1,'[]','','','w-1','1','2','planned',0,5,5,NULL,NULL,'',0,'','',"
            """'{"text":""}');"""
        )
    ]


def _of_the_first_version(path):
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["engine"] = engine = create_engine(f"sqlite:///{path}")
    command.upgrade(config, "0001")
    with engine.begin() as db:
        db.exec_driver_sql("INSERT INTO decision VALUES (1, 'a', 'post', '1', 5, 'new', 'book', '{}', '{}', '{}')")
        db.exec_driver_sql(
            "INSERT INTO intent VALUES (7, 'a', 'post', '1', 'remove', 3, 1, '[]', '', '', 'w-1', '1', '2', 'planned',"
            " 0, 5, 5, NULL, NULL, '')"
        )
    engine.dispose()


def _definitions(path):
    """What the tables are made of, in any order: the migration names constraints as they come."""
    with sqlite3.connect(path) as raw:
        found = raw.execute("SELECT name, sql FROM sqlite_master ORDER BY name").fetchall()
    raw.close()
    return [(name, sorted(line.strip(" ,)\n") for line in (sql or "").split("\n\t"))) for name, sql in found]


def test_another_programs_database_is_refused_and_left_as_it_is(tmp_path):
    with sqlite3.connect(tmp_path / "a.db") as raw:
        raw.execute("CREATE TABLE bookmarks (url TEXT)")
    raw.close()
    before = _contents(tmp_path / "a.db")
    with pytest.raises(StoreUnusable, match=r"a\.db is another program's database.*Cure"):
        open_store(f"sqlite:///{tmp_path}/a.db")
    assert _contents(tmp_path / "a.db") == before


def _contents(path):
    with sqlite3.connect(path) as raw:
        contents = "\n".join(raw.iterdump())
    raw.close()
    return contents


def test_a_database_that_went_away_is_unavailable_not_forgotten(tmp_path):
    store = open_store(f"sqlite:///{tmp_path}/a.db")
    with store.transaction() as db:
        db.exec_driver_sql("DROP TABLE queue")
    with pytest.raises(StoreUnavailable, match="no such table"), store.transaction() as db:
        db.exec_driver_sql("SELECT * FROM queue")
    store.dispose()
