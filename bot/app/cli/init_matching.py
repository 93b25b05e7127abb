"""Which rules of the pack fit what a community has written, as tables."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from bot.app.cli.explain_tree import short
from bot.app.new_rules import Chosen
from bot.rulebook.rule import Rule
from bot.text.overlap import Fit, fits
from bot.text.sidebar import WrittenRule, written_rules

ROOM = 90
"""Code points of a written rule that are shown."""
MATCHING, ALL, NONE = "matching", "all", "none"


@dataclass(frozen=True, slots=True)
class Matching:
    """The written rules of one community beside ours."""

    community: str
    written: tuple[WrittenRule, ...]
    ours: tuple[Rule, ...]
    fits: Mapping[str, Fit]
    """By the id of our rule."""

    def choose(self, wanted: str) -> tuple[Chosen, ...]:
        """``matching``, ``all``, ``none``, or ids with commas. Raises ValueError that names what is not known."""
        known = [rule.id for rule in self.ours]
        groups = {MATCHING: [each for each in known if each in self.fits], ALL: known, NONE: []}
        ids = groups.get(wanted.strip(), [each.strip() for each in wanted.split(",") if each.strip()])
        unknown = [each for each in ids if each not in known]
        if unknown:
            raise ValueError(f"there is no rule `{unknown[0]}`; known are {', '.join([*groups, *known])}")
        return tuple(self.with_number(rule, self.suggested(rule)) for rule in self.ours if rule.id in ids)

    def suggested(self, rule: Rule) -> int | None:
        """The number of the written rule that one of ours fits best."""
        fit = self.fits.get(rule.id)
        return fit.number if fit else None

    def with_number(self, rule: Rule, number: int | None) -> Chosen:
        written = next((each.text for each in self.written if each.number == number), "")
        return Chosen(rule, number, written)


def match(community: str, sidebar: str, ours: Sequence[Rule]) -> Matching:
    """Read a sidebar and see what fits."""
    # A rule file takes numbers from 1; a rule 0 can be enforced, but not by its number.
    written = tuple(each for each in written_rules(sidebar) if each.number > 0)
    return Matching(
        community, written, tuple(ours), fits({each.id: f"{each.id} {each.title}" for each in ours}, written)
    )


def show(console: Console, matching: Matching) -> None:
    """What is written, what of ours fits, and what is left over on both sides."""
    if not matching.written:
        console.print(f"[yellow]![/yellow] no written rules were found in the sidebar of {escape(matching.community)}.")
        return
    console.print(_table(matching))
    if not matching.written[0].is_numbered:
        console.print("  The sidebar gives no numbers: its rules are counted from the top.")
    without = [each.id for each in matching.ours if each.id not in matching.fits]
    if without:
        console.print(f"  Not written here, as far as words can tell: {', '.join(without)}")


def _table(matching: Matching) -> Table:
    table = Table(title=f"Written in {escape(matching.community)}, and what fits", title_justify="left")
    table.add_column("no.", justify="right")
    table.add_column("written")
    table.add_column("our rule", no_wrap=True)
    table.add_column("for the words")
    for written in matching.written:
        fitting = {id_: fit for id_, fit in matching.fits.items() if fit.number == written.number}
        words = "\n".join(escape(short(", ".join(fit.words), ROOM)) for fit in fitting.values())
        ids = "\n".join(fitting) or "[dim]none: left to humans[/dim]"
        table.add_row(str(written.number), escape(short(written.text, ROOM)), ids, words)
    return table
