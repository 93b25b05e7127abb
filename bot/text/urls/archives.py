"""Web archives, and how they name the original.

Sources: the archives' own help pages; RFC 7089 (Memento) for the form ``/time/address`` that most of them share; the
IPFS documentation on gateways and DNSLink names.
"""

import re

from bot.text.urls.address import Address
from bot.text.urls.tables import IMAGE_ENDINGS
from bot.text.urls.wrapper import OPAQUE, Extract, Wrapper, Wrapping, after_host, in_query, in_rest, opaque, whole

TIME = r"(?:\d{1,14}(?:[a-z]{2}_)?|\*)"
"""When a copy was made, to any precision, perhaps with what is wanted of it (``id_``, ``im_``)."""
ARCHIVE_TODAY = (
    "archive.is",
    "archive.ph",
    "archive.today",
    "archive.li",
    "archive.md",
    "archive.fo",
    "archive.vn",
    "archiveiya74codqgiixo33q62qlrqtkgmcitqx5u2oeqnmn5bpcbiyd.onion",
)
"""One archive under many names."""
SOMETHING = "/[^?#]"
"""More than the front page."""
CONTENT_ID = r"(?:Qm[1-9A-HJ-NP-Za-km-z]{44}|[bB][A-Za-z2-7]{50,}|[kK][a-z0-9]{50,}|[zf][A-Za-z0-9]{48,})"
_INLINED_NAME = re.compile(r"(?P<name>[a-z0-9-]+)\.ipns\.")
_NAMED_PATH = re.compile(r"/ipns/(?P<name>(?:[\w-]+\.)+[a-z]{2,})(?=[/?#]|$)", re.IGNORECASE)


def _memento(prefix: str = "") -> Extract:
    return in_rest(rf"/{prefix}{TIME}/(?P<url>[^/].*)$")


def _archive(*sites: str, extract: Extract) -> Wrapper:
    return Wrapper(Wrapping.ARCHIVE, sites, extract)


def _named_site(address: Address) -> str | None:
    """A site that IPFS knows by its domain, in the path or folded into one label of the host."""
    inlined = _INLINED_NAME.match(address.host)
    if inlined:
        name = inlined["name"].replace("--", "\0").replace("-", ".").replace("\0", "-")
        return whole(f"https://{name}{address.rest}") if "." in name else OPAQUE
    named = _NAMED_PATH.match(address.rest)
    return whole(f"https://{named['name']}{address.rest[named.end() :]}") if named else None


def _content(address: Address) -> str | None:
    """Something that a gateway serves by its content's name; a picture there is no page that is kept."""
    if address.path.lower().endswith(IMAGE_ENDINGS):
        return None
    inlined = re.match(rf"{CONTENT_ID}\.ip[fn]s\.", address.host, re.IGNORECASE)
    return OPAQUE if inlined or re.match(rf"/ip[fn]s/{CONTENT_ID}", address.path) else None


def _ghost_video(address: Address) -> str | None:
    found = re.match(r"/varchive/(?P<id>[\w-]{11})(?:[/?#]|$)", address.rest)
    return f"https://www.youtube.com/watch?v={found['id']}" if found else None


def _search_cache(address: Address) -> str | None:
    """Google's copy: ``q=cache:ID:address words`` or without the id."""
    found = re.match(r"cache:(?:[\w-]{12}:)?(?P<url>\S+)", address.value("q"))
    return whole(found["url"]) if found else None


ARCHIVES = (
    _archive("archive.org", extract=in_rest(rf"/web/(?:{TIME}/|diff/\d+/\d+/)?(?P<url>https?(?::|%3a).+)$")),
    _archive("archive.org", extract=in_rest(rf"/web/{TIME}/(?P<url>.+)$")),
    _archive("archive.org", extract=in_rest(r"/save/(?:_embed/)?(?P<url>[^/].*\..+)$")),
    _archive("archive.org", extract=in_query("url", path="/(?:wayback/available|save)/?$")),
    _archive("archive.org", extract=opaque("/(?:web|details)/")),
    _archive(
        *ARCHIVE_TODAY,
        extract=in_rest(
            r"/(?:o/\w+/|newest/|oldest/|timegate/|timemap/|search/\?q=|\d{4,14}/|\d{4}\.\d{2}\.\d{2}-\d{6}/)(?P<url>.+)$"
        ),
    ),
    _archive(*ARCHIVE_TODAY, extract=in_query("url", path="/(?:submit/?)?$")),
    _archive(*ARCHIVE_TODAY, extract=after_host()),
    _archive(*ARCHIVE_TODAY, extract=opaque(SOMETHING)),
    _archive("ghostarchive.org", extract=in_query("url", "term", path="/(?:save|search)")),
    _archive("ghostarchive.org", extract=in_rest(r"/varchive/youtube/\d+/(?P<url>https?:.+)$")),
    _archive("ghostarchive.org", extract=_ghost_video),
    _archive(
        "ghostarchive.org", "perma.cc", "freezepage.com", "archive.st", "preservetube.com", extract=opaque(SOMETHING)
    ),
    _archive("megalodon.jp", extract=in_rest(r"/(?:ref/)?\d{4}-\d{4}-\d{4}-\d{2}/(?P<url>.+)$")),
    _archive("megalodon.jp", extract=opaque(SOMETHING)),
    _archive("webcitation.org", extract=in_query("url")),
    _archive("webcitation.org", extract=opaque(SOMETHING)),
    _archive("archive-it.org", extract=_memento(r"(?:\d+|all|org-\d+)/")),
    _archive("arquivo.pt", extract=_memento(r"(?:noFrame/replay|wayback)/")),
    _archive("webarchive.loc.gov", extract=_memento(r"(?:all|lcwa\d+)/")),
    _archive("webarchive.nationalarchives.gov.uk", extract=_memento(r"(?:ukgwa/|tna/)?")),
    _archive("webarchive.org.uk", extract=_memento(r"(?:wayback/(?:en/)?archive|act/wayback)/")),
    _archive("vefsafn.is", extract=_memento("is/")),
    _archive("swap.stanford.edu", "webarchive.parliament.uk", extract=_memento(r"(?:was/)?")),
    _archive("timetravel.mementoweb.org", extract=_memento(r"(?:memento|reconstruct|list)/")),
    _archive("conifer.rhizome.org", "webrecorder.io", extract=_memento(r"[^/]+/[^/]+/(?:list/[^/]+/)?")),
    _archive("conifer.rhizome.org", "webrecorder.io", extract=opaque(SOMETHING)),
    _archive("webcache.googleusercontent.com", extract=_search_cache),
    _archive("*", extract=_named_site),
    _archive("*", extract=_content),
    _archive("arweave.net", "ar.io", "arweave.dev", "ar-io.dev", extract=opaque(r"/(?:raw/)?[\w-]{43}(?:[/?#]|$)")),
)
