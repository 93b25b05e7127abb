"""What is stored reads back as it was, and as much as there is of what an older version stored."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.action import (
    ActionKind,
    Approve,
    Ban,
    Feature,
    Hold,
    Lock,
    Message,
    Mode,
    Notify,
    Remove,
    Reply,
    Report,
    Restore,
    Strike,
)
from bot.domain.answer import Evidence, Strength, Yes
from bot.domain.item import Author, Comment, Community, Kind, Post
from bot.domain.plan import Plan, Skipped, Step
from bot.domain.verdict import Broken, Match, Undecided, Verdict
from bot.store import codec
from tests.builders import a_post

text = st.text(max_size=12)
maybe_text = st.none() | text
maybe_place = st.none() | st.integers(0, 10**6)
flag = st.none() | st.booleans()
times = st.datetimes(datetime(1970, 1, 1), datetime(9999, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - hypothesis wants bounds without a zone
maybe_time = st.none() | times
authors = st.builds(Author, *[maybe_text] * 5, maybe_time, flag, flag, flag)
communities = st.builds(Community, maybe_text, maybe_text, maybe_text)
posts = st.builds(
    Post,
    text,
    author=authors,
    community=communities,
    published=maybe_time,
    updated=maybe_time,
    score=st.none() | st.integers(-(10**9), 10**9),
    is_nsfw=flag,
    is_locked=st.booleans(),
    is_removed=st.booleans(),
    language=maybe_place,
    **dict.fromkeys(["title", "body", "url", "alt_text", "link_title", "image_text", "address"], maybe_text),
)
comments = st.builds(
    Comment,
    text,
    author=authors,
    community=communities,
    depth=maybe_place,
    published=maybe_time,
    is_deleted=st.booleans(),
    post=st.none() | posts,
    **dict.fromkeys(["body", "post_id", "parent_id", "address"], maybe_text),
)
items = st.one_of(posts, comments)
evidence = st.builds(Evidence, text, maybe_place, maybe_place, text, text, st.sampled_from(Strength))
answers = st.builds(Yes, st.lists(evidence, max_size=3).map(tuple), st.booleans(), text)
days = st.integers(1, 3_650)
actions = st.one_of(
    *[st.just(each()) for each in (Report, Remove, Restore, Approve, Lock, Feature)],
    *[st.builds(each, text) for each in (Reply, Message, Notify)],
    st.builds(Ban, st.none() | days),
    st.builds(Strike, st.integers(1, 9), days),
    st.builds(Hold, st.timedeltas(timedelta(seconds=1), timedelta(days=30)), text, st.booleans()),
)
names = st.lists(text, max_size=3).map(tuple)
matches = st.builds(
    Match,
    rule=text,
    sidebar=maybe_place,
    title=text,
    reason=text,
    answer=answers,
    mode=st.sampled_from(Mode),
    actions=st.lists(actions, max_size=3).map(tuple),
    repair=text,
    appeal=text,
    exempt_moderators=st.booleans(),
    exempt_admins=st.booleans(),
    sampled_out=st.booleans(),
    priority=st.integers(-9, 9),
)
verdicts = st.builds(
    Verdict,
    items,
    st.lists(matches, max_size=3).map(tuple),
    st.lists(st.builds(Undecided, text, maybe_place, text), max_size=2).map(tuple),
    st.lists(st.builds(Broken, text, text), max_size=2).map(tuple),
)
kinds = st.sampled_from(ActionKind)
steps = st.lists(st.builds(Step, actions, text, names, text), max_size=3).map(tuple)
plans = st.builds(Plan, items, steps, steps, st.lists(st.builds(Skipped, kinds, names, text), max_size=3).map(tuple))


@given(items)
def test_an_item_reads_back_as_it_was(item):
    assert codec.decode_item(item.ref.kind, codec.encode_item(item)) == item


@given(verdicts)
def test_a_verdict_reads_back_as_it_was(verdict):
    assert codec.decode_verdict(verdict.item, codec.encode_verdict(verdict)) == verdict


@given(plans)
def test_a_plan_reads_back_as_it_was(plan):
    assert codec.decode_plan(plan.item, codec.encode_plan(plan)) == plan


@given(names)
def test_names_read_back_as_they_were(some):
    assert codec.decode_names(codec.encode_names(some)) == some


@given(times)
def test_times_are_kept_to_the_microsecond_and_in_order(time):
    assert codec.to_time(codec.to_number(time)) == time
    assert codec.to_number(time) >= 0


@given(st.text(alphabet=st.characters()))
def test_every_text_can_be_written_and_places_in_it_stay(odd):
    written = codec.writable(odd)
    assert written.encode().decode() == written
    assert len(written) == len(odd)
    assert all(new in {old, "\ufffd"} for old, new in zip(odd, written, strict=True))
    item = a_post(body=odd)
    assert codec.decode_item(Kind.POST, codec.encode_item(item)).body == written


def test_a_verdict_of_an_older_version_is_read_with_blanks():
    stored = {
        "matches": [
            {
                "rule": "no-ads",
                "sidebar": 6,
                "answer": "doubtful",
                "doubt": "may be free",
                "mode": "act",
                "actions": ["remove", "reply"],
                "evidence": [],
            }
        ],
        "undecided": [],
        "broken": [],
    }
    (match,) = codec.decode_verdict(a_post(), json.dumps(stored)).matches
    assert match == Match(
        "no-ads", 6, "", "", Yes((), certain=False, doubt="may be free"), Mode.ACT, (Remove(), Reply(""))
    )


def test_an_item_with_facts_of_a_newer_version_is_read_without_them():
    stored = json.loads(codec.encode_item(a_post())) | {"mood": "good"}
    assert codec.decode_item(Kind.POST, json.dumps(stored)) == a_post()


@pytest.mark.parametrize(
    "key", ["rule", "sidebar", "answer", "actions", "evidence"], ids=lambda key: f"a match has its {key}"
)
def test_a_stored_match_has_the_names_that_an_audit_writes(key):
    match = Match("r", 1, "t", "w", Yes((Evidence("title", 0, 3, "buy", "sale"),)), Mode.ACT, (Remove(),))
    (stored,) = json.loads(codec.encode_verdict(Verdict(a_post(), (match,))))["matches"]
    assert key in stored
    assert stored["evidence"] == [
        {"field": "title", "start": 0, "end": 3, "text": "buy", "signal": "sale", "class": "strong"}
    ]
