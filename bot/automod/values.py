"""What AutoModerator compared with: values go through YAML 1.1, and only then become texts again."""

import re
from datetime import date

import yaml

from bot.automod.tree import Mapping, Node, Scalar, Sequence

_LONGEST_TYPED = 64
"""Characters; nothing longer is a number or a date."""
_TRUE = frozenset({"true", "yes", "on", "y"})
_FALSE = frozenset({"false", "no", "off", "n"})

Value = str | bool | int | float | date | None


def typed(scalar: Scalar) -> Value:
    """The value by YAML 1.1: ``no`` is false, ``010`` is 8, ``12:30`` is 750."""
    if not scalar.plain or len(scalar.text) > _LONGEST_TYPED:
        return scalar.text
    resolvers = yaml.SafeLoader.yaml_implicit_resolvers.get(scalar.text[:1], ())
    tag = next((tag for tag, pattern in resolvers if pattern.match(scalar.text)), "tag:yaml.org,2002:str")
    make = yaml.SafeLoader.yaml_constructors.get(tag)
    if make is None or tag == "tag:yaml.org,2002:str":
        return scalar.text
    try:
        value = make(yaml.SafeLoader(""), yaml.ScalarNode(tag, scalar.text))
    except (ValueError, OverflowError):
        return scalar.text
    return value if isinstance(value, Value) else scalar.text


def compared(scalar: Scalar) -> str:
    """The text that AutoModerator looked for."""
    value = typed(scalar)
    return value if isinstance(value, str) else str(value)


def is_surprise(scalar: Scalar) -> bool:
    """Whether that is another text than the one that was written."""
    return compared(scalar) != scalar.text


def is_empty(node: Node) -> bool:
    """Whether AutoModerator took it for nothing, and ignored its key."""
    if isinstance(node, Scalar):
        return not typed(node)
    return not node.entries


def boolean(node: Node) -> bool | None:
    """True or false, also between quotes; ``None`` for everything else."""
    if not isinstance(node, Scalar):
        return None
    value = typed(node)
    if isinstance(value, bool):
        return value
    word = str(value).strip().lower()
    return True if word in _TRUE else (False if word in _FALSE else None)


def whole(node: Node) -> int | None:
    """A whole number, also between quotes."""
    if not isinstance(node, Scalar):
        return None
    value = typed(node)
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    return int(value) if isinstance(value, str) and re.fullmatch(r"\s*-?[0-9]{1,9}\s*", value) else None


def word(node: Node) -> str:
    """A single value as it stands, in small letters; empty for a group or a list of several."""
    if isinstance(node, Sequence) and len(node.entries) == 1:
        return word(node.entries[0].value)
    return node.text.strip().lower() if isinstance(node, Scalar) else ""


def text(node: Node) -> str | None:
    """A text as AutoModerator would use it; ``None`` for a group or a list."""
    return compared(node) if isinstance(node, Scalar) and not is_empty(node) else None


def described(node: Node) -> str:
    """What a value is, in a message."""
    match node:
        case Mapping():
            return "a group of keys"
        case Sequence():
            return "a list"
        case Scalar():
            return f"`{node.text[:60]}`" if node.text.strip() else "nothing"
