"""Tests of rules with a world around their items."""

import pytest

from bot.engine.rule_tests import own_tests, run
from bot.rulebook.load import BrokenRules, load

RULES = """version: 1
rules:
  - id: wave
    when: {seen: {same: link, within: 1 day, times: ">= 2", by: the author}}
    tests:
      - breaks: {url: "https://a.example/x"}
        author: eve
        history:
          - {url: "https://a.example/x?utm_source=y", ago: 3 hours}
          - {url: "https://www.a.example/x", ago: 20 hours}
      - keeps: {url: "https://a.example/x"}
        author: eve
        history:
          - {url: "https://a.example/x", author: dan}
          - {url: "https://a.example/x", ago: 26 hours}
          - {url: "https://a.example/x"}
      - keeps: {url: "https://a.example/x"}
        author: eve
  - id: newcomer
    when: {author: {first_here: true}}
    tests:
      - breaks: {title: hello, author: {name: eve, account_age: 2 days}, community: technology@lemmy.test}
      - keeps: {title: hello, author: {name: eve, account_age: 2 days}}
        community: technology@lemmy.test
        history: [{kind: comment, body: hi, author: eve}]
"""


def load_text(tmp_path, text):
    path = tmp_path / "rules.yaml"
    path.write_text(text)
    return load([path])


def test_what_was_there_before_is_what_the_test_names(tmp_path):
    book = load_text(tmp_path, RULES)
    assert [(each.rule.id, each.test.expect, each.verdict) for each in run(book, own_tests(book))] == [
        ("wave", "breaks", "breaks"),
        ("wave", "keeps", "keeps"),
        ("wave", "keeps", "keeps"),
        ("newcomer", "breaks", "breaks"),
        ("newcomer", "keeps", "keeps"),
    ]


@pytest.mark.parametrize(
    ("history", "place"),
    [
        ("text", (8, 18)),
        ("[{titel: x}]", (8, 20)),
        ("[{title: x, ago: soon}]", (8, 35)),
        ("[one]", (8, 19)),
    ],
)
def test_a_history_that_cannot_be_read_is_shown_with_its_place(tmp_path, history, place):
    text = (
        "version: 1\nrules:\n  - id: a\n    when:\n      title: [x]\n    tests:\n      - breaks: {title: x}\n"
        f"        history: {history}\n"
    )
    with pytest.raises(BrokenRules) as broken:
        load_text(tmp_path, text)
    (diagnostic,) = broken.value.diagnostics
    assert (diagnostic.place.line, diagnostic.place.column) == place
    assert diagnostic.help
