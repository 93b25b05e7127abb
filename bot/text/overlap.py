"""Which written rule a rule of ours fits, by the words that both use. Nothing clever, so that it can be explained.

A word counts the more, the fewer of our rules use it: *crypto* says which rule is meant, *post* does not.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.text.sidebar import WrittenRule

ENOUGH = 1.0
"""Weight of the shared words from which a written rule is suggested: that of one word that no other rule uses."""
_WORD = re.compile(r"[^\W\d_]{2,}")
_ENDINGS = re.compile(r"(?:isements?|ising|ised?|ational|ation|ments?|ings?|ies|ers?|ed|es|s|y|e)$")
_COMMON = frozenset(
    """
    about all allow allowed an and any are as at banned be being but by can community content did disallowed do
    does for from go has have here if in instance instead into is it its keep like looks make may mod moderators
    must never no not of off on only or our out own page people please post posting posts prohibited purpose rule
    rules see seem should so some stuff than that the their them there these they thing things this those to too
    try unless use used using was we welcome what when which who will with without words you your
    """.split()  # noqa: SIM905 - a text of words is easier to read than a list of texts
)
_SAME: Mapping[str, tuple[str, ...]] = {
    "ad": ("ad", "advert", "commercial", "promot", "promotion", "spam", "selfpromotion", "referral", "affiliat"),
    "crypto": ("crypto", "cryptocurrenc", "bitcoin", "nft", "blockchain", "coin"),
    "hate": ("hate", "hat", "nazi", "racism", "racist", "bigotr", "bigot", "fascism", "sexism", "transphobia"),
    "civil": (
        "civil",
        "kind",
        "respect",
        "respectful",
        "harass",
        "harassment",
        "abuse",
        "abus",
        "insult",
        "polit",
        "nic",
    ),
    "low": ("low", "effort", "qualit", "mem", "shitpost"),
    "screenshot": ("screenshot", "image", "imag", "pictur", "photo"),
    "source": ("source", "sourc", "articl", "article", "link", "url", "archiv", "archive", "original"),
    "boss": ("boss", "ceo", "billionair", "celebrit", "rant", "personal"),
}
"""Different words that sidebars use for one thing, without their endings."""
_MEANING = {word: meaning for meaning, words in _SAME.items() for word in words}


@dataclass(frozen=True, slots=True)
class Fit:
    """A written rule that one of ours seems to enforce."""

    number: int
    words: tuple[str, ...]
    """What both speak of, as the sidebar has it."""


def fits(ours: Mapping[str, str], written: Sequence[WrittenRule]) -> Mapping[str, Fit]:
    """For each of our rules, given as id and text, the written rule that it fits best; absent when none fits."""
    said = {id_: set(_words(text)) for id_, text in ours.items()}
    uses = Counter(word for words in said.values() for word in words)
    found = {id_: _best(words, uses, written) for id_, words in said.items()}
    return {id_: fit for id_, fit in found.items() if fit is not None}


def likeness(one: str, other: str) -> float:
    """How much of what two texts speak of is the same: 0 for nothing, 1 for all of it."""
    ours, theirs = set(_words(one)), set(_words(other))
    if not ours or not theirs:
        # Nothing but small words: then these have to do.
        ours, theirs = set(_WORD.findall(one.lower())), set(_WORD.findall(other.lower()))
    return 2 * len(ours & theirs) / (len(ours) + len(theirs)) if ours and theirs else 0.0


def _best(words: set[str], uses: Mapping[str, int], written: Sequence[WrittenRule]) -> Fit | None:
    best, most = None, 0.0
    for rule in written:
        theirs = _words(rule.text)
        shared = sorted(words & theirs.keys())
        weight = sum(1 / uses[word] for word in shared)
        if weight >= ENOUGH and weight > most:
            best, most = Fit(rule.number, tuple(theirs[word] for word in shared)), weight
    return best


def _words(text: str) -> Mapping[str, str]:
    """What a text speaks of → the first word that says so."""
    found: dict[str, str] = {}
    for word in _WORD.findall(text.lower()):
        if word not in _COMMON:
            found.setdefault(_meaning(word), word)
    return found


def _meaning(word: str) -> str:
    bare = _ENDINGS.sub("", word) if len(word) > 3 else word.removesuffix("s")
    return _MEANING.get(word) or _MEANING.get(bare) or bare
