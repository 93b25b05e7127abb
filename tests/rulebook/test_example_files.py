"""Files of tests beside rules."""

import pytest

from bot.rulebook.example_files import load_with_tests
from bot.rulebook.load import BrokenRules, load

RULES = "version: 1\nrules:\n  - id: no-pills\n    when: {title: [pills]}\n"
TESTS = "version: 1\nrules: rules.yaml\ntests:\n  - {rule: no-pills, breaks: {title: pills}}\n"


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "rules.yaml").write_text(RULES)
    (tmp_path / "rules.test.yaml").write_text(TESTS)
    return tmp_path


@pytest.mark.parametrize("named", ["", "rules.yaml", "rules.test.yaml"])
def test_a_file_of_tests_is_found_by_its_folder_its_rules_or_its_name(folder, named):
    book, tests = load_with_tests([folder / named])
    assert [rule.id for rule in book.rules] == ["no-pills"]
    assert [(rule.id, test.expect, test.place.line) for rule, test in tests] == [("no-pills", "breaks", 4)]


def test_named_twice_it_is_run_once(folder):
    _, tests = load_with_tests([folder, folder / "rules.yaml", folder / "rules.test.yaml"])
    assert len(tests) == 1


def test_a_file_of_tests_is_no_rule_file(folder):
    assert len(load([folder]).rules) == 1


def test_tests_of_other_rules_are_left_alone(folder):
    (folder / "other.yaml").write_text(RULES.replace("no-pills", "no-eggs"))
    _, tests = load_with_tests([folder / "other.yaml"])
    assert tests == ()


def test_a_test_may_say_more_than_its_file(folder):
    head = "now: 2026-02-01\nauthor: {name: bob, account_age: 2 days}\ncommunity: a@x.example\nhistory: [{title: before}]\n"
    more = "  - {rule: no-pills, keeps: {title: a, author: {name: eve}}, now: 2026-03-01T12:00:00Z, community: b@x.example}\n"
    (folder / "rules.test.yaml").write_text(TESTS.replace("tests:", head + "tests:") + more)
    _, ((_, first), (_, second)) = load_with_tests([folder])
    assert (first.now.month, second.now.month) == (2, 3)
    assert (first.item.author.name, second.item.author.name) == ("bob", "eve")
    assert (first.now - first.item.author.created).days == (second.now - second.item.author.created).days == 2
    assert (first.item.community.name, second.item.community.name) == ("a", "b")
    assert [each.title for each in second.history] == ["before"]
    assert second.history[0].published < second.item.published


@pytest.mark.parametrize(
    ("content", "line", "says"),
    [
        ("", 0, "an empty file"),
        ("[]", 1, "a file of tests must be a group of keys"),
        ("rules: rules.yaml\ntests: []\n", 1, "a file of tests needs `version`"),
        ("version: 1\ntests: []\n", 1, "a file of tests needs `rules`"),
        ("version: 1\nrules: rules.yaml\n", 1, "a file of tests needs `tests`"),
        ("version: 1\nrules: nowhere.yaml\ntests: []\n", 2, "there is no rule file"),
        ("version: 1\nrules: rules.yaml\nclock: 5\ntests: []\n", 3, "unknown key `clock`"),
        ("version: 1\nrules: rules.yaml\nnow: soon\ntests: []\n", 3, "must be a time"),
        (TESTS.replace("rule: no-pills, ", ""), 4, "needs `rule`"),
        (TESTS.replace("no-pills", "no-pill"), 4, "has no rule `no-pill`"),
        (TESTS.replace("breaks", "shatters"), 4, "a test is one of"),
        (TESTS.replace("title: pills", "titel: pills"), 4, "is no field of an item"),
        (TESTS + "  - {rule: [], keeps: {title: a}}\n", 5, "`rule` must be a text"),
    ],
)
def test_mistakes_are_shown_at_their_line(folder, content, line, says):
    (folder / "rules.test.yaml").write_text(content)
    with pytest.raises(BrokenRules) as broken:
        load_with_tests([folder])
    (found,) = broken.value.diagnostics
    assert (found.place.path, found.place.line) == (folder / "rules.test.yaml", line)
    assert says in found.message
    assert found.help


def test_mistakes_in_rules_and_in_tests_are_shown_in_one_run(folder):
    (folder / "rules.yaml").write_text(RULES.replace("title", "titel"))
    (folder / "rules.test.yaml").write_text(TESTS.replace("breaks", "shatters"))
    with pytest.raises(BrokenRules) as broken:
        load_with_tests([folder])
    assert [each.place.path.name for each in broken.value.diagnostics] == ["rules.test.yaml", "rules.yaml"]
