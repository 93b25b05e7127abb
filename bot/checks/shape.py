"""What a setting looks like, as JSON Schema (draft 7): for editors, and for the language reference."""

from collections.abc import Mapping, Sequence

Shape = Mapping[str, object]

_AMOUNT = r"-?(0|[1-9][0-9]{0,8})"
_UNIT = "([mM]inute|[hH]our|[dD]ay|[wW]eek|[mM]onth|[yY]ear)s?"

FLAG: Shape = {"enum": [True, False, "true", "false"]}
NUMBER: Shape = {
    "anyOf": [{"type": "integer"}, {"type": "string", "pattern": rf"^ *([<>]=?|==?|) *{_AMOUNT} *$"}],
    "examples": ["< 5", ">= 10"],
}
AGE: Shape = {
    "anyOf": [{"type": "integer"}, {"type": "string", "pattern": rf"^ *([<>]=?|==?|) *{_AMOUNT} *({_UNIT})? *$"}],
    "examples": ["< 5 days", "> 1 year"],
}
SPAN: Shape = {
    "anyOf": [{"type": "integer"}, {"type": "string", "pattern": rf"^ *[1-9][0-9]{{0,8}} *({_UNIT})? *$"}],
    "examples": ["7 days", "12 hours"],
}
WAIT: Shape = {"type": "string", "pattern": "^ *[0-9]{1,6} *(ms|s|m|h|d) *$", "examples": ["30s", "5m", "2h"]}
PERCENTAGE: Shape = {
    "type": "string",
    "pattern": rf"^ *([<>]=?|==?|) *{_AMOUNT} *% *$",
    "examples": ["> 50%"],
}
LENGTH: Shape = {
    "anyOf": [{"type": "integer", "minimum": 0}, {"type": "string", "pattern": "^ *(0|[1-9][0-9]{0,6}) *$"}]
}
TEXT: Shape = {"anyOf": [{"type": "string", "pattern": r"\S"}, {"type": ["number", "boolean"]}]}
LIST: Shape = {
    "type": "object",
    "required": ["list"],
    "additionalProperties": False,
    "properties": {"list": {"anyOf": [TEXT, {"type": "array", "items": TEXT, "minItems": 1}]}},
}
"""``{list: name}``: what stands under `lists`."""
TEXTS: Shape = {"anyOf": [TEXT, {"type": "array", "items": TEXT, "minItems": 1}, LIST]}


def words(*known: str) -> Shape:
    """One of these words."""
    return {"enum": list(known)}


def many(known: Sequence[str]) -> Shape:
    """One or several of these words, in any case."""
    one = {"type": "string", "pattern": f"^ *({'|'.join(_any_case(word) for word in known)}) *$", "examples": [*known]}
    return {"anyOf": [one, {"type": "array", "items": one, "minItems": 1}]}


def keys(shapes: Mapping[str, Shape], required: Sequence[str] = ()) -> Shape:
    """A group of keys, no others."""
    return {
        "type": "object",
        "additionalProperties": False,
        "required": list(required),
        "properties": {**shapes},
    }


def _any_case(word: str) -> str:
    return "".join(f"[{letter}{letter.upper()}]" for letter in word)
