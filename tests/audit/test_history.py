"""A backlog judged by rules that look back: in the order of time, told in the order of the lines."""

import json

from bot.audit.judging import Judged
from bot.audit.run import audit
from bot.rulebook.load import load

RULES = """version: 1
rules:
  - id: repost
    when: {seen: {same: link, within: 30 days}}
"""
LINK = "https://news.example/a"


def line(number, published, **facts):
    facts = {"id": str(number), "kind": "post", "url": LINK, "community": "technology@lemmy.test"} | facts
    return json.dumps(facts | ({"published": published} if published else {})).encode()


def run(tmp_path, *lines):
    path = tmp_path / "rules.yaml"
    path.write_text(RULES)
    written = []
    numbered = list(enumerate(lines, start=1))
    total = audit(load([path]), [path], numbered, 2, written.append, lambda _: None)
    assert isinstance(total, Judged)
    return total, [(each["id"], each["matches"][0]["answer"]) for each in map(json.loads, written)]


def test_an_item_sees_only_what_was_there_before_it(tmp_path):
    total, told = run(
        tmp_path,
        line(3, "2026-03-03T00:00:00Z"),
        line(1, "2026-03-01T00:00:00Z"),
        line(2, "2026-03-02T00:00:00Z", url=LINK + "?utm_source=x"),
    )
    assert total.items == 3
    assert told == [("3", "certain"), ("1", "unknown"), ("2", "certain")]


def test_once_the_backlog_is_older_than_the_window_a_first_post_is_known_to_be_one(tmp_path):
    _, told = run(
        tmp_path,
        line(1, "2026-01-01T00:00:00Z", url="https://other.example"),
        line(2, "2026-03-01T00:00:00Z"),
        line(3, "2026-05-01T00:00:00Z"),
    )
    assert told == [("1", "unknown")]


def test_bad_lines_are_counted_and_items_without_a_time_are_not_known(tmp_path):
    total, told = run(tmp_path, b"{", line(1, ""), line(2, "2026-03-01T00:00:00Z"))
    assert total.bad == [(1, "`line` is not JSON")]
    assert told == [("1", "unknown"), ("2", "unknown")]
