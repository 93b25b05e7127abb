"""Servers that hand on, shrink or re-encode pictures of other servers.

Sources: Lemmy's and pict-rs's own API; the public documentation of each service (weserv, Cloudflare Images, WordPress
Photon, Next.js, Vercel, Nuxt, Netlify, Cloudinary, imgproxy, thumbor, Statically, Embedly, GitHub Camo); addresses as
search engines and chat programs hand them out.
"""

import re
from urllib.parse import unquote

from bot.text.urls.address import Address
from bot.text.urls.wrapper import (
    OPAQUE,
    Extract,
    Wrapper,
    Wrapping,
    after_host,
    from_base64,
    from_hex,
    in_query,
    in_rest,
    moved,
    opaque,
    whole,
)

PHOTON = ("i0.wp.com", "i1.wp.com", "i2.wp.com", "i3.wp.com")
PIPED_MEDIA = re.compile(r"/(?:vi|vi_webp|ytc|an_webp)/")


def _proxy(*sites: str, extract: Extract) -> Wrapper:
    return Wrapper(Wrapping.IMAGE_PROXY, sites, extract)


def _resized_by_cloudflare(address: Address) -> str | None:
    """``/cdn-cgi/image/OPTIONS/`` and an address, or a path on the same host."""
    found = re.match(r"/cdn-cgi/image/[^/]+/(?P<url>.+)$", address.rest)
    if found is None:
        return None
    inner = found["url"]
    return whole(inner if re.match(r"https?(?::|%3a)", inner, re.IGNORECASE) else f"{address.origin}/{inner}")


def _photon(address: Address) -> str | None:
    """``i0.wp.com/HOST/PATH``; ``ssl=1`` tells ``https``, and other parameters say how to shrink."""
    scheme = "https" if address.value("ssl") == "1" else "http"
    original = address.value("q")
    query = f"?{original}" if original else ""
    return whole(f"{scheme}:/{address.path}{query}") if address.path.count("/") > 1 else None


def _camo(address: Address) -> str | None:
    """GitHub's: a digest, then the address in hexadecimal."""
    found = re.match(r"/[0-9a-f]{40,}/(?P<hex>[0-9a-f]+)$", address.path)
    if found is None:
        return OPAQUE if re.match(r"/[0-9a-f]{40,}", address.path) else None
    return whole(from_hex(found["hex"]) or OPAQUE)


def _discord(address: Address) -> str | None:
    """``/external/DIGEST/[QUERY/]https/HOST/PATH``."""
    found = re.match(r"/external/[\w-]+/(?:(?P<query>%3F[^/]+)/)?(?P<scheme>https?)/(?P<rest>.+)$", address.path)
    if found is None:
        return None
    return whole(f"{found['scheme']}://{found['rest']}{unquote(found['query'] or '')}")


def _imgproxy(address: Address) -> str | None:
    """``/SIGNATURE/OPTIONS/plain/ADDRESS@EXT`` or base64 after the options, cut into pieces by slashes."""
    plain = re.match(r"/[\w-]+/(?:[\w%]+:[^/]+/)*plain/(?P<url>.+?)(?:@\w{2,5})?$", address.path)
    if plain:
        return whole(unquote(plain["url"]))
    encoded = re.match(r"/[\w-]+/(?:[a-z_]+:[^/]+/)+(?P<data>aHR0[\w/+=-]+?)(?:\.\w{2,5})?$", address.path)
    return whole(from_base64(encoded["data"].replace("/", "")) or OPAQUE) if encoded else None


def _yahoo(address: Address) -> str | None:
    """The original stands at the end, after two dashes or a tilde and a digest."""
    found = re.search(r"(?:--/|~[A-Z]/|/)(?P<url>https?:/{1,2}.+?)(?:\.cf\.\w+)?$", address.path)
    return whole(found["url"]) if found else None


def _tweeted(address: Address) -> str | None:
    found = re.match(
        r"/pic/(?:orig/)?(?P<path>(?:media|card_img|profile_images|ext_tw_video_thumb)(?:/|%2F).+)$", address.rest
    )
    return whole("https://pbs.twimg.com/" + unquote(found["path"])) if found else None


PROXIED_PICTURES = (
    _proxy("*", extract=in_query("url", path=r"/api/v3/image_proxy$|/api/v4/image/proxy$")),
    _proxy("*", extract=in_query("proxy", path=r"(?:/pictrs)?/image/(?:original|process\.\w+)$")),
    _proxy("*", extract=in_query("url", path=r"/proxy/(?:image|avatar|emoji|static|preview)\.webp$")),
    _proxy("*", extract=_resized_by_cloudflare),
    _proxy("*", extract=in_query("url", path=r"(?:/[\w-]+)*/(?:_next/image|_vercel/image|\.netlify/images)/?$")),
    _proxy("*", extract=in_rest(r"/_ipx/[^/]+/(?P<url>https?(?::|%3a).+)$")),
    _proxy("*", extract=in_query("url", path=r"/image_proxy$")),
    _proxy(
        "*",
        extract=in_rest(
            r"/unsafe/(?:filters:[^/]+/|(?!filters:|https?:)[^/.]+/)*(?P<url>(?:https?(?::|%3a)|(?:[\w-]+\.)+[a-z]{2,}/).+)$"
        ),
    ),
    _proxy("imgproxy.", "imgs.search.brave.com", extract=_imgproxy),
    _proxy("images1-focus-opensocial.googleusercontent.com", extract=in_query("url", path="/gadgets/proxy")),
    _proxy("googleusercontent.com", extract=opaque(r"/(?:proxy/|fife/.*=)")),
    _proxy("gstatic.com", extract=opaque(r"/(?:images|licensed-image|shopping|faviconV2)\?.*q=")),
    _proxy("images.weserv.nl", "wsrv.nl", extract=in_query("url")),
    _proxy("duckduckgo.com", extract=in_query("u", "image_host", path="/iu/?$")),
    _proxy("startpage.com", extract=in_query("piurl", path=r"/(?:av/|cgi-bin/)?(?:proxy-image|serveimage)")),
    _proxy("bing.com", "bing.net", "mm.bing.net", extract=in_query("riu", "imgurl", path="/th")),
    _proxy("bing.com", "bing.net", extract=opaque(r"/th(?:/id/|\?(?:.*&)?id=)")),
    _proxy("yandex.*", extract=in_query("img_url", path="/images/search")),
    _proxy(*PHOTON, extract=_photon),
    _proxy("camo.githubusercontent.com", extract=_camo),
    _proxy("discordapp.net", extract=_discord),
    _proxy("slack-imgs.com", extract=in_query("url")),
    _proxy("fbcdn.net", "facebook.com", extract=in_query("url", path=r"/(?:safe_image|emg1/v/.*)")),
    _proxy("yimg.com", extract=_yahoo),
    _proxy("res.cloudinary.com", extract=in_rest(r"/[\w-]+/image/fetch/(?:[^/:]+/)*?(?P<url>https?(?::|%3a).+)$")),
    _proxy(
        "substackcdn.com", "cdn.substack.com", extract=in_rest(r"/image/fetch/(?:[^/:]+/)*?(?P<url>https?(?::|%3a).+)$")
    ),
    _proxy("cdn.statically.io", extract=in_rest(r"/img/(?P<url>(?:[\w-]+\.)+[a-z]{2,}/.+)$")),
    _proxy("i.embed.ly", "i-cdn.embed.ly", extract=in_query("url", path="/1/(?:display|image)")),
    _proxy("rsz.io", extract=after_host()),
    _proxy("imagecdn.app", extract=in_rest(r"/v\d/images?/(?P<url>.+)$")),
    _proxy("kagi.com", extract=opaque("/proxy/")),
    _proxy("external-preview.redd.it", "mail.google.com", extract=opaque(r"/(?:[\w-]+\.\w+|mail/.*attid)")),
    _proxy(
        "preview.redd.it", extract=moved("i.redd.it", r"/(?:[\w-]+-v0-)?(?P<name>\w+\.\w+)(?:\?.*)?$", r"/\g<name>")
    ),
    _proxy("nitter.", "nitter.net", "nitter.*", extract=in_rest(r"/pic/(?:orig/)?(?P<url>pbs\.twimg\.com.+)$")),
    _proxy("nitter.", "nitter.net", "nitter.*", extract=_tweeted),
    _proxy(
        "invidious.",
        "yewtu.be",
        "inv.",
        extract=lambda address: (
            whole(f"https://i.ytimg.com{address.rest}") if PIPED_MEDIA.match(address.path) else None
        ),
    ),
)
