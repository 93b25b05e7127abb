"""Scored checkers from their YAML files."""

import re
from collections.abc import Callable

from bot.checks.check import Check
from bot.checks.registry import ITEM_CHECKS
from bot.checks.scored import Bands, Effect, Scored, Signal, read_bands
from bot.checks.setting import SettingError
from bot.rulebook.codes import Code
from bot.rulebook.conditions import MADE_OF_CONDITIONS
from bot.rulebook.key import SEARCH_FIELDS
from bot.rulebook.located import Mapping, Node, Scalar, Sequence
from bot.rulebook.reading import Reader

CHECKER_KEYS = ("checker", "about", "signals", "bands")
SIGNAL_KEYS = ("id", *Effect)
TAKEN = frozenset({*SEARCH_FIELDS, *ITEM_CHECKS, *MADE_OF_CONDITIONS})
"""Names that are conditions already."""
_NAME = re.compile(r"[a-z][a-z0-9_]{1,63}")
_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")

ReadConditions = Callable[[Node, str], Check | None]


def read_checker(node: Node, reader: Reader, conditions: ReadConditions) -> Scored | None:
    """One checker; ``None`` when it cannot be used, with every problem told."""
    before = len(reader.problems)
    found = reader.mapping(node, "a checker file", CHECKER_KEYS)
    if found is None:
        return None
    name = _name(found, reader)
    about = reader.text(found.get("about"), "`about`") or ""
    bands = _bands(found, reader)
    signals = _signals(found, reader, conditions)
    if name is None or bands is None or len(reader.problems) > before:
        return None
    reachable = sum(signal.weight for signal in signals)
    if reachable < bands.doubtful:
        reader.problem(
            found,
            Code.OUT_OF_REACH,
            f"all weights together are {reachable}: the doubtful band is out of reach",
            "lower it, or add signals",
        )
        return None
    return Scored(name, about, signals, bands)


def _name(found: Mapping, reader: Reader) -> str | None:
    node = found.get("checker")
    if node is None:
        reader.problem(found, Code.MISSING_KEY, "a checker file needs the key `checker`", "write `checker: name_of_it`")
        return None
    name = reader.text(node, "`checker`")
    if name is not None and (not _NAME.fullmatch(name) or name in TAKEN):
        reader.problem(
            node,
            Code.WRONG_NAME,
            f"`{name}` cannot be a checker's name",
            "use small letters and `_`, and no condition's name",
        )
        return None
    return name


def _bands(found: Mapping, reader: Reader) -> Bands | None:
    node = found.get("bands")
    if node is None:
        reader.problem(found, Code.MISSING_KEY, "a checker needs `bands`", "write `bands: {doubtful: 3, certain: 6}`")
        return None
    try:
        return read_bands(_plain(node))
    except SettingError as error:
        where = node.get(str(error.path[0])) if error.path and isinstance(node, Mapping) else None
        reader.problem(where or node, Code.SETTING, error.message, error.cure)
        return None


def _plain(node: Node) -> object:
    if isinstance(node, Mapping):
        return {key.text: _plain(value) for key, value in node.entries}
    return node.text if isinstance(node, Scalar) else ()


def _signals(found: Mapping, reader: Reader, conditions: ReadConditions) -> tuple[Signal, ...]:
    node = found.get("signals")
    if not isinstance(node, Sequence) or not node.items:
        reader.problem(
            node or found,
            Code.MISSING_KEY,
            "a checker needs a list of `signals`",
            "write `- id: …` with a weight below it",
        )
        return ()
    signals: dict[str, Signal] = {}
    for each in node.items:
        signal = _signal(each, reader, conditions)
        if signal is None:
            continue
        if signal.id in signals:
            reader.problem(each, Code.TWICE, f"the signal `{signal.id}` is here a second time", "give it another id")
        signals[signal.id] = signal
    return tuple(signals.values())


def _signal(node: Node, reader: Reader, conditions: ReadConditions) -> Signal | None:
    found = reader.mapping(node, "a signal")
    if found is None:
        return None
    name = reader.text(found.get("id"), "`id`")
    if name is None or not _ID.fullmatch(name):
        reader.problem(
            found.get("id") or found, Code.MISSING_KEY, "a signal needs an `id`", "use small letters, digits and `-`"
        )
        return None
    rest = tuple((key, value) for key, value in found.entries if key.text not in SIGNAL_KEYS)
    effect = _effect(found, reader)
    check = conditions(Mapping(rest, found.place), f"the signal `{name}`")
    if effect is None or check is None:
        return None
    weight = 0
    if effect is Effect.WEIGHT:
        weight = reader.number(found.get("weight"), "`weight`", least=1) or 0
    elif reader.boolean(found.get(effect), f"`{effect}`") is False:
        reader.problem(
            found.get(effect) or found, Code.OUT_OF_REACH, f"`{effect}: false` does nothing", "take the signal out"
        )
    return Signal(name, effect, weight, check)


def _effect(found: Mapping, reader: Reader) -> Effect | None:
    effects = [effect for effect in Effect if found.get(effect) is not None]
    if len(effects) != 1:
        reader.problem(
            found,
            Code.MISSING_KEY,
            "a signal needs one of `weight`, `clears` and `doubt`",
            "write `weight: 2`, `clears: true` or `doubt: true`",
        )
        return None
    return effects[0]
