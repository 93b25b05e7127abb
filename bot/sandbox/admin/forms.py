"""What the sandbox's own routes are asked with. People are named by ``name`` or ``name@host``."""

import msgspec

from bot.domain.item import Kind
from bot.sandbox.rates import Class

OLD_ACCOUNT = 400.0
"""Days since an author joined, where nothing else is said."""


class NewPerson(msgspec.Struct):
    name: str
    age_days: float = OLD_ACCOUNT
    password: str | None = None
    totp: str | None = None
    """Secret of a second factor, in base32."""
    is_admin: bool = False
    bot_account: bool = False
    display_name: str | None = None
    bio: str | None = None


class NewPost(msgspec.Struct):
    """With an age above zero it arrives late: a new number, and an old place in New. Below zero it is of tomorrow."""

    community: str
    author: str
    title: str
    url: str | None = None
    body: str | None = None
    alt_text: str | None = None
    nsfw: bool = False
    age_seconds: float = 0.0


class NewComment(msgspec.Struct):
    post_id: int
    author: str
    body: str
    parent_id: int | None = None
    age_seconds: float = 0.0


class Edit(msgspec.Struct):
    """By its author; ``None`` leaves a field as it is."""

    kind: Kind
    id: int
    title: str | None = None
    url: str | None = None
    body: str | None = None


class Delete(msgspec.Struct):
    """By its author."""

    kind: Kind
    id: int
    deleted: bool = True


class Remove(msgspec.Struct):
    """Or restore."""

    kind: Kind
    id: int
    by: str
    removed: bool = True
    reason: str | None = None


class NewReport(msgspec.Struct):
    kind: Kind
    id: int
    by: str
    reason: str


class Resolve(msgspec.Struct):
    """Every report on an item."""

    kind: Kind
    id: int
    by: str


class Metadata(msgspec.Struct):
    """What Lemmy fetches of a linked page; arrives after the post and does not change ``updated``."""

    post_id: int
    embed_title: str | None = None
    embed_description: str | None = None
    thumbnail_url: str | None = None
    url_content_type: str | None = None


class Ban(msgspec.Struct):
    """From the whole site."""

    person: str
    banned: bool = True


class Revoke(msgspec.Struct):
    """All tokens of a person die."""

    person: str


class Block(msgspec.Struct):
    person: str
    whom: str


class Seat(msgspec.Struct):
    """A moderator more or less, by the community's most senior one."""

    community: str
    person: str
    added: bool


class Sidebar(msgspec.Struct):
    community: str
    text: str | None
    """Markdown; ``None`` for none."""


class Send(msgspec.Struct):
    sender: str
    recipient: str
    content: str


class Clock(msgspec.Struct):
    seconds: float


class Rate(msgspec.Struct):
    class_: Class = msgspec.field(name="class")
    burst: int
    per_second: float
