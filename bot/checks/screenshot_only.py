"""Pictures posted without their source: four questions, asked in order.

A. Is it a picture? B. Is it a picture of text? C. Is a source given? D. Is the picture described for the blind?
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import ClassVar

from bot.checks.check import Check, Plain, Subject
from bot.checks.domain import domains
from bot.checks.image_post import ALL_PARTS, GALLERY_HOSTS, NOT_LOOKED, PICTURE_HOSTS, SPOTS, image_post
from bot.checks.setting import SettingError, group, shown, texts
from bot.checks.shape import HOSTS, TEXTS, Shape, keys, told, words
from bot.checks.text_search import TextSearch
from bot.domain.answer import Answer, Evidence, No, Strength, Unknown, Yes, doubtful
from bot.domain.item import Post
from bot.matching.pattern import Pattern, Spots
from bot.text.urls import host_of, is_archive, is_image_address, parse, suffixes, unwrap_image_proxy

TEXT_WORDS = 12
"""Words read in a picture from which it counts as a picture of text, where nothing else is known of it."""
UNLIKELY = "the picture is likely not one of text, but the title says so"
_SEARCH = re.compile(r"//(?:www\.)?(?:google\.[a-z.]+|bing\.com|duckduckgo\.com|kagi\.com|yandex\.[a-z]+)/")
_PEOPLE_AND_COMMUNITIES = re.compile(r"^/[cu]/[^/]+/?$")
_WORD = re.compile(r"\w{2,}")


@dataclass(frozen=True, slots=True)
class ScreenshotOnly(Plain):
    """Whether a post shows a picture where it should link to an article or an archived copy of it.

    Without a look inside the picture the title alone speaks: doubtful if it says that the picture is one of text,
    and else Unknown. After a look that is not sure the answer is at most doubtful.
    """

    name: ClassVar[str] = "screenshot_only"
    settings: ClassVar[tuple[str, ...]] = ("screenshot_words", "own_work", "allowed_hosts", "alt_text")
    hint: ClassVar[Spots] = SPOTS
    """What must stand in the item for it to hold, if the texts tell all."""

    key: str = "screenshot_only"
    screenshot_words: TextSearch | None = None
    """Words in a title that say that the picture is a picture of text."""
    own_work: TextSearch | None = None
    """Words in a title that say that the author made the picture: there is no other source."""
    allowed_hosts: frozenset[str] = field(default=frozenset())
    """Hosts whose pictures are sources themselves."""
    asks_alt_text: bool = False
    """Also point out pictures with a source but without a description."""

    @classmethod
    def read(cls, key: str, setting: object) -> "ScreenshotOnly":
        """From a rule. Raises SettingError."""
        given = group(setting, cls.settings)
        return cls(
            key,
            _title_words("picture-of-text", given.get("screenshot_words")),
            _title_words("own-work", given.get("own_work")),
            domains(given["allowed_hosts"]) if "allowed_hosts" in given else frozenset(),
            _asks_alt_text(given.get("alt_text", "ignore")),
        )

    @staticmethod
    def shape() -> Shape:
        settings = {
            "screenshot_words": told("Words of a title that say that it is a picture of text.", TEXTS, ["screenshot"]),
            "own_work": told("Words of a title that say that the author made the picture.", TEXTS, ["I drew"]),
            "allowed_hosts": told("Hosts whose pictures are sources themselves.", HOSTS, ["xkcd.com"]),
            "alt_text": told(
                "ask: also point out pictures with a source but without a description.",
                words("ask", "ignore"),
                default="ignore",
            ),
        }
        return {**keys(settings), "examples": [{}, {"allowed_hosts": ["xkcd.com"]}]}

    def answer(self, subject: Subject) -> Answer:
        picture = image_post(subject, "picture")
        post = subject.item
        if not isinstance(picture, Yes) or not isinstance(post, Post):
            return picture
        if self._is_cleared(subject, post):
            return No()
        source = _source(subject)
        if isinstance(source, Unknown):
            return source
        alt = _no_alt_text(post)
        if isinstance(source, Yes):
            return doubtful(alt, "the picture has no description for the blind") if self.asks_alt_text else No()
        found = picture.evidence + (alt.evidence if isinstance(alt, Yes) else ())
        return self._without_source(subject, post, found)

    def asked(self) -> str:
        return ""

    def actual(self, subject: Subject) -> str:
        picture, post = image_post(subject, "picture"), subject.item
        if not isinstance(picture, Yes) or not isinstance(post, Post):
            return "no picture" if isinstance(picture, No) else ""
        if self._is_cleared(subject, post):
            return "a picture that is its own source"
        source = _source(subject)
        if isinstance(source, Yes):
            return f"a picture with a source, {source.evidence[0].text}"
        return f"a picture, {_looked(post)}, and no source is known"

    def patterns(self) -> Iterable[Pattern]:
        yield from ALL_PARTS
        for search in (self.screenshot_words, self.own_work):
            if search:
                yield from search.patterns()

    def parts(self) -> tuple[Check, ...]:
        return tuple(search for search in (self.screenshot_words, self.own_work) if search)

    def _is_cleared(self, subject: Subject, post: Post) -> bool:
        host = host_of(unwrap_image_proxy(post.url or ""))
        if any(suffix in self.allowed_hosts for suffix in suffixes(host)):
            return True
        return self.own_work is not None and isinstance(self.own_work.answer(subject), Yes)

    def _without_source(self, subject: Subject, post: Post, found: tuple[Evidence, ...]) -> Answer:
        said = self.screenshot_words.answer(subject) if self.screenshot_words else No()
        if isinstance(said, Yes):
            found += said.evidence
        match shows_text(post):
            case No():
                # What is only likely must not silence what the author says.
                likely = post.picture is not None and not post.picture.certain and isinstance(said, Yes)
                return Yes(found, certain=False, doubt=UNLIKELY) if likely else No()
            case Unknown(why) as not_seen:
                return Yes(found, certain=False, doubt=why) if isinstance(said, Yes) else not_seen
            case Yes() as shown:
                return Yes((*found, *shown.evidence), shown.certain, shown.doubt)


def shows_text(post: Post) -> Answer:
    """Whether the post's picture is one of text, by what a look inside showed."""
    if post.picture is None:
        return _is_much_text(post.image_text)
    seen = post.picture
    if seen.shows_text is None:
        return Unknown("; ".join((NOT_LOOKED, *seen.why)))
    if not seen.shows_text:
        return No()
    shown = Yes((Evidence("image_text", None, None, "; ".join(seen.why), "text-in-picture"),))
    return shown if seen.certain else doubtful(shown, "the picture is likely one of text, but not for certain")


def _is_much_text(text: str | None) -> Answer:
    if text is None:
        return Unknown(NOT_LOOKED)
    words = _words(text)
    if words < TEXT_WORDS:
        return No()
    return Yes((Evidence("image_text", None, None, f"{words} words", "text-in-picture"),))


def _looked(post: Post) -> str:
    if post.picture is not None:
        return {None: "that could not be looked into", True: "one of text", False: "not one of text"}[
            post.picture.shows_text
        ]
    return "not looked into" if post.image_text is None else f"with {_words(post.image_text)} words in it"


def _source(subject: Subject) -> Answer:
    """Whether the text links to a page that can be the source."""
    body = subject.texts.fields.get("body")
    if body is None:
        return Unknown("body is not known, so there may be a source in it")
    for link in body.links:
        if is_source(link):
            start = body.original.find(link)
            place = (start, start + len(link)) if start >= 0 else (None, None)
            return Yes((Evidence("body", place[0], place[1], link, "source", Strength.CLEARING),))
    return No()


def is_source(link: str) -> bool:
    """Whether an address can be a source: a page, and no picture, front page, search, profile or community."""
    if is_archive(link):
        return True
    host = host_of(link)
    parsed = parse(link)
    if not host or parsed is None or is_image_address(link) or _SEARCH.search(link):
        return False
    if host in PICTURE_HOSTS or not GALLERY_HOSTS.isdisjoint(suffixes(host)):
        return False
    path = str(parsed.pathname)
    return (path not in {"", "/"} or bool(parsed.search)) and not _PEOPLE_AND_COMMUNITIES.match(path)


def _words(text: str) -> int:
    return len(_WORD.findall(text))


def _no_alt_text(post: Post) -> Answer:
    if post.alt_text is None:
        return Unknown("alt_text is not known")
    if _WORD.search(post.alt_text):
        return No()
    return Yes((Evidence("alt_text", None, None, "", "no-alt-text", Strength.WEAK),))


def _title_words(signal: str, setting: object) -> TextSearch | None:
    if setting is None:
        return None
    return TextSearch(signal, ("title",), frozenset(Pattern(text) for text in texts(setting)))


def _asks_alt_text(setting: object) -> bool:
    if setting not in ("ask", "ignore"):
        raise SettingError(f"`alt_text` cannot be {shown(setting)}", "write `ask` or `ignore`", ("alt_text",))
    return setting == "ask"
