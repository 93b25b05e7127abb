"""Rules of the pack, cut for a community."""

import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.app.new_rules import PACK_FILE, Chosen, Pack
from bot.daemon.rules import load_tested
from bot.domain.action import Mode, Reply
from bot.rulebook.load import load_for_few
from tests.paths import CHECKOUT

RULES = CHECKOUT / "rules"
BOATS = "boats@harbour.example"


@pytest.fixture(scope="module")
def pack():
    return Pack(RULES)


@pytest.fixture(scope="module")
def ours():
    return {rule.id: rule for rule in load_for_few([RULES / PACK_FILE]).rules}


IDS = [rule.id for rule in load_for_few([RULES / PACK_FILE]).rules]


@pytest.fixture
def cut(pack, tmp_path):
    """Cut, put into a folder with exactly what it needs, and read."""

    def _cut(chosen, suffix=""):
        made = pack.cut(chosen, BOATS, suffix)
        for each in made.needs:
            (tmp_path / each).parent.mkdir(exist_ok=True)
            (tmp_path / each).write_bytes((RULES / each).read_bytes())
        (tmp_path / "rules.yaml").write_text(made.text)
        return made, load_tested([tmp_path / "rules.yaml"], load_for_few)

    return _cut


@pytest.mark.parametrize("id_", IDS)
def test_each_rule_stands_alone_with_what_it_needs(cut, ours, id_):
    made, book = cut([Chosen(ours[id_], 23, "What is written")])
    (rule,) = book.rules
    original = ours[id_]
    assert (rule.id, rule.title, rule.sidebar) == (id_, original.title, 23)
    assert rule.communities == {BOATS}
    assert (rule.kinds, rule.actions, len(rule.tests)) == (original.kinds, original.actions, len(original.tests))
    assert rule.reason.startswith("Rule 23")
    assert rule.reason.partition(": ")[2] == original.reason.partition(": ")[2]
    assert "# Rule 23: “What is written”" in made.text


@pytest.mark.parametrize("id_", IDS)
def test_a_rule_that_is_not_written_names_no_number(cut, ours, id_):
    made, book = cut([Chosen(ours[id_], None)])
    (rule,) = book.rules
    assert rule.sidebar is None
    assert "Rule" not in rule.reason.split()
    assert rule.reason[0].isupper()
    assert all("sidebar_rule" not in action.text for action in rule.actions if isinstance(action, Reply))
    assert "technology@" not in made.text


def test_all_rules_together_need_all_that_the_pack_has(cut, ours):
    made, book = cut([Chosen(rule, rule.sidebar, "x") for rule in ours.values()])
    assert [rule.id for rule in book.rules] == IDS
    assert {rule.mode for rule in book.rules} == {Mode.SHADOW}
    lists = {f"lists/{each.name}" for each in (RULES / "lists").iterdir()}
    assert {each for each in made.needs if each.startswith("lists/")} == lists
    assert [rule.reason for rule in book.rules if rule.sidebar] == [
        rule.reason for rule in ours.values() if rule.sidebar
    ]


def test_nothing_comes_along_that_is_not_needed(cut, ours):
    made, _ = cut([Chosen(ours["instance-rules"], 1)])
    assert sorted(made.needs) == ["lists/harassment.txt", "lists/news_hosts.txt", "lists/slurs.txt"]
    assert "templates:" not in made.text
    assert "checkers:" not in made.text


def test_no_rules_at_all_are_a_rule_file_too(cut):
    made, book = cut([])
    assert (book.rules, made.needs) == ((), ())


def test_ids_can_be_told_apart(cut, ours):
    _, book = cut([Chosen(ours["crypto"], 1)], "-boats")
    assert [rule.id for rule in book.rules] == ["crypto-boats"]


def test_no_written_text_breaks_out_of_its_comment(cut, ours):
    hostile = "kind\n  - id: evil\x85\u2028rules: []\x1b[2J” # {{title}}"
    made, book = cut([Chosen(ours["crypto"], 1, hostile)])
    assert [rule.id for rule in book.rules] == ["crypto"]
    assert "\x1b" not in made.text


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sets(st.sampled_from(IDS)))
def test_any_choice_declares_exactly_what_it_uses(pack, ours, ids):
    text = pack.cut([Chosen(rule, rule.sidebar) for rule in ours.values() if rule.id in ids], BOATS).text
    checkers = [(RULES / name).read_text() for name in re.findall(r"(?m)^  - (checkers/.*)$", text)]
    used = set(re.findall(r"\{list: (\w+)\}", "\n".join([text, *checkers])))
    assert set(re.findall(r"(?m)^  (\w+): \{file: ", text)) == used
    assert set(re.findall(r"(?m)^  ([\w/-]+): \|$", text)) == set(re.findall(r"- reply: (.+)", text))
