"""Pages that only send the reader on: click counters, warnings before leaving, mail filters, affiliate networks.

Sources: the services' own links; the public documentation of mail filters (Microsoft Safe Links, Proofpoint URL
Defense, Barracuda, Cisco) and of affiliate networks (deep links).
"""

import re
from urllib.parse import unquote

from bot.text.urls.address import Address
from bot.text.urls.wrapper import (
    OPAQUE,
    Extract,
    Wrapper,
    Wrapping,
    from_base64,
    in_query,
    in_raw_query,
    in_rest,
    moved,
    opaque,
    video,
    whole,
)

_PROOFPOINT_2 = str.maketrans({"-": "%", "_": "/"})


def _to(*sites: str, extract: Extract) -> Wrapper:
    return Wrapper(Wrapping.REDIRECT, sites, extract)


def _proofpoint(address: Address) -> str | None:
    """Version 2 writes ``-3A`` for ``%3A`` and ``_`` for a slash; version 3 keeps odd characters in base64 apart."""
    if address.path.startswith("/v1/"):
        return whole(unquote(address.value("u")) or OPAQUE)
    if address.path.startswith("/v2/"):
        return whole(unquote(address.value("u").translate(_PROOFPOINT_2)) or OPAQUE)
    found = re.match(r"/v3/__(?P<url>.+?)__;(?P<odd>[\w-]*)", address.rest)
    return _proofpoint_3(found["url"], found["odd"]) if found else None


def _proofpoint_3(url: str, odd: str) -> str:
    """An asterisk stands for one odd character; two and a letter for several."""
    left = from_base64(odd)

    def put_back(mark: re.Match[str]) -> str:
        nonlocal left
        count = (
            1
            if mark["run"] is None
            else "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".index(mark["run"]) + 2
        )
        taken, left = left[:count], left[count:]
        return taken

    return whole(re.sub(r"\*(?:\*(?P<run>[\w-]))?", put_back, url))


def _bing(address: Address) -> str | None:
    """``u=a1`` and base64."""
    return whole(from_base64(address.value("u").removeprefix("a1")) or OPAQUE) if address.path == "/ck/a" else None


def _yahoo(address: Address) -> str | None:
    found = re.search(r"/RU=(?P<url>[^/]+)/", address.path)
    return whole(unquote(found["url"])) if found else None


def _disqus(address: Address) -> str | None:
    """The address, a colon, a digest."""
    return whole(re.sub(r":[\w-]{20,}$", "", address.value("url")) or OPAQUE) if address.path == "/url" else None


def _tradedoubler(address: Address) -> str | None:
    found = re.search(r"url\((?P<url>[^)]+)\)", unquote(address.rest))
    return whole(found["url"] if found else address.value("url") or OPAQUE)


NETWORKS = {
    "awin1.com": in_query("ued", "p", path=r"/(?:cread|awclick)\.php"),
    "linksynergy.com": in_query("murl", path="/(?:deeplink|link|fs-bin/click)"),
    "shareasale.com": in_query("urllink", path=r"/[ru]\.cfm"),
    "shareasale-analytics.com": in_query("urllink", path=r"/[ru]\.cfm"),
    "redirectingat.com": in_query("url"),
    "skimresources.com": in_query("url"),
    "viglink.com": in_query("u", "out"),
    "avantlink.com": in_query("url", path=r"/click\.php"),
    "tradedoubler.com": _tradedoubler,
    "prf.hn": in_rest(r"/click/.*destination:(?P<url>.+)$"),
    "pxf.io": in_query("u"),
    "sjv.io": in_query("u"),
    "evyy.net": in_query("u"),
    "7eer.net": in_query("u"),
    "ojrq.net": in_query("return", "u"),
    "pntra.com": in_query("url"),
    "pntrac.com": in_query("url"),
    "pntrs.com": in_query("url"),
    "gopjn.com": in_query("url"),
    "pjtra.com": in_query("url"),
    "pjatr.com": in_query("url"),
    "webgains.com": in_query("wgtarget", path=r"/click\.html"),
    "partner-ads.com": in_query("htmlurl"),
    "admitad.com": in_query("ulp"),
    "alitems.com": in_query("ulp"),
    "tkqlhce.com": in_query("url"),
    "anrdoezrs.net": in_query("url"),
    "dpbolvw.net": in_query("url"),
    "jdoqocy.com": in_query("url"),
    "kqzyfj.com": in_query("url"),
    "qksrv.net": in_query("url"),
    "digistore24.com": opaque("/(?:redir|content)/"),
    "clickbank.net": opaque("/"),
    "howl.me": opaque("/."),
    "rstyle.me": opaque("/."),
    "shop-links.co": in_query("url"),
    "go2cloud.org": opaque("/aff_c"),
    "partnerlinks.io": opaque("/."),
    "grsm.io": opaque("/."),
}
"""Affiliate networks: whoever posted such an address is paid. The address of the shop stands in it, or not."""
COMMISSION_JUNCTION = ("tkqlhce.com", "anrdoezrs.net", "dpbolvw.net", "jdoqocy.com", "kqzyfj.com")

REDIRECTS = (
    *(_to(site, extract=extract) for site, extract in NETWORKS.items()),
    _to(*COMMISSION_JUNCTION, extract=in_rest(r"/links/.*?/(?P<url>https?(?::|%3a).+)$")),
    _to(*NETWORKS, extract=opaque("/.")),
    _to("google.*", extract=in_query("q", "url", path="/(?:url|imgres|interstitial|aclk|local_url)$")),
    _to("google.*", extract=in_query("imgrefurl", "imgurl", path="/imgres$")),
    _to("google.*", extract=in_query("adurl", path="/(?:pagead/)?aclk$")),
    _to("googleadservices.com", "doubleclick.net", extract=in_query("adurl", "ds_dest_url")),
    _to("doubleclick.net", extract=in_rest(r"/.*?;?\?(?P<url>https?(?::|%3a).+)$")),
    _to("news.google.com", extract=in_query("url", path="/news/url")),
    _to("news.google.com", extract=opaque("/(?:rss/)?(?:articles|read)/")),
    _to("plus.url.google.com", "notifications.google.com", extract=in_query("q", "url", path="/(?:url|mobile)")),
    _to("youtube.com", extract=in_query("q", path="/redirect$")),
    _to("youtube.com", extract=in_query("u", path="/attribution_link$")),
    _to(
        "facebook.com",
        "instagram.com",
        "threads.net",
        "threads.com",
        "workplace.com",
        extract=in_query("u", path=r"/(?:l\.php|flx/warn/)?$"),
    ),
    _to("facebook.com", extract=in_query("href", "u", path=r"/(?:sharer|sharer/sharer\.php|share\.php)$")),
    _to("messenger.com", extract=in_query("u", path=r"/l\.php")),
    _to("out.reddit.com", extract=in_query("url")),
    _to("reddit.com", extract=in_query("url", path="/(?:mail/url|click|submit)$")),
    _to("t.umblr.com", extract=in_query("z", path="/redirect")),
    _to("tumblr.com", extract=in_query("z", "url", path="/(?:redirect|safe-mode)")),
    _to(
        "href.li",
        "anonym.to",
        "anonymz.com",
        "dereferer.me",
        "nullrefer.com",
        "hiderefer.com",
        "blankrefer.com",
        extract=in_raw_query(),
    ),
    _to("dereferer.org", "nolink.in", "refer.gg", extract=in_raw_query()),
    _to("steamcommunity.com", extract=in_query("url", "u", path="/linkfilter/?$")),
    _to("steamcommunity.com", extract=in_rest(r"/linkfilter/\?(?P<url>[^=]+)$")),
    _to("store.steampowered.com", extract=in_query("url", "u", path="/linkfilter/?$")),
    _to("safelinks.protection.outlook.com", "safelinks.protection.office365.us", extract=in_query("url")),
    _to("statics.teams.cdn.office.net", extract=in_query("url", path="/evergreen-assets/safelinks/")),
    _to("urldefense.proofpoint.com", "urldefense.com", "urldefense.us", extract=_proofpoint),
    _to("linkprotect.cudasvc.com", extract=in_query("a", path="/url")),
    _to("secure-web.cisco.com", extract=in_rest(r"/.+?/(?P<url>https?%3a.+)$")),
    _to("protect2.fireeye.com", "protection.sophos.com", extract=in_query("u", "d")),
    _to("mimecastprotect.com", "mimecast.com", extract=opaque("/s/")),
    _to("duckduckgo.com", extract=in_query("uddg", path="/l/?$")),
    _to("bing.com", extract=_bing),
    _to("yahoo.com", extract=_yahoo),
    _to("baidu.com", "sogou.com", "so.com", extract=opaque(r"/link\?")),
    _to("yandex.*", extract=in_query("url", path="/(?:clck/(?:jsredir|redir)|redir|turbo)")),
    _to("yandex.*", extract=in_query("text", path="/turbo$")),
    _to("naver.com", extract=in_query("u", "url", path=r"/(?:cr|rd|bridge)")),
    _to("qwant.com", extract=in_query("url", path="/redirect")),
    _to("ecosia.org", extract=in_query("url", path="/redirect")),
    _to("search.marginalia.nu", extract=in_query("url", path="/redirect")),
    _to("t.co", "apple.news", "flip.it", "smartnews.link", "dlvr.it", "trib.al", "ift.tt", extract=opaque("/.")),
    _to("lnkd.in", extract=opaque("/.")),
    _to(
        "linkedin.com",
        extract=in_query("url", "redirectUrl", path="/(?:redir/redirect|safety/go|sharing/share-offsite|slink)"),
    ),
    _to("slack-redir.net", extract=in_query("url", path="/link")),
    _to("vk.com", "vk.ru", "vkontakte.ru", extract=in_query("to", path=r"/away(?:\.php)?$")),
    _to("ok.ru", extract=in_query("st.link", path="/dk")),
    _to("disq.us", extract=_disqus),
    _to("exit.sc", "gate.sc", extract=in_query("url")),
    _to("t.me", extract=in_query("url", path=r"/(?:iv|share/url|share)$")),
    _to("telegram.me", extract=in_query("url", path=r"/(?:iv|share/url|share)$")),
    _to("api.whatsapp.com", "l.wl.co", extract=in_query("u", path="/l")),
    _to("getpocket.com", extract=in_query("url", path="/(?:redirect|save)")),
    _to("zhihu.com", "csdn.net", "juejin.cn", "gitee.com", extract=in_query("target", path="/(?:link)?/?$")),
    _to("jianshu.com", extract=in_query("url", path="/go-wild")),
    _to("weibo.cn", "weibo.com", extract=in_query("u", path="/sinaurl")),
    _to("douban.com", extract=in_query("url", path="/link2")),
    _to("pixiv.net", extract=in_query("url", path=r"/jump\.php")),
    _to("pixiv.net", extract=in_rest(r"/jump\.php\?(?P<url>[^=]+)$")),
    _to("deviantart.com", extract=in_raw_query("/users/outgoing")),
    _to("curseforge.com", extract=in_query("remoteUrl", path="/linkout")),
    _to("gamebanana.com", extract=in_query("url", path="/redirect")),
    _to("ebay.*", extract=in_query("mpre", path="/rover/")),
    _to("amazon.*", extract=in_query("url", path="/(?:gp/slredirect/picassoRedirect.html|sspa/click|gp/sponsored)")),
    _to("click.redditmail.com", extract=in_rest(r"/CL0/(?P<url>https?(?::|%3a).+?)/\d/[\w-]+/[\w=-]+$")),
    _to("awstrack.me", extract=in_rest(r"/L\d/(?P<url>https?(?::|%3a).+?)/\d/[\w-]+/[\w=-]+$")),
    _to("web.archive.org", extract=in_query("url", path="/redirect$")),
    _to("news.ycombinator.com", extract=in_query("u", path="/submitlink$")),
    _to("digg.com", "stumbleupon.com", "su.pr", extract=in_rest(r"/(?:submit|refer\.php)\?(?:.*&)?url=(?P<url>[^&]+)")),
    _to("medium.com", extract=in_query("redirectUrl", path="/m/global-identity")),
    _to("wp.me", extract=opaque("/.")),
    _to("youtu.be", extract=video),
    _to("redd.it", extract=moved("www.reddit.com", r"/(?P<id>[a-z0-9]{5,8})/?$", r"/comments/\g<id>")),
)
