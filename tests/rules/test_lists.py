"""The lists are data that moderators edit: each entry must be able to match, and be there once."""

from pathlib import Path

import pytest

from tests.paths import CHECKOUT

SHORT = {"[oc]": "the brackets make it a tag, not a word"}
"""Entries of fewer than three letters and digits, with the reason why they may stay."""
LISTS = sorted((CHECKOUT / "rules" / "lists").glob("*.txt"))


def entries(path: Path) -> list[str]:
    lines = [line.strip() for line in path.read_text(encoding="utf-8").splitlines()]
    return [line for line in lines if line and not line.startswith("#")]


def test_there_are_lists():
    assert LISTS


@pytest.mark.parametrize("path", LISTS, ids=lambda path: path.stem)
def test_a_list_says_where_it_comes_from(path):
    assert path.read_text(encoding="utf-8").startswith("# ")


@pytest.mark.parametrize("path", LISTS, ids=lambda path: path.stem)
def test_no_entry_is_there_twice(path):
    folded = [entry.casefold() for entry in entries(path)]
    assert sorted(folded) == sorted(set(folded))


@pytest.mark.parametrize("path", LISTS, ids=lambda path: path.stem)
def test_no_entry_is_too_short_to_mean_something(path):
    short = [entry for entry in entries(path) if sum(letter.isalnum() for letter in entry) < 3]
    assert [entry for entry in short if entry not in SHORT] == []


@pytest.mark.parametrize("path", [path for path in LISTS if path.stem.endswith("_hosts")], ids=lambda path: path.stem)
def test_hosts_are_hosts(path):
    wrong = [entry for entry in entries(path) if "." not in entry or "/" in entry or entry != entry.lower()]
    assert wrong == []
