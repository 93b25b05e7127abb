"""Whether the linked site bears the name of whoever or whatever the post is about: a maker showing his own page."""

import dataclasses
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from bot.checks.check import Plain, Subject
from bot.checks.setting import SettingError, numbered_texts
from bot.domain.answer import Answer, Evidence, No, Unknown, Yes
from bot.domain.item import Post
from bot.text.urls import host_of, registrable_domain

FIELDS = ("title", "author.name", "author.display_name", "author.bio")
SHORTEST = 4
"""Letters of a site's name: shorter ones are syllables of everything."""
_NOT_LETTERS = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class NamesItsSite(Plain):
    """``names_its_site``: the linked site's name stands in one of these fields.

    An item that came without an author, as in some backlogs, has nobody who could own the site.
    """

    key: str
    fields: tuple[str, ...]
    _of_post: tuple[str, ...] = dataclasses.field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Sorts the fields once."""
        of_post = tuple(each for each in self.fields if not each.startswith("author."))
        object.__setattr__(self, "_of_post", of_post)

    def answer(self, subject: Subject) -> Answer:
        item = subject.item
        if not isinstance(item, Post):
            return No()
        if item.url is None:
            return Unknown("url is not known")
        fields = self.fields if item.author.name is not None else self._of_post
        if not fields or not self._may_name(item.url, subject):
            return No()
        name = site_name(item.url)
        return self._named(name, fields, subject) if len(name) >= SHORTEST else No()

    def _named(self, name: str, needed: Sequence[str], subject: Subject) -> Answer:
        missing = []
        for field in self.fields:
            text = subject.texts.fields.get(field)
            if text is None and field in needed:
                missing.append(f"{field} is not known")
            elif text is not None and name in _NOT_LETTERS.sub("", text.original.lower()):
                return Yes((Evidence(field, None, None, name, self.key),))
        return Unknown("; ".join(missing)) if missing else No()

    def _may_name(self, url: str, subject: Subject) -> bool:
        """Whether any part of the host may stand there: cheaper than finding out which of them names the site."""
        known = [subject.texts.fields.get(field) for field in self.fields]
        if None in known:
            return True
        letters = _NOT_LETTERS.sub("", "".join(text.original for text in known if text).lower())
        parts = host_of(url).split(".")
        return any(len(part) >= SHORTEST and _letters(part) in letters for part in parts)


def _letters(part: str) -> str:
    return part if part.isalnum() else _NOT_LETTERS.sub("", part)


@lru_cache(maxsize=1_024)
def site_name(url: str) -> str:
    """``example`` of ``https://www.my.example.co.uk/``, letters and digits only; empty when there is none."""
    domain = registrable_domain(host_of(url))
    return _NOT_LETTERS.sub("", domain.partition(".")[0]) if domain else ""


def fields_of(setting: object) -> tuple[str, ...]:
    """Raises SettingError for a field that cannot name a site."""
    found = []
    for path, field in numbered_texts(setting):
        if field not in FIELDS:
            known = ", ".join(f"`{each}`" for each in FIELDS)
            raise SettingError(f"`{field}` names no site", f"known here: {known}", path)
        found.append(field)
    return tuple(found)
