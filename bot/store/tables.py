"""The tables. Times are microseconds since 1970 in UTC, so that they sort and compare as numbers."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)

floor = Table(
    "floor",
    metadata,
    Column("account", String, primary_key=True),
    Column("kind", String, primary_key=True),
    Column("at", BigInteger, nullable=False),
)

watch = Table(
    "watch",
    metadata,
    Column("account", String, primary_key=True),
    Column("kind", String, primary_key=True),
    Column("community_id", String, primary_key=True),
    Column("at", BigInteger, nullable=False),
    Column("number", BigInteger, nullable=False),
)

sweep = Table(
    "sweep",
    metadata,
    Column("account", String, primary_key=True),
    Column("kind", String, primary_key=True),
    Column("depth", Integer, primary_key=True),
    Column("at", BigInteger, nullable=False),
)

item = Table(
    "item",
    metadata,
    Column("account", String, primary_key=True),
    Column("kind", String, primary_key=True),
    Column("id", String, primary_key=True),
    Column("community_id", String, nullable=False),
    Column("sort_key", BigInteger, nullable=False),
    Column("content_hash", String, nullable=False),
    Column("first_seen", BigInteger, nullable=False),
    Column("last_seen", BigInteger, nullable=False),
    Column("closed", Boolean, nullable=False),
    Column("human_decided", Text, nullable=False, server_default=""),
    Column("snapshot", Text, nullable=False),
    Column("approved_hash", String, nullable=False, server_default=""),
    Column("reports", Integer),
)

strike = Table(
    "strike",
    metadata,
    Column("account", String, primary_key=True),
    Column("kind", String, primary_key=True),
    Column("id", String, primary_key=True),
    Column("community_id", String, nullable=False),
    Column("person_id", String, nullable=False),
    Column("points", Integer, nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("until", BigInteger, nullable=False),
    Column("taken_back_at", BigInteger),
    Index(None, "account", "community_id", "person_id"),
)

trace = Table(
    "trace",
    metadata,
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
    Index(None, "account", "author", "at"),
    Index(None, "account", "link", "at"),
    Index(None, "account", "text", "at"),
)

band = Table(
    "band",
    metadata,
    Column("account", String, primary_key=True),
    Column("band", BigInteger, primary_key=True),
    Column("kind", String, primary_key=True),
    Column("id", String, primary_key=True),
    Index(None, "account", "kind", "id"),
)

sidebar = Table(
    "sidebar",
    metadata,
    Column("account", String, primary_key=True),
    Column("community", String, primary_key=True),
    Column("hash", String, nullable=False),
    Column("at", BigInteger, nullable=False),
)

written_rule = Table(
    "written_rule",
    metadata,
    Column("account", String, primary_key=True),
    Column("community", String, primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("place", Integer, nullable=False),
    Column("text", Text, nullable=False),
    Column("numbered", Boolean, nullable=False),
)

queue = Table(
    "queue",
    metadata,
    Column("account", String, primary_key=True),
    Column("kind", String, primary_key=True),
    Column("id", String, primary_key=True),
    Column("reason", String, nullable=False),
    Column("due", BigInteger, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("set_aside", Boolean, nullable=False),
    Column("last_error", Text, nullable=False, server_default=""),
    Index(None, "account", "set_aside", "due"),
)

fact = Table(
    "fact",
    metadata,
    Column("account", String, primary_key=True),
    Column("kind", String, primary_key=True),
    Column("id", String, primary_key=True),
    Column("name", String, primary_key=True),
    Column("about", Text, nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("value", Text, nullable=False),
)

decision = Table(
    "decision",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("account", String, nullable=False),
    Column("kind", String, nullable=False),
    Column("id", String, nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("why", String, nullable=False),
    Column("rulebook_hash", String, nullable=False),
    Column("snapshot", Text, nullable=False),
    Column("verdict", Text, nullable=False),
    Column("plan", Text, nullable=False),
    Index(None, "account", "kind", "id"),
    Index(None, "at"),
)

intent = Table(
    "intent",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("account", String, nullable=False),
    Column("kind", String, nullable=False),
    Column("id", String, nullable=False),
    Column("action", String, nullable=False),
    Column("place", Integer, nullable=False),
    Column("decision", Integer, ForeignKey("decision.number"), nullable=False),
    Column("rules", Text, nullable=False),
    Column("step_text", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("reference", String, nullable=False),
    Column("post_id", String, nullable=False),
    Column("author_id", String, nullable=False),
    Column("community_id", String, nullable=False, server_default=""),
    Column("recipient", String, nullable=False, server_default=""),
    Column("settings", Text, nullable=False, server_default="{}"),
    Column("state", String, nullable=False),
    Column("attempt", Integer, nullable=False),
    Column("missed", Integer, nullable=False, server_default="0"),
    Column("planned_at", BigInteger, nullable=False),
    Column("not_before", BigInteger, nullable=False),
    Column("sent_at", BigInteger),
    Column("settled_at", BigInteger),
    Column("detail", Text, nullable=False, server_default=""),
    UniqueConstraint("account", "kind", "id", "action", "recipient"),
    Index(None, "account", "state"),
    Index(None, "action", "sent_at"),
    sqlite_autoincrement=True,  # a number is never given again: a replaced plan's intent cannot be taken for another
)
