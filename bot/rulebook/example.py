"""Items written down by people or programs: lines of a backlog, files, and the examples beside rules."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from bot.checks.language import CODES
from bot.checks.setting import SettingError, age_comparison
from bot.domain.destination import Destination
from bot.domain.item import Author, Comment, Community, Item, Kind, Post
from bot.domain.picture import Picture

EXAMPLE_NOW = datetime(2026, 1, 1, 12, 0, tzinfo=UTC)
"""When the examples beside rules are judged."""
TEXTS = (
    "title",
    "url",
    "body",
    "alt_text",
    "link_title",
    "link_description",
    "link_type",
    "resolved_url",
    "image_text",
)
FIELDS = (
    "id",
    "kind",
    *TEXTS,
    "picture",
    "author",
    "community",
    "published",
    "updated",
    "score",
    "reports",
    "is_nsfw",
    "tags",
    "language",
    "depth",
    "post",
)
AUTHOR_FIELDS = (
    "id",
    "name",
    "instance",
    "display_name",
    "bio",
    "account_age",
    "created",
    "is_moderator",
    "is_admin",
    "is_bot",
    "is_banned",
    "is_approved",
    "strikes",
    "post_score",
    "comment_score",
)
ONLY_POSTS = (*(each for each in TEXTS if each != "body"), "tags", "picture", "is_nsfw")
ONLY_COMMENTS = ("depth", "post")
PICTURE_FIELDS = ("text_screenshot", "certain", "words", "why", "links", "hash", "file")
"""As ``warden look`` prints them, and what else a look may find."""
_HASH = re.compile(r"[0-9a-f]{64}")
_COMPLETE_POST = dict.fromkeys(("title", "url", "body", "alt_text", "link_title", "link_description", "link_type"), "")
_COMPLETE_AUTHOR = {
    "is_moderator": "false",
    "is_admin": "false",
    "is_bot": "false",
    "is_banned": "false",
    "is_approved": "false",
    "strikes": "0",
}


class NotAnItem(Exception):
    """Something that cannot be read as an item; ``field`` says where."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(f"`{field}` {message}")
        self.field = field


def published(fields: Mapping[str, object]) -> datetime | None:
    """When the item was published, if it says so. Raises NotAnItem."""
    return time_of(fields, "published")


def item_from(fields: Mapping[str, object], now: datetime) -> Item:
    """An item from plain values. Raises NotAnItem.

    What is not there is not known; ``null`` is known to be absent. Fields that are not ours are ignored. ``now`` is the
    time that ages count back from.
    """
    number = fields.get("id")
    if isinstance(number, bool) or not isinstance(number, str | int) or str(number).strip() == "":
        raise NotAnItem("id", "must be a text or a number")
    kind = fields.get("kind")
    if not isinstance(kind, str) or kind not in set(Kind):
        raise NotAnItem("kind", "must be `post` or `comment`")
    return _post(str(number), fields, now) if kind == Kind.POST else _comment(str(number), fields, now)


def example(fields: Mapping[str, object], now: datetime = EXAMPLE_NOW) -> Item:
    """An item made up by hand: complete as written, so a text that is left out is empty. Raises NotAnItem.

    It was published an hour before ``now``, unless it says otherwise.
    """
    is_post = fields.get("kind", "post") == "post"
    _refuse_unknown(fields, is_post=is_post)
    author = author_fields(fields.get("author", {}))
    above = fields.get("post")
    if isinstance(above, Mapping):
        try:
            _refuse_unknown(above, is_post=True)
        except NotAnItem as error:
            raise NotAnItem("post", f"is not right: {error}") from None
    complete: dict[str, object] = {
        "id": "1",
        "kind": "post",
        **(_COMPLETE_POST if is_post else {"body": "", "depth": "1"}),
        "published": now - timedelta(hours=1),
        "reports": "0",
        **fields,
        "author": {**_COMPLETE_AUTHOR, **author},
    }
    complete.setdefault("updated", complete["published"])
    return item_from(complete, now)


def _refuse_unknown(fields: Mapping[str, object], *, is_post: bool) -> None:
    unknown = [name for name in fields if name not in FIELDS]
    if unknown:
        raise NotAnItem(unknown[0], f"is no field of an item; known: {', '.join(FIELDS)}")
    other = next((name for name in (ONLY_COMMENTS if is_post else ONLY_POSTS) if name in fields), None)
    if other is not None:
        raise NotAnItem(other, f"is no field of a {'post' if is_post else 'comment'}")
    unknown = [name for name in author_fields(fields.get("author", {})) if name not in AUTHOR_FIELDS]
    if unknown:
        raise NotAnItem("author", f"has no field `{unknown[0]}`; known: {', '.join(AUTHOR_FIELDS)}")


def author_fields(author: object) -> Mapping[str, object]:
    """The facts of an author, who may also be given as ``name`` or ``name@host``. Raises nothing: reading does."""
    if isinstance(author, Mapping):
        return author
    if not isinstance(author, str):
        return {"name": author}
    name, _, instance = author.strip().removeprefix("@").partition("@")
    return {"name": name, "instance": instance.lower()} if instance else {"name": name}


def _post(number: str, fields: Mapping[str, object], now: datetime) -> Post:
    url = _text(fields, "url")
    end = _text(fields, "resolved_url")
    # Whoever followed the link would also have seen what is there.
    no_link = "" if url == "" or end else None
    return Post(
        number,
        title=_text(fields, "title"),
        body=_text(fields, "body"),
        url=url,
        alt_text=_text(fields, "alt_text"),
        link_title=_text(fields, "link_title", no_link),
        link_description=_text(fields, "link_description", no_link),
        link_type=_text(fields, "link_type", no_link),
        destination=Destination(end) if end else None,
        image_text=_text(fields, "image_text"),
        picture=_picture(fields.get("picture"), _text(fields, "image_text")),
        author=_author(fields.get("author"), now),
        community=_community(fields.get("community")),
        published=published(fields),
        updated=time_of(fields, "updated"),
        score=_number(fields, "score"),
        reports=_number(fields, "reports"),
        is_nsfw=_flag(fields, "is_nsfw"),
        tags=_tags(fields),
        language=_language(fields),
    )


def _comment(number: str, fields: Mapping[str, object], now: datetime) -> Comment:
    return Comment(
        number,
        body=_text(fields, "body"),
        author=_author(fields.get("author"), now),
        community=_community(fields.get("community")),
        post=_above(fields.get("post"), now),
        depth=_number(fields, "depth"),
        published=published(fields),
        updated=time_of(fields, "updated"),
        score=_number(fields, "score"),
        reports=_number(fields, "reports"),
        language=_language(fields),
    )


def _above(value: object, now: datetime) -> Post | None:
    """The post above a comment: its fields, or its title alone."""
    if value is None:
        return None
    if isinstance(value, str):
        return Post("", title=value)
    if isinstance(value, Mapping):
        return _post(_text(value, "id") or "", value, now)
    raise NotAnItem("post", "must be a title or a group of keys")


def _author(value: object, now: datetime) -> Author:
    if value is None:
        return Author()
    if not isinstance(value, str | Mapping):
        raise NotAnItem("author", "must be a name or a group of keys")
    value = author_fields(value)
    try:
        return Author(
            id=_text(value, "id"),
            name=_text(value, "name"),
            instance=_text(value, "instance"),
            display_name=_text(value, "display_name"),
            bio=_text(value, "bio"),
            created=_created(value, now),
            is_moderator=_flag(value, "is_moderator"),
            is_admin=_flag(value, "is_admin"),
            is_bot=_flag(value, "is_bot"),
            is_banned=_flag(value, "is_banned"),
            is_approved=_flag(value, "is_approved"),
            strikes=_number(value, "strikes"),
            post_score=_number(value, "post_score"),
            comment_score=_number(value, "comment_score"),
        )
    except NotAnItem as error:
        raise NotAnItem("author", f"is not right: {error}") from None


def _picture(value: object, text: str | None) -> Picture | None:
    if value is None:
        return None
    if not isinstance(value, Mapping):
        raise NotAnItem("picture", "must be a group of keys, as `warden look --json` prints it")
    unknown = [name for name in value if name not in PICTURE_FIELDS]
    if unknown:
        raise NotAnItem("picture", f"has no field `{unknown[0]}`; known: {', '.join(PICTURE_FIELDS)}")
    answer = value.get("text_screenshot", "unknown")
    if answer not in ("yes", "no", "unknown"):
        raise NotAnItem("picture", "has a `text_screenshot` that is none of `yes`, `no` and `unknown`")
    try:
        return Picture(
            shows_text=None if answer == "unknown" else answer == "yes",
            certain=_flag(value, "certain") or False,
            why=_texts(value, "why"),
            words=_number(value, "words"),
            text=text,
            links=_texts(value, "links"),
            hash=_hash(value),
        )
    except NotAnItem as error:
        raise NotAnItem("picture", f"is not right: {error}") from None


def _hash(fields: Mapping[str, object]) -> str | None:
    digits = _text(fields, "hash") or None
    if digits is not None and not _HASH.fullmatch(digits):
        raise NotAnItem("hash", "must be 64 hexadecimal digits")
    return digits


def _texts(fields: Mapping[str, object], name: str) -> tuple[str, ...]:
    value = fields.get(name, ())
    if not isinstance(value, list | tuple) or not all(isinstance(each, str) for each in value):
        raise NotAnItem(name, "must be a list of texts")
    return tuple(value)


def _created(author: Mapping[str, object], now: datetime) -> datetime | None:
    if "account_age" not in author:
        return time_of(author, "created")
    try:
        return now - timedelta(seconds=age_comparison(author["account_age"]).number)
    except (SettingError, OverflowError):
        raise NotAnItem("account_age", "must be a span of time such as `3 days`") from None


def _community(value: object) -> Community:
    if value is None:
        return Community()
    if isinstance(value, str):
        name, _, host = value.strip().removeprefix("!").lower().partition("@")
        return Community(name=name, host=host or None)
    if isinstance(value, Mapping):
        return Community(name=_text(value, "name"), host=_text(value, "host"))
    raise NotAnItem("community", "must be `name@host`")


def _text(fields: Mapping[str, object], name: str, default: str | None = None) -> str | None:
    if name not in fields:
        return default
    value = fields[name]
    if value is None:
        return ""
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise NotAnItem(name, "must be a text")
    return str(value)


def _tags(fields: Mapping[str, object]) -> tuple[str, ...] | None:
    if "tags" not in fields:
        return None
    value = fields["tags"]
    if value is None:
        return ()
    if not isinstance(value, list | tuple) or not all(isinstance(each, str) for each in value):
        raise NotAnItem("tags", "must be a list of texts")
    return tuple(value)


def _number(fields: Mapping[str, object], name: str) -> int | None:
    value = fields.get(name)
    if value is None:
        return None
    try:
        return int(value) if isinstance(value, str | int) and not isinstance(value, bool) else _not_a_number(name)
    except ValueError:
        return _not_a_number(name)


def _not_a_number(name: str) -> int:
    raise NotAnItem(name, "must be a whole number") from None


def _flag(fields: Mapping[str, object], name: str) -> bool | None:
    value = fields.get(name)
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, str) and value in {"true", "false"}:
        return value == "true"
    raise NotAnItem(name, "must be true or false")


def _language(fields: Mapping[str, object]) -> int | None:
    value = fields.get("language")
    if value is None or isinstance(value, int):
        return value
    if value in CODES:
        return CODES.index(str(value))
    raise NotAnItem("language", "must be a code of two letters")


def time_of(fields: Mapping[str, object], name: str) -> datetime | None:
    """ISO 8601, or seconds since 1970; without a zone it is UTC. Raises NotAnItem."""
    value = fields.get(name)
    if value is None or value == "":
        return None
    try:
        if isinstance(value, datetime):
            return value
        if isinstance(value, int | float) and not isinstance(value, bool):
            return datetime.fromtimestamp(value, UTC)
        moment = datetime.fromisoformat(str(value).strip())
    except (ValueError, OverflowError, OSError):
        raise NotAnItem(name, "must be a time such as `2026-03-01T12:00:00Z`") from None
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
