"""Rules beside the written rules that they enforce, as far as a copy of the sidebar lies beside the rule file."""

from collections.abc import Iterator
from pathlib import Path

from bot.rulebook.codes import Code
from bot.rulebook.diagnostic import Diagnostic
from bot.rulebook.lints.lint import Linted
from bot.rulebook.located import Scalar, Sequence
from bot.rulebook.rule import Rule
from bot.rulebook.sidebar_files import FOLDER, kept_sidebar
from bot.rulebook.sources import RuleFile
from bot.text.sidebar import WrittenRule, written_rules

LONGEST = 60
"""Letters of a written rule that are shown."""


def no_sidebar(linted: Linted) -> Iterator[Diagnostic]:
    """Rules that do not say which written rule they enforce."""
    for rule in linted.book.rules:
        if rule.sidebar is None:
            yield Diagnostic(
                rule.place,
                Code.NO_SIDEBAR,
                f"`{rule.id}` does not say which written rule it enforces",
                "write `sidebar: 3`, the number that the rule has in the community's sidebar",
            )


def not_in_sidebar(linted: Linted) -> Iterator[Diagnostic]:
    """Rules whose number the sidebar does not have."""
    for community, _, file in _communities(linted):
        written = {each.number for each in _written(file.path, community)}
        for rule in _rules(linted, file) if written else ():
            if rule.sidebar is not None and rule.sidebar not in written:
                yield Diagnostic(
                    linted.place(rule, "sidebar"),
                    Code.NOT_IN_SIDEBAR,
                    f"the sidebar of {community} has no rule {rule.sidebar}",
                    f"it has {', '.join(map(str, sorted(written)))}; look at {FOLDER}/{community}.md",
                )


def not_enforced(linted: Linted) -> Iterator[Diagnostic]:
    """Written rules for which there is no rule."""
    for community, at, file in _communities(linted):
        ours = {rule.sidebar for rule in linted.book.rules if not rule.communities or community in rule.communities}
        for each in _written(file.path, community):
            if each.number not in ours:
                text = each.text if len(each.text) <= LONGEST else each.text[: LONGEST - 1] + "…"
                yield Diagnostic(
                    at.place,
                    Code.NOT_ENFORCED,
                    f"no rule here enforces rule {each.number} of {community}: “{text}”",
                    f"write a rule with `sidebar: {each.number}`, or say why that one is for humans",
                )


def _communities(linted: Linted) -> Iterator[tuple[str, Scalar, RuleFile]]:
    """Every community of every file: its full name, and where it stands."""
    for file in linted.sources.files:
        node = file.root.get("communities")
        for each in node.items if isinstance(node, Sequence) else ():
            if isinstance(each, Scalar):
                yield each.text.strip().removeprefix("!").lower(), each, file


def _written(path: Path, community: str) -> tuple[WrittenRule, ...]:
    """The rules of a community's sidebar; none when no copy of it is there."""
    return written_rules(kept_sidebar((path,), community) or "")


def _rules(linted: Linted, file: RuleFile) -> Iterator[Rule]:
    return (rule for rule in linted.book.rules if rule.place.path == file.path)
