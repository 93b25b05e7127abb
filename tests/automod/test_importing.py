"""What becomes of each of AutoModerator's words. The table says what a moderator would expect."""

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from bot.automod.importing import Import, State
from bot.automod.report import report
from bot.automod.writing import rule_file
from bot.rulebook.load import load_for_few
from bot.rulebook.located import Mapping, Scalar, parse
from tests.automod.importing import imported
from tests.paths import CHECKOUT


def plain(node):
    """A tree as Python's own values; every value is a text, as the loader reads it."""
    if isinstance(node, Scalar):
        return node.text
    if isinstance(node, Mapping):
        return {key.text: plain(value) for key, value in node.entries}
    return [plain(each) for each in node.items]


def written(found: Import) -> dict:
    """The rule file, which must load."""
    with TemporaryDirectory() as folder:
        path = Path(folder, "rules.yaml")
        path.write_text(rule_file(found, "page.yaml"), encoding="utf-8")
        load_for_few([path])
        problems = []
        return plain(parse(path.read_bytes(), path, problems))


DATA = CHECKOUT / "tests" / "data" / "automod.yaml"
CASES = plain(parse(DATA.read_bytes(), DATA, []))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_a_rule_becomes(case):
    found = imported(case["page"])
    (rule,) = found.rules
    rules = written(found)["rules"]
    state = State(case.get("state", "active"))
    assert rule.state is state, [finding.message for finding in rule.findings]
    assert len(rules) == (state is State.ACTIVE)
    for key, value in case.get("becomes", {}).items():
        assert rules[0].get(key) == value, key
    said = report(found, "page.yaml")
    for part in case.get("says", ()):
        assert part in said


def test_a_rule_that_is_not_used_stands_in_the_file_with_the_reason():
    text = rule_file(imported("# Trusted\nauthor: {flair_text: x}\ntitle: y\naction: remove\n"), "page.yaml")
    assert "rules: []" in text
    assert "  # DISABLED: Trusted (rule 1, line 2)" in text
    assert "  #   because `flair_text`: `flair_text` cannot be searched: people have no flair on Lemmy" in text
    assert "  #       title (includes-word, verbatim): ['y']" in text


def test_comments_stay_at_their_rules():
    page = "# About cats\n# and dogs\ntitle: # first\n  - cat # a cat\naction: remove\n# below\n"
    text = rule_file(imported(page), "page.yaml")
    order = ["# About cats", "# and dogs", "# first", "# a cat", "# below", "- id: and-dogs"]
    places = [text.index(each) for each in order]
    assert places == sorted(places)


def test_ids_are_there_once_and_stay():
    page = "---\n".join(
        ["# Rule 1: No Ads!\ntitle: a\naction: remove\n"] * 3 + ["# ¡Ñandú & Überfälle!\ntitle: a\naction: remove\n"]
    )
    ids = [rule.id for rule in imported(page).rules]
    assert ids == ["no-ads", "no-ads-2", "no-ads-3", "nandu-uberfalle"]
    assert ids == [rule.id for rule in imported(page).rules]


def test_equal_texts_are_one_template():
    page = "title: a\ncomment: Hello there\n---\ntitle: b\ncomment: Hello there\n"
    assert list(written(imported(page))["templates"]) == ["rule-1/reply"]


PAGES = {
    "a fence around": "Some prose: with a colon\n```yaml\ntitle: a\naction: remove\n```\nmore\n",
    "separators with words": "title: a\naction: remove\n--- Rule 2\ntitle: b\naction: remove\n---#x\ntitle: c\naction: remove\n-----\n",
    "carriage returns and a mark": "\ufefftitle: a\r\naction: remove\r\n---\r\ntitle: b\r\naction: remove\r\n",
    "HTML": "title: a\nauthor: {account_age: &quot;&lt; 5 days&quot;}\naction: remove\n",
    "blanks of other kinds": "author:\n\u00a0\u00a0account_age: '> 5'\naction: remove\n",
    "indented as a whole": "    title: a\n    action: remove\n    ---\n    title: b\n    action: remove\n",
    "prose between": "Just words\n---\ntitle: a\naction: remove\n---\n- a\n- list\n---\n# only a comment\n---\n42\n",
    "prose that is no YAML": "title: how to [write\n  about: cats: and dogs\n---\ntitle: a\naction: remove\n",
    "no action": "title: a\n---\ntitle: b\naction: remove\n",
}
COUNTS = {"separators with words": 3, "carriage returns and a mark": 2, "indented as a whole": 2}


@pytest.mark.parametrize("name", PAGES)
def test_pages_are_read_whatever_they_went_through(name):
    found = imported(PAGES[name])
    assert [rule.state for rule in found.rules] == [State.ACTIVE] * COUNTS.get(name, 1)


def test_what_is_no_configuration_is_told():
    found = imported("def main():\n    return {'a': 1}\n")
    assert not found.rules
    assert "no rule of AutoModerator is in this file" in report(found, "main.py")
