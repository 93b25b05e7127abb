"""Words in disguise, made the way people make them: ten kinds, the same ones in every run.

The alphabets are written out here and not taken from the tables that undo them.
"""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass

WORDS = (  # noqa: SIM905 - reads better than a list
    "crypto bitcoin ethereum dogecoin solana presale airdrop giveaway wallet token trading signals forex profit "
    "investment casino poker jackpot lottery betting discount coupon voucher promo cashback referral affiliate "
    "subscribe followers telegram whatsapp onlyfans viagra cialis steroids cocaine heroin escort nudes porn leaked "
    "hacker replica rolex cheap loan credit nazi hitler scam"
).split()

LATIN = "abcdefghijklmnopqrstuvwxyz"
MATHEMATICAL = [
    0x1D41A,
    0x1D44E,
    0x1D482,
    0x1D4B6,
    0x1D4EA,
    0x1D51E,
    0x1D552,
    0x1D586,
    0x1D5BA,
    0x1D5EE,
    0x1D622,
    0x1D656,
    0x1D68A,
]
"""The small ``a`` of thirteen mathematical alphabets; a few letters stand elsewhere and are left as they are."""
ENCLOSED = {
    "circled": 0x24D0,
    "negative circled": 0x1F150,
    "negative squared": 0x1F170,
    "squared": 0x1F130,
    "flags": 0x1F1E6,
}
SCRIPTS = {
    "Cyrillic": dict(zip("abcehikmnopstuxyjdwqr", "аьсеһікмпорѕтихујԁԝԛг", strict=True)),
    "Greek": dict(zip("aeiknoptuvwxyb", "αεικηορτυνωχγβ", strict=True)),
    "Armenian": dict(zip("ohnupgqdlts", "օհոսքցզժլէՏ", strict=True)),
    "Cherokee": dict(zip("abcdeghijklmprstvwz", "ᎪᏴᏟᎠᎬᏀᎻᎥᎫᏦᏞᎷᏢᏒᏚᎢᏙᎳᏃ", strict=True)),
    "Lisu": dict(zip("abcdefghijklmnoprstuvwxyz", "ꓮꓐꓚꓓꓰꓝꓖꓧꓲꓙꓗꓡꓟꓠꓳꓑꓣꓢꓔꓴꓦꓪꓫꓬꓜ", strict=True)),
    "Canadian": dict(zip("abcdhjlmnpqrsuvwx", "ᗩᗷᑕᗪᕼᒍᒪᗰᑎᑭᑫᖇᔕᑌᐯᗯ᙭", strict=True)),
    "Coptic": dict(zip("abceiknopty", "ⲁⲃⲥⲉⲓⲕⲛⲟⲣⲧⲩ", strict=True)),
    "Han and kana": dict(
        zip("abcefhijlmnoprstuvwxyz", "卂乃匚乇千卄丨ﾌㄥ爪几ㄖ卩尺丂ㄒㄩשω乂ㄚ乙".replace("ω", "山"), strict=True)
    ),
    "Thai and others": dict(zip("abcdeghlnoprstuvwyf", "ค๒ς๔єɠђℓภ๏קгรՇยשฬץŦ", strict=True)),
    "small capitals": dict(zip("abcdefghijklmnoprtuvwyz", "ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘʀᴛᴜᴠᴡʏᴢ", strict=True)),
    "hooks": dict(zip("abcdefghiklmnoprstuvwxyz", "ąɓƈɖɛƒɠɦįƙłɱŋơƥɾşţųʋɯӽყƶ", strict=True)),
    "money": dict(zip("abcdefhijklmnoprstuvwxyz", "₳฿₵ĐɆ₣ⱧłJ₭Ⱡ₥₦Ø₱Ɽ₴₮ɄV₩ӾɎⱫ", strict=True)),
}
LEET = {"a": "4@", "e": "3", "i": "1!", "o": "0", "s": "5$", "t": "7", "b": "8", "g": "9", "l": "1|", "z": "2"}
INVISIBLE = "\u200b\u200c\u200d\u2060\ufeff\u00ad\u034f\u180e\u2063\u200e"
SEPARATORS = (" ", ".", "-", "_", "*", "  ", " . ", "~", "·", "|", "/")
STROKES = "\u0334\u0335\u0336\u0337\u0338\u0332\u0333\u035c\u20d2\u20e5"
ACCENTS = "\u0300\u0301\u0302\u0303\u0308\u030a\u030c\u0327\u0323"


@dataclass(frozen=True, slots=True)
class Disguise:
    kind: str
    word: str
    written: str
    text: str
    """A sentence with the word in disguise in it."""


def disguises() -> Iterator[Disguise]:
    """Fifty words, ten kinds."""
    chance = random.Random(20_240_102)
    for kind, disguise in KINDS.items():
        for word in WORDS:
            written = disguise(word, chance)
            yield Disguise(kind, word, written, f"Do not miss this, {written} for everybody here")


def _some(word: str, chance: random.Random, replace: Callable[[str], str], able: str) -> str:
    """At least one letter that can be replaced, and each other one as often as not; as it stands when none can."""
    can = [place for place, letter in enumerate(word) if letter in able]
    if not can:
        return word
    chosen = {chance.choice(can)} | {place for place in can if chance.random() < 0.5}
    return "".join(replace(letter) if place in chosen else letter for place, letter in enumerate(word))


def some_look_alikes(word: str, chance: random.Random) -> str:
    """One to all letters from one of the scripts that share letters with Latin."""
    script = SCRIPTS[chance.choice(["Cyrillic", "Greek", "Armenian", "Cherokee", "Lisu", "Coptic"])]
    if not any(letter in script for letter in word):
        script = SCRIPTS["Lisu"]
    return _some(word, chance, lambda letter: script[letter], "".join(script))


def other_script(word: str, chance: random.Random) -> str:
    """Every letter that the script can draw."""
    script = SCRIPTS[chance.choice(sorted(SCRIPTS))]
    return "".join(script.get(letter, letter) for letter in word)


def zero_width(word: str, chance: random.Random) -> str:
    return "".join(
        letter + (chance.choice(INVISIBLE) if place + 1 < len(word) else "") for place, letter in enumerate(word)
    )


def full_width(word: str, chance: random.Random) -> str:
    text = chance.choice([word, word.upper(), word.title()])
    return "".join(chr(ord(letter) + 0xFEE0) for letter in text)


def mathematical(word: str, chance: random.Random) -> str:
    first = chance.choice(MATHEMATICAL)
    return "".join(_assigned(chr(first + LATIN.index(letter)), letter) for letter in word)


def _assigned(character: str, letter: str) -> str:
    return character if character.isalpha() else letter


def enclosed(word: str, chance: random.Random) -> str:
    first = ENCLOSED[chance.choice(sorted(ENCLOSED))]
    return "".join(chr(first + LATIN.index(letter)) for letter in word)


def leet(word: str, chance: random.Random) -> str:
    if not any(letter in LEET for letter in word):
        return word
    return _some(word, chance, lambda letter: chance.choice(LEET[letter]), "".join(LEET))


def set_apart(word: str, chance: random.Random) -> str:
    return chance.choice(SEPARATORS).join(chance.choice([word, word.upper()]))


def marked(word: str, chance: random.Random) -> str:
    marks = chance.choice([STROKES, ACCENTS])
    return "".join(letter + chance.choice(marks) * chance.choice([1, 1, 4]) for letter in word)


def two_at_once(word: str, chance: random.Random) -> str:
    one, other = chance.choice(
        [(some_look_alikes, zero_width), (leet, zero_width), (some_look_alikes, set_apart), (leet, some_look_alikes)]
    )
    return other(one(word, chance), chance)


KINDS: dict[str, Callable[[str, random.Random], str]] = {
    "look-alikes": some_look_alikes,
    "other script": other_script,
    "zero width": zero_width,
    "full width": full_width,
    "mathematical": mathematical,
    "enclosed": enclosed,
    "leet": leet,
    "set apart": set_apart,
    "marked": marked,
    "two at once": two_at_once,
}
