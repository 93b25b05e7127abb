"""Which ASCII letter a letter of another alphabet is drawn to pass for."""

import re
import unicodedata
from functools import lru_cache

from confusable_homoglyphs import confusables

DRAWN_ALIKE = {
    "1": "łŁꓲӀӏ∣ǀ│",
    "a": "ⲁɑαคልᗩᗅ卂₳дλ∆ѦᎯ",
    "b": "ⲃβɓ๒вБъ฿乃ҍɮϐ",
    "c": "ⲥςƈ匚₵ᑕ¢ငርꮯ©",
    "d": "๔ժԃᕲძðÐ",
    "e": "ⲉєεɛ乇ƎξҿعɆ∈℮€",
    "f": "ƒғ千₣ϝŦғփ",
    "g": "ɡգԍ₲ᘜɠ",
    "h": "ђⲏнһ卄ⱧԋხћՀ",
    "i": "іІΙⲓᎥ丨ίιɩꙇ¡",
    "j": "フנﾌʝჟ",
    "k": "ⲕкκҟӄҡ₭",
    "l": "ㄥⱠլ£ℓ",
    "m": "ⲙм爪₥ოϻ",
    "n": "ⲛŋռпηи几₦ᑎղภИՌπ",
    "o": "ⲟסㄖØø๏✪❍◯●○⊙Θθө",
    "p": "ⲣք卩₱ƿקթþÞρ",
    "q": "ϙҩɊᑫ",
    "r": "尺Ɽяɾրг",
    "s": "丂₴ᔕֆร§",
    "t": "ⲧՇтτㄒ₮Ŧէ†ƚ",
    "u": "ㄩɄմևυц",
    "v": "שง√ν∨",
    "w": "ωฬ山₩ᗯɯшщ",
    "x": "ⲭχ乂Ӿҳメ×",
    "y": "ⲩㄚɎץצўчγ¥",
    "z": "乙Ⱬ",
}
"""Letters that pass for a Latin one by intent, beyond Unicode's list of confusables. Source: what public generators of
"fancy text" put out, and Unicode's own names for the letters. Under ``1`` what may be an i or an l."""
_DRAWN = {
    case: letter
    for letter, drawn in DRAWN_ALIKE.items()
    for each in drawn
    for case in (each, each.upper())
    if len(case) == 1
}
_OF_LATIN = re.compile(r"LATIN (?:(?:CAPITAL|SMALL) LETTER|LETTER SMALL CAPITAL) (?P<letter>[A-Z])(?: WITH .*)?")
_BADGE = re.compile(
    r"(?:NEGATIVE CIRCLED LATIN CAPITAL|NEGATIVE SQUARED LATIN CAPITAL|REGIONAL INDICATOR SYMBOL) LETTER ([A-Z])"
)


@lru_cache(maxsize=8_192)
def look_alike(character: str) -> str:
    """The ASCII letter or digit, or the character itself where it passes for none."""
    if character in _DRAWN:
        return _DRAWN[character]
    name = unicodedata.name(character, "")
    found = _OF_LATIN.fullmatch(name) or _BADGE.fullmatch(name)
    if found:
        return found[1].lower()
    bare = unicodedata.normalize("NFKD", character)[0]
    return bare if bare.isascii() and bare.isalnum() else confusable(character)


@lru_cache(maxsize=4_096)
def confusable(character: str) -> str:
    """The ASCII letter or digit that Unicode lists as looking like a letter of another script, or the letter itself.

    Letters of the Latin script stay: no reader takes an honest ``ø`` for a disguise.
    """
    if unicodedata.name(character, "").startswith("LATIN "):
        return character
    found = confusables.is_confusable(character, greedy=True, preferred_aliases=["latin"])
    for alike in found[0]["homoglyphs"] if found else ():
        if len(alike["c"]) == 1 and alike["c"].isascii() and alike["c"].isalnum():
            return str(alike["c"])
    return character
