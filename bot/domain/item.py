"""Posts, comments and their surroundings, as the rules see them.

Throughout this package ``None`` means *not known*. What is known to be absent is an empty string, zero or
``False``. Judging turns "not known" into the answer ``Unknown``, so the difference decides whether a person is
accused. All times are aware and in UTC.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import ClassVar

from bot.domain.destination import Destination
from bot.domain.picture import Picture


class Kind(StrEnum):
    """What sort of item it is. Lemmy numbers posts and comments separately, so an id means nothing without it."""

    POST = "post"
    COMMENT = "comment"


@dataclass(frozen=True, slots=True)
class ItemRef:
    """The identity of one item on one instance."""

    kind: Kind
    id: str
    """Decimal digits for a live Lemmy; anything for a backlog file."""

    def __str__(self) -> str:
        return f"{self.kind}/{self.id}"


@dataclass(frozen=True, slots=True)
class Author:
    """Who wrote an item."""

    id: str | None = None
    """Number of the person on the instance that was asked."""
    name: str | None = None
    """Login name, without the instance."""
    instance: str | None = None
    """Host of the home instance, lower case."""
    display_name: str | None = None
    bio: str | None = None
    created: datetime | None = None
    """When the account was made; a remote server claims it, or it is the time of first sight."""
    is_moderator: bool | None = None
    """Whether the author moderates the community the item is in."""
    is_admin: bool | None = None
    is_bot: bool | None = None
    is_banned: bool | None = None
    """Whether the author is banned from the community, or from the instance."""
    is_approved: bool | None = None
    """Whether the configuration names the author under ``approved``."""
    strikes: int | None = None
    """Points in this community that are not forgotten yet."""
    post_score: int | None = None
    """Up votes less down votes of all posts; Lemmy 0.19 does not tell."""
    comment_score: int | None = None


@dataclass(frozen=True, slots=True)
class Community:
    """Where an item was posted."""

    id: str | None = None
    name: str | None = None
    host: str | None = None
    """Host of the community's own instance, from its actor id, lower case."""

    @property
    def full_name(self) -> str | None:
        """``name@host``, the form that rule files and the configuration use."""
        return f"{self.name}@{self.host}" if self.name and self.host else None


@dataclass(frozen=True, slots=True)
class Post:
    """A post; every text field is the text as Lemmy holds it, Markdown included."""

    id: str
    title: str | None = None
    body: str | None = None
    url: str | None = None
    """Address the post links to; empty for a text post."""
    alt_text: str | None = None
    link_title: str | None = None
    """Title of the linked page. Lemmy fetches it after the post is visible, so it starts as not known."""
    link_description: str | None = None
    link_type: str | None = None
    """Content type of the linked page, for example ``image/png``; fetched late like the title."""
    destination: Destination | None = None
    """Where the link leads; ``None`` unless somebody followed it."""
    thumbnail: str | None = None
    image_text: str | None = None
    """Text read in the picture; not known unless something looked."""
    picture: Picture | None = None
    """What a look inside the picture showed; ``None`` unless something looked."""
    author: Author = Author()
    community: Community = Community()
    published: datetime | None = None
    updated: datetime | None = None
    """Time of the last edit; ``published`` when there was none."""
    score: int | None = None
    reports: int | None = None
    """Open reports by others than ourselves."""
    is_nsfw: bool | None = None
    tags: tuple[str, ...] | None = None
    """Tags of the community that the post carries. Lemmy 0.19 has none, so there they are not known."""
    is_locked: bool = False
    is_removed: bool = False
    is_deleted: bool = False
    is_featured: bool = False
    language: int | None = None
    """Lemmy's language number; 0 is undetermined."""
    address: str | None = None
    """Global address (ActivityPub id)."""
    kind: ClassVar[Kind] = Kind.POST

    @property
    def ref(self) -> ItemRef:
        return ItemRef(self.kind, self.id)

    @property
    def resolved_url(self) -> str:
        """What a short link stands for; empty for other addresses, and when it is not known."""
        known = self.destination.url if self.destination else None
        return "" if known is None or known == self.url else known


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment, with the post above it."""

    id: str
    body: str | None = None
    author: Author = Author()
    community: Community = Community()
    post_id: str | None = None
    post: Post | None = None
    """The post above, as far as it is known."""
    parent_id: str | None = None
    """Id of the comment replied to; empty for a reply to the post."""
    depth: int | None = None
    """1 for a reply to the post."""
    published: datetime | None = None
    updated: datetime | None = None
    score: int | None = None
    reports: int | None = None
    """Open reports by others than ourselves."""
    is_locked: bool = False
    """Whether the post above is locked."""
    is_removed: bool = False
    is_deleted: bool = False
    language: int | None = None
    address: str | None = None
    kind: ClassVar[Kind] = Kind.COMMENT

    @property
    def ref(self) -> ItemRef:
        return ItemRef(self.kind, self.id)


Item = Post | Comment
