"""What else Warden can do, on a Lemmy that none of us wrote."""

import time
from datetime import UTC, datetime, timedelta

import pytest

from tests.live.watched import Watched

HOLD = 4
"""Seconds that an author has for a repair."""
RULES = """version: 1
templates:
  repair: "Please name the source, {{author}}."
rules:
  - id: casino
    when: {title+body (includes-word): [casino]}
    mode: act
    then: [remove, ban: {days: 3}]
  - id: third-strike
    when: {title+body (includes-word): [gossip], author: {strikes: ">= 2"}}
    mode: act
    then: [notify, ban: {permanent: true}]
    priority: 1
  - id: gossip
    when: {title+body (includes-word): [gossip]}
    mode: act
    then: [remove, strike: 1]
  - id: unsourced
    when: {title (includes-word): [unsourced]}
    mode: act
    then: [hold: {for: %ds, message: repair}, remove]
  - id: announcement
    when: {title (includes-word): [announcement]}
    exempt: []
    mode: act
    then: [feature, lock]
  - id: reported-but-fine
    when: {title (includes-word): [kernel], reports: ">= 1"}
    mode: act
    then: [approve]
  - id: tell
    when: {title+body (includes-word): [outage]}
    mode: notify
"""
CONFIG = """accounts:
  - instance: %%s
    username: %%s
    password: {file: password}
    communities: ['%%s']
    rules: [rules.yaml]
    notify: [%s]
live: true
budget: {report: 9/h, remove: 9/h, ban: 9/h, strike: 9/h, hold: 9/h, feature: 9/h, lock: 9/h, approve: 9/h, notify: 9/h}
settle: 1s
log: {format: json}
"""


@pytest.fixture(scope="module")
def watched(instance, tmp_path_factory):
    mod = instance.get("mod", "/site")["my_user"]["local_user_view"]["person"]
    host = mod["actor_id"].split("/")[2]
    folder = tmp_path_factory.mktemp("actions")
    here = Watched.founded(instance, "actions", folder, RULES % HOLD, CONFIG % f"{mod['name']}@{host}")
    assert here.tick() == 0  # what is there before the first look is history
    return here


def letters(watched, who):
    return [
        each["private_message"]["content"]
        for each in watched.instance.get(who, "/private_message/list", limit=50)["private_messages"]
    ]


def bans(watched, person):
    log = watched.instance.get(
        "mod", "/modlog", community_id=watched.id, other_person_id=person, type_="ModBanFromCommunity", limit=50
    )
    return [each["mod_ban_from_community"] for each in log["banned_from_community"]]


def seen(watched, post):
    return watched.instance.get("mod", "/post", id=post)["post_view"]["post"]


def test_a_post_is_featured_and_locked(watched):
    post = watched.post("mod", "An announcement")
    assert watched.tick() == 0
    assert (seen(watched, post)["featured_community"], seen(watched, post)["locked"]) == (True, True)


def test_moderators_are_told_once(watched):
    post = watched.post("eve", "An outage")
    for _ in range(2):
        assert watched.tick() == 0
    assert sum(f"/post/{post}" in letter for letter in letters(watched, "mod")) == 1
    assert post not in watched.reports("post")


def test_reports_on_what_is_fine_are_resolved(watched):
    post = watched.post("eve", "A kernel")
    assert watched.tick() == 0
    watched.instance.post("mallory", "/post/report", post_id=post, reason="I do not like it")
    assert post in watched.reports("post")
    for _ in range(2):
        assert watched.tick() == 0
    listed = watched.instance.get("mod", "/post/report/list", community_id=watched.id, unresolved_only=True)
    assert [each["post_report"]["post_id"] for each in listed["post_reports"]] == []


def test_who_is_asked_and_repairs_is_left_alone_and_who_does_not_is_removed(watched):
    repaired, left = watched.post("eve", "First unsourced claim"), watched.post("eve", "Second unsourced claim")
    assert watched.tick() == 0
    assert sum("Please name the source" in letter for letter in letters(watched, "eve")) == 2
    assert not seen(watched, repaired)["removed"]
    watched.instance.put("eve", "/post", post_id=repaired, name="First claim, with its source")
    time.sleep(HOLD)
    for _ in range(2):
        assert watched.tick() == 0
    assert (seen(watched, repaired)["removed"], seen(watched, left)["removed"]) == (False, True)


def test_strikes_add_up_to_a_ban(watched):
    for _ in range(2):
        watched.post("eve", "Some gossip")
        assert watched.tick() == 0
    eve = watched.instance.id("eve")
    assert bans(watched, eve) == []
    watched.post("eve", "More gossip")
    assert watched.tick() == 0
    (ban,) = bans(watched, eve)
    assert (ban["banned"], ban.get("expires")) == (True, None)


def test_a_ban_ends_when_the_rule_says_and_no_human_is_overruled(watched):
    mallory = watched.instance.id("mallory")
    watched.post("mallory", "A casino")
    assert watched.tick() == 0
    (ban,) = bans(watched, mallory)
    until = datetime.fromisoformat(ban["expires"])
    assert abs(until - datetime.now(UTC) - timedelta(days=3)) < timedelta(minutes=1)
    watched.instance.post(
        "mod", "/community/ban_user", community_id=watched.id, person_id=mallory, ban=False, reason="was a mistake"
    )
    assert watched.tick() == 0
    assert [entry["banned"] for entry in bans(watched, mallory)] == [False, True]
