"""From an item to its prepared texts."""

from collections.abc import Callable, Mapping
from operator import attrgetter

from bot.domain.item import Item, Kind, Post
from bot.text.prepared import Markdown, Prepared, Prose, Text
from bot.text.urls import host_of, plain_host

LONGEST = 65_536
"""Code points of a field that are searched. Lemmy's own limits are lower; other software's may not be."""

_AUTHOR = {f"author.{name}": f"author.{name}" for name in ("name", "instance", "display_name", "bio")}
_COMMENT = {"id": "id", "community": "community.name", "body": "body"} | _AUTHOR
_POST = _COMMENT | {name: name for name in ("title", "url", "alt_text", "link_title", "link_description", "image_text")}
AUTHOR_FIELDS = frozenset({*_AUTHOR, "author.full_name"})
FIELDS_OF: Mapping[Kind, frozenset[str]] = {
    Kind.POST: AUTHOR_FIELDS | {*_POST, "domain"},
    Kind.COMMENT: AUTHOR_FIELDS | {*_COMMENT},
}
"""Which fields an item of a kind can have at all. One that it has but that is not known is absent from Prepared."""
NAMING_FIELDS = frozenset({"id", "community", "url", "domain", "author.instance", "author.full_name"})
"""Fields that name something by letters and digits as they are: nothing in them is read as another spelling."""
MARKDOWN_FIELDS = frozenset({"body", "author.bio"})


def prepare(item: Item) -> Prepared:
    """Everything about an item that can be searched. Never raises."""
    names, kinds, values_of = _OF_POST if isinstance(item, Post) else _OF_COMMENT
    known = zip(names, kinds, values_of(item), strict=True)
    fields = {name: kind(value[:LONGEST]) if value else EMPTY for name, kind, value in known if value is not None}
    if isinstance(item, Post) and item.url is not None:
        fields["domain"] = Text(host_of(item.url)[:LONGEST])
    author = item.author
    if author.name and author.instance:
        fields["author.full_name"] = Text(f"{author.name}@{author.instance}"[:LONGEST])
    return Prepared(fields, _tell_all(item))


def _tell_all(item: Item) -> bool:
    """Unless nobody knows what the item brings along, somebody looked further, or its address is read in another way
    than it is written."""
    if not isinstance(item, Post):
        return item.body is not None
    if item.title is None or item.body is None or item.url is None or item.destination or item.picture:
        return False
    return not item.url or (plain_host(item.url) != "" and not shows_picture(item.link_type))


def shows_picture(content_type: str | None) -> bool:
    """Whether a link of this type leads to a picture; not when the type is not known."""
    return content_type is not None and content_type.startswith("image/")


EMPTY = Text("")


def _kind(field: str) -> type[Text]:
    if field in NAMING_FIELDS:
        return Text
    return Markdown if field in MARKDOWN_FIELDS else Prose


_Reading = tuple[tuple[str, ...], tuple[type[Text], ...], Callable[[Item], tuple[str | None, ...]]]


def _reading(attribute_of: Mapping[str, str]) -> _Reading:
    """The fields that an item has as they are, what each is, and what takes all of them from it."""
    return tuple(attribute_of), tuple(map(_kind, attribute_of)), attrgetter(*attribute_of.values())


_OF_POST = _reading(_POST)
_OF_COMMENT = _reading(_COMMENT)
