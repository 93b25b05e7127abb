"""What several commands share."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from bot.daemon.rules import load_tested
from bot.rulebook.load import load_for_few
from bot.rulebook.rule import Rulebook

PACK = Path(__file__).parents[2] / "_rules"
"""The rules that come with the package …"""
CHECKOUT = Path(__file__).parents[3] / "rules"
"""… or with a checkout."""

rules_option = click.option(
    "--rules",
    "paths",
    type=click.Path(exists=True, path_type=Path),
    multiple=True,
    help="Rule file or folder; may be repeated. The rules that come with Warden by default.",
)


def pack() -> Path:
    """The folder of the rules that come with Warden."""
    return PACK if PACK.is_dir() else CHECKOUT


def rule_paths(paths: tuple[Path, ...]) -> tuple[Path, ...]:
    """What was named, or the pack."""
    return paths or (pack(),)


def read_untested(paths: tuple[Path, ...]) -> Rulebook:
    """For one item, and for rules in the making: ready at once, and whether or not their tests pass.

    Raises BrokenRules.
    """
    return load_for_few(rule_paths(paths))


def read_rules(paths: tuple[Path, ...]) -> Rulebook:
    """Raises BrokenRules."""
    return load_tested(rule_paths(paths))


@contextmanager
def without_collecting() -> Iterator[None]:
    """Rules make no garbage while they are read, and looking for it takes a third of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
