"""Lemmy 0.19's JSON: of every object the fields that we read. Unset fields are absent there, never null."""

from typing import Any, TypeVar

import msgspec

Shape = TypeVar("Shape")


class Row(msgspec.Struct):
    """One object of an answer."""


class Person(Row):
    id: int
    name: str
    actor_id: str
    published: str
    bot_account: bool
    display_name: str = ""
    bio: str = ""
    banned: bool = False
    """From the whole instance."""


class Community(Row):
    id: int
    name: str
    actor_id: str


class Post(Row):
    id: int
    name: str
    creator_id: int
    removed: bool
    locked: bool
    deleted: bool
    nsfw: bool
    published: str
    ap_id: str
    language_id: int
    featured_community: bool
    featured_local: bool
    updated: str | None = None
    url: str | None = None
    body: str | None = None
    alt_text: str | None = None
    embed_title: str | None = None
    embed_description: str | None = None
    url_content_type: str | None = None
    thumbnail_url: str | None = None


class Comment(Row):
    id: int
    creator_id: int
    content: str
    removed: bool
    deleted: bool
    published: str
    ap_id: str
    path: str
    language_id: int
    updated: str | None = None


class Counts(Row):
    score: int
    published: str
    """Set once, when this instance first saw the item: what New posts are sorted by."""


class PostView(Row):
    post: Post
    creator: Person
    community: Community
    counts: Counts
    creator_is_moderator: bool | None = None
    creator_is_admin: bool | None = None
    creator_banned_from_community: bool | None = None


class CommentView(Row):
    comment: Comment
    creator: Person
    post: Post
    community: Community
    counts: Counts
    creator_is_moderator: bool | None = None
    creator_is_admin: bool | None = None
    creator_banned_from_community: bool | None = None


class PostAnswer(Row):
    post_view: PostView


class CommentAnswer(Row):
    comment_view: CommentView


class PostList(Row):
    posts: list[PostView]
    next_page: str | None = None


class CommentList(Row):
    comments: list[CommentView]


class Report(Row):
    id: int
    creator_id: int
    post_id: int = 0
    comment_id: int = 0
    resolved: bool = False


class PostReportView(Row):
    post_report: Report


class CommentReportView(Row):
    comment_report: Report


class PostReportAnswer(Row):
    post_report_view: PostReportView


class CommentReportAnswer(Row):
    comment_report_view: CommentReportView


class PostReportList(Row):
    post_reports: list[PostReportView]


class CommentReportList(Row):
    comment_reports: list[CommentReportView]


class Removal(Row):
    """A removal, or with ``removed`` false a restoring."""

    mod_person_id: int
    removed: bool
    when_: str
    reason: str = ""


class Featuring(Row):
    mod_person_id: int
    featured: bool
    when_: str


class Banning(Row):
    """A ban from a community, or with ``banned`` false its end."""

    mod_person_id: int
    banned: bool
    when_: str
    reason: str = ""
    expires: str | None = None


class Locking(Row):
    mod_person_id: int
    locked: bool
    when_: str


class RemovedPost(Row):
    mod_remove_post: Removal


class RemovedComment(Row):
    mod_remove_comment: Removal
    comment: Comment | None = None
    """In full, whoever asks."""


class FeaturedPost(Row):
    mod_feature_post: Featuring


class BannedPerson(Row):
    mod_ban_from_community: Banning


class LockedPost(Row):
    mod_lock_post: Locking


class Modlog(Row):
    """Newest first."""

    removed_posts: list[RemovedPost]
    removed_comments: list[RemovedComment]
    locked_posts: list[LockedPost]
    featured_posts: list[FeaturedPost] = []
    banned_from_community: list[BannedPerson] = []


class Message(Row):
    id: int
    creator_id: int
    recipient_id: int
    content: str
    published: str


class MessageView(Row):
    private_message: Message


class MessageAnswer(Row):
    private_message_view: MessageView


class MessageList(Row):
    private_messages: list[MessageView]


class BanAnswer(Row):
    banned: bool


class PersonView(Row):
    person: Person


class PersonAnswer(Row):
    person_view: PersonView


class LocalUser(Row):
    show_nsfw: bool = True
    show_bot_accounts: bool = True
    show_read_posts: bool = True


class LocalUserView(Row):
    person: Person
    local_user: LocalUser


class Moderates(Row):
    community: Community


class MyUser(Row):
    local_user_view: LocalUserView
    moderates: list[Moderates]
    community_blocks: list[Any]
    person_blocks: list[Any]
    instance_blocks: list[Any] = []
    discussion_languages: list[int] = []


class Site(Row):
    version: str
    my_user: MyUser | None = None
    """``None`` when the token was not accepted."""


class Login(Row):
    jwt: str


class Success(Row):
    success: bool


class Software(Row):
    name: str
    version: str


class NodeInfo(Row):
    software: Software


def as_(shape: type[Shape], body: Any) -> Shape:
    """The answer in a shape of this module. Raises ValueError when it has another one."""
    try:
        return msgspec.convert(body, shape)
    except msgspec.ValidationError as error:
        raise ValueError(f"not a {shape.__name__}: {error}") from None
