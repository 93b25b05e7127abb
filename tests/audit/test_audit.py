"""A backlog through the rules: sources, bad lines, the format of verdicts, the same bytes every time."""

import gzip
import io
import json
import sys

import pytest
import zstandard

from bot.app import exits
from bot.app.cli import run

RULES = """version: 1
rules:
  - id: no-pills
    sidebar: 6
    when: {title+body (includes-word): [pills]}
    then: [remove, report]
  - id: pictures
    when: {screenshot_only: {}}
  - id: young
    when: {author: {account_age: "< 2 days"}, title: [young]}
"""
ITEMS = [
    {"id": "1", "kind": "post", "title": "Cheap pills", "url": None, "body": "", "meta": {"x": 1}},
    {"id": 2, "kind": "comment", "body": "ümlaut pills \ud800", "author": "bob@x.example"},
    {"id": "3", "kind": "post", "title": "A kernel", "url": "https://x.example/a", "body": ""},
    {
        "id": "4",
        "kind": "post",
        "title": "Look",
        "url": "https://x.example/a.png",
        "picture": {"text_screenshot": "yes"},
        "body": "",
        "alt_text": "",
    },
    {
        "id": "5",
        "kind": "post",
        "title": "young",
        "url": "",
        "body": "",
        "published": "2026-03-01T12:00:00Z",
        "author": {"name": "eve", "created": "2026-02-28T12:00:00Z"},
    },
    {"id": "6", "kind": "post", "title": "young", "url": "", "body": ""},
]
BAD = [
    "{",
    "[]",
    '{"kind": "post"}',
    '{"id": "1", "kind": "photo"}',
    '{"id": "1", "kind": "post", "title": 5.5}',
    "\ufeff",
    "[" * 50_000,
]


@pytest.fixture
def rules(tmp_path):
    path = tmp_path / "rules.yaml"
    path.write_text(RULES)
    return path


def audited(capsys, source, rules, *more):
    verdicts = rules.parent / "verdicts.jsonl"
    code = run(["audit", str(source), "--rules", str(rules), "--verdicts", str(verdicts), *more])
    return code, capsys.readouterr().out, [json.loads(line) for line in verdicts.read_bytes().splitlines()]


def lines(items):
    return "".join(json.dumps(item) + "\n" for item in items).encode()


@pytest.mark.parametrize("ending", ["jsonl", "jsonl.gz", "jsonl.zst"])
def test_verdicts_of_touched_items(tmp_path, capsys, rules, ending):
    pack = {"jsonl": bytes, "jsonl.gz": gzip.compress, "jsonl.zst": zstandard.ZstdCompressor().compress}[ending]
    source = tmp_path / f"backlog.{ending}"
    source.write_bytes(pack(lines(ITEMS)))
    code, shown, verdicts = audited(capsys, source, rules)
    assert code == exits.FINE
    assert "6 items judged" in shown
    assert [(each["id"], each["kind"]) for each in verdicts] == [
        ("1", "post"),
        ("2", "comment"),
        ("4", "post"),
        ("5", "post"),
        ("6", "post"),
    ]
    assert verdicts[0]["matches"] == [
        {
            "rule": "no-pills",
            "sidebar": 6,
            "answer": "certain",
            "actions": ["remove", "report"],
            "evidence": [
                {
                    "field": "title",
                    "start": 6,
                    "end": 11,
                    "text": "pills",
                    "signal": "title+body (includes-word)",
                    "class": "strong",
                }
            ],
        }
    ]
    doubtful = verdicts[2]["matches"][0]
    assert (doubtful["answer"], doubtful["actions"]) == ("doubtful", ["report"])
    assert verdicts[3]["matches"][0]["answer"] == "certain"
    assert verdicts[4]["matches"] == [
        {"rule": "young", "sidebar": None, "answer": "unknown", "actions": [], "evidence": []}
    ]


def test_bad_lines_are_named_and_stop_nothing(tmp_path, capsys, rules):
    source = tmp_path / "backlog.jsonl"
    source.write_bytes(lines(ITEMS[:1]) + b"\n" + "\n".join(BAD).encode() + b"\n\xff\xfe\n" + lines(ITEMS[:1]))
    code, shown, verdicts = audited(capsys, source, rules)
    assert code == exits.FINE
    assert len(verdicts) == 2
    assert "8 bad lines" in shown
    assert "line 3: " in shown
    assert "line 10: " in shown


def test_many_processes_write_what_one_writes(tmp_path, rules):
    source = tmp_path / "backlog.jsonl"
    source.write_bytes(lines({**ITEMS[number % 6], "id": number} for number in range(3_500)))
    written = []
    for name, processes in (("a", "1"), ("b", "2"), ("c", "2")):
        out = tmp_path / name
        run(["audit", str(source), "--rules", str(rules), "--verdicts", str(out), "--processes", processes])
        written.append(out.read_bytes())
    assert written[0] == written[1] == written[2]
    assert len(written[0].splitlines()) > 2_000


def test_standard_input(capsys, rules, monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(lines(ITEMS))))
    assert audited(capsys, "-", rules)[0] == exits.FINE


def test_an_overlong_line_is_one_bad_line(tmp_path, capsys, rules):
    source = tmp_path / "backlog.jsonl"
    source.write_bytes(b'{"id": "1", "title": "' + b"x" * 9_000_000 + b'"}\n' + lines(ITEMS[:1]))
    _, shown, verdicts = audited(capsys, source, rules)
    assert "1 bad lines" in shown
    assert len(verdicts) == 1


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("backlog.csv", b"", "no backlog by its name"),
        ("missing.jsonl", None, "cannot be read"),
        ("broken.jsonl.gz", gzip.compress(lines(ITEMS) * 500)[:-900], "damaged"),
        ("broken.jsonl.zst", b"nonsense", "damaged"),
    ],
)
def test_an_unreadable_source_is_told_with_a_cure(tmp_path, capsys, rules, name, content, says):
    if content is not None:
        (tmp_path / name).write_bytes(content)
    assert run(["audit", str(tmp_path / name), "--rules", str(rules)]) == exits.MISUSE
    told = capsys.readouterr().err
    assert says in told
    assert "Cure: " in told
