"""Lemmy's objects to ours. Pure; raises ValueError for what makes no sense."""

import re
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from urllib.parse import urlsplit

import msgspec

from bot.domain.item import Author, Comment, Community, Post
from bot.engine.ports import Listed
from bot.lemmy import wire

METADATA = timedelta(seconds=60)
"""How long Lemmy may take to fetch a linked page's title after the post is visible."""
EARLIEST = datetime(1900, 1, 1, tzinfo=UTC)
LATEST = datetime(9900, 1, 1, tzinfo=UTC)
"""Remote servers invent times, even of years that Python does not have. They are moved in between, not refused: one
such post on top of the list would hide all others. The margin keeps sums of times in range."""

_FAR_YEAR = re.compile(r"([+-])\d{4,}-")


def listed_post(view: wire.PostView, server_time: datetime) -> Listed:
    return Listed(
        item=post(view, server_time),
        community_id=str(view.community.id),
        number=view.post.id,
        sort_key=moment(view.counts.published),
        content_hash=_post_hash(view.post),
        pinned=view.post.featured_local,
    )


def listed_comment(view: wire.CommentView) -> Listed:
    return Listed(
        item=comment(view),
        community_id=str(view.community.id),
        number=view.comment.id,
        sort_key=moment(view.comment.published),
        content_hash=_hash(view.comment.content, view.comment.language_id),
        pinned=False,
    )


def post(view: wire.PostView, server_time: datetime) -> Post:
    """What is absent is known to be empty, except a link's metadata that Lemmy may still be fetching."""
    seen_since = moment(view.counts.published)
    return _post(
        view.post, view, fetching=server_time - seen_since < METADATA, author=_author(view), score=view.counts.score
    )


def _post(
    row: wire.Post, view: wire.PostView | wire.CommentView, *, fetching: bool, author: Author, score: int | None
) -> Post:
    pending = None if fetching and row.url else ""
    return Post(
        id=str(row.id),
        title=row.name,
        body=row.body or "",
        url=row.url or "",
        alt_text=row.alt_text or "",
        link_title=row.embed_title if row.embed_title is not None else pending,
        link_description=row.embed_description if row.embed_description is not None else pending,
        link_type=row.url_content_type if row.url_content_type is not None else pending,
        thumbnail=row.thumbnail_url or "",
        author=author,
        community=community(view.community),
        published=moment(row.published),
        updated=moment(row.updated or row.published),
        score=score,
        is_nsfw=row.nsfw,
        is_locked=row.locked,
        is_removed=row.removed,
        is_deleted=row.deleted,
        is_featured=row.featured_community or row.featured_local,
        language=row.language_id,
        address=row.ap_id,
    )


def comment(view: wire.CommentView) -> Comment:
    row = view.comment
    above = _ancestors(row.path)
    return Comment(
        id=str(row.id),
        body=row.content,
        author=_author(view),
        community=community(view.community),
        post_id=str(view.post.id),
        post=_above(view),
        parent_id=above[-1] if above else "",
        depth=len(above) + 1,
        published=moment(row.published),
        updated=moment(row.updated or row.published),
        score=view.counts.score,
        is_locked=view.post.locked,
        is_removed=row.removed,
        is_deleted=row.deleted,
        language=row.language_id,
        address=row.ap_id,
    )


def _above(view: wire.CommentView) -> Post:
    """Of its author only the number is told."""
    fetching = moment(view.comment.published) - moment(view.post.published) < METADATA
    author = Author(id=str(view.post.creator_id))
    return _post(view.post, view, fetching=fetching, author=author, score=None)


def community(row: wire.Community) -> Community:
    return Community(id=str(row.id), name=row.name, host=_host(row.actor_id))


def moment(text: str) -> datetime:
    """An RFC 3339 time in UTC, moved between EARLIEST and LATEST."""
    if far := _FAR_YEAR.match(text):
        return EARLIEST if far[1] == "-" else LATEST
    time = datetime.fromisoformat(text)
    if time.tzinfo is None:
        raise ValueError("a time without its zone")
    return min(max(time, EARLIEST), LATEST).astimezone(UTC)


def _author(view: wire.PostView | wire.CommentView) -> Author:
    person = view.creator
    return Author(
        id=str(person.id),
        name=person.name,
        instance=_host(person.actor_id),
        display_name=person.display_name,
        bio=person.bio,
        created=moment(person.published),
        is_moderator=view.creator_is_moderator,
        is_admin=view.creator_is_admin,
        is_bot=person.bot_account,
        is_banned=person.banned or view.creator_banned_from_community,
    )


def _ancestors(path: str) -> list[str]:
    """Ids of the comments above, from the post down. A path is the root 0, the ancestors, and the comment itself."""
    root, *ancestors = path.split(".")[:-1]
    if root != "0" or not all(each.isdecimal() for each in ancestors):
        raise ValueError("not a comment's path")
    return ancestors


def _host(actor_id: str) -> str:
    host = urlsplit(actor_id).hostname
    if not host:
        raise ValueError("an actor without a host")
    return host


def _post_hash(row: wire.Post) -> str:
    return _hash(
        row.name,
        row.url,
        row.body,
        row.alt_text,
        row.nsfw,
        row.embed_title,
        row.embed_description,
        row.url_content_type,
        row.language_id,
    )


def _hash(*values: str | int | None) -> str:
    return sha256(msgspec.json.encode(values)).hexdigest()
