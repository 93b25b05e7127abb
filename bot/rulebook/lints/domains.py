"""Values of ``domain`` that are no domain, or far more than one."""

from collections.abc import Iterator

from bot.matching.pattern import Placement
from bot.rulebook.codes import Code
from bot.rulebook.diagnostic import Diagnostic
from bot.rulebook.edits import rewritten
from bot.rulebook.lints.lint import Linted, Wanted
from bot.rulebook.located import Scalar
from bot.text.urls import is_public_suffix

_NEVER_IN_A_HOST = frozenset("/:?#@ ")
HOSTS = ("domain", "author.instance")


def suffix(linted: Linted) -> Iterator[Diagnostic]:
    """Everything that is registered under an ending such as ``co.uk``."""
    values = [written for _, written in linted.wording.domains]
    values += [each.written for each in linted.wording.searches if _names_a_host(each)]
    for written in values:
        host = written.text.strip().strip(".").lower()
        if is_public_suffix(host):
            yield Diagnostic(
                written.place,
                Code.SUFFIX,
                f"`{host}` is no site: everybody can register a name under it, so every site there is meant",
                "write the whole domain, as in `example.org`",
            )


def no_domain(linted: Linted) -> Iterator[Diagnostic]:
    """A host with ``www.``, which leaves out the site itself; and what no host can hold."""
    for _, written in linted.wording.domains:
        site = _site(written)
        if site:
            yield Diagnostic(
                written.place,
                Code.NO_DOMAIN,
                f"`{written.text}` leaves out `{site}` itself and everything else under it",
                f"write `{site}`: its subdomains are included",
                rewritten(written, site),
            )
    for each in linted.wording.searches:
        odd = sorted(_NEVER_IN_A_HOST & set(each.pattern.value))
        if set(each.search.fields) <= set(HOSTS) and not each.pattern.regex and odd:
            yield Diagnostic(
                each.place,
                Code.NO_DOMAIN,
                f"`{each.pattern.value}` is never found: a domain has no `{odd[0]}`",
                "write the host alone, or look in `url`",
            )


def _site(written: Scalar) -> str:
    host = written.text.strip().strip(".").lower()
    site = host.removeprefix("www.")
    return site if site != host and "." in site and not is_public_suffix(site) else ""


def _names_a_host(each: Wanted) -> bool:
    ends = {Placement.INCLUDES, Placement.WORD, Placement.ENDS_WITH}
    return set(each.search.fields) <= set(HOSTS) and not each.pattern.regex and each.pattern.placement in ends
