"""The sidebars that rules were written for, kept as Markdown beside their rule files: ``sidebar/NAME@HOST.md``."""

from collections.abc import Sequence
from pathlib import Path

FOLDER = "sidebar"
LARGEST = 1_048_576
"""Bytes of one file that are read."""


def sidebar_file(rules: Path, community: str) -> Path:
    """Where the sidebar of a community lies; ``rules`` is a rule file, or a folder of them."""
    folder = rules if rules.is_dir() else rules.parent
    return folder / FOLDER / f"{community}.md"


def kept_sidebar(paths: Sequence[Path], community: str) -> str | None:
    """The Markdown that is kept for a community beside any of these rule files; ``None`` when there is none."""
    for path in paths:
        try:
            with sidebar_file(path, community).open("rb") as file:
                return file.read(LARGEST).decode("utf-8-sig", "replace")
        except OSError:
            continue
    return None
