"""What a rule asks for: the list under ``then``."""

from collections.abc import Callable, Mapping
from datetime import timedelta

from bot.domain.action import (
    Action,
    ActionKind,
    Approve,
    Ban,
    Feature,
    Hold,
    Lock,
    Message,
    Notify,
    Remove,
    Reply,
    Report,
    Restore,
    Strike,
)
from bot.rulebook.codes import Code
from bot.rulebook.located import Mapping as Group
from bot.rulebook.located import Node, Scalar, Sequence
from bot.rulebook.reading import Reader
from bot.rulebook.templates import Templates

PLAIN: Mapping[str, Action] = {
    action.kind.value: action for action in (Report(), Remove(), Restore(), Approve(), Lock(), Feature(), Notify())
}
"""Actions that need no settings."""
EXAMPLES: Mapping[str, str] = {
    **{name: name for name in PLAIN},
    "reply": "reply: TEMPLATE",
    "message": "message: TEMPLATE",
    "ban": "ban: {days: 3}",
    "strike": "strike: 1",
    "hold": "hold: {for: 6h, message: TEMPLATE}",
}
LONGEST_BAN = 3_650
"""Days. Lemmy makes a ban of more than ten years one for good, and does not say so."""
FORGOTTEN = 90
"""Days after which a strike is forgotten that says nothing else."""
MOST_POINTS = 100
LONGEST_HOLD = timedelta(days=30)
AGAINST = frozenset(
    {ActionKind.REPORT, ActionKind.REMOVE, ActionKind.LOCK, ActionKind.BAN, ActionKind.STRIKE, ActionKind.HOLD}
)
"""What no rule asks for that lets the item stand."""


class Actions:
    """Reads ``then``. Every problem is told to the reader."""

    def __init__(self, reader: Reader, templates: Templates) -> None:
        self._reader = reader
        self._templates = templates
        self._settings: Mapping[str, Callable[[Node], Action | None]] = {
            "reply": self._reply,
            "message": self._message,
            "notify": self._notify,
            "ban": self._ban,
            "strike": self._strike,
            "hold": self._hold,
        }

    def read(self, node: Node | None) -> tuple[Action, ...]:
        """A report, where nothing is said."""
        if node is None:
            return (Report(),)
        wanted = node.items if isinstance(node, Sequence) else (node,)
        found = [self._action(each) for each in wanted]
        actions = tuple(each for each in found if each is not None)
        self._check(node, [action.kind for action in actions], is_whole=len(actions) == len(found))
        return actions

    def _check(self, node: Node, kinds: list[ActionKind], *, is_whole: bool) -> None:
        """Whether the actions go together; said of a list only when every one of them could be read."""
        problem = self._reader.problem
        if len(set(kinds)) < len(kinds):
            problem(node, Code.TWICE, "`then` asks for the same kind of action twice", "keep one of them")
        against = next((kind for kind in kinds if kind in AGAINST), None)
        kind_one = next((kind for kind in (ActionKind.APPROVE, ActionKind.RESTORE) if kind in kinds), None)
        if against and kind_one:
            problem(
                node,
                Code.CONTRADICTION,
                f"`{kind_one}` lets the item stand, and `{against}` does not",
                "keep one of them, or make two rules; then the higher `priority` wins",
            )
        if is_whole and set(kinds) == {ActionKind.HOLD}:
            problem(
                node,
                Code.CONTRADICTION,
                "`hold` waits for a repair and then does the rest, but there is no rest",
                "say what follows, as in `then: [hold: {for: 6h, message: TEMPLATE}, remove]`",
            )

    def _action(self, node: Node) -> Action | None:
        if isinstance(node, Scalar) and node.text in PLAIN:
            return PLAIN[node.text]
        if isinstance(node, Scalar) and node.text in EXAMPLES:
            example = EXAMPLES[node.text]
            self._reader.problem(node, Code.ACTION, f"`{node.text}` says too little", f"write `{example}`")
            return None
        if isinstance(node, Group) and len(node.entries) == 1:
            key, value = node.entries[0]
            if key.text in self._settings:
                return self._settings[key.text](value)
            if key.text in PLAIN:
                self._reader.problem(value, Code.ACTION, f"`{key.text}` takes no settings", f"write `{key.text}` alone")
                return None
        known = ", ".join(f"`{each}`" for each in EXAMPLES.values())
        self._reader.problem(node, Code.ACTION, "not an action", f"known: {known}")
        return None

    def _reply(self, node: Node) -> Reply | None:
        text = self._templates.text(node)
        return None if text is None else Reply(text)

    def _message(self, node: Node) -> Message | None:
        text = self._templates.text(node)
        return None if text is None else Message(text)

    def _notify(self, node: Node) -> Notify | None:
        text = self._templates.text(node)
        return None if text is None else Notify(text)

    def _ban(self, node: Node) -> Ban | None:
        """Never for good by mistake: that has to be said, and said so."""
        cure = "write `ban: {days: 3}` or `ban: {permanent: true}`"
        if not isinstance(node, Group) or len(node.entries) != 1:
            self._reader.problem(node, Code.ACTION, "`ban` must say for how long, in one way", cure)
            return None
        found = self._reader.mapping(node, "`ban`", ("days", "permanent"))
        if found is None:
            return None
        if found.get("permanent") is not None:
            return self._permanent(found, cure)
        days = self._reader.number(found.get("days"), "`days`", least=1)
        if days is not None and days > LONGEST_BAN:
            self._reader.problem(
                found.get("days") or node,
                Code.WRONG_NUMBER,
                f"`days` is more than {LONGEST_BAN}, which Lemmy takes as for good",
                "write fewer, or `permanent: true` if that is meant",
            )
            return None
        return None if days is None else Ban(days)

    def _permanent(self, found: Group, cure: str) -> Ban | None:
        said = self._reader.boolean(found.get("permanent"), "`permanent`")
        if said is False:
            self._reader.problem(
                found.get("permanent") or found, Code.ACTION, "`permanent: false` does not say for how long", cure
            )
        return Ban(None) if said else None

    def _strike(self, node: Node) -> Strike | None:
        if isinstance(node, Scalar):
            points = self._up_to(node, "`strike`", MOST_POINTS)
            return None if points is None else Strike(points, FORGOTTEN)
        found = self._reader.mapping(node, "`strike`", ("points", "days"))
        if found is None:
            return None
        points = self._up_to(found.get("points"), "`points`", MOST_POINTS) if found.get("points") else 1
        days = self._up_to(found.get("days"), "`days`", LONGEST_BAN) if found.get("days") else FORGOTTEN
        return None if points is None or days is None else Strike(points, days)

    def _up_to(self, node: Node | None, what: str, most: int) -> int | None:
        number = self._reader.number(node, what, least=1)
        if node is not None and number is not None and number > most:
            self._reader.problem(node, Code.WRONG_NUMBER, f"{what} is more than {most}", f"write `{most}` or less")
            return None
        return number

    def _hold(self, node: Node) -> Hold | None:
        found = self._reader.mapping(node, "`hold`", ("for", "message", "reply"))
        if found is None:
            return None
        asked = [key for key in ("message", "reply") if found.get(key) is not None]
        if found.get("for") is None or len(asked) != 1:
            missing = "how long, with `for`" if found.get("for") is None else "one question, `message` or `reply`"
            self._reader.problem(node, Code.ACTION, f"`hold` needs {missing}", f"write `{EXAMPLES['hold']}`")
            return None
        wait = self._reader.span(found.get("for"), "`for`")
        text = self._templates.text(found.get(asked[0]) or node)
        if wait is not None and not timedelta(0) < wait <= LONGEST_HOLD:
            days = LONGEST_HOLD.days
            cure = f"write at most `{days}d`" if wait else "write it as in `6h`"
            self._reader.problem(found.get("for") or node, Code.WRONG_SPAN, f"`for` is not within {days} days", cure)
            return None
        return None if wait is None or text is None else Hold(wait, text, in_public=asked[0] == "reply")


def texts_to_the_author(actions: tuple[Action, ...]) -> list[str]:
    """Templates that the author of an item gets to read."""
    return [action.text for action in actions if isinstance(action, Reply | Message | Hold)]
