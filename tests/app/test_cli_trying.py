"""The commands by which moderators try their rules: test, explain, template."""

import io
import json

import pytest

from bot.app import exits
from bot.app.cli import run
from tests.paths import CHECKOUT

PACK = str(CHECKOUT / "rules")
RULES = """version: 1
communities: [technology@lemmy.ml]
templates:
  fix: "Hello {{author}}, you wrote {{match|quote}} in {{title|plain|short}}. {{repair}}"
  spare: "Nobody uses {{title}}"
rules:
  - id: no-pills
    sidebar: 3
    title: No pills
    when: {title: [pills]}
    unless: {author: {account_age: "> 5 days"}}
    mode: report
    then: [remove, reply: fix]
    repair: Leave them out.
    tests:
      - breaks: {title: "Cheap pills from [here](https://shop.example)", author: {name: "bo_b", account_age: 2 days}}
      - keeps: {title: eggs}
"""


@pytest.fixture
def rules(tmp_path):
    path = tmp_path / "rules.yaml"
    path.write_text(RULES)
    return path


def shown(capsys, *arguments, code=exits.FINE) -> str:
    assert run([str(each) for each in arguments]) == code
    return capsys.readouterr().out


def test_the_table_counts_what_passes(rules, capsys):
    out = shown(capsys, "test", rules)
    assert "no-pills" in out
    assert out.endswith("2 of 2 tests passed\n")


def test_a_failed_test_is_explained_and_ends_with_1(rules, capsys):
    (rules.parent / "more.test.yaml").write_text(
        "version: 1\nrules: rules.yaml\nauthor: {account_age: 1 day}\ntests:\n"
        "  - {rule: no-pills, keeps: {title: blue pills}}\n  - {rule: no-pills, breaks: {title: eggs}}\n"
    )
    out = shown(capsys, "test", rules, code=exits.FINDINGS)
    assert (
        "more.test.yaml:5:22: error[E041]: a test of `no-pills` fails: it expects `keeps`, the rule says `breaks`"
        in out
    )
    assert "title: blue «pills»" in out
    assert "account_age > 5 days: is 1.0 days" in out
    row = next(line for line in out.splitlines() if "│ no-pills" in line)
    assert [cell.strip() for cell in row.strip("│").split("│")] == ["no-pills", "1/2", "1/2", "", "1", "1", ""]
    assert out.endswith("2 of 4 tests passed\n")


def test_cover_lists_conditions_with_their_lines(rules, capsys):
    out = shown(capsys, "test", rules, "--cover")
    assert f"{rules}:11:23: no-pills: `account_age` never held" in out


def test_results_for_programs(rules, capsys):
    found = json.loads(shown(capsys, "test", rules, "--json", "--cover", "--rule", "no-pills"))
    assert (found["version"], found["tests"], found["passed"]) == (1, 2, 2)
    assert found["outcomes"][0] | {"path": ""} == {
        "rule": "no-pills", "path": "", "line": 16, "expect": "breaks", "verdict": "breaks", "passed": True
    }  # fmt: skip
    assert [(gap["condition"], gap["line"], gap["never"]) for gap in found["gaps"]] == [("account_age", 11, "yes")]


def test_an_unknown_rule_is_named(rules, capsys):
    assert run(["test", str(rules), "--rule", "no-pill"]) == exits.MISUSE
    assert "there is no rule `no-pill`" in capsys.readouterr().err


def test_rules_without_both_kinds_of_tests_are_pointed_out(rules, capsys):
    rules.write_text(RULES.replace("      - keeps: {title: eggs}\n", ""))
    assert "keeps │\n" in shown(capsys, "test", rules)


TYPED = ("--title", "Cheap pills", "--author-age", "2 days")


def test_what_is_typed_in_is_judged(rules, capsys):
    out = shown(capsys, "explain", *TYPED, "--rules", rules)
    assert "title: Cheap «pills»" in out
    assert "✓ no-pills (sidebar 3, No pills): certain" in out
    assert "✗ account_age > 5 days: is 2.0 days" in out
    assert "no-pills: without “pills” in the title it would not hold" in out
    assert "no-pills: with an account older than 5 days it would not hold" in out
    assert "would report for no-pills" in out
    assert "would not remove for no-pills: the rule is in report mode" in out


def test_what_does_not_hold_shows_its_values(rules, capsys):
    out = shown(capsys, "explain", "--title", "pills", "--author-age", "12 days", "--rules", rules, "--all")
    assert "✓ account_age > 5 days: is 12.0 days" in out
    assert "with an account younger than 5 days it would be certain" in out


def test_rules_whose_tests_fail_are_explained_all_the_same(rules, capsys):
    rules.write_text(RULES.replace("- keeps: {title: eggs}", "- breaks: {title: eggs}"))
    assert "✓ no-pills" in shown(capsys, "explain", *TYPED, "--rules", rules)


def test_an_item_from_standard_input(rules, capsys, monkeypatch):
    monkeypatch.setattr("sys.stdin", io.StringIO('{"title": "pills", "author": {"created": "2026-01-01"}}'))
    out = shown(capsys, "explain", "-", "--rules", rules, "--as-of", "2026-01-03T12:00:00Z")
    assert "is 2.5 days" in out


def test_an_explanation_for_programs(rules, capsys):
    found = json.loads(shown(capsys, "explain", *TYPED, "--rules", rules, "--json"))
    assert set(found) == {"version", "item", "now", "rules", "plan", "counterfactuals", "past"}
    (rule,) = found["rules"]
    assert (rule["rule"], rule["answer"], rule["mode"]) == ("no-pills", "certain", "report")
    assert rule["when"]["evidence"] == [
        {"field": "title", "start": 6, "end": 11, "text": "pills", "signal": "title", "class": "strong"}
    ]
    unless = rule["unless"]
    assert (unless["condition"], unless["asked"], unless["actual"]) == ("account_age", "> 5 days", "2.0 days")
    assert found["plan"]["skipped"][0]["why"] == "the rule is in report mode"
    assert found["counterfactuals"][0] == {
        "rule": "no-pills", "changes": ["without “pills” in the title"], "by": "author", "becomes": "no"
    }  # fmt: skip


def keys_of(value) -> set[str]:
    """Every key in a JSON value."""
    if isinstance(value, dict):
        return set(value) | {key for inside in value.values() for key in keys_of(inside)}
    return {key for inside in value for key in keys_of(inside)} if isinstance(value, list) else set()


def test_every_key_is_documented(rules, capsys):
    documented = (CHECKOUT / "docs" / "explaining.md").read_text()
    whole = json.loads(shown(capsys, "explain", *TYPED, "--rules", rules, "--json"))
    texts = set(whole["item"])
    told = json.loads(shown(capsys, "explain", *TYPED, "--rules", rules, "--json", "--for", "author"))
    keys = (keys_of(whole) | keys_of(told)) - texts
    assert [key for key in sorted(keys) if f"`{key}`" not in documented] == []


def test_the_documented_file_of_tests_runs(rules, capsys):
    guide = (CHECKOUT / "docs" / "writing-rules.md").read_text()
    (documented,) = (block for block in guide.split("```yaml\n") if block.startswith("version: 1\nrules:"))
    rules.with_name("technology.yaml").write_text(
        "version: 1\nrules:\n  - id: no-presales\n    when: {title: [presale], ~title: [scam]}\n"
        '    unless: {author: {account_age: "> 5 days"}}\n'
    )
    tests = rules.with_name("presales.test.yaml")
    tests.write_text(documented.partition("```")[0])
    assert shown(capsys, "test", tests).endswith("2 of 2 tests passed\n")


@pytest.mark.parametrize(
    ("disclose", "told", "held"),
    [
        ("full", ["No pills", "“pills”", "without “pills” in the title", "Leave them out."], []),
        ("rule", ["No pills", "Leave them out."], ["“pills”", "without"]),
        ("nothing", ["nothing to tell"], ["No pills", "Leave them out."]),
    ],
)
def test_authors_are_told_what_the_rule_discloses(rules, capsys, disclose, told, held):
    rules.write_text(RULES.replace("reply: fix", "report").replace("mode:", f"disclose: {disclose}\n    mode:"))
    out = shown(capsys, "explain", *TYPED, "--rules", rules, "--for", "author")
    assert all(words in out for words in told)
    assert not any(words in out for words in held)
    whole = json.dumps(json.loads(shown(capsys, "explain", *TYPED, "--rules", rules, "--for", "author", "--json")))
    assert ("without" in whole) == (disclose == "full")
    assert ("No pills" in whole) == (disclose != "nothing")


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ([], "name one item"),
        (["item.json", "--title", "a"], "name one item"),
        (["post/12"], "add `--config config.yaml`"),
        (["--title", "a", "--author-age", "old"], "must be a span of time"),
        (["--title", "a", "--as-of", "soon"], "must be a time"),
        (["--title", "a", "--url", "https://a.example", "--config", "nowhere.yaml"], "nowhere.yaml"),
    ],
)
def test_misuse_of_explain(arguments, says, capsys):
    assert run(["explain", *arguments]) == exits.MISUSE
    assert says in capsys.readouterr().err


def test_templates_are_filled_in_with_a_test_of_the_rule(rules, capsys):
    out = shown(capsys, "template", "fix", "--rules", rules)
    assert "fix · rule no-pills · the test in line 16" in out
    assert "Hello bo_b, you wrote “pills” in Cheap pills from here. Leave them out." in out
    source = shown(capsys, "template", "fix", "--rules", rules, "--source")
    assert "Hello bo\\_b, you wrote “pills” in Cheap pills from here" in source


def test_templates_are_filled_in_with_an_item(rules, capsys, tmp_path):
    item = tmp_path / "item.json"
    item.write_text('{"title": "More pills", "author": {"name": "eve", "account_age": "1 day"}}')
    out = shown(capsys, "template", "fix", "--rules", rules, "--item", item)
    assert "Hello eve, you wrote “pills” in More pills" in out
    item.write_text('{"title": "eggs", "author": "eve"}')
    assert "your item, which it keeps" in shown(capsys, "template", "fix", "--rules", rules, "--item", item)


def test_every_template_is_shown_and_those_without_use_are_pointed_out(rules, capsys):
    found = json.loads(shown(capsys, "template", "--rules", rules, "--json"))["templates"]
    assert [(each["template"], each["rule"], each["line"]) for each in found] == [
        ("fix", "no-pills", 4),
        ("spare", None, 5),
    ]
    assert "@\u200b" in found[1]["text"]


ACTIONS = """version: 1
templates: {ask: "Dear {{author}}, please repair it.", note: "See {{title}}"}
rules:
  - id: held
    when: {title: [pills]}
    mode: act
    then: [hold: {for: 6h, message: ask}, remove, notify: note]
  - id: banned
    when: {title: [gore]}
    mode: act
    then: [strike: 2, ban: {days: 3}]
"""


def test_questions_to_authors_and_notes_to_moderators_are_templates_like_others(tmp_path, capsys):
    (tmp_path / "rules.yaml").write_text(ACTIONS)
    found = json.loads(shown(capsys, "template", "--rules", tmp_path / "rules.yaml", "--json"))["templates"]
    assert [(each["template"], each["rule"]) for each in found] == [("ask", "held"), ("note", "held")]
    assert "Dear author, please repair it." in found[0]["text"]


def test_explanations_say_what_would_be_done_with_its_settings(tmp_path, capsys):
    (tmp_path / "rules.yaml").write_text(ACTIONS)
    out = " ".join(shown(capsys, "explain", "--title", "Pills", "--rules", tmp_path / "rules.yaml").split())
    assert "would hold for 6 hours and ask by a message for held: Dear author, please repair it." in out
    assert "would not remove for held: the author is asked for a repair first" in out
    out = " ".join(shown(capsys, "explain", "--title", "Gore", "--rules", tmp_path / "rules.yaml").split())
    assert "would strike with 2 points for 90 days for banned" in out
    assert "would ban for 3 days for banned" in out


def test_templates_of_the_pack_are_shown(capsys):
    assert "fix-it/source · rule screenshot-only" in shown(capsys, "template", "--rules", PACK)


def test_an_unknown_template_is_named(rules, capsys):
    assert run(["template", "fixit", "--rules", str(rules)]) == exits.MISUSE
    assert "one of fix, spare" in capsys.readouterr().err
