"""Whether a host is one of a set of domains, or below one: a look-up by suffix, whatever the size of the set."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from bot.checks.check import Check, Subject
from bot.checks.setting import SettingError, numbered_texts, shown, some_words
from bot.domain.answer import Answer, Evidence, No, Unknown, Yes
from bot.domain.item import Post
from bot.matching.pattern import Pattern
from bot.text.prepare import FIELDS_OF
from bot.text.urls import host_of, suffixes

_WHOLE_SITE = re.compile(r"https?://[^/:@?#*\[\] \\]+/?", re.IGNORECASE)
"""An address that says no more than its host."""
FEW = 1_000
"""Domains that are worth a place in the scan."""


@dataclass(frozen=True, slots=True)
class DomainSearch:
    """``domain`` and ``author.instance``: the value itself, or any subdomain."""

    key: str
    field: str
    domains: frozenset[str]

    def answer(self, subject: Subject) -> Answer:
        text = subject.texts.fields.get(self.field)
        if text is None:
            known = self.field not in FIELDS_OF[subject.item.kind]
            return No() if known else Unknown(f"{self.field} is not known")
        host = text.original
        suffix = self._listed(host)
        if suffix:
            return Yes((Evidence(self.field, len(host) - len(suffix), len(host), suffix, self.key),))
        return self._coded(subject)

    def _coded(self, subject: Subject) -> Answer:
        """A QR code in a post's picture is a link of the post."""
        post = subject.item
        links = post.picture.links if self.field == "domain" and isinstance(post, Post) and post.picture else ()
        found = next(filter(None, (self._listed(host_of(link)) for link in links)), "")
        return Yes((Evidence("image_text", None, None, found, self.key),)) if found else No()

    def _listed(self, host: str) -> str:
        """The domain of the set that the host is under; empty for none."""
        return next((suffix for suffix in suffixes(host) if suffix in self.domains), "")

    def asked(self) -> str:
        return some_words(self.domains)

    def actual(self, subject: Subject) -> str:
        text = subject.texts.fields.get(self.field)
        return "" if text is None else text.original

    def patterns(self) -> Iterable[Pattern]:
        """So that the scan tells when none of a few is there; many are only looked up."""
        return (Pattern(each) for each in self.domains) if len(self.domains) <= FEW else ()

    def parts(self) -> tuple[Check, ...]:
        return ()


def domains(setting: object) -> frozenset[str]:
    """Hosts from a rule, in the form in which addresses carry them. Raises SettingError for what is no host."""
    return frozenset(_domain(text, path) for path, text in numbered_texts(setting))


def _domain(text: str, path: tuple[int, ...]) -> str:
    host = host_of(f"http://{text.strip().strip('.')}/")
    if not host or any(mark in text for mark in "/:@?#*[] \\"):
        raise SettingError(
            f"{shown(text)} is no domain",
            "write the host alone, as in `example.org`; its subdomains are included",
            path,
            instead=host_of(text) if _WHOLE_SITE.fullmatch(text.strip()) else "",
        )
    return host
