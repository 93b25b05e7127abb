"""Lists, single things, searching and the inbox, beyond what was recorded."""

import pytest


def post_ids(answer):
    return [each["post"]["id"] for each in answer["posts"]]


def comment_ids(answer):
    return [each["comment"]["id"] for each in answer["comments"]]


def test_old_lists_the_oldest_first(sandbox):
    posts = [sandbox.post() for _ in range(3)]
    comments = [sandbox.comment(posts[0]) for _ in range(3)]
    token = sandbox.token()
    assert post_ids(sandbox.get("/post/list", token, type_="ModeratorView", sort="Old").json()) == posts
    assert comment_ids(sandbox.get("/comment/list", token, type_="ModeratorView", sort="Old").json()) == comments
    second = sandbox.get("/post/list", token, type_="All", sort="Old", limit=2, page_cursor=f"P{posts[0]:x}").json()
    assert post_ids(second) == posts[1:]


def test_the_bot_subscribes_to_nothing(sandbox):
    sandbox.comment(sandbox.post())
    token = sandbox.token()
    assert sandbox.get("/post/list", token, type_="Subscribed").json() == {"posts": []}
    assert sandbox.get("/comment/list", token, type_="Subscribed").json() == {"comments": []}


def test_comments_below_a_comment(sandbox):
    post = sandbox.post()
    parent = sandbox.comment(post)
    child = sandbox.comment(post, parent_id=parent)
    grandchild = sandbox.comment(post, parent_id=child)
    sandbox.comment(post)
    asked = {"post_id": post, "parent_id": parent, "type_": "All", "sort": "New"}
    assert comment_ids(sandbox.get("/comment/list", **asked).json()) == [grandchild, child, parent]
    assert comment_ids(sandbox.get("/comment/list", **asked, max_depth=2).json()) == [parent, child]


def test_comments_of_one_community(sandbox):
    ours, theirs = sandbox.comment(sandbox.post()), sandbox.comment(sandbox.post(community="gardening"))
    assert comment_ids(sandbox.get("/comment/list", community_name="gardening").json()) == [theirs]
    assert comment_ids(sandbox.get("/comment/list", type_="All", sort="New").json()) == [theirs, ours]


def test_a_post_by_one_of_its_comments(sandbox):
    post = sandbox.post()
    assert sandbox.get("/post", comment_id=sandbox.comment(post)).json()["post_view"]["post"]["id"] == post


def test_a_persons_removed_posts_are_left_out_and_their_comments_come_blanked(sandbox):
    post = sandbox.post()
    comment = sandbox.comment(post, "buy now")
    for kind, id_ in (("post", post), ("comment", comment)):
        sandbox.do("remove", kind=kind, id=id_, by="alice")
    seen = sandbox.get("/user", sandbox.token(), username="bob").json()
    assert (seen["posts"], seen["comments"][0]["comment"]["content"]) == ([], "")
    seen = sandbox.get("/user", sandbox.token("admin"), username="bob").json()
    assert (post_ids(seen), seen["comments"][0]["comment"]["content"]) == ([post], "buy now")
    assert sandbox.get("/user", username="bob", community_id=2).json()["comments"] == []


@pytest.mark.parametrize(("type_", "found"), [("Posts", "posts"), ("Comments", "comments"), ("Users", "users")])
def test_searching_leaves_out_what_is_removed(sandbox, type_, found):
    post = sandbox.post("About bobbins")
    sandbox.comment(post, "A bobbin is a spool.")
    answer = sandbox.get("/search", q="BOB", type_=type_).json()
    assert [len(answer[name]) for name in ("posts", "comments", "users", "communities")].count(1) == 1
    assert len(answer[found]) == 1
    sandbox.do("remove", kind="comment", id=1, by="alice")
    sandbox.do("remove", kind="post", id=1, by="alice")
    assert len(sandbox.get("/search", q="bob", type_=type_).json()[found]) == (type_ == "Users")


@pytest.mark.parametrize(("path", "kind"), [("u/alice", "person"), ("c/technology", "community")])
def test_things_by_their_address(sandbox, path, kind):
    host = sandbox.get("/site").json()["site_view"]["site"]["actor_id"]
    assert list(sandbox.get("/resolve_object", q=f"{host}{path}").json()) == [kind]


def test_removed_things_have_no_address_any_more(sandbox):
    post = sandbox.post()
    sandbox.do("remove", kind="post", id=post, by="alice")
    host = sandbox.get("/site").json()["site_view"]["site"]["actor_id"]
    assert (
        sandbox.get("/resolve_object", sandbox.token(), q=f"{host}post/{post}").json()["error"] == "couldnt_find_object"
    )


def test_an_answer_reads_the_mention_it_answers(sandbox):
    host = sandbox.get("/site").json()["site_view"]["site"]["actor_id"].split("/")[2]
    post, token = sandbox.post(), sandbox.token()
    asked = sandbox.comment(post, f"@warden@{host} why?")
    assert sandbox.get("/user/unread_count", token).json() == {"replies": 0, "mentions": 1, "private_messages": 0}
    answer = sandbox.send("/comment", token, post_id=post, parent_id=asked, content="Because.").json()
    sandbox.comment(post, "Thanks.", parent_id=answer["comment_view"]["comment"]["id"])
    sandbox.do("message", sender="bob", recipient="warden", content="hello")
    assert sandbox.get("/user/unread_count", token).json() == {"replies": 1, "mentions": 0, "private_messages": 1}
    messages = sandbox.get("/private_message/list", token, creator_id=1).json()["private_messages"]
    assert messages == []


def test_admins_ban_from_the_site_and_the_modlog_tells(sandbox):
    sandbox.post()
    person = sandbox.get("/user", username="bob").json()["person_view"]["person"]["id"]
    answer = sandbox.send("/user/ban", sandbox.token("admin"), person_id=person, ban=True, reason="spam").json()
    assert (answer["banned"], answer["person_view"]["person"]["banned"]) == (True, True)
    (row,) = sandbox.get("/modlog", sandbox.token(), type_="ModBan").json()["banned"]
    assert (row["mod_ban"]["reason"], row["banned_person"]["name"], row["moderator"]["name"]) == (
        "spam",
        "bob",
        "admin",
    )


def test_slurs_are_taken_out_of_what_people_write(sandbox):
    post = sandbox.post("A badword here", body="and a worseword")
    said = sandbox.get("/post", id=post).json()["post_view"]["post"]
    assert (said["name"], said["body"]) == ("A *removed* here", "and a *removed*")


def test_blocked_people_are_shown_as_such(sandbox):
    sandbox.do("block", person="warden", whom="bob")
    sandbox.post()
    token = sandbox.token()
    assert len(sandbox.get("/site", token).json()["my_user"]["person_blocks"]) == 1
    (post,) = sandbox.get("/post/list", token, type_="ModeratorView").json()["posts"]
    assert post["creator_blocked"]


def test_a_rewritten_sidebar_is_read_with_who_we_are(sandbox):
    sandbox.do("sidebar", community="technology", text="1. Be kind")
    seats = sandbox.get("/site", sandbox.token()).json()["my_user"]["moderates"]
    assert [each["community"]["description"] for each in seats] == ["1. Be kind"]
    sandbox.do("sidebar", community="technology", text=None)
    assert "description" not in sandbox.get("/community", name="technology").json()["community_view"]["community"]
