"""Whether a host is one of a set of domains, or below one: a look-up by suffix, whatever the size of the set."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from bot.checks.check import Plain, Subject
from bot.checks.leading import stands_for, without_end
from bot.checks.setting import SettingError, numbered_texts, shown, some_words
from bot.domain.answer import CERTAIN, NO, Answer, Evidence, No, Truth, Unknown, Yes, truth_of
from bot.domain.item import Item, Post
from bot.matching.pattern import Pattern
from bot.text.prepare import FIELDS_OF
from bot.text.urls import host_of, suffixes

_WHOLE_SITE = re.compile(r"https?://[^/:@?#*\[\] \\]+/?", re.IGNORECASE)
"""An address that says no more than its host."""
FEW = 1_000
"""Domains that are worth a place in the scan."""


@dataclass(frozen=True, slots=True)
class DomainSearch(Plain):
    """``domain`` and ``author.instance``: the value itself, or any subdomain.

    The domain of a short link is also that of what it stands for, and of every place on the way there.
    """

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
        return self._behind(subject.item) if self.field == "domain" else No()

    def truth(self, subject: Subject) -> Truth:
        text, item = subject.texts.fields.get(self.field), subject.item
        if text is not None and not self.domains.isdisjoint(suffixes(text.original)):
            return CERTAIN
        leads_on = isinstance(item, Post) and not (item.picture is None and item.destination is None)
        return truth_of(self.answer(subject)) if text is None or leads_on else NO

    def _behind(self, item: Item) -> Answer:
        """What a QR code in the picture says, and what a short link stands for, are links of the post."""
        if not isinstance(item, Post) or (item.picture is None and item.destination is None):
            return No()
        codes = item.picture.links if item.picture else ()
        found, _ = self._first(codes)
        if found:
            return Yes((Evidence("image_text", None, None, found, self.key),))
        found, address = self._first(stands_for(item))
        if not found:
            return without_end(item)
        if address != item.resolved_url:
            return Yes((Evidence("resolved_url", None, None, found, self.key),))
        start = address.find(found)
        return Yes((Evidence("resolved_url", start, start + len(found), found, self.key),))

    def _first(self, addresses: Iterable[str]) -> tuple[str, str]:
        """The domain of the set, and the first of the addresses that is under one; both empty for none."""
        listed = ((self._listed(host_of(address)), address) for address in addresses)
        return next((each for each in listed if each[0]), ("", ""))

    def _listed(self, host: str) -> str:
        """The domain of the set that the host is under; empty for none."""
        return next((suffix for suffix in suffixes(host) if suffix in self.domains), "")

    def asked(self) -> str:
        return some_words(self.domains)

    def actual(self, subject: Subject) -> str:
        text = subject.texts.fields.get(self.field)
        if text is None:
            return ""
        ends = stands_for(subject.item) if self.field == "domain" else ()
        return f"{text.original}, leading to {host_of(ends[-1])}" if ends else text.original

    def patterns(self) -> Iterable[Pattern]:
        """So that the scan tells when none of a few is there; many are only looked up."""
        return (Pattern(each) for each in self.domains) if len(self.domains) <= FEW else ()


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
