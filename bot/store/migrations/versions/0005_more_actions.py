"""actions with settings and several recipients; strikes, approvals and reports"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy import BigInteger, Column, Integer, String, Text

revision = "0005"
down_revision = "0004"

PLACES = {"report": 0, "reply": 2, "lock": 3, "remove": 5, "message": 10}
"""Of the kinds of actions that there were, in the order of today."""


def upgrade() -> None:
    op.create_table(
        "strike",
        Column("account", String, primary_key=True),
        Column("kind", String, primary_key=True),
        Column("id", String, primary_key=True),
        Column("community_id", String, nullable=False),
        Column("person_id", String, nullable=False),
        Column("points", Integer, nullable=False),
        Column("at", BigInteger, nullable=False),
        Column("until", BigInteger, nullable=False),
        Column("taken_back_at", BigInteger),
    )
    op.create_index("ix_strike_account_community_id_person_id", "strike", ["account", "community_id", "person_id"])
    with op.batch_alter_table("item") as item:
        item.add_column(Column("approved_hash", String, nullable=False, server_default=""))
        item.add_column(Column("reports", Integer))
    with op.batch_alter_table("intent", table_kwargs={"sqlite_autoincrement": True}) as intent:
        intent.add_column(Column("community_id", String, nullable=False, server_default=""))
        intent.add_column(Column("recipient", String, nullable=False, server_default=""))
        intent.add_column(Column("settings", Text, nullable=False, server_default="{}"))
        intent.drop_constraint("uq_intent_account_kind_id_action", type_="unique")
        intent.create_unique_constraint(
            "uq_intent_account_kind_id_action_recipient", ["account", "kind", "id", "action", "recipient"]
        )
    table = sa.table("intent", sa.column("action"), sa.column("place"), sa.column("settings"))
    op.execute(table.update().values(place=sa.case(PLACES, value=table.c.action), settings='{"text":""}'))
