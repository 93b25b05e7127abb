"""Explanations as trees in a terminal."""

from collections.abc import Iterable

from rich.console import Console
from rich.markup import escape
from rich.tree import Tree

from bot.domain.answer import Answer, Evidence, No, Strength, Unknown, Yes
from bot.domain.destination import Destination
from bot.domain.item import Comment, Item, Post
from bot.engine.explain import TEXTS, Node, Piece, RuleTrace, marked

ROOM = 300
"""Code points of a field that are shown whole."""


class Explainer:
    """Draws for one console: what is evidence is styled, or stands between «» where there is no colour."""

    def __init__(self, console: Console, *, everything: bool) -> None:
        self._console = console
        self._is_plain = console.no_color or console.color_system is None
        self._everything = everything

    def item(self, item: Item, facts: Iterable[Evidence]) -> None:
        """Who wrote what, with the evidence marked."""
        author = "@".join(part for part in (item.author.name, item.author.instance) if part)
        community = item.community.full_name or item.community.name
        by = f" by {escape(flat(author))}" if author else ""
        where = f" in {escape(flat(community))}" if community else ""
        self._console.print(f"[bold]{item.ref}[/bold]{by}{where}")
        facts = tuple(facts)
        for field in TEXTS:
            text = getattr(item, field, None)
            if text:
                self._console.print(f"  [dim]{field.replace('_', ' ')}:[/dim] {self._marked(text, field, facts)}")
        if isinstance(item, Post) and item.destination:
            self._destination(item.destination)
        above = item.post.title if isinstance(item, Comment) and item.post else None
        if above:
            self._console.print(f"  [dim]below:[/dim] {self._marked(above, 'parent_post.title', facts)}")

    def _destination(self, found: Destination) -> None:
        """What following the link showed beside texts that rules look at."""
        if found.page and found.page.canonical:
            self._console.print(f"  [dim]the page calls itself:[/dim] {escape(flat(found.page.canonical))}")
        if found.why:
            self._console.print(f"  [dim]not all is known of the link:[/dim] {escape(flat(found.why))}")

    def rule(self, trace: RuleTrace) -> Tree:
        """One rule with its conditions."""
        rule = trace.rule
        sidebar = f"sidebar {rule.sidebar}, " if rule.sidebar else ""
        head = f"[bold]{rule.id}[/bold] ({sidebar}{escape(rule.title)})"
        if trace.error:
            return Tree(f"[red]! {head}: broke ({escape(trace.error)})[/red]")
        if trace.answer is None:
            about = "communities" if trace.kind in rule.kinds else "items"
            return Tree(f"[dim]– {head}: is about other {about}[/dim]")
        stopped = f" [dim](not asked: {trace.stopped_by} ends it)[/dim]" if trace.stopped_by else ""
        tree = Tree(f"{mark(trace.answer)} {head}: {words(trace.answer)}{stopped}")
        if self._everything or not isinstance(trace.answer, No):
            for name, node in (("when", trace.when), ("unless", trace.unless)):
                if node is not None:
                    self._add(tree.add(f"[dim]{name}[/dim]"), node)
        return tree

    def _add(self, tree: Tree, node: Node) -> None:
        branch = tree.add(f"{mark(node.answer)} {_condition(node)}{_why(node.answer)}")
        plain = [part for part in node.parts if self._is_folded(part)]
        for part in node.parts:
            if part not in plain:
                self._add(branch, part)
        if plain:
            branch.add(f"[red]✗[/red] [dim]{escape(', '.join(part.key for part in plain))}[/dim]")
        for fact in _own_facts(node):
            branch.add(self._fact(fact))

    def _is_folded(self, node: Node) -> bool:
        """What does not hold is named only, unless it has a value that says why."""
        return not self._everything and isinstance(node.answer, No) and not (node.actual and not node.parts)

    def _fact(self, fact: Evidence) -> str:
        weight = "" if fact.strength is Strength.STRONG else f" [dim]{fact.strength}[/dim]"
        if fact.start is None:
            return f"[dim]{fact.field}:[/dim] {escape(short(fact.text, ROOM)) or fact.signal}{weight}"
        shown = self._pieces([Piece(fact.text[:ROOM], marked=True)])
        return f"[dim]{fact.field} {fact.start}–{fact.end}:[/dim] {shown}{weight}"

    def _marked(self, text: str, field: str, facts: Iterable[Evidence]) -> str:
        return self._pieces(marked(text, field, facts, ROOM))

    def _pieces(self, pieces: Iterable[Piece]) -> str:
        return "".join(self._piece(each) for each in pieces)

    def _piece(self, piece: Piece) -> str:
        text = escape(flat(piece.text))
        if not piece.marked:
            return text
        return f"«{text}»" if self._is_plain else f"[reverse]{text}[/reverse]"


def mark(answer: Answer) -> str:
    """One sign for an answer."""
    match answer:
        case Yes(certain=True):
            return "[green]✓[/green]"
        case Yes():
            return "[yellow]≈[/yellow]"
        case No():
            return "[red]✗[/red]"
        case Unknown():
            return "[cyan]?[/cyan]"


def words(answer: Answer) -> str:
    """An answer in words."""
    match answer:
        case Yes(certain=True):
            return "certain"
        case Yes(doubt=doubt):
            return f"doubtful, a human should look ({escape(doubt)})"
        case No():
            return "no"
        case Unknown(why):
            return f"cannot be told ({escape(why)})"


def short(text: str, limit: int) -> str:
    """On one line, cut."""
    line = flat(text)
    return line if len(line) <= limit else line[: limit - 1] + "…"


def flat(text: str) -> str:
    """On one line, without what a terminal would obey."""
    return "".join(letter if letter.isprintable() else " " for letter in text)


def _own_facts(node: Node) -> list[Evidence]:
    """What a condition found itself: not in its parts, and not said already by its value."""
    if not isinstance(node.answer, Yes):
        return []
    inside = {_what(fact) for part in node.parts if isinstance(part.answer, Yes) for fact in part.answer.evidence}
    new = [fact for fact in node.answer.evidence if _what(fact) not in inside]
    return [fact for fact in new if fact.start is not None or node.parts or not node.actual]


def _what(fact: Evidence) -> tuple[str, int | None, int | None, str]:
    return fact.field, fact.start, fact.end, fact.text


def _condition(node: Node) -> str:
    asked = f" [dim]{escape(flat(node.asked))}[/dim]" if node.asked else ""
    actual = f": is {escape(short(node.actual, 80))}" if node.actual else ""
    return f"{escape(flat(node.key))}{asked}{actual}"


def _why(answer: Answer) -> str:
    match answer:
        case Unknown(why):
            return f" [dim]({escape(why)})[/dim]"
        case Yes(certain=False, doubt=doubt):
            return f" [dim]({escape(doubt)})[/dim]"
        case _:
            return ""
