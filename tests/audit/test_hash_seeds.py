"""The same bytes whatever seed Python hashes by: nothing that is shown follows the order of a set."""

import json
import os
import subprocess
import sys

import pytest

RULES = """version: 1
checkers: [words.yaml]
rules:
  - id: named
    when: {words: {}}
  - id: unquoted
    when: {body (includes-word): [oak, elm, ash, yew, fir]}
"""
CHECKER = """checker: words
about: many words
signals:
  - {id: listed, weight: 1, title (includes-word): [oak, elm, ash, yew, fir]}
  - {id: learned-words, model: model.yaml, names: [ada, bob, eve, mallory]}
bands: {doubtful: 1, certain: 900}
"""
WORDS = ("fir", "yew", "oak", "elm", "ash", "pine", "beech", "alder", "rowan", "hazel", "larch", "maple")
MODEL = "model: words\nbands: {doubtful: 1, certain: 900}\nbase: 1\nsignals: {}\nterms:\n  title:\n"
SEEDS = ("1", "2", "3")


@pytest.fixture
def folder(tmp_path):
    terms = "".join(f"    {word}: 2\n    {word} {WORDS[0]}: 1\n" for word in WORDS)
    item = {"id": 1, "kind": "post", "title": " fir ".join(WORDS), "url": "", "body": " ".join(WORDS)}
    for name, content in (
        ("rules.yaml", RULES),
        ("words.yaml", CHECKER),
        ("model.yaml", MODEL + terms),
        ("backlog.jsonl", json.dumps(item)),
    ):
        (tmp_path / name).write_text(content)
    return tmp_path


def test_an_audit_does_not_depend_on_the_seed(folder):
    found = [_verdicts(folder, seed) for seed in SEEDS]
    assert found[0] == found[1] == found[2]
    evidence = json.loads(found[0])["matches"][0]["evidence"]
    learned = [(fact["start"], fact["end"]) for fact in evidence if fact["signal"].startswith("learned-words")]
    assert len(learned) > len(WORDS)
    assert learned == sorted(learned)


def _verdicts(folder, seed):
    verdicts = folder / f"{seed}.jsonl"
    command = [sys.executable, "-m", "bot", "audit", "backlog.jsonl", "--rules", "rules.yaml", "--verdicts", verdicts]
    environment = os.environ | {"PYTHONHASHSEED": seed}
    subprocess.run(command, cwd=folder, env=environment, capture_output=True, timeout=60, check=True)
    return verdicts.read_bytes()
