"""Curing rule files: only what needs no human, and nothing around it."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.app import exits
from bot.app.checking import check, cure
from bot.app.cli import run
from bot.rulebook.load import load_for_few

BEFORE = """\
# Our rules.
version: 1
lists:
  names:   # kept short
    - gadget
    - 'gizmo'   # the second
    - gadget
rules:
  - id: gadgets
    sidebar: 1
    when:
      any:
        - title: {list: names}
        - title: [010, widget,  Widget , no]   # words
        - title (regex): ['gadgets?\\/tools?', "x\\\\/y"]
        - domain: [www.example.org, 'https://www.example.net/', example.org]
    tests:
      - breaks: {title: A gadget}
      - keeps: {title: A cat}
"""
AFTER = """\
# Our rules.
version: 1
lists:
  names:   # kept short
    - gadget
    - 'gizmo'   # the second
rules:
  - id: gadgets
    sidebar: 1
    when:
      any:
        - title: {list: names}
        - title: ['010', widget , 'no']   # words
        - title (regex): ['gadgets?/tools?', "x\\\\/y"]
        - domain: [example.org, 'example.net']
    tests:
      - breaks: {title: A gadget}
      - keeps: {title: A cat}
"""


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "rules.yaml"
    path.write_text(BEFORE, encoding="utf-8")
    return path


def test_what_needs_no_human_is_cured(path):
    found = cure([path])
    assert found.files[path][1].decode() == AFTER
    assert path.read_text() == BEFORE
    assert not [each for each in found.left.findings if each.fix]


def test_fix_writes_and_shows_what_is_left(path, capsys):
    assert run(["check", str(path), "--fix"]) == exits.FINE
    assert path.read_text() == AFTER
    shown = capsys.readouterr()
    assert "edits in 1 files" in shown.err
    assert "W014" in shown.out
    assert run(["check", str(path), "--fix", "--strict"]) == exits.FINDINGS
    assert path.read_text() == AFTER


def test_diff_writes_nothing(path, capsys):
    assert run(["check", str(path), "--fix", "--diff"]) == exits.FINDINGS
    shown = capsys.readouterr().out
    assert "-    - gadget\n" in shown
    assert "+        - domain: [example.org, 'example.net']\n" in shown
    assert path.read_text() == BEFORE
    path.write_text(AFTER)
    assert run(["check", str(path), "--fix", "--diff"]) == exits.FINE
    assert capsys.readouterr().out == ""


def test_a_file_that_cannot_be_written_is_told(path, capsys, monkeypatch):
    def refuse(self, data):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "write_bytes", refuse)
    assert run(["check", str(path), "--fix"]) == exits.MISUSE
    assert "rules.yaml" in (shown := capsys.readouterr().err)
    assert "Cure: check its permissions" in shown


def test_diff_alone_makes_no_sense(path, capsys):
    assert run(["check", str(path), "--diff"]) == exits.MISUSE
    assert "--fix" in capsys.readouterr().err


@pytest.mark.parametrize("start", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("end", [b"\n", b"\r\n"])
def test_the_bytes_around_stay(start, end, path):
    path.write_bytes(start + BEFORE.encode().replace(b"\n", end))
    assert cure([path]).files[path][1] == start + AFTER.encode().replace(b"\n", end)


def test_a_list_file_is_cured_too(tmp_path):
    words = tmp_path / "words.txt"
    words.write_text("# Words.\ngadget\ngizmo\ngadget\n# The end.\n")
    (tmp_path / "rules.yaml").write_text(
        "version: 1\nlists: {words: {file: words.txt}}\nrules: [{id: a, when: {title: {list: words}}}]\n"
    )
    assert cure([tmp_path]).files[words][1] == b"# Words.\ngadget\ngizmo\n# The end.\n"


def test_a_test_of_the_rule_keeps_a_condition_narrow(tmp_path):
    path = tmp_path / "rules.yaml"
    path.write_text(
        "version: 1\nrules:\n  - id: a\n    when: {domain: [www.example.org, example.net, example.net]}\n"
        "    tests: [{keeps: {url: 'https://blog.example.org/'}}]\n"
    )
    after = cure([path]).files[path][1].decode()
    assert "[www.example.org, example.net]" in after


def test_an_address_that_says_more_than_its_host_is_left_to_a_human(tmp_path):
    path = tmp_path / "rules.yaml"
    path.write_text("version: 1\nrules: [{id: a, when: {domain: ['https://example.org/shop']}}]\n")
    assert cure([path]).files == {}


VALUES = st.lists(
    st.sampled_from(["gadget", "Gadget", "no", "On", "010", "'no'", '"gizmo"', "12:30", "true", "a b", "it's"]),
    min_size=1,
    max_size=6,
)
EXPRESSIONS = st.lists(
    st.sampled_from([r"'a\/b+'", r"a\:b+", "'x+'", r'"x\\/+"', r"a\!\d", "'x+'"]), min_size=1, max_size=4
)
HOSTS = st.lists(
    st.sampled_from(["example.org", "Example.org", "'example.org'", "a.example.net"]), min_size=1, max_size=4
)


def block(values, comments):
    return "".join(f"\n        - {value}{comment}" for value, comment in zip(values, comments, strict=False))


@settings(max_examples=60, deadline=None)
@given(
    values=VALUES,
    expressions=EXPRESSIONS,
    hosts=HOSTS,
    comments=st.lists(st.sampled_from(["", "", "  # why"]), min_size=6, max_size=6),
    in_lines=st.booleans(),
)
def test_a_cure_changes_no_meaning_and_is_made_once(values, expressions, hosts, comments, in_lines, tmp_path_factory):
    path = Path(tmp_path_factory.mktemp("cured")) / "rules.yaml"
    written = [block(some, comments) if in_lines else f" [{', '.join(some)}]" for some in (values, expressions, hosts)]
    path.write_text(
        f"version: 1  # one\nrules:\n  - id: a\n    when:  # any\n      title:{written[0]}\n"
        f"      title (regex):{written[1]}\n      domain:{written[2]}\n"
    )
    before, found = check([path]), cure([path])
    rule = load_for_few([path]).rules[0]
    for changed, (_, after) in found.files.items():
        assert after.count(b"#") == changed.read_bytes().count(b"#")
        changed.write_bytes(after)
    assert cure([path]).files == {}
    assert len(found.left.findings) <= len(before.findings)
    cured = load_for_few([path]).rules[0]
    assert _searches(cured) == _searches(rule)


def _searches(rule):
    """What is looked for: a value that another finds anyway counts once, a needless backslash not at all."""
    return [
        {
            (each.value.replace("\\/", "/").replace("\\:", ":").replace("\\!", "!").casefold(), each.regex)
            for each in check_.patterns()
        }
        or check_.domains
        for check_ in rule.when.parts()
    ]
