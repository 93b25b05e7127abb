"""Facts about an item or its author: flags, numbers and spans of time. A new fact is one line in a table below."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

import regex

from bot.checks.check import Plain, Subject
from bot.checks.setting import Comparison, span_words
from bot.domain.answer import CERTAIN, NO, UNKNOWN, Answer, Evidence, No, Truth, Unknown, Yes
from bot.domain.item import Author, Comment, Kind, Post
from bot.matching.pattern import EMPTY, Pattern, Placement, Spots

BOTH = frozenset(Kind)
POSTS = frozenset({Kind.POST})
COMMENTS = frozenset({Kind.COMMENT})
_WORD = regex.compile(r"[\p{L}\p{N}][\p{L}\p{M}\p{N}'’_-]*")
_FRONT_PAGE = re.compile(r"https?://[^/?#]+(?:/(?:[a-z]{2}/?)?)?(?:[?](?:ref|utm_)[^/#]*)?(?:#[^/]*)?")
"""Also of one language, and with marks that only count readers."""
_GRAPHEME = regex.compile(r"\X")
"""What a reader counts as one letter, however many code points it is made of."""


@dataclass(frozen=True, slots=True)
class Flag:
    """A fact that is true, false or not known; for items of other kinds it is neither true nor false."""

    about: str
    value: Callable[[Subject], bool | None]
    kinds: frozenset[Kind] = BOTH
    told_by: Spots = frozenset()
    """Where one of these must stand for it to be true, if the texts tell all."""


@dataclass(frozen=True, slots=True)
class Number:
    """A fact that is a number; seconds where it is a span of time."""

    about: str
    value: Callable[[Subject], float | None]
    kinds: frozenset[Kind] = BOTH
    is_age: bool = False


def _age(since: datetime | None, subject: Subject) -> float | None:
    """Seconds. A time that lies ahead of us says nothing."""
    if since is None or since > subject.now:
        return None
    return (subject.now - since).total_seconds()


def _is_edited(subject: Subject) -> bool | None:
    item = subject.item
    return None if item.published is None or item.updated is None else item.updated > item.published


def _is_link_post(subject: Subject) -> bool | None:
    item = subject.item
    return None if not isinstance(item, Post) or item.url is None else item.url != ""


def _is_tagged(subject: Subject) -> bool | None:
    item = subject.item
    return None if not isinstance(item, Post) or item.tags is None else bool(item.tags)


def _has_link(subject: Subject) -> bool | None:
    body = subject.texts.fields.get("body")
    url = subject.item.url if isinstance(subject.item, Post) else ""
    coded = subject.item.picture.links if isinstance(subject.item, Post) and subject.item.picture else ()
    if url or coded or (body and body.links):
        return True
    return None if url is None or body is None else False


def _is_text_post(subject: Subject) -> bool | None:
    item = subject.item
    url = item.url if isinstance(item, Post) else None
    return None if url is None else not url


def _links_to_front_page(subject: Subject) -> bool | None:
    item = subject.item
    url = item.url if isinstance(item, Post) else ""
    return None if url is None else _is_front_page(url)


@lru_cache(maxsize=256)
def _is_front_page(url: str) -> bool:
    """Remembered, because several signals ask about one address."""
    return bool(_FRONT_PAGE.fullmatch(url))


def _is_top_level(subject: Subject) -> bool | None:
    item = subject.item
    return None if not isinstance(item, Comment) or item.depth is None else item.depth == 1


def _is_submitter(subject: Subject) -> bool | None:
    item = subject.item
    if isinstance(item, Post):
        return True
    above = item.post.author.id if item.post else None
    return None if item.author.id is None or above is None else item.author.id == above


def _score(author: Author) -> int | None:
    if author.post_score is None or author.comment_score is None:
        return None
    return author.post_score + author.comment_score


def _words(field: str) -> Callable[[Subject], float | None]:
    return lambda subject: _measured(subject, field, _WORD)


def _graphemes(field: str) -> Callable[[Subject], float | None]:
    return lambda subject: _measured(subject, field, _GRAPHEME)


def _measured(subject: Subject, field: str, unit: regex.Pattern[str]) -> float | None:
    text = subject.texts.fields.get(field)
    return None if text is None else sum(1 for _ in unit.finditer(text.original))


ITEM_FLAGS: Mapping[str, Flag] = {
    "is_post": Flag("whether it is a post, and no comment", lambda subject: isinstance(subject.item, Post)),
    "is_link_post": Flag("whether the post links somewhere, and is no text post", _is_link_post, POSTS),
    "is_edited": Flag("whether the text was changed after it was published", _is_edited),
    "is_tagged": Flag("whether the post carries any tag; Lemmy 0.19 has none", _is_tagged, POSTS),
    "is_nsfw": Flag(
        "whether the post is marked as not safe for work",
        lambda subject: subject.item.is_nsfw if isinstance(subject.item, Post) else None,
        POSTS,
    ),
    "is_top_level": Flag("whether the comment answers the post itself", _is_top_level, COMMENTS),
    "is_text_post": Flag(
        "whether the post links nowhere by its address", _is_text_post, POSTS, frozenset({("url", EMPTY)})
    ),
    "links_to_front_page": Flag(
        "whether the post links to a site itself and not to a page of it",
        _links_to_front_page,
        POSTS,
        frozenset({("url", Pattern(_FRONT_PAGE.pattern, Placement.FULL_EXACT, regex=True))}),
    ),
    "has_link": Flag("whether the item links anywhere, in its address or its text", _has_link),
}
ITEM_NUMBERS: Mapping[str, Number] = {
    "score": Number("up votes less down votes", lambda subject: subject.item.score),
    "reports": Number("open reports by others than Warden", lambda subject: subject.item.reports),
    "age": Number("time since it was published", lambda subject: _age(subject.item.published, subject), is_age=True),
    "title_words": Number("words of the title", _words("title"), POSTS),
    "title_length": Number("letters of the title, as a reader counts them", _graphemes("title"), POSTS),
    "body_words": Number("words of the text", _words("body")),
    "body_length": Number("letters of the text, as a reader counts them", _graphemes("body")),
}
AUTHOR_FLAGS: Mapping[str, Flag] = {
    "is_moderator": Flag(
        "whether the author moderates the community", lambda subject: subject.item.author.is_moderator
    ),
    "is_admin": Flag("whether the author is an admin of the instance", lambda subject: subject.item.author.is_admin),
    "is_bot": Flag("whether the account is marked as a bot", lambda subject: subject.item.author.is_bot),
    "is_submitter": Flag("whether the author of the comment also wrote the post above", _is_submitter),
    "is_approved": Flag(
        "whether the configuration names the author under `approved`", lambda subject: subject.item.author.is_approved
    ),
}
AUTHOR_NUMBERS: Mapping[str, Number] = {
    "account_age": Number(
        "time since the account was made", lambda subject: _age(subject.item.author.created, subject), is_age=True
    ),
    "strikes": Number(
        "strikes in this community that are not forgotten yet", lambda subject: subject.item.author.strikes
    ),
    "post_score": Number(
        "up votes less down votes of all the author's posts; Lemmy 0.19 does not tell",
        lambda subject: subject.item.author.post_score,
    ),
    "comment_score": Number(
        "up votes less down votes of all the author's comments; Lemmy 0.19 does not tell",
        lambda subject: subject.item.author.comment_score,
    ),
    "score": Number("`post_score` and `comment_score` together", lambda subject: _score(subject.item.author)),
}


@dataclass(frozen=True, slots=True)
class FlagIs(Plain):
    """Whether a flag is as the rule wants it."""

    key: str
    flag: Flag
    wanted: bool

    def answer(self, subject: Subject) -> Answer:
        if subject.item.kind not in self.flag.kinds:
            return No()
        value = self.flag.value(subject)
        if value is None:
            return Unknown(f"{self.key} is not known")
        if value is not self.wanted:
            return No()
        return Yes((Evidence(self.key, None, None, str(value).lower(), self.key),))

    def truth(self, subject: Subject) -> Truth:
        if subject.item.kind not in self.flag.kinds:
            return NO
        value = self.flag.value(subject)
        return UNKNOWN if value is None else CERTAIN if value is self.wanted else NO

    def patterns(self) -> Iterable[Pattern]:
        return (pattern for _, pattern in self.hint)

    @property
    def hint(self) -> Spots:
        """What must stand in the item for it to hold, if the texts tell all."""
        return self.flag.told_by if self.wanted else frozenset()

    def asked(self) -> str:
        return str(self.wanted).lower()

    def actual(self, subject: Subject) -> str:
        value = self.flag.value(subject) if subject.item.kind in self.flag.kinds else None
        return "" if value is None else str(value).lower()


@dataclass(frozen=True, slots=True)
class NumberIs(Plain):
    """Whether a number compares as the rule wants it."""

    key: str
    number: Number
    wanted: Comparison

    def answer(self, subject: Subject) -> Answer:
        if subject.item.kind not in self.number.kinds:
            return No()
        value = self.number.value(subject)
        if value is None:
            return Unknown(f"{self.key} is not known")
        if not self.wanted.holds(value):
            return No()
        return Yes((Evidence(self.key, None, None, self._shown(value), self.key),))

    def asked(self) -> str:
        number = span_words(self.wanted.number) if self.number.is_age else f"{self.wanted.number:g}"
        return f"{self.wanted.sign or '='} {number}"

    def actual(self, subject: Subject) -> str:
        value = self.number.value(subject) if subject.item.kind in self.number.kinds else None
        return "" if value is None else self._shown(value)

    def _shown(self, value: float) -> str:
        return f"{value / 86_400:.1f} days" if self.number.is_age else f"{value:g}"
