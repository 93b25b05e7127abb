"""Each warning finds what it is about, and leaves alone what only looks like it."""

from pathlib import Path

import pytest
import yaml

from bot.app.checking import check
from bot.rulebook.codes import Code
from bot.rulebook.lints import LINTS
from tests.paths import CHECKOUT

CASES = yaml.safe_load((CHECKOUT / "tests" / "data" / "lints.yaml").read_text(encoding="utf-8"))


def cases(kind):
    return [(code, rule) for code, both in CASES.items() for rule in both[kind]]


def codes(folder, rules, head=""):
    path = folder / "rules.yaml"
    written = "".join(
        f"  - id: rule-{number}\n" + "".join(f"    {line}\n" for line in rule.splitlines())
        for number, rule in enumerate(rules)
    )
    path.write_text(f"version: 1\n{head}\nrules:\n{written}", encoding="utf-8")
    found = check([path]).findings
    assert not [each.render() for each in found if not each.code.is_warning]
    return [each.code.value for each in found]


@pytest.mark.parametrize(("code", "rule"), cases("finds"))
def test_a_warning_finds_what_it_is_about(code, rule, tmp_path):
    assert code in codes(tmp_path, [rule])


@pytest.mark.parametrize(("code", "rule"), cases("leaves"))
def test_a_warning_leaves_alone_what_is_well(code, rule, tmp_path):
    assert code not in codes(tmp_path, [rule])


def test_lints_are_in_one_list():
    assert len(LINTS) == len(set(LINTS))
    assert {code.value for code in Code if code.is_warning} >= set(CASES)


WIDE, NARROW = "when: {title: [gadget, gizmo]}", "when: {title: [gizmo]}"


@pytest.mark.parametrize(
    ("rules", "swallowed"),
    [
        ([WIDE, NARROW], True),
        ([NARROW, WIDE], True),
        ([NARROW + "\nstop: true", WIDE], False),
        ([WIDE + "\nstop: true", NARROW + "\nthen: [remove]\nsidebar: 7"], True),
        ([WIDE, NARROW + "\nthen: [remove]"], False),
        ([WIDE, NARROW + "\nsidebar: 7"], False),
        ([WIDE + "\nthen: [report, lock]", NARROW], True),
        ([WIDE + "\nthen: {reply: Not this.}", NARROW + "\nthen: {reply: Nor this.}"], False),
        ([WIDE, NARROW + "\nmode: act"], False),
        ([WIDE, NARROW + "\nexempt: []"], False),
        ([WIDE + "\nact_on: 10%", NARROW], False),
        ([WIDE + "\nunless: {domain: [example.org]}", NARROW], False),
        ([WIDE + "\nunless: {domain: [shop.example.org]}", NARROW + "\nunless: {domain: [example.org]}"], True),
        (["on: posts\n" + WIDE, NARROW], False),
        ([WIDE, "on: posts\n" + NARROW], True),
        (["when: {title (includes): [giz]}", NARROW], True),
        (["when: {title: [giz]}", NARROW], False),
        (["when: {title+body: [gizmo]}", NARROW], True),
        ([WIDE, "when: {title+body: [gizmo]}"], False),
        (["when: {title (regex): ['gizmos?']}", NARROW], False),
        (["when: {domain: [example.org]}", "when: {domain: [shop.example.org], title: [gizmo]}"], True),
        (["when: {domain: [shop.example.org]}", "when: {domain: [shop.example.net]}"], False),
        (['when: {title: [gizmo], age: "< 2 days"}', 'when: {title: [gizmo], age: "< 1 day"}'], True),
        (['when: {title: [gizmo], age: "< 1 day"}', 'when: {title: [gizmo], age: "> 2 days"}'], False),
        (["when:\n  - title: [gizmo]\n  - body: [gizmo]", NARROW], True),
        ([NARROW, "when:\n  - title: [gizmo]\n  - body: [gizmo]"], True),
        (["when: {is_edited: true}", "when: {is_edited: true, title: [gizmo]}"], True),
        (["when: {is_edited: true}", "when: {is_edited: false, title: [gizmo]}"], False),
        (["when: {language: [de]}\nstop: true", "when: {language: [de], title: [gizmo]}\nthen: [lock]"], False),
    ],
)  # fmt: skip
def test_a_rule_that_another_leaves_nothing_to_do(rules, swallowed, tmp_path):
    assert ("W002" in codes(tmp_path, rules)) is swallowed


def test_two_equal_rules_are_told_once(tmp_path):
    assert codes(tmp_path, [NARROW, NARROW]).count("W002") == 1


def test_nothing_follows_from_a_rule_that_can_do_nothing(tmp_path):
    assert codes(tmp_path, ["sidebar: 1\nwhen: {title: [gadget], ~title: [gadget]}"]) == ["W001"]


@pytest.mark.parametrize(
    ("head", "rule", "expected"),
    [
        ("lists: {coins: [bitcoin]}", "when: {title: {list: coins}}", []),
        ("lists: {coins: [bitcoin]}", "when: {title: [coins]}", ["W015"]),
        ("lists: {coins: [bitcoin], names: [bob]}", "when: {title: {list: [coins, names]}}", []),
        ("lists: {coins: [bitcoin]}\nconditions: {c: {title: {list: coins}}}", "when: {condition: c}", []),
        ("conditions: {c: {title: [gadget]}, d: {condition: c}}", "when: {condition: [d]}", []),
        ("templates: {fix-it: Hello.}", "when: {title: [gadget]}\nthen: [{reply: fix-it}]", []),
        ("templates: {fix-it: Hello.}", "when: {title: [gadget]}\nthen: {message: fix-it}", []),
        ("templates: {fix-it: Hello.}", "when: {title: [gadget]}\ntitle: fix-its", ["W015"]),
        ("templates: {fix-it: Hello.}\nlists: {coins: [fix-it]}", "when: {title: {list: coins}}", ["W015"]),
        ("lists: {coins: [bitcoin, ether, bitcoin]}", "when: {title: {list: coins}}", ["W035"]),
    ],
)
def test_what_is_defined_and_never_used(head, rule, expected, tmp_path):
    found = codes(tmp_path, [rule], head)
    assert [code for code in found if code in {"W015", "W035"}] == expected


def test_a_sidebar_that_is_not_there_is_no_reason_to_warn(tmp_path):
    head = 'communities: ["technology@lemmy.example"]'
    assert "W011" not in codes(tmp_path, ["sidebar: 99\nwhen: {title: [gadget]}"], head)


@pytest.mark.parametrize("text", ["", "No rules, be nice.", "\x00\xff", "# Rules\n"])
def test_a_sidebar_without_rules_is_no_reason_either(text, tmp_path):
    (tmp_path / "sidebar").mkdir()
    (tmp_path / "sidebar" / "technology@lemmy.example.md").write_bytes(text.encode("latin-1"))
    found = codes(tmp_path, ["sidebar: 99\nwhen: {title: [gadget]}"], 'communities: ["technology@lemmy.example"]')
    assert not {"W011", "W012"} & set(found)


def test_a_written_rule_may_be_enforced_in_another_file(tmp_path):
    (tmp_path / "sidebar").mkdir()
    (tmp_path / "sidebar" / "technology@lemmy.example.md").write_text("# Rules\n\n1. No ads.\n2. Be kind.\n")
    for number, name in enumerate(("one", "two"), start=1):
        (tmp_path / f"{name}.yaml").write_text(
            f'version: 1\ncommunities: ["!Technology@lemmy.example"]\n'
            f"rules: [{{id: {name}, sidebar: {number}, when: {{title: [gadget{number}]}}}}]\n"
        )
    both = [each.code.value for each in check([tmp_path]).findings]
    assert not {"W011", "W012"} & set(both)
    assert "W011" in [each.code.value for each in check([tmp_path / "one.yaml"]).findings]


def test_the_rules_that_come_with_warden_have_nothing_to_say_about():
    assert check([CHECKOUT / "rules"]).findings == ()


def test_tests_in_a_file_of_tests_count(tmp_path):
    rule = "sidebar: 1\nwhen: {title: [gadget]}"
    assert codes(tmp_path, [rule]) == ["W013"]
    Path(tmp_path / "some.test.yaml").write_text(
        "version: 1\nrules: rules.yaml\ntests:\n"
        "  - {rule: rule-0, breaks: {title: A gadget}}\n  - {rule: rule-0, keeps: {title: A cat}}\n"
    )
    assert codes(tmp_path, [rule]) == []
