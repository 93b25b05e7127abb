"""The rules of one rule file."""

import re
from dataclasses import dataclass

from bot.checks.check import Check
from bot.domain.action import Action, Mode
from bot.domain.item import Kind
from bot.rulebook.actions import Actions, texts_to_the_author
from bot.rulebook.codes import Code
from bot.rulebook.conditions import Conditions
from bot.rulebook.example_tests import read_test
from bot.rulebook.located import Mapping, Node, Scalar, Sequence
from bot.rulebook.reading import Reader
from bot.rulebook.rule import Disclosure, Rule, RuleTest
from bot.rulebook.template import placeholders_in
from bot.rulebook.templates import Templates

RULE_KEYS = (
    "id",
    "sidebar",
    "title",
    "on",
    "when",
    "unless",
    "mode",
    "then",
    "reason",
    "repair",
    "appeal",
    "exempt",
    "priority",
    "stop",
    "act_on",
    "unknown",
    "disclose",
    "tests",
)
DEFAULT_KEYS = ("mode", "exempt", "appeal")
ON = {"posts": frozenset({Kind.POST}), "comments": frozenset({Kind.COMMENT}), "everything": frozenset(Kind)}
MODES = {mode.name.lower(): mode for mode in Mode}
EXEMPT = ("moderators", "admins")
DISCLOSURES = tuple(Disclosure)
LONGEST_REASON = 900
"""Code points; Lemmy takes 1,000 for everything that a report says."""
UNKNOWN = ("ignore", "report")
_PERCENT = re.compile(r"([0-9]{1,3}) *%")
_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")


@dataclass(frozen=True, slots=True)
class Defaults:
    """What a rule takes that says nothing else."""

    mode: Mode = Mode.SHADOW
    exempt: frozenset[str] = frozenset(EXEMPT)
    appeal: str = ""


class Rules:
    """Reads the rules of one file. Every problem is told to the reader."""

    def __init__(
        self, reader: Reader, conditions: Conditions, templates: Templates, communities: frozenset[str]
    ) -> None:
        self._reader = reader
        self._conditions = conditions
        self._actions = Actions(reader, templates)
        self._communities = communities

    def read(self, node: Node | None, defaults_node: Node | None) -> list[Rule]:
        defaults = self._defaults(defaults_node)
        found = (self._rule(each, defaults) for each in self._reader.sequence(node, "`rules`"))
        return [rule for rule in found if rule is not None]

    def _defaults(self, node: Node | None) -> Defaults:
        found = self._reader.mapping(node, "`defaults`", DEFAULT_KEYS)
        if found is None:
            return Defaults()
        mode = self._reader.choice(found.get("mode"), "`mode`", MODES)
        return Defaults(
            MODES[mode] if mode else Mode.SHADOW,
            self._exempt(found.get("exempt"), frozenset(EXEMPT)),
            self._reader.text(found.get("appeal"), "`appeal`") or "",
        )

    def _rule(self, node: Node, defaults: Defaults) -> Rule | None:
        read = self._reader
        found = read.mapping(node, "a rule", RULE_KEYS)
        if found is None:
            return None
        name = self._id(found)
        when = self._when(found)
        unless_node = found.get("unless")
        mode = read.choice(found.get("mode"), "`mode`", MODES)
        on = read.choice(found.get("on"), "`on`", ON)
        sidebar = read.number(found.get("sidebar"), "`sidebar`", least=1)
        title = read.text(found.get("title"), "`title`") or name or ""
        exempt = self._exempt(found.get("exempt"), defaults.exempt)
        unless = self._conditions.read(unless_node, "`unless`") if unless_node else None
        actions = self._actions.read(found.get("then"))
        disclose = Disclosure(read.choice(found.get("disclose"), "`disclose`", DISCLOSURES) or Disclosure.FULL)
        self._keep_quiet(found, actions, disclose)
        reason = self._reason(found.get("reason"), sidebar, title)
        tests = self._tests(found.get("tests"))
        if name is None or when is None:
            return None
        return Rule(
            id=name,
            title=title,
            sidebar=sidebar,
            kinds=ON[on or "everything"],
            communities=self._communities,
            when=when,
            unless=unless,
            mode=MODES[mode] if mode else defaults.mode,
            actions=actions,
            reason=reason,
            repair=read.text(found.get("repair"), "`repair`") or "",
            appeal=read.text(found.get("appeal"), "`appeal`") or defaults.appeal,
            exempt_moderators="moderators" in exempt,
            exempt_admins="admins" in exempt,
            disclose=disclose,
            tests=tests,
            place=(found.key("id") or found).place,
            priority=read.number(found.get("priority"), "`priority`", least=-1_000) or 0,
            stop=read.boolean(found.get("stop"), "`stop`") or False,
            act_on=self._act_on(found.get("act_on")),
            unknown_reports=read.choice(found.get("unknown"), "`unknown`", UNKNOWN) == "report",
        )

    def _id(self, found: Mapping) -> str | None:
        node = found.get("id")
        if node is None:
            self._reader.problem(
                found, Code.MISSING_KEY, "a rule needs an `id`", "write `id: no-ads`; its history follows the id"
            )
            return None
        if not isinstance(node, Scalar) or not _ID.fullmatch(node.text):
            self._reader.problem(
                node, Code.WRONG_NAME, "an `id` is made of small letters, digits and `-`", "write it as in `no-ads`"
            )
            return None
        return node.text

    def _when(self, found: Mapping) -> Check | None:
        node = found.get("when")
        if node is None:
            self._reader.problem(
                found, Code.MISSING_KEY, "a rule needs `when`", "say what it looks for, as in `when: {title: [word]}`"
            )
            return None
        return self._conditions.read(node, "`when`")

    def _reason(self, node: Node | None, sidebar: int | None, title: str) -> str:
        text = self._reader.text(node, "`reason`") if node else None
        if text is None or node is None:
            return f"Rule {sidebar}: {title}" if sidebar else title
        if len(text) > LONGEST_REASON:
            self._reader.problem(
                node,
                Code.REASON,
                f"`reason` has {len(text)} characters",
                f"shorten it to {LONGEST_REASON}: Lemmy refuses long reports",
            )
        if "{{" in text:
            self._reader.problem(
                node,
                Code.REASON,
                "a reason takes no placeholders",
                "say it in words: Lemmy refuses a report whose reason quotes a slur",
            )
        return " ".join(text.split())

    def _act_on(self, node: Node | None) -> int:
        if node is None:
            return 100
        found = _PERCENT.fullmatch(node.text.strip()) if isinstance(node, Scalar) else None
        if found is None or int(found[1]) > 100:
            self._reader.problem(node, Code.WRONG_SPAN, "`act_on` must be a percentage", "write it as in `act_on: 20%`")
            return 0
        return int(found[1])

    def _keep_quiet(self, found: Mapping, actions: tuple[Action, ...], disclose: Disclosure) -> None:
        """An answer to the author must not tell what `disclose` holds back."""
        for text in texts_to_the_author(actions):
            told = placeholders_in(text)
            too_much = next((each.name for each in told if _tells_more(each.name, disclose)), None)
            if too_much is not None:
                self._reader.problem(
                    found.get("then") or found,
                    Code.DISCLOSED,
                    f"the author would be told `{{{{{too_much}}}}}`, which `disclose: {disclose}` holds back",
                    "use another template, or disclose more",
                )

    def _exempt(self, node: Node | None, default: frozenset[str]) -> frozenset[str]:
        if node is None:
            return default
        for each in self._reader.sequence(node, "`exempt`"):
            self._reader.choice(each, "`exempt`", EXEMPT)
        items = node.items if isinstance(node, Sequence) else ()
        return frozenset(each.text for each in items if isinstance(each, Scalar))

    def _tests(self, node: Node | None) -> tuple[RuleTest, ...]:
        found = (read_test(each, self._reader) for each in self._reader.sequence(node, "`tests`"))
        return tuple(test for test in found if test is not None)


def _tells_more(placeholder: str, disclose: Disclosure) -> bool:
    if disclose is Disclosure.FULL:
        return False
    return placeholder.startswith("match") or (
        disclose is Disclosure.NOTHING and placeholder in {"rule", "sidebar_rule", "repair"}
    )
