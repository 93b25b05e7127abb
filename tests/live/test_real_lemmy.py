"""Warden on a Lemmy that none of us wrote: what the server says afterwards."""

import pytest

from tests.live.watched import Watched

RULES = """version: 1
rules:
  - id: no-pills
    on: everything
    when: {title+body (includes-word): [pills]}
    mode: act
    then: [report, reply: "Please read {{sidebar_rule}}.", remove, message: "About {{permalink}}"]
    sidebar: 6
"""
CONFIG = """accounts:
  - instance: %s
    username: %s
    password: {file: password}
    communities: [%s]
    rules: [rules.yaml]
live: true
budget: {report: 9/h, reply: 9/h, remove: 9/h, message: 9/h}
settle: 1s
log: {format: json}
"""


@pytest.fixture(scope="module")
def watched(instance, tmp_path_factory):
    folder = tmp_path_factory.mktemp("live")
    return Watched.founded(instance, "technology", folder, RULES, CONFIG)


def test_the_whole_loop(watched):
    spam, fine = watched.post("eve", "Cheap pills"), watched.post("eve", "A kernel")
    remark = watched.comment("eve", fine, "I sell pills")
    exempt = watched.post("mod", "On pills")
    for _ in range(2):
        assert watched.tick() == 0
    posts, comments = (spam, fine, exempt), (remark,)
    assert [entry for entry in watched.removals("post") if entry[0] in posts] == [(spam, True)]
    assert [entry for entry in watched.removals("comment") if entry[0] in comments] == [(remark, True)]
    assert [post for post in watched.reports("post") if post in posts] == [spam]
    assert watched.reports("comment") == [remark]
    letters = watched.instance.get("eve", "/private_message/list", limit=50)["private_messages"]
    assert sum(f"/post/{spam}" in letter["private_message"]["content"] for letter in letters) == 1


def test_an_edited_post_is_judged_again(watched):
    post = watched.post("eve", "Another kernel")
    assert watched.tick() == 0
    watched.instance.put("eve", "/post", post_id=post, name="Another kernel with pills")
    assert watched.tick() == 0
    assert (post, True) in watched.removals("post")


def test_what_a_human_restored_stays(watched):
    post = watched.post("eve", "pills, but asked for")
    assert watched.tick() == 0
    watched.instance.post("mod", "/post/remove", post_id=post, removed=False, reason="we asked for it")
    watched.instance.put("eve", "/post", post_id=post, name="pills, as you asked for")
    assert watched.tick() == 0
    assert [removed for id_, removed in watched.removals("post") if id_ == post] == [False, True]
