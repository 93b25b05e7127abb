"""what is written in the sidebars, as it was last read"""

from alembic import op
from sqlalchemy import BigInteger, Boolean, Column, Integer, String, Text

revision = "0006"
down_revision = "0004"


def upgrade() -> None:
    op.create_table(
        "sidebar",
        Column("account", String, primary_key=True),
        Column("community", String, primary_key=True),
        Column("hash", String, nullable=False),
        Column("at", BigInteger, nullable=False),
    )
    op.create_table(
        "written_rule",
        Column("account", String, primary_key=True),
        Column("community", String, primary_key=True),
        Column("number", Integer, primary_key=True),
        Column("place", Integer, nullable=False),
        Column("text", Text, nullable=False),
        Column("numbered", Boolean, nullable=False),
    )
