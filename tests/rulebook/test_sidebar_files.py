"""Where the sidebars that rules were written for lie."""

import pytest

from bot.rulebook.sidebar_files import LARGEST, kept_sidebar, sidebar_file

BOATS = "boats@lemmy.test"


@pytest.fixture
def rules(tmp_path):
    for folder in ("one", "two"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "rules.yaml").write_text("version: 1\nrules: []\n")
    return [tmp_path / "one", tmp_path / "two" / "rules.yaml"]


def keep(path, content):
    path.parent.mkdir()
    path.write_bytes(content)


def test_none_is_kept(rules, tmp_path):
    assert kept_sidebar(rules, BOATS) is None
    assert sidebar_file(rules, BOATS) == tmp_path / "one" / "sidebar" / "boats@lemmy.test.md"


def test_it_lies_beside_any_of_the_rule_files(rules, tmp_path):
    path = tmp_path / "two" / "sidebar" / "boats@lemmy.test.md"
    keep(path, b"1. Be kind")
    assert (kept_sidebar(rules, BOATS), sidebar_file(rules, BOATS)) == ("1. Be kind", path)


def test_any_bytes_are_read_and_not_too_many(rules, tmp_path):
    keep(tmp_path / "one" / "sidebar" / "boats@lemmy.test.md", b"\xff" * (LARGEST + 5))
    assert kept_sidebar(rules, BOATS) == "\ufffd" * LARGEST


def test_a_folder_in_its_place_is_none(rules, tmp_path):
    (tmp_path / "one" / "sidebar" / "boats@lemmy.test.md").mkdir(parents=True)
    assert kept_sidebar(rules, BOATS) is None
