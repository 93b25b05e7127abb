"""Explanations in a terminal."""

from collections.abc import Sequence

from rich.console import Console
from rich.markup import escape

from bot.app.cli.explain_tree import Explainer, flat, mark, short, words
from bot.domain.answer import Yes
from bot.domain.plan import Plan, Step
from bot.engine.counterfactual import Counterfactual, disclosed
from bot.engine.explain import evidence
from bot.engine.explanation import Explanation
from bot.engine.wording import action_words
from bot.rulebook.rule import Disclosure
from bot.store.history import PastDecision, PastIntent

BECOMES = {"no": "would not hold", "doubtful": "would be doubtful", "certain": "would be certain"}
STEP = 200
"""Characters of a text that would be sent."""


def show(console: Console, explained: Explanation, *, everything: bool) -> None:
    """For moderators: the item, every rule, what would have to be different, and what would be done."""
    explainer = Explainer(console, everything=everything)
    explainer.item(explained.item, evidence(explained.rules))
    for each in explained.rules:
        console.print(explainer.rule(each))
    if explained.counterfactuals:
        console.print("[bold]What would make a difference[/bold]")
        for found in explained.counterfactuals:
            console.print(f"  {found.rule}: {_difference(found)}", soft_wrap=True)
    _show_plan(console, explained.plan, "would")


def show_to_author(console: Console, explained: Explanation) -> None:
    """For the author of the item: what ``disclose`` allows of each rule that holds."""
    Explainer(console, everything=False).item(explained.item, ())
    shown = 0
    for each in explained.rules:
        rule = each.rule
        if not isinstance(each.answer, Yes) or each.stopped_by or rule.disclose is Disclosure.NOTHING:
            continue
        shown += 1
        sidebar = f" (rule {rule.sidebar} of the sidebar)" if rule.sidebar else ""
        console.print(f"[bold]{escape(rule.title)}[/bold]{sidebar}")
        if rule.disclose is Disclosure.FULL:
            texts = dict.fromkeys(fact.text for fact in each.answer.evidence if fact.start is not None and fact.text)
            if texts:
                console.print("  found: " + ", ".join(f"“{escape(short(text, 60))}”" for text in texts))
        own = [found for found in explained.counterfactuals if found.rule == rule.id]
        for found in disclosed(rule, own):
            console.print(f"  {_difference(found)}", soft_wrap=True)
        for text in (rule.repair, rule.appeal):
            if text:
                console.print(f"  {escape(text)}")
    if not shown:
        console.print("nothing to tell")


def show_past(console: Console, decisions: Sequence[PastDecision], intents: Sequence[PastIntent]) -> None:
    """The decisions as they were made, oldest first, with what came of them."""
    explainer = Explainer(console, everything=False)
    for past in decisions:
        verdict = past.decision.verdict
        console.print(
            f"[bold]Decided {past.at:%Y-%m-%d %H:%M:%S} UTC[/bold] by {escape(past.account)} ({past.why}), "
            f"rules {past.decision.rulebook_hash[:12]}"
        )
        facts = [fact for each in verdict.matches for fact in each.answer.evidence]
        explainer.item(verdict.item, facts)
        for match in verdict.matches:
            console.print(f"  {mark(match.answer)} {match.rule}: {words(match.answer)}")
        for undecided in verdict.undecided:
            console.print(f"  [cyan]?[/cyan] {undecided.rule}: cannot be told ({escape(undecided.why)})")
        for broken in verdict.broken:
            console.print(f"  [red]![/red] {broken.rule}: broke ({escape(broken.error)})")
        _show_plan(console, past.decision.plan, "decided to")
        for each in intents:
            if each.decision == past.number:
                detail = f" ({escape(each.detail)})" if each.detail else ""
                console.print(f"  {each.intent.order.kind}: [bold]{each.intent.state}[/bold]{detail}")


def _difference(found: Counterfactual) -> str:
    return f"{escape(flat(' and '.join(found.changes)))} it {BECOMES[found.becomes]}"


def _words(step: Step) -> str:
    to = f" to {step.to}" if step.to else ""
    return escape(f"{action_words(step.action)}{to}")


def _show_plan(console: Console, decided: Plan, verb: str) -> None:
    for step in decided.steps:
        text = f": {escape(short(step.text, STEP))}" if step.text else ""
        console.print(f"[bold]{verb} {_words(step)}[/bold] for {', '.join(step.rules)}{text}")
    for step in decided.held:
        rules = ", ".join(step.rules)
        console.print(f"[bold]{verb} {_words(step)}[/bold] for {rules}, when the budget allows it again")
    for skipped in decided.skipped:
        console.print(f"[dim]{verb} not {skipped.kind} for {', '.join(skipped.rules)}: {escape(skipped.why)}[/dim]")
    if not decided.steps and not decided.held and not decided.skipped:
        console.print("[dim]nothing would be done[/dim]" if verb == "would" else "[dim]nothing was to be done[/dim]")
