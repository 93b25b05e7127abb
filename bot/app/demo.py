"""The whole loop on this machine: a small Lemmy with people who break rules, and Warden, who reads it over HTTP."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

from rich.console import Console
from rich.markup import escape

from bot.app.config import AccountConfig, Config, SecretSource
from bot.app.scenes import Said, Scenes
from bot.app.wiring import assemble
from bot.daemon.run import run_once
from bot.domain.action import ActionKind, Mode
from bot.domain.plan import Plan
from bot.engine.ports import IntentState, Journal, Rate, Reason
from bot.http.buckets import Bucket, Buckets, Flow
from bot.rulebook.diagnostic import Place
from bot.rulebook.rule import Rulebook
from bot.store.history import PastDecision, PastIntent, decisions, intents

WIDE = Buckets(dict.fromkeys(Bucket, Flow(1_000, 1_000.0)))
"""The sandbox is ours alone: nobody has to wait."""
HOUR = timedelta(hours=1)
BUDGET = {kind: Rate(100, HOUR) for kind in (ActionKind.REPORT, ActionKind.REMOVE, ActionKind.REPLY)}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the demo showed."""

    decided: tuple[PastDecision, ...]
    done: tuple[PastIntent, ...]
    late: frozenset[str]
    """Items that arrived after they should have been read."""
    duplicates: int
    """Actions of the bot that the server carried out a second time."""
    said: Said

    def shown(self) -> Mapping[str, int]:
        """How often each thing that the demo promises was to be seen."""
        done = Counter(each.intent.order.kind for each in self.done if each.intent.state is IntentState.DONE)
        plans = [each.decision.plan for each in self.decided]
        verdicts = [each.decision.verdict for each in self.decided]
        doubts = [match for verdict in verdicts for match in verdict.matches if not match.answer.certain]
        return {
            "reports": done[ActionKind.REPORT],
            "removals": done[ActionKind.REMOVE],
            "replies": done[ActionKind.REPLY],
            "doubts left to a human": len(doubts),
            "exempt authors left alone": sum(bool(_exempted(plan)) for plan in plans),
            "edited items judged again": sum(each.why is Reason.EDITED for each in self.decided),
            "late items found": len({str(plan.item.ref) for plan in plans} & self.late),
        }


def _exempted(plan: Plan) -> str:
    """Why the author was left alone; empty when it was not because of who they are."""
    return next((skipped.why for skipped in plan.skipped if skipped.why.startswith("exempt")), "")


class Spoken(Journal):
    """Tells the demo's audience what happens, one line a decision or action."""

    def __init__(self, console: Console) -> None:
        self._console = console

    def event(self, name: str, /, **facts: object) -> None:
        if name == "decision" and facts.get("matches"):
            self._say(f"judged {facts['item']}", facts["matches"], facts["steps"])
        elif name == "action":
            self._say(f"{facts.get('action')} {facts.get('item')}: {facts.get('outcome')}")
        elif name.endswith("_failed"):
            self._say(name, *(f"{key}={value}" for key, value in facts.items() if key != "account"))

    def _say(self, what: str, *details: object) -> None:
        self._console.print(f"  {what}", *(escape(str(each)) for each in details if each), highlight=False, style="dim")


class Demo:
    """One showing."""

    def __init__(self, console: Console, scenes: Scenes, rules: Path, folder: Path) -> None:
        self._console = console
        self._scenes = scenes
        self._config = configuration(scenes, rules, folder)
        self._journal = Spoken(console)
        self.assembly = assemble(self._config, self._journal, overrule=let_act, buckets=WIDE)

    def play(self) -> Outcome:
        """All scenes, then what came of them. Raises what a tick raises."""
        say = self._console.print
        say("\n[bold]1.[/bold] Posts and comments wait in the community. The bot reads, judges and acts.")
        self._tick()
        say("\n[bold]2.[/bold] A clean post is edited into an advertisement, and a post of yesterday federates late.")
        late = self._scenes.happen()
        self._tick()
        say("\n[bold]3.[/bold] Nothing new: nothing may be done twice.")
        self._tick()
        return Outcome(
            decisions(self.assembly.store),
            intents(self.assembly.store),
            late,
            self._scenes.duplicates(),
            self._scenes.said(),
        )

    def go_on(self) -> None:
        """Watch until SIGINT or SIGTERM."""
        self.assembly.daemon(self._config, self._journal).run()

    def _tick(self) -> None:
        for error in run_once(self.assembly.seats, self._config.settle):
            raise error


def configuration(scenes: Scenes, rules: Path, folder: Path) -> Config:
    """What ``config.yaml`` would say."""
    secret = folder / "password"
    secret.write_text(scenes.password)
    secret.chmod(0o600)
    account = AccountConfig(
        instance=scenes.address,
        username="warden",
        password=SecretSource(Place(secret), file=secret),
        totp=None,
        communities=frozenset({scenes.community}),
        rules=(rules,),
    )
    return Config(
        path=folder / "config.yaml",
        accounts=(account,),
        live=True,
        look_back=timedelta(days=2),
        budget=BUDGET,
        store=f"sqlite:///{folder / 'warden.db'}",
        every=timedelta(seconds=5),
        settle=timedelta(0),
    )


def let_act(book: Rulebook) -> Rulebook:
    """The rules that come with Warden, allowed to act, in every community."""
    return replace(book, rules=tuple(replace(rule, mode=Mode.ACT, communities=frozenset()) for rule in book.rules))
