"""AutoModerator's eight standard conditions under their own names, with lists of ours: Reddit's are not published."""

from collections.abc import Mapping

from bot.automod.asks import Ask
from bot.matching.pattern import Placement

_ADDRESS = (Placement.INCLUDES.value, "regex", "verbatim")

STANDARDS: Mapping[str, Ask] = {
    "image hosting sites": Ask(
        "domain",
        (
            *("500px.com", "deviantart.com", "flickr.com", "giphy.com", "gyazo.com", "ibb.co", "imagebam.com"),
            *("imgbox.com", "imgur.com", "instagram.com", "photobucket.com", "pixelfed.social", "postimg.cc"),
            *("prnt.sc", "staticflickr.com", "tinypic.com"),
        ),
    ),
    "direct image links": Ask("url", (r"\.(?:jpe?g|png|gifv?|webp|avif|bmp|svg)(?:[?#]|\Z)",), _ADDRESS),
    "video hosting sites": Ask(
        "domain",
        (
            *("bitchute.com", "dailymotion.com", "odysee.com", "rumble.com", "streamable.com", "tiktok.com"),
            *("vimeo.com", "youtu.be", "youtube.com", "youtube-nocookie.com"),
        ),
    ),
    "streaming sites": Ask("domain", ("kick.com", "livestream.com", "trovo.live", "twitch.tv")),
    "crowdfunding sites": Ask(
        "domain",
        (
            *(
                "buymeacoffee.com",
                "crowdfunder.co.uk",
                "fundly.com",
                "gofundme.com",
                "indiegogo.com",
                "kickstarter.com",
            ),
            *("ko-fi.com", "liberapay.com", "patreon.com", "startnext.com", "ulule.com"),
        ),
    ),
    "meme generator sites": Ask(
        "domain",
        ("imgflip.com", "kapwing.com", "makeameme.org", "memecreator.org", "memegenerator.net", "quickmeme.com"),
    ),
    "facebook links": Ask("domain", ("facebook.com", "fb.com", "fb.me", "fb.watch", "fbcdn.net")),
    "amazon affiliate links": Ask("url", (r"\bamazon\.[a-z.]{2,6}/.*[?&]tag=[\w-]", r"\bamzn\.to/"), _ADDRESS),
}
