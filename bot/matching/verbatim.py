"""Searching a text to the letter, as AutoModerator does.

Its expressions were read by Python's ``re``, for which a word is made of letters, numbers and ``_``: an accent or the
second half of an emoji is none. The ``regex`` module counts such marks as parts of words, so the classes are written
out.
"""

import re

from bot.matching.pattern import Placement

_WORD = r"\p{L}\p{N}_"
_NO_WORD = r"\p{M}\p{Pd}\p{Ps}\p{Pe}\p{Pi}\p{Pf}\p{Po}\p{S}\p{Z}\p{C}\u203f\u2040\u2054\ufe33\ufe34\ufe4d-\ufe4f\uff3f"
_LEFT = rf"(?:(?<![{_WORD}])|(?![{_WORD}]))"
_RIGHT = rf"(?:(?![{_WORD}])|(?<![{_WORD}]))"
TEMPLATES = {
    Placement.WORD: _LEFT + "({})" + _RIGHT,
    Placement.INCLUDES: "({})",
    Placement.STARTS_WITH: "^({})",
    Placement.ENDS_WITH: "({})$",
    Placement.FULL_EXACT: "^({})$",
    Placement.FULL_TEXT: rf"^[^{_WORD}]*({{}})[^{_WORD}]*$",
}
"""``$`` also takes the place before a line's end that ends the field."""
_OUTSIDE = {
    r"\w": f"[{_WORD}]",
    r"\W": f"[^{_WORD}]",
    r"\s": r"[\s\x1c-\x1f]",
    r"\S": r"[^\s\x1c-\x1f]",
    r"\b": rf"(?:(?<=[{_WORD}])(?![{_WORD}])|(?<![{_WORD}])(?=[{_WORD}]))",
    r"\B": rf"(?:(?<=[{_WORD}])(?=[{_WORD}])|(?<![{_WORD}])(?![{_WORD}]))",
}
_INSIDE = {r"\w": _WORD, r"\W": _NO_WORD, r"\s": r"\s\x1c-\x1f"}
_PIECE = re.compile(r"\\.|\[\^?\]?|\]|[^\\\[\]]+", re.DOTALL)


def as_python_reads(value: str) -> str:
    """The expression, for the ``regex`` module, with the meaning that it has for Python's ``re``."""
    parts = []
    inside = False
    for piece in _PIECE.findall(value):
        if piece.startswith("[") and not inside:
            inside = True
            parts.append(piece.replace("]", r"\]"))
        elif piece == "]":
            inside = False
            parts.append(piece)
        else:
            parts.append((_INSIDE if inside else _OUTSIDE).get(piece, piece))
    return "".join(parts)
