"""Scored checkers from their YAML files."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from bot.checks.check import Check
from bot.checks.learned import Learned
from bot.checks.registry import ITEM_CHECKS
from bot.checks.scored import Bands, Scored, read_bands
from bot.checks.setting import SettingError
from bot.checks.signal import Effect, Signal
from bot.matching.pattern import Pattern
from bot.rulebook.codes import Code
from bot.rulebook.conditions import MADE_OF_CONDITIONS
from bot.rulebook.key import SEARCH_FIELDS
from bot.rulebook.located import Mapping, Node, Scalar, Sequence
from bot.rulebook.models import Model, read_model
from bot.rulebook.reading import Reader

CHECKER_KEYS = ("checker", "about", "signals", "bands")
SIGNAL_KEYS = ("id", *Effect)
MODEL_SIGNAL_KEYS = ("id", "model", "names")
LEARNED = "learned"
"""The weight of a signal whose points are in the model file."""
TAKEN = frozenset({*SEARCH_FIELDS, *ITEM_CHECKS, *MADE_OF_CONDITIONS})
"""Names that are conditions already."""
_NAME = re.compile(r"[a-z][a-z0-9_]{1,63}")
_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")

ReadConditions = Callable[[Node, str], Check | None]
ReadFile = Callable[[str], Node | None]
"""Reads the model file of this name, which lies beside the checker; problems are told."""
ReadNames = Callable[[Node], frozenset[Pattern]]
"""Reads what ``NAME`` stands for."""


@dataclass(frozen=True, slots=True)
class Checkers:
    """Reads checker files. What cannot be read is told to the reader."""

    reader: Reader
    conditions: ReadConditions
    names: ReadNames

    def read(self, node: Node, read_file: ReadFile) -> Scored | None:
        """One checker; ``None`` when it cannot be used."""
        before = len(self.reader.problems)
        found = self.reader.mapping(node, "a checker file", CHECKER_KEYS)
        if found is None:
            return None
        name = _name(found, self.reader)
        about = self.reader.text(found.get("about"), "`about`") or ""
        nodes = _signal_nodes(found, self.reader)
        model = self._model(nodes, name or "", read_file)
        bands = _bands(found, model, self.reader)
        signals = self._signals(nodes, model)
        if name is None or bands is None or len(self.reader.problems) > before:
            return None
        checker = Scored(name, about, signals, bands)
        if model is None:  # a model that is still empty is to be learned, with this very file
            self._refuse_out_of_reach(checker, found)
        return checker if len(self.reader.problems) == before else None

    def _model(self, nodes: Iterable[Node], checker: str, read_file: ReadFile) -> Model | None:
        """The model file that one of the signals names."""
        found = (node.get("model") for node in nodes if isinstance(node, Mapping))
        named = [node for node in found if node is not None]
        for further in named[1:]:
            self.reader.problem(further, Code.TWICE, "a checker has one model", "take the other one out")
        name = self.reader.text(named[0], "`model`") if named else None
        node = read_file(name) if name else None
        return read_model(node, self.reader, checker) if node else None

    def _signals(self, nodes: Iterable[Node], model: Model | None) -> tuple[Signal | Learned, ...]:
        signals: dict[str, Signal | Learned] = {}
        for each in nodes:
            signal = self._signal(each, model)
            if signal is None:
                continue
            if signal.id in signals:
                message = f"the signal `{signal.id}` is here a second time"
                self.reader.problem(each, Code.TWICE, message, "give it another id")
            signals[signal.id] = signal
        return tuple(signals.values())

    def _signal(self, node: Node, model: Model | None) -> Signal | Learned | None:
        found = self.reader.mapping(node, "a signal")
        if found is None:
            return None
        name = self.reader.text(found.get("id"), "`id`")
        if name is None or not _ID.fullmatch(name):
            where, cure = found.get("id") or found, "use small letters, digits and `-`"
            self.reader.problem(where, Code.MISSING_KEY, "a signal needs an `id`", cure)
            return None
        if found.get("model") is not None:
            return self._learned(found, name, model)
        rest = tuple((key, value) for key, value in found.entries if key.text not in SIGNAL_KEYS)
        effect = _effect(found, self.reader)
        check = self.conditions(Mapping(rest, found.place), f"the signal `{name}`")
        if effect is None or check is None:
            return None
        if effect is not Effect.WEIGHT:
            _refuse_false(found, effect, self.reader)
            return Signal(name, effect, 0, check)
        is_learned = _is_learned(found)
        weight = self._learned_weight(found, name, model) if is_learned else _weight(found, self.reader)
        casts_doubt = bool(self.reader.boolean(found.get(Effect.DOUBT), f"`{Effect.DOUBT}`"))
        return Signal(name, effect, weight, check, is_learned, casts_doubt)

    def _learned(self, found: Mapping, name: str, model: Model | None) -> Learned | None:
        self.reader.mapping(found, "a signal with a model", MODEL_SIGNAL_KEYS)
        names_node = found.get("names")
        names = self.names(names_node) if names_node else frozenset[Pattern]()
        return Learned(name, model.terms, names, model.base) if model else None

    def _learned_weight(self, found: Mapping, name: str, model: Model | None) -> int:
        """A signal that was not worth a point when the model was learned is not in its file."""
        if model is None:
            self.reader.problem(
                found.get("weight") or found,
                Code.NOT_THERE,
                f"the points of `{name}` are to be learned, but there is no model",
                "add a signal with `model: FILE`, or write the points here",
            )
            return 0
        return model.signals.get(name, 0)

    def _refuse_out_of_reach(self, checker: Scored, found: Mapping) -> None:
        reachable = most_points(checker)
        if reachable < checker.bands.doubtful:
            message = f"all weights together are {reachable}: the doubtful band is out of reach"
            self.reader.problem(found, Code.OUT_OF_REACH, message, "lower it, or add signals")


def most_points(checker: Scored) -> int:
    """The sum of all that speaks for it."""
    signals = sum(max(0, each.weight) for each in checker.having(Effect.WEIGHT))
    terms = (term for each in checker.signals if isinstance(each, Learned) for term in each.all_terms())
    return signals + sum(max(0, term.points) for term in terms)


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


def _bands(found: Mapping, model: Model | None, reader: Reader) -> Bands | None:
    """Those of the checker file, which a person wrote, or those that were learned."""
    node = found.get("bands") or (model.bands if model else None)
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


def _signal_nodes(found: Mapping, reader: Reader) -> tuple[Node, ...]:
    node = found.get("signals")
    if not isinstance(node, Sequence) or not node.items:
        reader.problem(
            node or found,
            Code.MISSING_KEY,
            "a checker needs a list of `signals`",
            "write `- id: …` with a weight below it",
        )
        return ()
    return node.items


def _is_learned(found: Mapping) -> bool:
    node = found.get("weight")
    return isinstance(node, Scalar) and node.text == LEARNED


def _weight(found: Mapping, reader: Reader) -> int:
    weight = reader.number(found.get("weight"), "`weight`", least=None)
    if weight == 0:
        where = found.get("weight") or found
        reader.problem(where, Code.OUT_OF_REACH, "`weight: 0` does nothing", "take the signal out")
    return weight or 0


def _refuse_false(found: Mapping, effect: Effect, reader: Reader) -> None:
    if reader.boolean(found.get(effect), f"`{effect}`") is False:
        reader.problem(
            found.get(effect) or found, Code.OUT_OF_REACH, f"`{effect}: false` does nothing", "take the signal out"
        )


def _effect(found: Mapping, reader: Reader) -> Effect | None:
    """What a signal does first: one with points may also cast doubt."""
    effects = [effect for effect in Effect if found.get(effect) is not None]
    if len(effects) == 1 or effects == [Effect.WEIGHT, Effect.DOUBT]:
        return effects[0]
    reader.problem(
        found,
        Code.MISSING_KEY,
        "a signal needs one of `weight`, `needs`, `clears` and `doubt`",
        "write `weight: 2`, `clears: true` or `doubt: true`",
    )
    return None
