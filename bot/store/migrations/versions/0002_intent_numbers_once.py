"""an intent's number is never given again"""

from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    # SQLite keeps this in the table's definition only, so the table is made anew and its rows are copied.
    with op.batch_alter_table("intent", recreate="always", table_kwargs={"sqlite_autoincrement": True}):
        pass
