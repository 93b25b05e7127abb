"""Keys of searches as AutoModerator writes them: ``~title+body#2 (includes-word, regex)``."""

import re
from dataclasses import dataclass

from bot.automod.tree import Scalar
from bot.automod.vocabulary import MODIFIER_NAMES, MODIFIERS, OTHER_NAMES
from bot.matching.pattern import Placement

_KEY = re.compile(
    r"(?P<negated>~?)\s*(?P<names>[\w-]+(?:\s*\+\s*[\w-]+)*)\s*(?P<number>#[^\s(]*)?\s*"
    r"(?:\((?P<modifiers>[^()]*)\)?)?\s*(?:#[^\s(]*)?\s*"
)
_PLACEMENTS = {each.value: each for each in Placement}


@dataclass(frozen=True, slots=True)
class SearchKey:
    """A key taken apart; names in small letters, as the engine reads them."""

    written: str
    line: int
    negated: bool
    names: tuple[str, ...]
    modifiers: tuple[str, ...]
    unknown: tuple[str, ...] = ()
    """Modifiers that nobody knows."""
    renamed: tuple[tuple[str, str], ...] = ()
    """What was written, and what it is taken for."""

    @property
    def name(self) -> str:
        return "+".join(self.names)

    @property
    def placement(self) -> Placement | None:
        """The first that is written counts."""
        return next((_PLACEMENTS[each] for each in self.modifiers if each in _PLACEMENTS), None)

    @property
    def is_regex(self) -> bool:
        return "regex" in self.modifiers

    @property
    def is_case_sensitive(self) -> bool:
        return "case-sensitive" in self.modifiers


def read_key(scalar: Scalar) -> SearchKey | None:
    """``None`` for what is no key at all."""
    found = _KEY.fullmatch(scalar.text.strip().lower())
    if found is None:
        return None
    names = [name.strip() for name in found["names"].split("+")]
    known = [OTHER_NAMES.get(name, name) for name in names]
    words = [word.strip() for word in (found["modifiers"] or "").split(",") if word.strip()]
    modifiers = [_modifier(word) for word in words]
    pairs = [*zip(names, known, strict=True), *zip(words, modifiers, strict=True)]
    return SearchKey(
        scalar.text.strip(),
        scalar.line,
        bool(found["negated"]),
        tuple(dict.fromkeys(known)),
        tuple(dict.fromkeys(each for each in modifiers if each in MODIFIERS)),
        tuple(word for word, each in zip(words, modifiers, strict=True) if each not in MODIFIERS),
        tuple((old, new) for old, new in pairs if old != new and new in MODIFIERS | frozenset(known)),
    )


def _modifier(word: str) -> str:
    plain = re.sub(r"[\s_-]+", "-", word)
    return MODIFIER_NAMES.get(plain, plain)
