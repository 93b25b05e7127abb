"""Ids and titles of imported rules: from their own words, each once, and the same at every import."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable

LONGEST_ID = 48
LONGEST_TITLE = 100
LONGEST_COMMENT = 300
"""Characters of a comment that are looked at."""
_DECORATION = re.compile(r"^[\W_]+|[\s#=*~–—-]+$")
_NUMBERED = re.compile(r"^(?:rule|regel|règle|regla) *#?[0-9]+ *[.:)–-]* *", re.IGNORECASE)
_CODE = re.compile(r"^~?[a-z_+#0-9]+ *(?:\([^)]*\))? *:(?:\s|$)|^[\[\]{}'\"-]|://", re.IGNORECASE)


def title_of(above: Iterable[str], reason: str, within: Iterable[str], otherwise: str) -> str:
    """What the rule is called: by the comment that stands nearest above it, by its reason, or by a comment in it."""
    nearest = [plain for each in above if (plain := _spoken(each))][-1:]
    title = "".join(nearest) or reason or next(filter(None, map(_spoken, within)), otherwise)
    return title if len(title) <= LONGEST_TITLE else title[: LONGEST_TITLE - 1] + "…"


def _spoken(comment: str) -> str:
    """A comment in words; empty for drawn lines and for keys that were commented out."""
    plain = comment[:LONGEST_COMMENT].strip().strip("#").strip()
    if _CODE.search(plain) or not re.search(r"[^\W\d_]{2}", plain):
        return ""
    return " ".join(_DECORATION.sub("", plain).split())


class Ids:
    """Makes ids that are there once."""

    def __init__(self) -> None:
        self._taken: set[str] = set()
        self._numbers: Counter[str] = Counter()

    def make(self, title: str, otherwise: str) -> str:
        wanted = _slug(_NUMBERED.sub("", title)) or _slug(title) or otherwise
        found = wanted
        while found in self._taken:
            self._numbers[wanted] += 1
            found = f"{wanted}-{self._numbers[wanted] + 1}"
        self._taken.add(found)
        return found


def _slug(title: str) -> str:
    plain = unicodedata.normalize("NFKD", title.lower()).encode("ascii", "ignore").decode()
    words = re.findall(r"[a-z0-9]+", plain.replace("'", ""))
    slug = ""
    for each in words:
        longer = f"{slug}-{each}" if slug else each[:LONGEST_ID]
        if len(longer) > LONGEST_ID:
            break
        slug = longer
    return slug
