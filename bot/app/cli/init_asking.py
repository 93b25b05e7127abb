"""The questions of ``warden init``, and what is told between them."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

import click
from rich.console import Console
from rich.markup import escape

from bot.app.cli.explain_tree import flat
from bot.app.cli.init_matching import ALL, MATCHING, NONE, Matching
from bot.app.new_folder import NewFile
from bot.app.new_rules import Chosen
from bot.app.obstacle import Obstacle
from bot.http.secret import Secret

GivenT = TypeVar("GivenT")
FoundT = TypeVar("FoundT")
ENV = {"password": "WARDEN_PASSWORD", "totp": "WARDEN_TOTP"}
"""Suggested names of environment variables."""
EVERY = "all"
NEEDED = ("rules/lists/", "rules/checkers/", "rules/schemas/")
"""Folders of files that are counted only."""


class Asking:
    """Asks whoever sits at the terminal. Nobody there (``attended`` is false): every obstacle ends the command."""

    def __init__(self, console: Console, *, attended: bool) -> None:
        self.console = console
        self.attended = attended

    def settle(self, given: GivenT, ask: Callable[[], GivenT], accept: Callable[[GivenT], FoundT]) -> FoundT:
        """What ``accept`` makes of what was given, or of the first answer that it takes. Raises Obstacle."""
        answer = given or ask()
        while True:
            try:
                return accept(answer)
            except Obstacle as obstacle:
                self.told(obstacle)
                answer = ask()

    def told(self, obstacle: Obstacle) -> None:
        """Show it, so that the next question makes sense; raise it when nobody is there to answer."""
        if not self.attended:
            raise obstacle
        self.console.print(f"[red]✗[/red] {escape(flat(obstacle.what))}", soft_wrap=True)
        self.console.print(f"  cure: {escape(flat(obstacle.cure))}", soft_wrap=True)

    def done(self, what: str) -> None:
        self.console.print(f"[green]✓[/green] {escape(flat(what))}", soft_wrap=True)

    def say(self, what: str) -> None:
        self.console.print(escape(what), soft_wrap=True)

    def wait(self, until: str) -> None:
        click.prompt(until, default="", show_default=False)

    def again(self, question: str) -> bool:
        return self.attended and click.confirm(question, default=False)

    def instance(self) -> str:
        return str(click.prompt("Instance where the bot's account lives (as in lemmy.example)"))

    def username(self) -> str:
        return str(click.prompt("User name of the bot's account"))

    def password(self) -> Secret:
        return Secret(click.prompt("Password (not shown)", hide_input=True))

    def totp(self) -> Secret:
        return Secret(click.prompt("Key of the second factor (not shown)", hide_input=True))

    def communities(self, moderated: Sequence[str]) -> tuple[str, ...]:
        """Names as they were typed, or those whose numbers were."""
        self.say("The account moderates:")
        for place, name in enumerate(moderated, start=1):
            self.say(f"  {place}. {name}")
        answer = click.prompt("Which shall it watch? Numbers or names with commas", default=EVERY)
        words = [each.strip() for each in answer.split(",") if each.strip()]
        if words in ([EVERY], []):
            return tuple(moderated)
        return tuple(moderated[int(each) - 1] if _is_place(each, moderated) else each for each in words)

    def rules(self, matching: Matching) -> tuple[Chosen, ...]:
        """The rules that a community takes, with the numbers that fit best."""
        default = MATCHING if matching.fits else NONE
        while True:
            answer = click.prompt(f"Which of our rules? `{MATCHING}`, `{ALL}`, `{NONE}`, or ids", default=default)
            try:
                return matching.choose(answer)
            except ValueError as error:
                self.say(f"✗ {error}")

    def numbers(self, matching: Matching, chosen: Sequence[Chosen]) -> tuple[Chosen, ...]:
        """The same rules, with the numbers that were found right."""
        if not chosen or not matching.written:
            return tuple(chosen)
        said = ", ".join(f"{each.rule.id} {each.number or 'none'}" for each in chosen)
        self.say(f"Numbers of the written rules that they enforce: {said}")
        if click.confirm("Are these right?", default=True):
            return tuple(chosen)
        return tuple(matching.with_number(each.rule, self._number(matching, each)) for each in chosen)

    def _number(self, matching: Matching, chosen: Chosen) -> int | None:
        numbers = [str(each.number) for each in matching.written]
        answer = click.prompt(
            f"Number of the written rule for {chosen.rule.id} (0 for none)",
            default=str(chosen.number or 0),
            type=click.Choice(["0", *numbers]),
            show_choices=False,
        )
        return int(answer) or None

    def wants_env(self) -> bool:
        self.say("The configuration says where the password is kept, never the password itself.")
        where = click.prompt(
            "Keep it in a file that only you can read, or in an environment variable that you set?",
            type=click.Choice(["file", "env"]),
            default="file",
        )
        return bool(where == "env")

    def env(self, name: str) -> str:
        return str(click.prompt(f"Name of the environment variable ({name})", default=ENV[name]))

    def confirm_writing(self, folder: Path, files: Sequence[NewFile]) -> None:
        """Raises Abort when it is not wanted."""
        self.say(f"Files in {folder.absolute()}:")
        shown = [each for each in files if not each.path.startswith(NEEDED)]
        for file in shown:
            note = "  (only you can read it)" if file.is_secret else ""
            self.say(f"  {file.path}{note}")
        self.say(f"  and {len(files) - len(shown)} lists, checkers and schemas that these need, in rules/")
        if self.attended:
            click.confirm("Write them?", default=True, abort=True)


def _is_place(text: str, among: Sequence[str]) -> bool:
    return text.isascii() and text.isdigit() and 1 <= int(text) <= len(among)
