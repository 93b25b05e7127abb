"""Comments that switch warnings off."""

import pytest

from bot.app.checking import check

HEAD = "version: 1\nrules:\n"
RULE = """\
  - id: gadgets
    sidebar: 1
    when: {title: [gadget]}
    then: [remove]
    tests: [{breaks: {title: A gadget}}, {keeps: {title: A cat}}]
"""


def codes(folder, text):
    path = folder / "rules.yaml"
    path.write_text(text, encoding="utf-8")
    return [(each.code.value, each.place.line) for each in check([path]).findings]


def with_comment(comment, before="    then: [remove]"):
    return HEAD + RULE.replace(before, f"{before}  {comment}")


@pytest.mark.parametrize(
    "comment",
    [
        "# warden: allow W005 because moderators look at each one",
        "#warden:allow W005 because moderators look at each one",
        "# Warden: ALLOW w005 BECAUSE moderators look at each one",
        "# a note # warden: allow W005 because moderators look at each one",
    ],
)
def test_a_comment_on_the_line_switches_a_warning_off(comment, tmp_path):
    assert codes(tmp_path, with_comment(comment)) == []


@pytest.mark.parametrize(
    "above",
    [
        "    # warden: allow W005 because moderators look at each one\n",
        "# warden: allow W005 because moderators look at each one\n    # and this is a note\n\n",
    ],
)
def test_a_comment_above_the_line_does_too(above, tmp_path):
    assert codes(tmp_path, HEAD + RULE.replace("    then:", f"{above}    then:")) == []


def test_one_comment_allows_several(tmp_path):
    rule = RULE.replace(
        "{title: [gadget]}",
        "\n      title: [gadget, zx, yes]  # warden: allow W030, W036 because it is a machine's name",
    )
    assert codes(tmp_path, HEAD + rule.replace("remove", "report")) == []


@pytest.mark.parametrize(
    "comment",
    [
        "# warden: allow W005",
        "# warden: allow W005 because",
        "# warden: allow",
        "# warden: ignore W005 because I say so",
    ],
)
def test_without_a_reason_it_is_a_finding_itself(comment, tmp_path):
    assert codes(tmp_path, with_comment(comment)) == [("W005", 6), ("W040", 6)]


@pytest.mark.parametrize("code", ["E010", "W999", "W040", "W041", "X1"])
def test_what_is_no_warning_cannot_be_allowed(code, tmp_path):
    found = codes(tmp_path, with_comment(f"# warden: allow {code} because I say so"))
    assert found == [("W005", 6), ("W040", 6)]


def test_what_allows_nothing_is_a_finding(tmp_path):
    assert codes(tmp_path, with_comment("# warden: allow W030 because it is short")) == [("W005", 6), ("W041", 6)]
    assert codes(tmp_path, HEAD + RULE.replace("remove", "report  # warden: allow W005 because it removed once"))


def test_a_comment_in_a_list_file(tmp_path):
    (tmp_path / "words.txt").write_text("gadget\n# warden: allow W030 because it is a machine's name\nzx\nqq\n")
    rule = RULE.replace("[gadget]", "{list: words}").replace("remove", "report")
    found = codes(tmp_path, f"version: 1\nlists: {{words: {{file: words.txt}}}}\nrules:\n{rule}")
    assert found == [("W030", 4)]


@pytest.mark.parametrize(
    "text",
    [
        "title: 'No # warden: allow W005 because'",
        'title: "No\n      # warden: allow W005 because it is a text\n      more"',
        "title: |\n      No\n      # warden: allow W005 because it is a text\n",
    ],
)
def test_what_stands_in_a_text_is_no_comment(text, tmp_path):
    found = codes(tmp_path, HEAD + RULE.replace("    sidebar: 1", f"    sidebar: 1\n    {text}"))
    assert [code for code, _ in found] == ["W005"]


def test_a_comment_behind_the_sign_of_a_text_is_one(tmp_path):
    text = "title: |  # warden: allow W030 because of nothing\n      No\n"
    found = codes(tmp_path, HEAD + RULE.replace("    sidebar: 1", f"    sidebar: 1\n    {text}"))
    assert [code for code, _ in found] == ["W041", "W005"]


def test_a_comment_in_a_checker_file(tmp_path):
    (tmp_path / "gadgets.yaml").write_text(
        "checker: gadgets\nsignals:\n  - id: named\n    weight: 2\n"
        "    title: [zx]  # warden: allow W030 because it is a machine's name\nbands: {doubtful: 1, certain: 2}\n"
    )
    rule = RULE.replace("{title: [gadget]}", "{gadgets: {}}").replace("remove", "report").replace("A gadget", "A zx")
    assert codes(tmp_path, f"version: 1\ncheckers: [gadgets.yaml]\nrules:\n{rule}") == []
