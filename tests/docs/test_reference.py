"""The reference says everything, and every example in it is one."""

import pytest
import yaml

from bot.app.config import ACCOUNT_KEYS, CONFIG_KEYS, load_config
from bot.app.reference import NoExample, reference
from bot.checks import registry
from bot.checks.check import Subject
from bot.checks.registry import AUTHOR_CHECKS, ITEM_CHECKS, Named
from bot.daemon.rules import load_tested
from bot.domain.action import ActionKind
from bot.engine.evaluate import verdict_on
from bot.engine.rule_tests import subject_of
from bot.rulebook.conditions import MADE_OF_CONDITIONS
from bot.rulebook.example import AUTHOR_FIELDS as EXAMPLE_AUTHOR
from bot.rulebook.example import FIELDS as EXAMPLE_FIELDS
from bot.rulebook.example_files import load_with_tests
from bot.rulebook.example_tests import EXPECTATIONS, SETTINGS
from bot.rulebook.example_tests import FILE_KEYS as TEST_FILE_KEYS
from bot.rulebook.key import AUTHOR_FIELDS, MODIFIERS, SEARCH_FIELDS
from bot.rulebook.load import FILE_KEYS, load_for_few
from bot.rulebook.rules import DEFAULT_KEYS, RULE_KEYS
from bot.rulebook.template import FILTERS, PLACEHOLDERS
from tests.docs.pages import DOCS, tables
from tests.docs.running import printed

PAGE = DOCS / "reference.md"
TABLES = dict(tables(PAGE))
KNOWN = {
    "Rule files": FILE_KEYS,
    "Rules": RULE_KEYS,
    "Defaults": DEFAULT_KEYS,
    "Searches": SEARCH_FIELDS,
    "Modifiers": MODIFIERS,
    "Facts": ITEM_CHECKS,
    "The author": {**AUTHOR_FIELDS, **AUTHOR_CHECKS},
    "Conditions made of conditions": MADE_OF_CONDITIONS,
    "Actions": ActionKind,
    "Placeholders": [f"{{{{{name}}}}}" for name in PLACEHOLDERS],
    "Filters": FILTERS,
    "Tests": (*EXPECTATIONS, *SETTINGS),
    "Items in tests": EXAMPLE_FIELDS,
    "Authors in tests": EXAMPLE_AUTHOR,
    "Files of tests": TEST_FILE_KEYS,
    "Configuration": CONFIG_KEYS,
    "Accounts": ACCOUNT_KEYS,
    "Keys of `budget`": ActionKind,
}
BESIDE = {
    "checkers/crypto.yaml": "checker: crypto\nsignals:\n  - {id: coin-word, weight: 9, title: [bitcoin]}\n"
    "  - {id: price-talk, weight: 9, title: [price]}\nbands: {doubtful: 3, certain: 6}\n",
    "technology.yaml": "version: 1\nrules: [{id: no-presales, when: {title: presale}}]\n",
    "rules/technology.yaml": "version: 1\nrules: []\n",
}
FILE = """
version: 1
checkers: [checkers/crypto.yaml]
lists: {{bosses: [Jane Doe]}}
conditions: {{is-news: {{domain: [news.example]}}}}
templates: {{fix-it: "Hello", fix-it/source: "Hello {{{{author}}}}"}}
rules:
  - id: example
    when: {{{when}}}
    {rule}
"""
ITEMS = [
    "{title: The presale is live, url: 'https://example.org/a', body: promo code, author: {account_age: 2 days}}",
    "{kind: comment, body: promo code, author: {name: newsbot, instance: lemmy.example}, post: AMA}",
]


def rows(heading):
    return TABLES[heading]


def examples(*headings):
    return [pytest.param(row[2], id=f"{heading}: {row[0]}") for heading in headings for row in rows(heading)]


@pytest.fixture
def folder(tmp_path):
    for name, text in BESIDE.items():
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text)
    return tmp_path


def load(folder, text):
    path = folder / "example.yaml"
    path.write_text(text)
    return load_for_few([path])


def test_it_is_up_to_date():
    assert PAGE.read_text(encoding="utf-8") == reference(), "run `make docs`"


def test_it_can_be_printed():
    assert printed("warden schema reference") == reference().strip()


@pytest.mark.parametrize("heading", KNOWN)
def test_every_word_of_the_language_is_in_it(heading):
    assert {row[0] for row in rows(heading)} == set(KNOWN[heading])
    assert all(len(row) == 3 and all(row) for row in rows(heading))


def test_no_table_is_left_out_here():
    settings = {f"Settings of `{name}`" for name, named in ITEM_CHECKS.items() if "properties" in named.shape}
    others = {
        "Scored checkers in rules",
        "Checker files",
        "Signals",
        "Keys of a signal that was learned",
        "Model files",
        "Earlier items in tests",
    }
    assert set(TABLES) == {*KNOWN, *settings, *others, "Keys of `poll`", "Keys of `log`"}


@pytest.mark.parametrize(
    "condition",
    examples("Searches", "Modifiers", "Facts", "Conditions made of conditions")
    + [pytest.param(f"author: {{{row[2]}}}", id=f"author: {row[0]}") for row in rows("The author")]
    + [pytest.param(f"crypto: {{{row[2]}}}", id=f"crypto: {row[0]}") for row in rows("Scored checkers in rules")],
)
def test_every_condition_loads_and_can_be_asked(folder, condition):
    tests = "".join(f"\n      - keeps: {item}" for item in ITEMS)
    book = load(folder, FILE.format(when=condition, rule=f"tests:{tests}"))
    for test in book.rules[0].tests:
        subject = subject_of(book, test)
        assert isinstance(subject, Subject)
        verdict_on(book.rules[0], subject)


@pytest.mark.parametrize("name", [name for name, named in ITEM_CHECKS.items() if "properties" in named.shape])
def test_every_setting_loads(folder, name):
    """Each beside what its condition cannot be without."""
    shape = ITEM_CHECKS[name].shape
    for word, _, example in rows(f"Settings of `{name}`"):
        given = [each for each in shape["examples"] if word in each] or [shape["examples"][0]]
        rest = {key: value for key, value in given[0].items() if key != word}
        when = yaml.safe_dump({name: rest}, default_flow_style=True, width=1000).strip()[1:-1]
        when = f"{when.removesuffix('}')}{', ' if rest else ''}{example}}}"
        assert load(folder, FILE.format(when=when, rule="")).rules


@pytest.mark.parametrize("part", examples("Rules", "Actions"))
def test_every_part_of_a_rule_loads(folder, part):
    key = part.partition(":")[0]
    parts = {"id": "id: example", "when": "when: {title: [presale]}"} | {key: part}
    text = (
        FILE.format(when="title: [x]", rule="").partition("rules:")[0]
        + "rules: [{"
        + ", ".join(parts.values())
        + "}]\n"
    )
    path = folder / "example.yaml"
    path.write_text(text)
    assert load_tested([path], load_for_few).rules


@pytest.mark.parametrize("part", examples("Rule files"))
def test_every_part_of_a_rule_file_loads(folder, part):
    parts = {"version": "version: 1", "rules": "rules: []"} | {part.partition(":")[0]: part}
    load(folder, "\n".join(parts.values()))


@pytest.mark.parametrize("part", examples("Defaults"))
def test_every_default_loads(folder, part):
    load(folder, f"version: 1\ndefaults: {{{part}}}\nrules: []\n")


@pytest.mark.parametrize("name", [row[0] for row in rows("Placeholders")])
def test_every_placeholder_loads(folder, name):
    load(folder, f'version: 1\ntemplates: {{a: "See {name}."}}\nrules: []\n')


@pytest.mark.parametrize("example", examples("Filters"))
def test_every_filter_loads(folder, example):
    load(folder, f'version: 1\ntemplates: {{a: "See {example.partition(" gives ")[0]}."}}\nrules: []\n')


@pytest.mark.parametrize("part", examples("Tests", "Items in tests", "Earlier items in tests", "Authors in tests"))
def test_every_part_of_a_test_loads(folder, part):
    key = part.partition(":")[0]
    kind = "kind: comment, " if key in {"depth", "post"} else ""
    if [row for row in rows("Tests") if row[2] == part]:
        test = part if key in EXPECTATIONS else f"keeps: {{title: a}}, {part}"
    elif [row for row in rows("Authors in tests") if row[2] == part] and key != "id":
        test = f"keeps: {{author: {{{part}}}}}"
    elif key == "ago":
        test = f"keeps: {{title: a}}, history: [{{title: b, {part}}}]"
    else:
        test = f"keeps: {{{kind}{part}}}"
    assert len(load(folder, FILE.format(when="title: [x]", rule=f"tests: [{{{test}}}]")).rules[0].tests) == 1


@pytest.mark.parametrize("part", examples("Files of tests"))
def test_every_part_of_a_file_of_tests_loads(folder, part):
    parts = {"version": "version: 1", "rules": "rules: technology.yaml", "tests": "tests: []"}
    path = folder / "technology.test.yaml"
    path.write_text("\n".join((parts | {part.partition(":")[0]: part}).values()))
    load_with_tests([path])


@pytest.mark.parametrize("part", examples("Checker files", "Signals"))
def test_every_part_of_a_checker_loads(folder, part):
    key = part.partition(":")[0]
    signal = {"id": "id: coin-word", "weight": "weight: 3"}
    parts = {"checker": "checker: crypto", "bands": "bands: {doubtful: 3, certain: 6}"}
    if key in {"needs", "clears", "doubt"}:
        del signal["weight"]
    (signal if key in {row[0] for row in rows("Signals")} else parts)[key] = part
    own = f"signals: [{{{', '.join(signal.values())}, title: [x]}}, {{id: b, weight: 9, body: y}}]"
    (folder / "checkers/crypto.yaml").write_text("\n".join({"signals": own, **parts}.values()))
    load(folder, FILE.format(when="crypto: {}", rule=""))


@pytest.mark.parametrize("part", examples("Keys of a signal that was learned", "Model files"))
def test_every_part_of_what_was_learned_loads(folder, part):
    key = part.partition(":")[0]
    signal = {"id": "id: words", "model": "model: models/crypto.yaml"}
    parts = {"model": "model: crypto", "bands": "bands: {doubtful: 3, certain: 6}", "terms": "terms: {title: {x: 9}}"}
    is_of_signal = part in {row[2] for row in rows("Keys of a signal that was learned")}
    (signal if is_of_signal else parts)[key] = part
    own = f"signals: [{{id: code, weight: learned, title: [x]}}, {{{', '.join(signal.values())}}}]"
    (folder / "checkers/models").mkdir()
    (folder / "checkers/models/crypto.yaml").write_text("\n".join(parts.values()))
    (folder / "checkers/crypto.yaml").write_text(f"checker: crypto\n{own}")
    load(folder, FILE.format(when="crypto: {}", rule=""))


@pytest.mark.parametrize(
    ("around", "part"),
    [
        (around, row[2])
        for heading, around in (
            ("Configuration", "{}"),
            ("Keys of `poll`", "poll: {{{}}}"),
            ("Keys of `budget`", "budget: {{{}}}"),
            ("Keys of `log`", "log: {{{}}}"),
            ("Accounts", "account"),
        )
        for row in rows(heading)
    ],
)
def test_every_part_of_a_configuration_loads(folder, around, part):
    account = {row[0]: row[2] for row in rows("Accounts") if row[0] != "totp"}
    if around == "account":
        account[part.partition(":")[0]] = part
        part, around = "", "{}"
    accounts = "" if part.startswith("accounts") else f"accounts: [{{{', '.join(account.values())}}}]\n"
    path = folder / "config.yaml"
    path.write_text(accounts + around.format(part) + "\n")
    assert load_config(path).accounts


def test_what_has_no_example_is_told(monkeypatch):
    monkeypatch.setitem(registry.ITEM_CHECKS, "is_odd", Named(lambda key, setting: None, "whether it is odd", {}))
    with pytest.raises(NoExample, match="is_odd"):
        reference()
