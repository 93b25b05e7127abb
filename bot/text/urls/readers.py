"""Pages shown by others: AMP caches, pages without their paywall or clutter, translations, and other frontends.

Sources: the AMP project's documentation of its cache; each service's own front page; the frontends' lists of public
instances and the redirect rules of the browser extensions LibRedirect and Privacy Redirect (host names only).
"""

import re
from urllib.parse import parse_qsl, urlencode

from bot.text.urls.address import Address
from bot.text.urls.wrapper import (
    Extract,
    Wrapper,
    Wrapping,
    after_host,
    in_query,
    in_raw_query,
    in_rest,
    moved,
    opaque,
    video,
    whole,
)

IN_TRANSLATION = re.compile(r"(?P<name>[a-z0-9-]+)\.translate\.goog")


def _amp(*sites: str, extract: Extract) -> Wrapper:
    return Wrapper(Wrapping.AMP, sites, extract)


def _reader(*sites: str, extract: Extract) -> Wrapper:
    return Wrapper(Wrapping.READER, sites, extract)


def _translation(*sites: str, extract: Extract) -> Wrapper:
    return Wrapper(Wrapping.TRANSLATION, sites, extract)


def _frontend(*sites: str, extract: Extract) -> Wrapper:
    return Wrapper(Wrapping.FRONTEND, sites, extract)


def _translated_by_google(address: Address) -> str | None:
    """``a-b--c.translate.goog`` is ``a.b-c``; the parameters that begin with ``_x_tr_`` are Google's."""
    found = IN_TRANSLATION.fullmatch(address.host)
    if found is None:
        return None
    parameters = parse_qsl(address.query.removeprefix("?"), keep_blank_values=True)
    hints = {name: value for name, value in parameters if name.startswith("_x_tr_")}
    name = found["name"]
    if hints.get("_x_tr_enc"):
        name = name.removeprefix("0-").removesuffix("-0")
    host = name.replace("--", "\0").replace("-", ".").replace("\0", "-")
    own = urlencode([(name, value) for name, value in parameters if name not in hints])
    scheme = hints.get("_x_tr_sch", "https")
    return whole(f"{scheme}://{host}{address.path}{'?' + own if own else ''}{address.fragment}")


NITTER = ("nitter.", "nitter.*", "xcancel.com", "twiiit.com", "lightbrd.com", "twitt.re", "nitter.poast.org")
TWEET_FIXERS = (
    "fxtwitter.com",
    "vxtwitter.com",
    "fixupx.com",
    "fixvx.com",
    "girlcockx.com",
    "twittpr.com",
    "stupidpenisx.com",
)
INVIDIOUS = (
    "invidious.",
    "inv.",
    "yewtu.be",
    "iv.",
    "piped.",
    "piped.video",
    "piped.kavin.rocks",
    "poketube.fun",
    "cloudtube.",
)
REDDIT = (
    "libreddit.",
    "redlib.",
    "teddit.",
    "safereddit.com",
    "rxddit.com",
    "vxreddit.com",
    "troddit.com",
    "l.opnxng.com",
)


def _fan_wiki(address: Address) -> str | None:
    found = re.match(r"/(?P<wiki>[\w-]+)/wiki/(?P<page>.+)", address.path)
    return f"https://{found['wiki']}.fandom.com/wiki/{found['page']}" if found else None


def _wikipedia(address: Address) -> str | None:
    found = re.match(r"/(?P<language>[a-z-]{2,12})/(?:articles/)?(?P<page>.+)", address.path)
    return f"https://{found['language']}.wikipedia.org/wiki/{found['page']}{address.fragment}" if found else None


def _wikiless(address: Address) -> str | None:
    language = address.value("lang") or "en"
    found = re.match(r"/wiki/.", address.path)
    return whole(f"https://{language}.wikipedia.org{address.path}{address.fragment}") if found else None


READERS = (
    _amp(
        "cdn.ampproject.org",
        "bing-amp.com",
        "amp.cloudflare.com",
        extract=in_rest(r"/[a-z]{1,3}/(?:w\d+/)?(?P<s>s/)?(?P<url>[^/]+\..+)$"),
    ),
    _amp("google.*", extract=in_rest(r"/amp/(?P<s>s/)?(?P<url>[^/]+\..+)$")),
    _reader("12ft.io", "1ft.io", "13ft.io", extract=in_query("q", "url", path=r"/(?:proxy|api/proxy|article)?/?$")),
    _reader(
        "12ft.io",
        "1ft.io",
        "13ft.io",
        "removepaywall.com",
        "removepaywalls.com",
        "smry.ai",
        "paywallreader.com",
        "txtify.it",
        "r.jina.ai",
        "outline.com",
        "freedium.cfd",
        "freedium-mirror.cfd",
        "readmedium.com",
        "via.hypothes.is",
        "cors-anywhere.herokuapp.com",
        "medium-reader.vercel.app",
        extract=after_host(),
    ),
    _reader("removepaywall.com", "removepaywalls.com", extract=in_rest(r"/\d/(?P<url>.+\..+)$")),
    _reader(
        "removepaywall.com",
        "removepaywalls.com",
        "smry.ai",
        "archivebuttons.com",
        "paywallskip.com",
        "textise.net",
        extract=in_query("url", "strURL", "articleUrl", path=r"/(?:search|proxy|article|articles|showText\.aspx)?/?$"),
    ),
    _reader("outline.com", extract=opaque(r"/\w{6}$")),
    _reader("printfriendly.com", extract=in_query("url")),
    _reader("instapaper.com", extract=in_query("u", "url", path=r"/(?:text|hello2|m)$")),
    _reader("getpocket.com", extract=opaque(r"/(?:[a-z]{2}(?:-[a-z]{2})?/)?read/")),
    _reader("googleweblight.com", extract=in_query("lite_url", "u")),
    _reader("frogfind.com", "68k.news", extract=in_query("a", path=r"/(?:read|article)\.php$")),
    _reader("api.allorigins.win", extract=in_query("url", path="/(?:raw|get)$")),
    _reader("corsproxy.io", extract=in_query("url")),
    _reader("corsproxy.io", extract=in_raw_query()),
    _reader("sci-hub.*", extract=moved("doi.org", r"/10\.\d{4,9}/")),
    _reader("arxiv-vanity.com", extract=moved("arxiv.org", "/papers/", "/abs/")),
    _reader(
        "ar5iv.org",
        "ar5iv.labs.arxiv.org",
        "alphaxiv.org",
        extract=moved("arxiv.org", "/(?:abs|html|pdf|overview)/", "/abs/"),
    ),
    _translation("translate.goog", extract=_translated_by_google),
    _translation("google.*", extract=in_query("u", path="/(?:translate|translate_c|website)$")),
    _translation("translate.yandex.com", "translate.yandex.ru", "translate.yandex.net", extract=in_query("url")),
    _translation("translatetheweb.com", "microsofttranslator.com", extract=in_query("a")),
    _translation("papago.naver.net", extract=in_query("url", path="/website")),
    _translation("translate.kagi.com", extract=after_host()),
    _frontend("threadreaderapp.com", extract=moved("x.com", r"/thread/(?P<id>\d+)(?:\.html)?", r"/i/status/\g<id>")),
    _frontend(*NITTER, extract=moved("x.com", r"/(?!pic/)\w{1,20}(?:/status(?:es)?/\d+)?")),
    _frontend(*TWEET_FIXERS, extract=moved("x.com", r"/\w{1,20}/status/\d+")),
    _frontend(
        *INVIDIOUS,
        extract=moved("www.youtube.com", r"/(?:watch\?|embed/|channel/|playlist\?|shorts/|@|c/|user/|live/)"),
    ),
    _frontend(*INVIDIOUS, extract=video),
    _frontend(*REDDIT, extract=moved("www.reddit.com", "/(?:r|u|user|comments)/")),
    _frontend("scribe.rip", "scribe.", "libmedium.", extract=moved("medium.com")),
    _frontend("rimgo.", "rimgo.*", "imgin.voidnet.tech", extract=moved("imgur.com")),
    _frontend("quetre.", extract=moved("www.quora.com")),
    _frontend("proxitok.", "vxtiktok.com", "tnktok.com", "tfxktok.com", extract=moved("www.tiktok.com")),
    _frontend("ddinstagram.com", "kkinstagram.com", "instagramez.com", extract=moved("www.instagram.com")),
    _frontend("proxigram.", "bibliogram.", extract=moved("www.instagram.com", "/(?:p|reel)/")),
    _frontend("bibliogram.", "proxigram.", extract=moved("www.instagram.com", "/(?:u|profile)/", "/")),
    _frontend("fxbsky.app", "bskx.app", "bsyy.app", "vxbsky.app", extract=moved("bsky.app", "/profile/")),
    _frontend("libremdb.", extract=moved("www.imdb.com", "/(?:title|name)/")),
    _frontend("anonymousoverflow.", "code.whatever.social", extract=moved("stackoverflow.com", "/questions/")),
    _frontend("gothub.", extract=moved("github.com", "/[^/]+/[^/]+")),
    _frontend("dumb.", extract=moved("genius.com", "/[^/]+-lyrics")),
    _frontend("neuters.de", extract=moved("www.reuters.com")),
    _frontend("breezewiki.com", "breezewiki.", "antifandom.com", extract=_fan_wiki),
    _frontend("wikiwand.com", extract=_wikipedia),
    _frontend("wikiless.", extract=_wikiless),
)
