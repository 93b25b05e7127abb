"""what is kept of items to recognise their like"""

from alembic import op
from sqlalchemy import BigInteger, Column, LargeBinary, String

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.create_table(
        "trace",
        Column("account", String, primary_key=True),
        Column("kind", String, primary_key=True),
        Column("id", String, primary_key=True),
        Column("at", BigInteger, nullable=False),
        Column("author", String),
        Column("community", String),
        Column("link", String),
        Column("domain", String),
        Column("text", String),
        Column("sketch", LargeBinary, nullable=False),
    )
    op.create_index("ix_trace_account_author_at", "trace", ["account", "author", "at"])
    op.create_index("ix_trace_account_link_at", "trace", ["account", "link", "at"])
    op.create_index("ix_trace_account_text_at", "trace", ["account", "text", "at"])
    op.create_table(
        "band",
        Column("account", String, primary_key=True),
        Column("band", BigInteger, primary_key=True),
        Column("kind", String, primary_key=True),
        Column("id", String, primary_key=True),
    )
    op.create_index("ix_band_account_kind_id", "band", ["account", "kind", "id"])
