"""Model files: what was learned from labelled items, as points for words and for a checker's own signals."""

from collections.abc import Iterator
from collections.abc import Mapping as MappingType
from dataclasses import dataclass

from bot.checks.learned import FIELDS, NAME, Term, Terms
from bot.matching.pattern import Pattern, PatternError
from bot.matching.scanner import check_pattern
from bot.rulebook.codes import Code
from bot.rulebook.located import Mapping, Node, Scalar
from bot.rulebook.reading import Reader, suggestion

MODEL_KEYS = ("model", "bands", "base", "signals", "terms", "kindred")
KINDRED_KEYS = ("points", "words")

FieldTerms = dict[Pattern, tuple[Term, ...]]


@dataclass(frozen=True, slots=True)
class Model:
    """A model file as it was read."""

    bands: Node | None
    base: int
    """Points of every item about which the checker's question arises."""
    signals: MappingType[str, int]
    """Points of signals that say ``weight: learned``, by their ids."""
    terms: Terms
    node: Node


def read_model(node: Node, reader: Reader, checker: str) -> Model | None:
    """``None`` when it cannot be used, with every problem told."""
    before = len(reader.problems)
    found = reader.mapping(node, "a model file", MODEL_KEYS)
    if found is None:
        return None
    name = reader.text(found.get("model"), "`model`")
    if name != checker:
        reader.problem(
            found.get("model") or found,
            Code.WRONG_NAME,
            f"this model is not of the checker `{checker}`",
            f"write `model: {checker}`, or name another file",
        )
    base = reader.number(found.get("base"), "`base`", least=None) or 0
    signals = _points(found.get("signals"), "`signals`", reader)
    terms = _terms(found.get("terms"), reader)
    _add_kindred(found.get("kindred"), terms, reader)
    return Model(found.get("bands"), base, signals, terms, found) if len(reader.problems) == before else None


def _points(node: Node | None, what: str, reader: Reader) -> dict[str, int]:
    found = reader.mapping(node, what)
    points = {}
    for key, value in found.entries if found else ():
        number = reader.number(value, f"the points of `{key.text}`", least=None)
        if number:
            points[key.text] = number
    return points


def _terms(node: Node | None, reader: Reader) -> dict[str, FieldTerms]:
    return {field: _field_terms(value, reader) for field, value in _by_field(node, "`terms`", reader)}


def _add_kindred(node: Node | None, terms: dict[str, FieldTerms], reader: Reader) -> None:
    """Words that count alike, which are terms as well."""
    for field, groups in _by_field(node, "`kindred`", reader):
        for group in reader.sequence(groups, "the words of a field"):
            found = reader.mapping(group, "words that count alike", KINDRED_KEYS)
            points = reader.number(found.get("points"), "`points`", least=None) if found else None
            words = reader.text(found.get("words"), "`words`") if found else None
            of_field = terms.setdefault(field, {})
            for pattern in map(Pattern, (words or "").split()):
                of_field[pattern] = (*of_field.get(pattern, ()), Term(points or 0))


def _by_field(node: Node | None, what: str, reader: Reader) -> Iterator[tuple[str, Node]]:
    found = reader.mapping(node, what)
    for key, value in found.entries if found else ():
        if key.text in FIELDS:
            yield key.text, value
        else:
            message = f"no words are looked for in `{key.text}`"
            reader.problem(key, Code.UNKNOWN_KEY, message, suggestion(key.text, FIELDS))


def _field_terms(node: Node, reader: Reader) -> FieldTerms:
    found: FieldTerms = {}
    for text, points in _points(node, "the terms of a field", reader).items():
        after, before = text.startswith(f"{NAME} "), text.endswith(f" {NAME}")
        pattern = Pattern(text.removeprefix(f"{NAME} ").removesuffix(f" {NAME}"))
        try:
            check_pattern(pattern)
        except PatternError as error:
            reader.problem(_key(node, text), Code.PATTERN, error.message, error.cure)
            continue
        if NAME in pattern.value or (after and before):
            message = f"`{text}`: {NAME} stands once, at the beginning or at the end"
            reader.problem(_key(node, text), Code.PATTERN, message, f"write `{NAME} word` or `word {NAME}`")
        found[pattern] = (*found.get(pattern, ()), Term(points, after, before))
    return found


def _key(node: Node, text: str) -> Node:
    key: Scalar | None = node.key(text) if isinstance(node, Mapping) else None
    return key or node
