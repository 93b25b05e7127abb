"""an intent knows how often it was sent in vain"""

from alembic import op
from sqlalchemy import Column, Integer

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    with op.batch_alter_table("intent", table_kwargs={"sqlite_autoincrement": True}) as intent:
        intent.add_column(Column("missed", Integer, nullable=False, server_default="0"))
