"""Reading of any Lemmy as a stranger: what it is, whether it knows a community, and one item by its address."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

from bot.domain.item import Item
from bot.engine.ports import Gone, LemmyError, NotUnderstood
from bot.http.client import Client
from bot.lemmy import read, wire
from bot.lemmy.requestor import Endpoints, LemmyRequestor
from bot.lemmy.session import reading, supported_version

_ADDRESS = re.compile(r"(?P<instance>https?://[^/?#]+)/(?P<kind>post|comment)/(?P<id>[0-9]{1,10})/?(?:[?#].*)?")
_COMMENT_OF_POST = re.compile(r"(?P<instance>https?://[^/?#]+)/post/[0-9]+/(?P<id>[0-9]{1,10})/?(?:[?#].*)?")


class NoSuchAddress(LemmyError):
    """An address that names neither a server nor a post nor a comment."""


def public_version(instance: str) -> str:
    """Which Lemmy an instance runs. Raises LemmyError, and NotSupported for what Warden does not speak to."""
    with _stranger(instance) as requestor:
        return supported_version(requestor)


def is_known_community(instance: str, full_name: str) -> bool:
    """Whether the instance has a community of this name, its own or another's. Raises LemmyError."""
    with _stranger(instance) as requestor, reading():
        try:
            wire.as_(wire.CommunityAnswer, requestor.get("/community", name=full_name))
        except Gone:
            return False
    return True


def public_item(url: str) -> Item:
    """The post or comment at an address. Raises LemmyError."""
    if found := _COMMENT_OF_POST.fullmatch(url):
        return _read(found["instance"], "comment", int(found["id"]))
    if found := _ADDRESS.fullmatch(url):
        return _read(found["instance"], found["kind"], int(found["id"]))
    raise NoSuchAddress(f"{url} is no item. Cure: copy the address of a post or comment, as in https://lemmy.ml/post/1")


def _read(instance: str, kind: str, number: int) -> Item:
    with _stranger(instance) as requestor:
        ends = Endpoints(requestor)
        try:
            with reading():
                if kind == "post":
                    answer = wire.as_(wire.PostAnswer, ends.post.get(number))
                    return read.post(answer.post_view, requestor.dated())
                return read.comment(wire.as_(wire.CommentAnswer, ends.comment.get(number)).comment_view)
        except NotUnderstood as error:
            raise NotUnderstood(f"{instance} gave no answer that a Lemmy 0.19 gives: {error}") from None


@contextmanager
def _stranger(instance: str) -> Iterator[LemmyRequestor]:
    try:
        client = Client(instance)
    except ValueError as error:
        raise NoSuchAddress(str(error)) from None
    try:
        yield LemmyRequestor(client)
    finally:
        client.close()
