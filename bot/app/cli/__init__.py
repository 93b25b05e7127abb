"""The command ``warden``. Each command is a module here, imported when it is called."""

import os
import sys
from collections.abc import Sequence
from importlib import import_module

import click

from bot.app import exits

COMMANDS = (
    "init",
    "demo",
    "check",
    "test",
    "explain",
    "look",
    "template",
    "audit",
    "evaluate",
    "learn",
    "run",
    "sandbox",
    "doctor",
    "schema",
    "import",
)
MODULES = {"import": "import_automod", "run": "run_daemon"}
"""Commands whose modules cannot have their names: one is a keyword, one the function below."""


class LazyGroup(click.Group):
    """Commands by name; ``--help`` of the whole imports only their first lines."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in COMMANDS:
            return None
        command = import_module(f"bot.app.cli.{MODULES.get(cmd_name, cmd_name)}").command
        assert isinstance(command, click.Command)
        return command


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="lemmy-warden", prog_name="warden")
def warden() -> None:
    """A community rule-enforcement bot for Lemmy.

    It judges with three answers, asks when in doubt, and can show its reasons.

    Example: warden demo
    """


def main() -> None:
    """The entry point; exits with one of ``bot.app.exits``."""
    sys.exit(run(sys.argv[1:]))


def run(arguments: Sequence[str]) -> int:
    """Carry out one command line. Returns the exit code; what went wrong is told on standard error."""
    try:
        code = warden.main(list(arguments), prog_name="warden", standalone_mode=False)
    except click.exceptions.Exit as ended:
        return ended.exit_code
    except click.ClickException as error:
        error.show()
        return exits.MISUSE
    except (click.Abort, KeyboardInterrupt):
        click.echo("interrupted", err=True)
        return exits.INTERRUPTED
    except BrokenPipeError:
        # Whoever read our output has seen enough; Python must not complain about it once more at its end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return exits.FINE
    except Exception as error:
        # Imported only now: it knows half of the program, and `--help` must not wait for that.
        from bot.app.cli.failures import EXPECTED, code_of, describe

        if not isinstance(error, EXPECTED):
            raise
        click.echo(describe(error), err=True)
        return code_of(error)
    return code if isinstance(code, int) else exits.FINE
