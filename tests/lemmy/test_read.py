"""Lemmy's objects to ours: what is known, what is known to be empty, and what is not known."""

from copy import deepcopy
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.item import Community
from bot.lemmy import read, wire
from tests.lemmy.recorded import recorded

SEEN = datetime(2026, 11, 23, 18, 42, 9, 164070, tzinfo=UTC)
"""When post 1 of the recordings was first seen."""


def post_view(number="027", **changes):
    view = deepcopy(recorded(number).body["post_view"])
    view["post"] |= {key: value for key, value in changes.items() if value is not None}
    for key in (key for key, value in changes.items() if value is None):
        view["post"].pop(key, None)
    return wire.as_(wire.PostView, view)


def comment_view(number="030", **changes):
    view = deepcopy(recorded(number).body["comment_view"])
    view["comment"] |= changes
    return wire.as_(wire.CommentView, view)


def test_a_post():
    post = read.post(post_view(), SEEN)
    assert (post.id, post.title) == ("1", "OpenSSL 4 drops legacy ciphers")
    assert post.url == "https://example.org/openssl-4?ref=abc&id=7"
    assert post.body == "See [the notes](https://example.org/n)."
    assert post.community == Community("2", "technology", "lemmy.test")
    assert post.community.full_name == "technology@lemmy.test"
    assert (post.published, post.updated) == (SEEN, SEEN)
    assert (post.score, post.language, post.is_nsfw) == (1, 0, False)
    assert post.address == "http://lemmy.test:8536/post/1"
    assert (post.alt_text, post.thumbnail, post.image_text) == ("", "", None)
    author = post.author
    assert (author.id, author.name, author.instance) == ("5", "bob", "lemmy.test")
    assert (author.display_name, author.bio) == ("", "")
    assert (author.is_moderator, author.is_admin, author.is_bot) == (False, False, False)
    assert author.created == datetime(2026, 11, 23, 18, 41, 37, 88536, tzinfo=UTC)


def test_a_comment():
    comment = read.comment(comment_view())
    assert (comment.id, comment.body) == ("2", "Reply to carol")
    assert (comment.post_id, comment.post.title, comment.post.author.id) == ("1", "OpenSSL 4 drops legacy ciphers", "5")
    assert (comment.parent_id, comment.depth) == ("1", 2)
    assert (comment.is_removed, comment.is_deleted, comment.is_locked) == (False, False, False)


def test_a_removed_comment_is_blank_and_says_so():
    comment = read.comment(wire.as_(wire.CommentAnswer, recorded("078").body).comment_view)
    assert (comment.body, comment.is_removed) == ("", True)


def test_a_post_its_author_deleted():
    assert read.post(post_view("029"), SEEN).is_deleted


@pytest.mark.parametrize(("path", "parent", "depth"), [("0.2", "", 1), ("0.1.2", "1", 2), ("0.9.8.7.2", "7", 4)])
def test_place_in_the_thread(path, parent, depth):
    comment = read.comment(comment_view(path=path))
    assert (comment.parent_id, comment.depth) == (parent, depth)


@pytest.mark.parametrize("path", ["", "2", "1.2", "0.x.2", "0..2"])
def test_a_path_that_is_none(path):
    with pytest.raises(ValueError):
        read.comment(comment_view(path=path))


METADATA = [
    # seconds after it was seen, url, embed_title, what the rules see
    (0, "https://a.example", None, None),
    (59, "https://a.example", None, None),
    (60, "https://a.example", None, ""),
    (-9, "https://a.example", None, None),
    (0, "https://a.example", "Deals", "Deals"),
    (0, "https://a.example", "", ""),
    (90, "https://a.example", "Deals", "Deals"),
    (0, None, None, ""),
    (0, "", None, ""),
]


@pytest.mark.parametrize(("after", "url", "embedded", "seen"), METADATA)
@pytest.mark.parametrize(
    ("theirs", "ours"),
    [("embed_title", "link_title"), ("embed_description", "link_description"), ("url_content_type", "link_type")],
)
def test_metadata_is_not_known_while_it_may_still_come(after, url, embedded, seen, theirs, ours):
    view = post_view(url=url, **{theirs: embedded})
    assert getattr(read.post(view, SEEN + timedelta(seconds=after)), ours) == seen


def test_the_place_in_the_list_is_when_it_was_seen_and_not_what_an_edit_claims():
    view = post_view(published="2020-01-01T00:00:00Z")
    assert read.listed_post(view, SEEN).sort_key == SEEN
    assert read.listed_post(view, SEEN).item.published == datetime(2020, 1, 1, tzinfo=UTC)


def test_what_is_listed_knows_its_community_and_number():
    listed = read.listed_comment(comment_view())
    assert (listed.community_id, listed.number, listed.pinned) == ("2", 2, False)


@pytest.mark.parametrize(
    ("local", "community", "pinned", "featured"),
    [(True, False, True, True), (False, True, False, True), (False, False, False, False)],
)
def test_only_posts_featured_for_the_whole_site_are_pinned_in_our_list(local, community, pinned, featured):
    listed = read.listed_post(post_view(featured_local=local, featured_community=community), SEEN)
    assert (listed.pinned, listed.item.is_featured) == (pinned, featured)


HASHED = [
    "name",
    "url",
    "body",
    "alt_text",
    "nsfw",
    "embed_title",
    "embed_description",
    "url_content_type",
    "language_id",
]
NOT_HASHED = ["locked", "featured_community", "thumbnail_url", "updated", "removed", "published"]
NEW = {"nsfw": True, "language_id": 37, "locked": True, "featured_community": True, "removed": True}


@pytest.mark.parametrize("key", HASHED + NOT_HASHED)
def test_what_counts_as_an_edit(key):
    later = "2026-11-23T18:50:00Z"
    before = read.listed_post(post_view(), SEEN).content_hash
    after = read.listed_post(post_view(**{key: NEW.get(key, later)}), SEEN).content_hash
    assert (before != after) == (key in HASHED)


def test_texts_do_not_run_together_in_the_hash():
    one = read.listed_post(post_view(name="ab", body="c"), SEEN)
    two = read.listed_post(post_view(name="a", body="bc"), SEEN)
    absent, empty = (read.listed_post(post_view(body=body), SEEN) for body in (None, ""))
    assert len({each.content_hash for each in (one, two, absent, empty)}) == 4


def test_a_comments_edit():
    same, other = comment_view(distinguished=True), comment_view(content="Reply to bob")
    first = read.listed_comment(comment_view()).content_hash
    assert read.listed_comment(same).content_hash == first
    assert read.listed_comment(other).content_hash != first


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("2026-11-23T18:42:09.164070Z", SEEN),
        ("2026-11-23T20:42:09.164070+02:00", SEEN),
        ("2026-11-23T18:42:09Z", SEEN.replace(microsecond=0)),
        ("+262142-12-31T23:59:59Z", read.LATEST),
        ("9999-12-31T23:59:59-23:59", read.LATEST),
        ("-0044-03-15T00:00:00Z", read.EARLIEST),
        ("0001-01-01T00:00:00+23:59", read.EARLIEST),
    ],
)
def test_times(text, time):
    assert read.moment(text) == time


@pytest.mark.parametrize("text", ["", "soon", "2026-11-23", "2026-11-23T18:42:09", "2026-13-23T18:42:09Z"])
def test_no_times(text):
    with pytest.raises(ValueError):
        read.moment(text)


@given(st.datetimes(timezones=st.timezones() | st.just(UTC)))
def test_every_time_that_can_be_written_is_read_with_room_to_count(time):
    found = read.moment(time.isoformat())
    assert found.utcoffset() == timedelta(0)
    assert found - timedelta(days=365) < found + timedelta(days=365)


@pytest.mark.parametrize("actor", ["", "lemmy.test", "http://[::1", "/u/bob", "http:///u/bob"])
def test_an_actor_from_nowhere(actor):
    with pytest.raises(ValueError):
        read.community(wire.Community(1, "technology", actor))


def test_hosts_are_lower_case():
    assert (
        read.community(wire.Community(1, "technology", "https://Lemmy.ML/c/technology")).full_name
        == "technology@lemmy.ml"
    )


def test_capitals_in_a_communitys_name_are_small_letters():
    capitals = wire.Community(1, "StarTrek", "https://lemmy.test/c/StarTrek")
    assert read.community(capitals).full_name == "startrek@lemmy.test"
