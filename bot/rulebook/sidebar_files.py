"""The sidebars that rules were written for, kept as Markdown beside their rule files: ``sidebar/NAME@HOST.md``."""

from collections.abc import Sequence
from pathlib import Path

FOLDER = "sidebar"
LARGEST = 1_048_576
"""Bytes of one file that are read."""


def sidebar_file(paths: Sequence[Path], community: str) -> Path:
    """Where the sidebar of a community lies; where there is none, beside the first of the rule files.

    ``paths`` are rule files and folders of them.
    """
    places = [(path if path.is_dir() else path.parent) / FOLDER / f"{community}.md" for path in paths]
    return next((each for each in places if each.is_file()), places[0])


def kept_sidebar(paths: Sequence[Path], community: str) -> str | None:
    """The Markdown that is kept for a community beside any of these rule files; ``None`` when there is none."""
    try:
        with sidebar_file(paths, community).open("rb") as file:
            return file.read(LARGEST).decode("utf-8-sig", "replace")
    except OSError:
        return None
