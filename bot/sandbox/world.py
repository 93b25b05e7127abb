"""What the server holds: people, communities, posts, comments, reports and the modlog."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta


class Refusal(Exception):
    """A request that is refused, with Lemmy's error word."""

    def __init__(self, word: str, status: int = 400, message: str = "") -> None:
        super().__init__(word)
        self.word = word
        self.status = status
        self.message = message


@dataclass(slots=True)
class Person:
    id: int
    name: str
    published: datetime
    host: str
    password: str = ""
    """Empty for people of other instances, who cannot log in."""
    display_name: str | None = None
    bio: str | None = None
    is_admin: bool = False
    is_bot: bool = False
    banned: bool = False
    blocks: set[int] = field(default_factory=set)


@dataclass(slots=True)
class Community:
    id: int
    name: str
    published: datetime
    moderators: list[int] = field(default_factory=list)
    """Ids of people, the most senior first."""
    banned: set[int] = field(default_factory=set)
    local_only: bool = False


@dataclass(slots=True)
class Post:
    id: int
    name: str
    creator_id: int
    community_id: int
    published: datetime
    ap_id: str
    url: str | None = None
    body: str | None = None
    alt_text: str | None = None
    embed_title: str | None = None
    embed_description: str | None = None
    url_content_type: str | None = None
    updated: datetime | None = None
    nsfw: bool = False
    removed: bool = False
    deleted: bool = False
    locked: bool = False
    featured_community: bool = False
    featured_local: bool = False
    language_id: int = 0
    score: int = 1


@dataclass(slots=True)
class Comment:
    id: int
    content: str
    creator_id: int
    post_id: int
    path: str
    published: datetime
    ap_id: str
    updated: datetime | None = None
    removed: bool = False
    deleted: bool = False
    distinguished: bool = False
    language_id: int = 0
    score: int = 1


@dataclass(slots=True)
class Report:
    """On a post, or on a comment; the two are numbered separately."""

    id: int
    creator_id: int
    item_id: int
    original: tuple[str, str | None, str | None]
    """Name, address and text of the item as it was reported; a comment has only the first."""
    reason: str
    published: datetime
    resolver_id: int | None = None
    resolved: bool = False


@dataclass(slots=True)
class Entry:
    """One line of the modlog. ``subject`` is the post, comment or person."""

    kind: str
    id: int
    moderator_id: int
    subject: int
    community_id: int
    value: bool
    when: datetime
    reason: str | None = None
    is_community: bool = True


@dataclass(slots=True)
class Message:
    id: int
    creator_id: int
    recipient_id: int
    content: str
    published: datetime
    read: bool = False


@dataclass(slots=True)
class Write:
    """A write that was carried out, whether or not its answer arrived."""

    actor: str
    endpoint: str
    form: dict[str, object]
    at: datetime


@dataclass(slots=True)
class World:
    """Everything. Only the server's event loop touches it, so that each request is one transaction."""

    host: str = "sandbox.localhost"
    slurs: tuple[str, ...] = ("badword", "worseword")
    shift: timedelta = timedelta(0)
    """How far this world's clock is ahead of the machine's."""
    people: dict[int, Person] = field(default_factory=dict)
    communities: dict[int, Community] = field(default_factory=dict)
    posts: dict[int, Post] = field(default_factory=dict)
    comments: dict[int, Comment] = field(default_factory=dict)
    post_reports: dict[int, Report] = field(default_factory=dict)
    comment_reports: dict[int, Report] = field(default_factory=dict)
    modlog: list[Entry] = field(default_factory=list)
    messages: dict[int, Message] = field(default_factory=dict)
    tokens: dict[str, int] = field(default_factory=dict)
    writes: list[Write] = field(default_factory=list)

    def now(self) -> datetime:
        return datetime.now(UTC) + self.shift

    def person_named(self, name: str) -> Person | None:
        return next((each for each in self.people.values() if each.name == name.lower()), None)

    def community_named(self, name: str) -> Community | None:
        short = name.partition("@")[0]
        return next((each for each in self.communities.values() if each.name == short), None)

    def may_moderate(self, person: Person | None, community_id: int) -> bool:
        if person is None:
            return False
        return person.is_admin or person.id in self.communities[community_id].moderators

    def moderated_by(self, person: Person | None) -> set[int]:
        return {each.id for each in self.communities.values() if person and person.id in each.moderators}

    def log(self, kind: str, moderator: Person, subject: int, community_id: int, value: bool, reason: object) -> Entry:
        number = sum(each.kind == kind for each in self.modlog) + 1
        text = reason if isinstance(reason, str) else None
        entry = Entry(kind, number, moderator.id, subject, community_id, value, self.now(), text)
        self.modlog.append(entry)
        return entry


def next_id(rows: Mapping[int, object]) -> int:
    return max(rows, default=0) + 1
