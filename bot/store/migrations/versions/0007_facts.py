"""what was found out about items"""

from alembic import op
from sqlalchemy import BigInteger, Column, String, Text

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    op.create_table(
        "fact",
        Column("account", String, primary_key=True),
        Column("kind", String, primary_key=True),
        Column("id", String, primary_key=True),
        Column("name", String, primary_key=True),
        Column("about", Text, nullable=False),
        Column("at", BigInteger, nullable=False),
        Column("value", Text, nullable=False),
    )
