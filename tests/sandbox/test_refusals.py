"""Refusals that Lemmy gives and that were not recorded."""

from email.utils import parsedate_to_datetime

import pyotp
import pytest

from tests.sandbox.conftest import PASSWORD

POST = {"post_id": 1}
CASES = [
    # who, path, form, error word
    ("banned", "/comment", {**POST, "content": "hi"}, "banned_from_community"),
    ("banned", "/post/report", {**POST, "reason": "x"}, "banned_from_community"),
    ("banned", "/post", {"name": "abc", "community_id": 1}, "banned_from_community"),
    ("alice", "/comment", {**POST, "content": " "}, "invalid_body_field"),
    ("alice", "/comment", {**POST, "content": "hi", "parent_id": 99}, "couldnt_create_comment"),
    ("alice", "/comment", {"post_id": 2, "content": "hi"}, "deleted"),
    ("alice", "/comment/report", {"comment_id": 2, "reason": "x"}, "deleted"),
    ("alice", "/post", {"name": "ab", "community_id": 1}, "invalid_post_title"),
    ("alice", "/post", {"name": "abc", "body": "x" * 50_001, "community_id": 1}, "invalid_body_field"),
    ("alice", "/post", {"name": "abc", "community_id": 99}, "couldnt_find_community"),
    ("alice", "/post/remove", {"post_id": 3, "removed": True}, "not_higher_mod"),
    ("alice", "/post/delete", {**POST, "deleted": True}, "no_post_edit_allowed"),
    ("alice", "/comment/delete", {"comment_id": 1, "deleted": True}, "no_comment_edit_allowed"),
    ("alice", "/comment/distinguish", {"comment_id": 1, "distinguished": True}, "no_comment_edit_allowed"),
    ("alice", "/user/ban", {"person_id": 1, "ban": True}, "not_an_admin"),
    (
        "alice",
        "/private_message/mark_as_read",
        {"private_message_id": 9, "read": True},
        "couldnt_update_private_message",
    ),
    ("alice", "/comment/mark_as_read", {"comment_reply_id": 9, "read": True}, "couldnt_update_comment"),
    ("alice", "/community/mod", {"community_id": 2, "person_id": 1, "added": True}, "not_a_mod_or_admin"),
    ("alice", "/community/ban_user", {"community_id": 1, "person_id": 99, "ban": True}, "couldnt_find_person"),
]


@pytest.fixture
def written(sandbox):
    """Post 1 with comments 1 and 2, the second removed; post 2 removed; post 3 by an admin; somebody banned."""
    sandbox.do("person", name="banned", password="sesame")
    post = sandbox.post()
    sandbox.comment(post)
    sandbox.do("remove", kind="comment", id=sandbox.comment(post), by="alice")
    sandbox.do("remove", kind="post", id=sandbox.post(), by="alice")
    sandbox.post(author="admin")
    person = sandbox.get("/user", username="banned").json()["person_view"]["person"]["id"]
    sandbox.send("/community/ban_user", sandbox.token("alice"), community_id=1, person_id=person, ban=True)
    return sandbox


@pytest.mark.parametrize(
    ("who", "path", "form", "word"), CASES, ids=lambda value: value if isinstance(value, str) else ""
)
def test_refusal(written, who, path, form, word):
    before = len(written.writes(f"POST {path}"))
    answer = written.send(path, written.token(who), **form)
    assert answer.json() == {"error": word}
    assert len(written.writes(f"POST {path}")) == before


def test_a_ban_ends_by_itself(written):
    person = written.get("/user", username="banned").json()["person_view"]["person"]["id"]
    token = written.token("alice")
    site = written.get("/site").headers["date"]
    expires = int(parsedate_to_datetime(site).timestamp()) + 60
    written.send("/community/ban_user", token, community_id=1, person_id=person, ban=True, expires=expires)
    form = {"post_id": 1, "content": "hi"}
    assert written.send("/comment", written.token("banned"), **form).json() == {"error": "banned_from_community"}
    written.do("clock", seconds=120)
    assert written.send("/comment", written.token("banned"), **form).status_code == 200


@pytest.mark.parametrize("value", ["True", "1", "yes", ""])
def test_a_query_takes_no_other_boolean(sandbox, value):
    answer = sandbox.get("/post/list", show_read=value)
    assert answer.json()["error"] == "unknown"


@pytest.mark.parametrize(
    ("path", "asked", "word"),
    [
        ("/post/list", {"page": 0}, "couldnt_get_posts"),
        ("/post/list", {"sort": "new"}, "unknown"),
        ("/post/list", {"limit": "many"}, "unknown"),
        ("/comment/list", {"limit": 51}, "couldnt_get_comments"),
        ("/comment/list", {"community_name": "nowhere"}, "unknown"),
        ("/community", {"name": "technology@elsewhere.example"}, "couldnt_find_community"),
        ("/resolve_object", {"q": "https://elsewhere.example/post/1"}, "couldnt_find_object"),
        ("/user/report_count", {}, "incorrect_login"),
    ],
)
def test_a_refused_read(sandbox, path, asked, word):
    assert sandbox.get(path, **asked).json()["error"] == word


def test_comments_nest_fifty_deep_and_no_deeper(sandbox):
    post, parent = sandbox.post(), None
    for _ in range(50):
        parent = sandbox.comment(post, parent_id=parent)
    answer = sandbox.send("/comment", sandbox.token(), post_id=post, parent_id=parent, content="hi")
    assert answer.json() == {"error": "max_comment_depth_reached"}


def test_a_second_factor_is_asked_for(sandbox):
    key = pyotp.random_base32()
    sandbox.do("person", name="dora", password=PASSWORD, totp=key)
    login = {"username_or_email": "dora", "password": PASSWORD}
    for code, word in ((None, "missing_totp_token"), ("000000x", "incorrect_totp_token")):
        refused = sandbox.send("/user/login", **login, totp_2fa_token=code)
        assert (refused.status_code, refused.json()["error"]) == (400, word)
    wrong = {**login, "password": "wrong", "totp_2fa_token": pyotp.TOTP(key).now()}
    assert sandbox.send("/user/login", **wrong).json()["error"] == "incorrect_login"
    assert sandbox.send("/user/login", **login, totp_2fa_token=pyotp.TOTP(key).now()).json()["jwt"]
