"""Keys of conditions, as AutoModerator writes them: ``~title+body (includes-word, case-sensitive)#2``."""

import re
from dataclasses import dataclass

from bot.matching.pattern import Placement
from bot.rulebook.codes import Code
from bot.rulebook.located import Scalar
from bot.rulebook.reading import Reader, suggestion

SEARCH_FIELDS = (
    "title",
    "body",
    "url",
    "domain",
    "alt_text",
    "link_title",
    "link_description",
    "image_text",
    "community",
    "id",
)
AUTHOR_FIELDS = ("name", "instance", "display_name", "bio")
PLACEMENTS = {each.value: each for each in Placement}
MODIFIERS = (*PLACEMENTS, "regex", "case-sensitive", "verbatim", "unquoted")

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
