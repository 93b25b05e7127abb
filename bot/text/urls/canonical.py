"""One form for all spellings of an address, by which duplicates are found. It is a key, not for following."""

import re
from collections.abc import Iterable
from functools import lru_cache
from urllib.parse import quote, unquote_plus

from bot.text.urls.address import Address, registrable_domain, site_keys, web_address
from bot.text.urls.tables import words
from bot.text.urls.unwrapping import unwrap

VARIANTS = frozenset({"www", "www2", "www3", "m", "mobile", "amp", "touch", "wap"})
"""First labels of hosts that show the same pages in another dress."""
SAME_SITES = {
    "twitter.com": "x.com",
    "old.reddit.com": "reddit.com",
    "new.reddit.com": "reddit.com",
    "np.reddit.com": "reddit.com",
    "sh.reddit.com": "reddit.com",
    "i.reddit.com": "reddit.com",
    "amp.reddit.com": "reddit.com",
    "music.youtube.com": "youtube.com",
    "youtube-nocookie.com": "youtube.com",
    "edition.cnn.com": "cnn.com",
    "lite.cnn.com": "cnn.com",
    "text.npr.org": "npr.org",
    "bbc.co.uk": "bbc.com",
    "web.facebook.com": "facebook.com",
    "mbasic.facebook.com": "facebook.com",
    "export.arxiv.org": "arxiv.org",
    "dx.doi.org": "doi.org",
}
"""Hosts, without their variant labels, that show the pages of another."""
PATHS = (
    ("youtube.com", re.compile(r"^/(?:shorts|embed|live|v|e)/(?P<id>[\w-]{11})/?$"), r"/watch?v=\g<id>"),
    (
        "amazon.*",
        re.compile(r"^(?:/.*)?/(?:dp|gp/product|gp/aw/d|exec/obidos/ASIN)/(?P<id>\w{10})(?:/.*)?$"),
        r"/dp/\g<id>",
    ),
    ("ebay.*", re.compile(r"^/itm/(?:[^/]+/)?(?P<id>\d{9,})/?$"), r"/itm/\g<id>"),
    ("aliexpress.*", re.compile(r"^/(?:item|i)/(?:[^/]+/)?(?P<id>\d{9,})\.html$"), r"/item/\g<id>.html"),
    ("reddit.com", re.compile(r"^(?:/r/\w+)?/comments/(?P<id>\w+)(?:/[^/]*)?/?$"), r"/comments/\g<id>"),
    ("x.com", re.compile(r"^/(?:i(?:/web)?|\w+)/status(?:es)?/(?P<id>\d+)(?:/.*)?$"), r"/i/status/\g<id>"),
    ("arxiv.org", re.compile(r"^/(?:abs|pdf|html)/(?P<id>[\w.-]+?(?:/\d{7})?)(?:v\d+)?(?:\.pdf)?/?$"), r"/abs/\g<id>"),
    ("stackoverflow.com", re.compile(r"^/q(?:uestions)?/(?P<id>\d+)(?:/.*)?$"), r"/questions/\g<id>"),
)
"""Paths in which only the number says what is meant."""
DECIDING = {"youtube.com": "v"}
"""A parameter that alone says which page is meant, where it is there."""
TRACKING = words(
    "fbclid gclid gclsrc gbraid wbraid dclid msclkid yclid ysclid twclid ttclid igshid igsh li_fat_id mc_cid "
    "mc_eid mkt_tok vero_id vero_conv oly_anon_id oly_enc_id rb_clickid s_cid s_kwcid ef_id wickedid epik "
    "srsltid _ga _gl _gac _hsenc _hsmi __hssc __hstc __hsfp hsctatracking hmb_campaign hmb_medium hmb_source "
    "ml_subscriber ml_subscriber_hash nr_email_referer elqtrackid elqtrack elq elqaid elqat elqcampaignid spm "
    "scm cmpid cmp cmpref ito ncid ocid cvid xtor at_medium at_campaign at_format at_link_id at_link_origin "
    "at_link_type at_ptr_name at_custom1 at_custom2 at_custom3 at_custom4 at_bbc_team ref_src ref_url referrer "
    "referer ref _r share_source share_medium share_id shareid share_from sharetype reflink fb_action_ids "
    "fb_action_types fb_source fb_ref action_object_map action_type_map action_ref_map guccounter "
    "guce_referrer guce_referrer_sig ns_mchannel ns_source ns_campaign ns_linkname ns_fee pk_campaign pk_kwd "
    "pk_source pk_medium piwik_campaign piwik_kwd mtm_campaign mtm_source mtm_medium matomo_campaign wt_mc "
    "wt.mc_id wt_zmc trk trkcampaign tracking_id sr_share soc_src soc_trk campaign_id campaignid ad_id adid "
    "adset_id clickid click_id irclickid irgwc cjevent awc aff_id affid rss partner taid linkid usg ved ust gi "
    "source_location smid smtyp smprod unlocked_article_code leadsource accesstoken embedded-checkout srnd "
    "pwapi_token giftcopy gift_code gift st_source __twitter_impression __tn__ __cft__[0] __xts__[0] fb_dtsg "
    "rdt_cid rtid phpsessid jsessionid sessionid outputtype output_type amp amp_js_v amp_gsa usqp"
)
"""Parameters, in lower case, that never say which page is meant. Sources: the vendors' own help pages (Google
Analytics, Meta, Microsoft, Matomo, HubSpot, Mailchimp, Adobe, AT Internet) and the share buttons of newsrooms."""
TRACKING_BEGINNINGS = (
    "utm_",
    "utm-",
    "hsa_",
    "mtm_",
    "pk_",
    "stm_",
    "vero_",
    "ga_",
    "itm_",
    "wt_",
    "_openstat",
    "_x_tr_",
)
TRACKING_OF = {
    "youtube.com": words("si feature pp app ab_channel t start embeds_referring_euri source_ve_path"),
    "x.com": words("s t lang mx"),
    "reddit.com": words("rdt context sort depth utm share_id correlation_id ref_campaign chainedposts"),
    "amazon.*": words(
        "tag ascsubtag linkcode linkid camp creative creativeasin th psc pd_rd_r pd_rd_w pd_rd_wg pd_rd_i pd_rd_p "
        "pf_rd_p pf_rd_r pf_rd_s pf_rd_t pf_rd_i pf_rd_m qid sr keywords crid sprefix dib dib_tag ref_ smid "
        "content-id dchild ie language s"
    ),
    "ebay.*": words("campid mkcid mkevt mkrid toolid customid hash _trkparms _trksid amdata epid var siteid ssspo"),
    "aliexpress.*": words(
        "aff_fcid aff_fsk aff_platform aff_trace_key sk terminal_id af algo_exp_id algo_pvid pdp_npi gatewayadapt "
        "afsmartredirect sourcetype pvid curpagelogid businesstype platform"
    ),
    "spotify.com": words("si context nd dlsi"),
    "medium.com": words("source sk"),
    "google.*": words("ei sa sca_esv sourceid sxsrf gs_lcrp gs_lp aqs oq ie client rlz uact bih biw dpr sclient"),
    "instagram.com": words("img_index hl"),
    "facebook.com": words("mibextid paipv eav rdid share_url locale _rdr"),
    "linkedin.com": words("trackingid refid midtoken midsig lipi licu originalsubdomain rcm"),
    "nytimes.com": words("referringsource campaignid instance_id"),
    "wsj.com": words("st mod"),
    "marketwatch.com": words("mod"),
    "theguardian.com": words("dcr"),
    "tiktok.com": words("_t is_from_webapp sender_device web_id"),
    "imdb.com": words("ref_"),
    "steampowered.com": words("snr curator_clanid"),
    "bilibili.com": words("spm_id_from vd_source share_tag share_session_id unique_k"),
    "washingtonpost.com": words("itid"),
    "substack.com": words("r triedredirect publication_id post_id isfreemail"),
}
_UNRESERVED = re.compile(r"%(?:2[dDeE]|3[0-9]|4[1-9a-fA-F]|5[0-9aAfF]|6[1-9a-fA-F]|7[0-9aAeE])")
_ESCAPE = re.compile(r"%[0-9a-fA-F]{2}")
_SESSION = re.compile(r";(?:jsessionid|phpsessid|sid)=[^/;?]*", re.IGNORECASE)
_INDEX = re.compile(r"/(?:index|default)\.(?:html?|php|aspx?|jsp|shtml)$", re.IGNORECASE)
_AMP_BEFORE = re.compile(r"^/(?:google-amp|platform/amp|amp)(?=/)|/amp(?=/[^/]*$)", re.IGNORECASE)
_AMP_BEHIND = re.compile(r"(?:/amp|\.amp|\.amp\.html|/amp\.html|-amp\.html)/?$", re.IGNORECASE)
_ROUTE = re.compile(r"#!?/.")


@lru_cache(maxsize=4_096)
def canonical(url: str) -> str:
    """The address without scheme differences, default port, user, ``www.`` and its like, tracking parameters,
    fragment, AMP marks, session, index page and trailing slash, with one percent-encoding and sorted parameters.

    What is no web address stays as it is, without blanks around it.
    """
    address = web_address(url)
    if address is None:
        return url.strip()
    host = _host(address.host)
    port = re.search(r":\d+$", address.origin.rpartition("]")[2])
    path, query = _path(host, address)
    fragment = address.fragment if _ROUTE.match(address.fragment) else ""
    return f"https://{host}{port[0] if port else ''}{path}{'?' + query if query else ''}{_normal(fragment)}"


def source_key(url: str) -> str:
    """The canonical form of the page that an address is about: the same for an article and an archived copy of it."""
    return canonical(unwrap(url).address or url)


def _host(host: str) -> str:
    domain = registrable_domain(host)
    labels = host.removesuffix(domain).rstrip(".").split(".")
    bare = ".".join([label for label in labels if label and label not in VARIANTS] + [domain])
    return SAME_SITES.get(bare, bare)


def _path(host: str, address: Address) -> tuple[str, str]:
    """Path and query. A path in which only a number counts may bring a query of its own."""
    keys = site_keys(host)
    path = _without_decoration(_normal(address.path))
    for site, expression, short in PATHS:
        found = expression.match(path) if site in keys else None
        if found:
            path, _, own = found.expand(short).partition("?")
            return path, own or _query(address.query, keys)
    return path, _query(address.query, keys)


def _without_decoration(path: str) -> str:
    path = _SESSION.sub("", path)
    path = _without_amp(path)
    while (shorter := _INDEX.sub("", path.rstrip("/"))) != path:
        path = shorter
    return path


def _without_amp(path: str) -> str:
    """AMP marks beside what looks like an article; a page that is itself called ``amp`` is left alone."""
    for mark in (_AMP_BEFORE, _AMP_BEHIND):
        found = mark.search(path)
        if found is None:
            continue
        without = path[: found.start()] + path[found.end() :]
        if _is_slug(without.rpartition("/")[2]):
            path = without
    return path


def _is_slug(segment: str) -> bool:
    """Whether a part of a path looks like an article's: a number, or several words."""
    return segment.count("-") > 1 or any(letter.isdigit() for letter in segment)


def _query(query: str, keys: Iterable[str]) -> str:
    own = frozenset().union(*(TRACKING_OF[key] for key in keys if key in TRACKING_OF))
    kept = []
    for pair in query.removeprefix("?").split("&"):
        name, _, value = pair.partition("=")
        name, value = unquote_plus(name), unquote_plus(value)
        lowered = name.lower()
        if not (name or value) or lowered in TRACKING or lowered in own or lowered.startswith(TRACKING_BEGINNINGS):
            continue
        if any(DECIDING.get(key) == name for key in keys):
            return f"{name}={quote(value, safe='')}"
        kept.append((quote(name, safe=""), quote(value, safe="")))
    return "&".join(f"{name}={value}" if value else name for name, value in sorted(kept))


def _normal(text: str) -> str:
    """With unreserved letters as themselves, and hexadecimal digits in upper case (RFC 3986, 6.2.2)."""
    if "%" not in text:
        return text
    text = _UNRESERVED.sub(lambda escape: chr(int(escape[0][1:], 16)), text)
    return _ESCAPE.sub(lambda escape: escape[0].upper(), text)
