"""Run by Alembic to migrate the database that ``open_store`` has opened."""

from alembic import context

from bot.store.connect import compare_options
from bot.store.tables import metadata

with context.config.attributes["engine"].connect() as connection:
    context.configure(connection=connection, target_metadata=metadata, **compare_options())
    with context.begin_transaction():
        context.run_migrations()
    connection.commit()
