"""Whether a post is a picture and little else."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from bot.checks.check import Plain, Subject
from bot.domain.answer import CERTAIN, NO, Answer, Evidence, No, Truth, Unknown, Yes, opposite, truth_of
from bot.domain.item import Post
from bot.matching.pattern import Pattern, Placement, Spots
from bot.text.prepare import shows_picture
from bot.text.prepared import Text
from bot.text.urls import PICTURE_PARTS, host_of, is_image_address, suffixes, unwrap_image_proxy

PICTURE_HOSTS = frozenset({"i.imgur.com", "i.redd.it", "preview.redd.it", "pbs.twimg.com", "i.postimg.cc", "i.ibb.co"})
"""Everything here is a picture."""
GALLERY_HOSTS = frozenset(
    {"imgur.com", "postimg.cc", "ibb.co", "pixelfed.social", "flickr.com", "imgbox.com", "redd.it"}
)
"""Pages around pictures: only the link's content type tells for certain."""
PARTS = frozenset(Pattern(part, Placement.INCLUDES) for part in PICTURE_PARTS | PICTURE_HOSTS | GALLERY_HOSTS)
"""One of them stands in every plain address that is taken for a picture's, or for that of a page around one."""
SHOWN = Pattern("![", Placement.INCLUDES)
"""Stands in every text that shows a picture."""
ALL_PARTS = PARTS | {SHOWN}
SPOTS: Spots = frozenset({*(("url", part) for part in PARTS), ("body", SHOWN)})
"""Where one of them stands in every picture post of which its address tells."""
NOT_LOOKED = "could not look inside the image"
FEW_WORDS = 12
"""Words beside a picture in a text post that leave it a picture post."""
_WORD = re.compile(r"\w{2,}")
_NAMELESS = re.compile(r"^https?://[^/?#]+/(?:[^?#]*/)?[^/.?#]+(?:[?#]|$)")
"""An address whose last part has no ending, which would tell what it is."""
_MARKUP = re.compile(r"!?\[[^\]]*\]\([^)]*\)|https?://\S+")


@dataclass(frozen=True, slots=True)
class IsImagePost(Plain):
    """``is_image_post``."""

    key: str
    wanted: bool

    @property
    def hint(self) -> Spots:
        """What must stand in the item for it to hold, if the texts tell all."""
        return SPOTS if self.wanted else Spots()

    def answer(self, subject: Subject) -> Answer:
        answer = image_post(subject, self.key)
        return answer if self.wanted else opposite(answer)

    def truth(self, subject: Subject) -> Truth:
        """Mostly the scan tells that nothing in the address is like a picture's."""
        post = subject.item
        if isinstance(post, Post) and post.url and subject.texts.tell_all and not subject.hits.may_stand("url", PARTS):
            return NO if self.wanted else CERTAIN
        return truth_of(self.answer(subject))

    def patterns(self) -> Iterable[Pattern]:
        return ALL_PARTS


def image_post(subject: Subject, signal: str) -> Answer:
    """By the link's content type, else by its address; in a text post, by a picture with few words around it."""
    post = subject.item
    if not isinstance(post, Post):
        return No()
    if post.url is None:
        return Unknown("url is not known")
    if post.url:
        return _picture_link(post, post.url, signal)
    body = subject.texts.fields.get("body")
    if body is None:
        return Unknown("body is not known")
    return _picture_text(body, signal)


def picture_address(subject: Subject) -> str:
    """Where the picture of a picture post is, without proxies around it; empty for every other item."""
    post = subject.item
    if not isinstance(post, Post) or not isinstance(image_post(subject, "picture"), Yes):
        return ""
    return unwrap_image_proxy(post.url or subject.texts.fields["body"].images[0])


def _picture_link(post: Post, url: str, signal: str) -> Answer:
    is_picture, is_gallery = _told_by(url)
    if is_picture or shows_picture(post.link_type):
        return Yes((Evidence("url", 0, len(url), url, signal),))
    if is_gallery and post.link_type is None:
        doubt = "a picture host's page, its content type is not known"
        return Yes((Evidence("url", 0, len(url), url, signal),), certain=False, doubt=doubt)
    # Where the server would not say either, the address has spoken.
    may_be_asked = post.destination is not None and not post.destination.why
    is_open = may_be_asked and post.link_type is None and _NAMELESS.search(url)
    return Unknown("the link's content type is not known") if is_open else No()


@lru_cache(maxsize=256)
def _told_by(url: str) -> tuple[bool, bool]:
    """Whether an address says that it is a picture's, and whether it is that of a page around one. Remembered, because
    several signals ask about one address."""
    host = host_of(unwrap_image_proxy(url))
    return is_image_address(url) or host in PICTURE_HOSTS, not GALLERY_HOSTS.isdisjoint(suffixes(host))


def _picture_text(body: Text, signal: str) -> Answer:
    if not body.images or len(_WORD.findall(_MARKUP.sub(" ", body.original))) > FEW_WORDS:
        return No()
    start = body.original.find("![")
    place = (start, len(body.original)) if start >= 0 else (None, None)
    return Yes((Evidence("body", place[0], place[1], body.images[0], signal),))
