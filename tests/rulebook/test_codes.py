"""What stands about each code in the documentation, and the examples there."""

import pytest

from bot.app.checking import check
from bot.app.cli.check_page import page
from bot.app.config import BadConfig, load_config
from bot.rulebook.codes import MEANINGS, Code
from bot.rulebook.rules import RULE_KEYS
from tests.paths import CHECKOUT

WITHOUT_EXAMPLE = {Code.NOT_TEXT, Code.TOO_LARGE}
"""No text shows them: they are about the bytes of a file."""
OF_THE_CONFIGURATION = {Code.CREDENTIAL, Code.ADDRESS}
BASE = {
    "id": "id: gadgets",
    "sidebar": "sidebar: 1",
    "on": "on: posts",
    "when": "when: {title: [gadget]}",
    "tests": "tests: [{breaks: {title: A gadget}}, {keeps: {title: A cat}}]",
}
"""A rule about which there is nothing to say."""
SIDEBARS = {"technology@lemmy.example": "1. No gadgets.\n2. Be kind.\n", "gadgets@lemmy.example": "1. No gadgets.\n"}


def keys(text):
    return [line.partition(":")[0] for line in text.splitlines() if line[:1].isalpha()]


def whole(example):
    """The rule file around an example; what the example does not say is all right."""
    if set(keys(example)) <= set(RULE_KEYS) | {"whenn"}:
        body = [line for key, line in BASE.items() if key not in keys(example)] + example.splitlines()
        return "version: 1\nrules:\n  - " + "\n    ".join(body) + "\n"
    version = "" if "version" in keys(example) else "version: 1\n"
    rules = "" if "rules" in example else "\nrules:\n  - " + "\n    ".join(BASE.values())
    return version + example + rules + "\n"


def assert_says_what_where_and_the_cure(found):
    for each in found:
        assert each.message
        assert each.help
        assert each.place.path.is_file()
        assert each.place.line
        assert each.headline().startswith(f"{each.place.path}:{each.place.line}:{each.place.column}: {each.code} ")


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "sidebar").mkdir()
    for name, rules in SIDEBARS.items():
        (tmp_path / "sidebar" / f"{name}.md").write_text(f"# Rules\n\n{rules}")
    return tmp_path


@pytest.mark.parametrize("code", [code for code in Code if code not in WITHOUT_EXAMPLE | OF_THE_CONFIGURATION])
def test_an_example_gives_its_code_and_no_other(code, folder):
    example = MEANINGS[code].example
    path = folder / "rules.yaml"
    if example.startswith("checker:"):
        (folder / "gadgets.yaml").write_text(example)
        example = "checkers: [gadgets.yaml]"
    path.write_text(whole(example), encoding="utf-8")
    found = check([path]).findings
    assert {each.code for each in found} == {code}, [each.render() for each in found]
    assert_says_what_where_and_the_cure(found)


@pytest.mark.parametrize("code", OF_THE_CONFIGURATION)
def test_an_example_of_the_configuration_gives_its_code(code, tmp_path, monkeypatch):
    lines = {
        "instance": "instance: https://lemmy.example",
        "username": "username: warden",
        "password": "password: {env: WARDEN_TEST_PASSWORD}",
        "communities": "communities: [technology@lemmy.example]",
        "rules": f"rules: [{CHECKOUT / 'rules'}]",
        **dict.fromkeys(keys(MEANINGS[code].example), MEANINGS[code].example),
    }
    path = tmp_path / "config.yaml"
    path.write_text("accounts:\n  - " + "\n    ".join(lines.values()) + "\n")
    monkeypatch.setenv("WARDEN_TEST_PASSWORD", "secret")
    with pytest.raises(BadConfig) as bad:
        load_config(path)
    assert {each.code for each in bad.value.diagnostics} == {code}
    assert_says_what_where_and_the_cure(bad.value.diagnostics)


def test_what_has_no_example():
    assert {code for code in Code if not MEANINGS[code].example} == WITHOUT_EXAMPLE


def test_a_rule_without_a_flaw_gives_nothing(folder):
    path = folder / "rules.yaml"
    path.write_text(whole("title: No gadgets"))
    assert check([path]).findings == ()


@pytest.mark.parametrize("code", Code)
def test_every_code_is_explained(code):
    meaning = MEANINGS[code]
    assert meaning.title
    assert meaning.about.endswith(".")
    assert code.severity == ("error" if code.startswith("E") else "warning")


def test_the_page_is_up_to_date():
    """`make schemas` writes it."""
    assert (CHECKOUT / "docs" / "checks.md").read_text(encoding="utf-8") == page()
