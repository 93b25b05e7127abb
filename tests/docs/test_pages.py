"""What the documentation shows works: files load, their tests pass, commands print what stands below them."""

import json
import re

import pytest
from jsonschema import Draft7Validator
from ruamel.yaml import YAML

from bot.app.cli.schema import SCHEMAS
from bot.app.config import load_config
from bot.daemon.rules import load_tested
from bot.engine.rule_tests import own_tests
from bot.engine.rule_tests import run as run_tests
from bot.engine.rule_tests_cover import gaps
from bot.rulebook.example_files import load_with_tests
from bot.rulebook.load import load_for_few
from tests.docs.pages import DOCS, PAGES, anchors, as_file, links
from tests.docs.running import PAGES_THAT_RUN, at_the_readers, commands, is_like, printed, save, shown
from tests.paths import CHECKOUT


@pytest.fixture
def folder(tmp_path):
    with at_the_readers(tmp_path / "reader") as folder:
        yield folder


@pytest.mark.parametrize("page", PAGES_THAT_RUN, ids=lambda page: page.stem)
def test_what_is_shown_works(page, folder):
    """In the order of the page: what is to be saved is saved, and what is to be run is run."""
    for block in shown(page):
        save(block, folder)
        if block.language == "console":
            for command, expected in commands(block):
                output = printed(command)
                assert is_like(output, expected), f"{block}: `{command}` printed\n{output}\nrun `make docs`"
        if block.language == "yaml" and not block.is_wrong:
            _load(block, folder)


def _load(block, folder):
    kind, text = as_file(block.text)
    ending = ".test.yaml" if kind == "tests" else ".yaml"
    path = folder / (block.title or f"rules/example{ending}")
    if not block.title:
        path.write_text(text, encoding="utf-8")
    if kind == "config":
        load_config(path)
    elif kind == "tests":
        book, tests = load_with_tests([path])
        assert all(each.passed for each in run_tests(book, tests))
    elif kind == "part":
        load_for_few([path])
    elif kind == "checker":
        _load_checker(text, path)
    else:
        load_tested([path], load_for_few)


def _load_checker(text, path):
    name = YAML(typ="safe").load(text)["checker"]
    user = path.with_name("user.yaml")
    head = f"version: 1\nlists: {{coins: [bitcoin]}}\ncheckers: [{path.name}]\n"
    user.write_text(f"{head}rules: [{{id: a, when: {{{name}: {{}}}}}}]\n", encoding="utf-8")
    load_tested([user], load_for_few)


@pytest.mark.parametrize("page", PAGES_THAT_RUN, ids=lambda page: page.stem)
def test_editors_take_what_is_shown(page):
    for block in shown(page):
        if block.language == "yaml" and not block.is_wrong:
            kind, text = as_file(block.text)
            content = json.loads(json.dumps(YAML(typ="safe").load(text), default=str))
            assert [
                each.message
                for each in Draft7Validator(SCHEMAS["rules" if kind == "part" else kind]()).iter_errors(content)
            ] == [], block


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(CHECKOUT)))
def test_links_lead_somewhere(page):
    for link in links(page):
        path, _, anchor = link.partition("#")
        if re.match(r"[a-z]+:", link):
            continue
        target = (page.parent / path).resolve() if path else page
        assert target.exists(), link
        assert not anchor or anchor in anchors(target), link


def test_every_page_is_in_the_index():
    index = {link.partition("#")[0] for link in links(DOCS / "README.md")}
    assert {page.name for page in DOCS.glob("*.md")} - {"README.md"} <= index


def test_every_recipe_has_examples_that_decide_each_of_its_conditions_both_ways(folder):
    recipes = shown(DOCS / "cookbook.md")
    assert len({block.heading for block in recipes if block.language == "yaml"}) >= 20
    for block in recipes:
        save(block, folder)
        kind, text = as_file(block.text) if block.language == "yaml" else ("", "")
        if kind != "rules":
            continue
        path = folder / "rules" / "example.yaml"
        path.write_text(text, encoding="utf-8")
        book = load_for_few([path])
        for rule in book.rules:
            expected = {test.expect for test in rule.tests}
            assert "keeps" in expected, block
            assert expected & {"breaks", "doubt"}, block
        assert [gap for gap in gaps(book, own_tests(book)) if gap.place.path == path] == [], block


def test_what_is_printed_is_compared():
    assert is_like("one\ntwo\nthree", "one\n...\nthree")
    assert is_like("one", "one")
    assert not is_like("one\ntwo", "one")
    assert not is_like("one", "two")
