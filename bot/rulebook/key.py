"""Keys of conditions, as AutoModerator writes them: ``~title+body (includes-word, case-sensitive)#2``."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from bot.matching.pattern import Placement
from bot.rulebook.codes import Code
from bot.rulebook.located import Scalar
from bot.rulebook.reading import Reader, suggestion


@dataclass(frozen=True, slots=True)
class Field:
    """A text that can be searched."""

    about: str
    example: str
    """Something to look for in it."""


SEARCH_FIELDS: Mapping[str, Field] = {
    "title": Field("the title of the post", "presale"),
    "body": Field("the text of the post or comment, without quotes and code", "promo code"),
    "url": Field("the address that the post links to", "utm_campaign="),
    "domain": Field(
        "the host of that address, or where it leads as a short link; without modifiers its subdomains are included",
        "example.org",
    ),
    "alt_text": Field("the description of the picture, for the blind", "screenshot"),
    "link_title": Field("the title of the linked page, as the instance or Warden read it", "Buy now"),
    "link_description": Field("the description of the linked page, as the instance or Warden read it", "limited offer"),
    "image_text": Field("the text in the picture, if something looked", "retweeted"),
    "community": Field("the full name of the community that it is in", "technology@lemmy.ml"),
    "id": Field("the number of the item on the instance", "4711"),
}
AUTHOR_FIELDS: Mapping[str, Field] = {
    "name": Field("the name of the account, `name` or `name@instance`", "newsbot@lemmy.example"),
    "instance": Field("the host of the author's home instance", "lemmy.example"),
    "display_name": Field("the name that the account shows", "official support"),
    "bio": Field("what the account says about itself", "crypto signals"),
}
PLACEMENTS = {each.value: each for each in Placement}
_PLACED = {
    Placement.WORD: "as whole words; the default",
    Placement.INCLUDES: "anywhere, inside words too; the default of `url`",
    Placement.STARTS_WITH: "at the start",
    Placement.ENDS_WITH: "at the end",
    Placement.FULL_EXACT: "the whole text, sign for sign; the default of `id`",
    Placement.FULL_TEXT: "the whole text, but for blanks and punctuation around it",
}
MODIFIERS: Mapping[str, str] = {
    **{each.value: _PLACED[each] for each in Placement},
    "regex": "the values are regular expressions, without look-around and back-references",
    "case-sensitive": "capital and small letters differ",
    "verbatim": "as it stands, in quotes and code too, by AutoModerator's own test of a word",
    "unquoted": "with `verbatim`: lines that begin with `>` are left out",
}
"""How is searched. Of the placements at most one, the others beside it as wanted."""

_KEY = re.compile(
    r"(?P<negated>~?) *(?P<names>[a-z_][a-z0-9_]*(?: *\+ *[a-z_][a-z0-9_]*)*)"
    r" *(?:#\w+)? *(?:\((?P<modifiers>[^()]*)\))? *(?:#\w+)? *"
)
_DEFAULTS = {"url": Placement.INCLUDES, "id": Placement.FULL_EXACT}


@dataclass(frozen=True, slots=True)
class Key:
    """A key taken apart."""

    negated: bool
    names: tuple[str, ...]
    modifiers: frozenset[str] | None
    """``None`` when no modifier is written."""

    @property
    def name(self) -> str:
        return "+".join(self.names)

    @property
    def placement(self) -> Placement:
        """The placement that is written, else AutoModerator's default for the field."""
        for modifier in self.modifiers or ():
            if modifier in PLACEMENTS:
                return PLACEMENTS[modifier]
        return _DEFAULTS.get(self.name, Placement.WORD)


def read_key(scalar: Scalar, reader: Reader) -> Key | None:
    """``None`` when it cannot be read, with the problem told."""
    found = _KEY.fullmatch(scalar.text.strip().lower())
    if found is None:
        reader.problem(
            scalar,
            Code.CONDITION_KEY,
            f"`{scalar.text[:80]}` is no key of a condition",
            "write `field`, `~field`, `field+field (modifier, modifier)` or `field#2`; between `{}` in quotes",
        )
        return None
    names = tuple(name.strip() for name in found["names"].split("+"))
    modifiers = found["modifiers"]
    if modifiers is None:
        return Key(bool(found["negated"]), names, None)
    words = [word.strip() for word in modifiers.split(",")]
    for word in words:
        if word not in MODIFIERS:
            reader.problem(scalar, Code.MODIFIER, f"unknown modifier `{word}`", suggestion(word, MODIFIERS))
            return None
    if sum(word in PLACEMENTS for word in words) > 1:
        reader.problem(scalar, Code.MODIFIER, "only one placement counts", f"keep one of: {', '.join(PLACEMENTS)}")
        return None
    if "unquoted" in words and "verbatim" not in words:
        reader.problem(
            scalar, Code.MODIFIER, "`unquoted` goes with `verbatim`", "leave it out: quotes do not count anyway"
        )
        return None
    return Key(bool(found["negated"]), names, frozenset(words))
