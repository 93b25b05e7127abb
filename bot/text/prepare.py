"""From an item to its prepared texts."""

from collections.abc import Mapping

from bot.domain.item import Author, Comment, Item, Kind, Post
from bot.text.folding import compatible, unmixed
from bot.text.markdown import NOTHING, outline
from bot.text.prepared import Prepared, Text
from bot.text.respelling import respell
from bot.text.urls import host_of

LONGEST = 65_536
"""Code points of a field that are searched. Lemmy's own limits are lower; other software's may not be."""

AUTHOR_FIELDS = frozenset({"author.name", "author.full_name", "author.instance", "author.display_name", "author.bio"})
FIELDS_OF: Mapping[Kind, frozenset[str]] = {
    Kind.POST: AUTHOR_FIELDS
    | {"id", "community", "title", "body", "url", "domain", "alt_text", "link_title", "link_description", "image_text"},
    Kind.COMMENT: AUTHOR_FIELDS | {"id", "community", "body"},
}
"""Which fields an item of a kind can have at all. One that it has but that is not known is absent from Prepared."""
NAMING_FIELDS = frozenset({"id", "community", "url", "domain", "author.instance", "author.full_name"})
"""Fields that name something by letters and digits as they are: nothing in them is read as another spelling."""
MARKDOWN_FIELDS = frozenset({"body", "author.bio"})


def prepare(item: Item) -> Prepared:
    """Everything about an item that can be searched. Never raises."""
    texts = _post_texts(item) if isinstance(item, Post) else _comment_texts(item)
    known = {field: text for field, text in (texts | _author_texts(item.author)).items() if text is not None}
    return Prepared({field: _text(field, value) for field, value in known.items()})


def _post_texts(post: Post) -> dict[str, str | None]:
    return {
        "id": post.id,
        "community": post.community.name,
        "title": post.title,
        "body": post.body,
        "url": post.url,
        "domain": None if post.url is None else host_of(post.url),
        "alt_text": post.alt_text,
        "link_title": post.link_title,
        "link_description": post.link_description,
        "image_text": post.image_text,
    }


def _comment_texts(comment: Comment) -> dict[str, str | None]:
    return {"id": comment.id, "community": comment.community.name, "body": comment.body}


def _author_texts(author: Author) -> dict[str, str | None]:
    full_name = f"{author.name}@{author.instance}" if author.name and author.instance else None
    return {
        "author.name": author.name,
        "author.full_name": full_name,
        "author.instance": author.instance,
        "author.display_name": author.display_name,
        "author.bio": author.bio,
    }


EMPTY = Text("")


def _text(field: str, value: str) -> Text:
    if not value:
        return EMPTY
    original = value[:LONGEST]
    parts = outline(original) if field in MARKDOWN_FIELDS else NOTHING
    form = None if original.isascii() else compatible(original)
    folded, offsets = (form and unmixed(original, form)) or (None, ())
    respelt, places = (None if field in NAMING_FIELDS else respell(original, form, folded)) or (None, ())
    return Text(original, folded, offsets, parts.regions, parts.links, parts.images, respelt, places)
