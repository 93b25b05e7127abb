"""What the sandbox remembers of each thing. Times are aware UTC; ``None`` is a field that Lemmy leaves out."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.domain.item import Kind


@dataclass(frozen=True, slots=True)
class Settings:
    """Those of an account's settings that decide what its lists show."""

    show_nsfw: bool = False
    show_bot_accounts: bool = True
    show_read_posts: bool = True
    discussion_languages: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Person:
    id: int
    name: str
    actor_id: str
    published: datetime
    local_user_id: int | None = None
    """``None`` for people of other instances."""
    password: str | None = None
    """``None`` when nobody can log in as this person."""
    totp: str | None = None
    """Secret of the second factor, in base32; ``None`` when there is none."""
    settings: Settings = Settings()
    display_name: str | None = None
    bio: str | None = None
    matrix_user_id: str | None = None
    is_admin: bool = False
    banned: bool = False
    deleted: bool = False
    bot_account: bool = False


@dataclass(frozen=True, slots=True)
class Community:
    id: int
    name: str
    title: str
    actor_id: str
    published: datetime
    description: str | None = None
    local: bool = True
    local_only: bool = False
    """Shown to people with an account here, and to nobody else."""
    removed: bool = False
    deleted: bool = False


@dataclass(frozen=True, slots=True)
class Post:
    id: int
    name: str
    creator_id: int
    community_id: int
    published: datetime
    sorted_at: datetime
    """What New is sorted by; an edit from another instance can rewrite ``published``, but not this."""
    ap_id: str
    local: bool = True
    url: str | None = None
    body: str | None = None
    alt_text: str | None = None
    nsfw: bool = False
    language_id: int = 0
    updated: datetime | None = None
    removed: bool = False
    deleted: bool = False
    locked: bool = False
    featured_community: bool = False
    featured_local: bool = False
    embed_title: str | None = None
    embed_description: str | None = None
    thumbnail_url: str | None = None
    url_content_type: str | None = None
    upvotes: int = 1
    downvotes: int = 0

    @property
    def is_shown(self) -> bool:
        return not (self.removed or self.deleted)


@dataclass(frozen=True, slots=True)
class Comment:
    id: int
    creator_id: int
    post_id: int
    community_id: int
    content: str
    published: datetime
    ap_id: str
    path: str
    """Ids from the root 0 down to the comment itself, with dots between."""
    local: bool = True
    language_id: int = 0
    updated: datetime | None = None
    removed: bool = False
    deleted: bool = False
    distinguished: bool = False
    upvotes: int = 1
    downvotes: int = 0

    @property
    def is_shown(self) -> bool:
        return not (self.removed or self.deleted)

    @property
    def above(self) -> tuple[int, ...]:
        """Ids of the comments above, from the post down."""
        return tuple(int(each) for each in self.path.split(".")[1:-1])


@dataclass(frozen=True, slots=True)
class Report:
    id: int
    kind: Kind
    item_id: int
    community_id: int
    creator_id: int
    reason: str
    published: datetime
    original_name: str | None = None
    """Title of a post, as it was when it was reported."""
    original_url: str | None = None
    original_text: str | None = None
    """Body of a post, or text of a comment."""
    resolved: bool = False
    resolver_id: int | None = None
    updated: datetime | None = None


class ModKind(StrEnum):
    """By the names that the modlog is asked with."""

    REMOVE_POST = "ModRemovePost"
    LOCK_POST = "ModLockPost"
    FEATURE_POST = "ModFeaturePost"
    REMOVE_COMMENT = "ModRemoveComment"
    BAN_FROM_COMMUNITY = "ModBanFromCommunity"
    BAN = "ModBan"
    ADD_TO_COMMUNITY = "ModAddCommunity"


@dataclass(frozen=True, slots=True)
class ModAction:
    """One row of the modlog."""

    id: int
    kind: ModKind
    actor_id: int
    when: datetime
    flag: bool
    """Removed, locked, featured, banned; for moderators, whether the seat was taken away."""
    community_id: int | None = None
    post_id: int | None = None
    comment_id: int | None = None
    person_id: int | None = None
    """Whom it is about: the author, or who was banned or made a moderator."""
    reason: str | None = None
    expires: datetime | None = None
    of_community: bool = True
    """For a featured post: at the top of its community, not of the whole site."""


@dataclass(frozen=True, slots=True)
class Message:
    id: int
    creator_id: int
    recipient_id: int
    content: str
    published: datetime
    ap_id: str
    read: bool = False


@dataclass(frozen=True, slots=True)
class Notice:
    """A mention, or a reply: one comment in one person's inbox."""

    id: int
    recipient_id: int
    comment_id: int
    published: datetime
    read: bool = False
