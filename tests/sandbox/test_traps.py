"""What a real Lemmy does to a careless bot, the sandbox does too."""

from datetime import timedelta

import httpx
import pytest

from bot.domain.action import ActionKind
from bot.domain.item import ItemRef, Kind
from bot.engine.ports import Found, NotLoggedIn, RateLimited, Refused
from bot.lemmy.session import LoginRefused
from tests.sandbox.conftest import PASSWORD, REFERENCE, order

NEW = {"type_": "ModeratorView", "sort": "New", "limit": 50}


def titles(answer):
    return [each["post"]["name"] for each in answer.json()["posts"]]


def ids(page):
    return [each.number for each in page.listed]


def test_nobodys_moderator_view_is_the_whole_instance(sandbox):
    sandbox.post("ours")
    sandbox.post("theirs", community="gardening")
    assert titles(sandbox.get("/post/list", sandbox.token(), **NEW)) == ["ours"]
    assert titles(sandbox.get("/post/list", **NEW)) == ["theirs", "ours"]


def test_a_dead_token_reads_as_nobody_without_a_word(sandbox):
    post = sandbox.post("ours")
    sandbox.post("theirs", community="gardening")
    sandbox.comment(post)
    token = sandbox.token()
    sandbox.do("revoke", person="warden")
    answer = sandbox.get("/post/list", token, **NEW)
    assert (answer.status_code, titles(answer)) == (200, ["theirs", "ours"])
    assert sandbox.get("/comment/list", token, **NEW).json() == {"comments": []}
    assert "my_user" not in sandbox.get("/site", token).json()


def test_one_failed_session_lookup_is_enough(sandbox):
    sandbox.post("theirs", community="gardening")
    token = sandbox.token()
    sandbox.trouble("stranger")
    assert titles(sandbox.get("/post/list", token, **NEW)) == ["theirs"]
    assert titles(sandbox.get("/post/list", token, **NEW)) == []


def test_a_community_filter_switches_moderator_view_off(sandbox):
    sandbox.post("theirs", community="gardening")
    assert titles(sandbox.get("/post/list", sandbox.token(), **NEW, community_name="gardening")) == ["theirs"]


def test_the_gateway_notices_a_dead_token_and_logs_in_again(sandbox, lemmy):
    sandbox.do("revoke", person="warden")
    with pytest.raises(NotLoggedIn):
        lemmy.perform(order(ActionKind.REPORT, sandbox.post()))
    assert lemmy.identity().name == "warden"


def test_a_connection_is_never_answered_again_after_a_refused_login_in_a_write(sandbox):
    post = sandbox.post()
    with httpx.Client(base_url=f"{sandbox.address}/api/v3", timeout=0.5) as line:
        assert line.post("/post/report", json={"post_id": post, "reason": "x"}).status_code == 401
        with pytest.raises(httpx.ReadTimeout):
            line.get("/site")
    assert sandbox.get("/site").status_code == 200


def test_a_banned_bot_sees_everything_and_may_do_nothing(sandbox, lemmy):
    sandbox.post("theirs", community="gardening")
    token = sandbox.token()
    sandbox.do("ban", person="warden")
    assert titles(sandbox.get("/post/list", token, **NEW)) == ["theirs"]
    with pytest.raises(LoginRefused, match="site_ban"):
        lemmy.identity()
    sandbox.do("ban", person="warden", banned=False)
    assert sandbox.get("/user/validate_auth", token).json() == {"error": "not_logged_in"}
    assert sandbox.get("/user/validate_auth", sandbox.token()).json() == {"success": True}


def test_a_demoted_bot_keeps_only_its_other_communities(sandbox, lemmy):
    post = sandbox.post()
    sandbox.do("seat", community="technology", person="warden", added=False)
    assert lemmy.identity().moderates == {}
    with pytest.raises(Refused, match="not_a_mod_or_admin"):
        lemmy.perform(order(ActionKind.REMOVE, post))


def test_a_rate_limit_is_a_400_with_a_word_and_changes_nothing(sandbox):
    post, token = sandbox.post(), sandbox.token()
    sandbox.do("rate", **{"class": "message", "burst": 1, "per_second": 0.01})
    assert sandbox.get("/post", token, id=post).status_code == 200
    answer = sandbox.send("/post/report", token, post_id=post, reason="x")
    assert (answer.status_code, answer.json()) == (400, {"error": "rate_limit_error"})
    assert sandbox.writes("POST /post/report") == []
    sandbox.do("clock", seconds=100)
    assert sandbox.send("/post/report", token, post_id=post, reason="x").status_code == 200


def test_each_class_of_requests_has_its_own_limit(sandbox, lemmy):
    post = sandbox.post()
    sandbox.do("rate", **{"class": "comment", "burst": 0, "per_second": 0.01})
    with pytest.raises(RateLimited):
        lemmy.perform(order(ActionKind.REPLY, post))
    assert lemmy.perform(order(ActionKind.REPORT, post)).remote_id == "1"


@pytest.mark.parametrize("kind", Kind)
def test_an_account_reports_an_item_once_ever(sandbox, lemmy, kind):
    post = sandbox.post()
    id_ = post if kind is Kind.POST else sandbox.comment(post)
    first = lemmy.perform(order(ActionKind.REPORT, id_, kind))
    sandbox.do("resolve", kind=kind, id=id_, by="alice")
    again = sandbox.send(f"/{kind}/report", sandbox.token(), **{f"{kind}_id": id_, "reason": "again"})
    assert again.json() == {"error": "couldnt_create_report"}
    assert lemmy.perform(order(ActionKind.REPORT, id_, kind)) == first
    assert len(sandbox.writes(f"POST /{kind}/report")) == 1


@pytest.mark.parametrize("kind", Kind)
@pytest.mark.parametrize("removed", [True, False])
def test_removing_and_restoring_resolve_every_report(sandbox, kind, removed):
    post = sandbox.post()
    id_ = post if kind is Kind.POST else sandbox.comment(post)
    for who in ("dave", "erin"):
        sandbox.do("report", kind=kind, id=id_, by=who, reason="spam")
    sandbox.do("remove", kind=kind, id=id_, by="alice", removed=removed)
    answer = sandbox.get(f"/{kind}/report/list", sandbox.token(), **{f"{kind}_id": id_}).json()[f"{kind}_reports"]
    assert [each[f"{kind}_report"]["resolved"] for each in answer] == [True, True]
    assert {each["resolver"]["name"] for each in answer} == {"alice"}


def test_a_removed_comment_is_blanked_for_moderators_but_not_in_the_modlog(sandbox):
    comment = sandbox.comment(sandbox.post(), "buy now")
    token = sandbox.token()
    sandbox.send("/comment/remove", token, comment_id=comment, removed=True, reason="x")
    assert sandbox.get("/comment", token, id=comment).json()["comment_view"]["comment"]["content"] == ""
    assert (
        sandbox.get("/comment", sandbox.token("admin"), id=comment).json()["comment_view"]["comment"]["content"]
        == "buy now"
    )
    assert sandbox.get("/modlog").json()["removed_comments"][0]["comment"]["content"] == "buy now"


def test_removed_posts_leave_the_list_and_removed_comments_stay(sandbox, lemmy):
    post = sandbox.post()
    comment = sandbox.comment(post)
    lemmy.perform(order(ActionKind.REMOVE, comment, Kind.COMMENT))
    lemmy.perform(order(ActionKind.REMOVE, post))
    assert ids(lemmy.page(Kind.POST, None)) == []
    (listed,) = lemmy.page(Kind.COMMENT, None).listed
    assert (listed.item.is_removed, listed.item.body) == (True, "")


def test_removing_twice_succeeds_and_logs_twice(sandbox, lemmy):
    post = sandbox.post()
    for _ in range(2):
        lemmy.perform(order(ActionKind.REMOVE, post))
    rows = sandbox.get("/modlog", post_id=post).json()["removed_posts"]
    assert [each["mod_remove_post"]["reason"] for each in rows] == [f"Rule 6 [{REFERENCE}]"] * 2
    assert len(sandbox.writes("POST /post/remove")) == 2


def test_pinned_posts_come_first_whatever_their_age(sandbox):
    old, new = sandbox.post("old", age_seconds=9e6), sandbox.post("new")
    for who, where in (("admin", "Local"), ("alice", "Community")):
        sandbox.send("/post/feature", sandbox.token(who), post_id=old, featured=True, feature_type=where)
        params = NEW if where == "Local" else {**NEW, "community_name": "technology"}
        listed = sandbox.get("/post/list", sandbox.token(), **params).json()["posts"]
        assert [each["post"]["id"] for each in listed] == [old, new]


def test_a_community_pin_does_not_count_without_a_community_filter(sandbox, lemmy):
    old, new = sandbox.post("old", age_seconds=9e6), sandbox.post("new")
    sandbox.send("/post/feature", sandbox.token("alice"), post_id=old, featured=True, feature_type="Community")
    assert ids(lemmy.page(Kind.POST, None)) == [new, old]


def test_a_late_item_has_a_high_number_and_an_old_place(sandbox, lemmy):
    first, second = sandbox.post("first"), sandbox.post("second")
    late = sandbox.post("late", author="eve@faraway.example", age_seconds=3600)
    page = lemmy.page(Kind.POST, None)
    assert ids(page) == [second, first, late]
    assert page.listed[2].item.address == f"https://faraway.example/post/{1_000_000 + late}"


def test_an_item_of_tomorrow_sits_on_top(sandbox, lemmy):
    tomorrow, now = sandbox.post("tomorrow", age_seconds=-86_400), sandbox.post("now")
    page = lemmy.page(Kind.POST, None)
    assert ids(page) == [tomorrow, now]
    assert page.listed[0].sort_key > page.server_time + timedelta(hours=23)


def test_metadata_arrives_later_and_is_no_edit(sandbox, lemmy):
    post = sandbox.post(url="https://news.example.org/1")
    before = lemmy.page(Kind.POST, None).listed[0]
    sandbox.do("metadata", post_id=post, embed_title="Shop", url_content_type="text/html")
    after = lemmy.page(Kind.POST, None).listed[0]
    assert (before.item.link_title, after.item.link_title) == (None, "Shop")
    assert before.content_hash != after.content_hash
    assert before.item.updated == after.item.updated


def test_an_edit_keeps_its_place(sandbox, lemmy):
    first, second = sandbox.post("first"), sandbox.post("second")
    before = {each.number: each.content_hash for each in lemmy.page(Kind.POST, None).listed}
    sandbox.do("edit", kind="post", id=first, body="buy now")
    page = lemmy.page(Kind.POST, None)
    assert ids(page) == [second, first]
    assert [before[each.number] != each.content_hash for each in page.listed] == [False, True]


def test_comments_shift_while_they_are_paged_by_number(sandbox):
    post, token = sandbox.post(), sandbox.token()
    written = [sandbox.comment(post) for _ in range(4)]

    def page(number):
        listed = sandbox.get("/comment/list", token, **{**NEW, "limit": 2, "page": number}).json()["comments"]
        return [each["comment"]["id"] for each in listed]

    assert page(1) == [written[3], written[2]]
    sandbox.comment(post)
    assert page(2) == [written[2], written[1]]


def test_posts_do_not_shift_while_they_are_paged_by_cursor(sandbox):
    written, token = [sandbox.post(str(number) * 3) for number in range(5)], sandbox.token()

    def page(cursor):
        asked = {**NEW, "limit": 2} | ({"page_cursor": cursor} if cursor else {})
        answer = sandbox.get("/post/list", token, **asked).json()
        return [each["post"]["id"] for each in answer["posts"]], answer.get("next_page")

    first, cursor = page(None)
    sandbox.post("newer")
    sandbox.do("remove", kind="post", id=first[1], by="alice")
    second, cursor = page(cursor)
    third, cursor = page(cursor)
    assert [*first, *second, *third] == written[::-1]
    assert page(cursor) == ([], None)


def test_a_cursor_goes_on_behind_pinned_posts(sandbox):
    written, token = [sandbox.post(str(number) * 3) for number in range(5)], sandbox.token()
    for post in (written[0], written[2]):
        sandbox.send("/post/feature", sandbox.token("admin"), post_id=post, featured=True, feature_type="Local")
    listed, cursor = [], None
    while cursor != "end":
        asked = {**NEW, "limit": 1} | ({"page_cursor": cursor} if cursor else {})
        answer = sandbox.get("/post/list", token, **asked).json()
        listed += [each["post"]["id"] for each in answer["posts"]]
        cursor = answer.get("next_page", "end")
    assert listed == [written[place] for place in (2, 0, 4, 3, 1)]


def test_reading_a_post_marks_it_read_and_hides_it_from_those_who_asked_for_that(sandbox):
    post, token = sandbox.post(), sandbox.token()
    sandbox.get("/post", token, id=post)
    assert titles(sandbox.get("/post/list", token, **NEW, show_read="false")) == []
    assert titles(sandbox.get("/post/list", token, **NEW)) == ["A kernel"]


def test_settings_hide_things_unless_the_question_overrides_them(sandbox, lemmy):
    sandbox.post("nsfw", nsfw=True)
    sandbox.do("person", name="robot", bot_account=True)
    sandbox.post("robot", author="robot")
    token = sandbox.token("alice")
    assert titles(sandbox.get("/post/list", token, **NEW)) == ["robot"]
    assert titles(sandbox.get("/post/list", token, **NEW, show_nsfw="true")) == ["robot", "nsfw"]
    assert len(lemmy.page(Kind.POST, None).listed) == 2


def test_without_a_type_only_local_posts_of_all_communities_are_listed(sandbox):
    sandbox.post("theirs", community="gardening")
    assert titles(sandbox.get("/post/list", sandbox.token(), sort="New")) == ["theirs"]


def test_a_restored_post_tells_who_decided(sandbox, lemmy):
    post = sandbox.post()
    lemmy.perform(order(ActionKind.REMOVE, post))
    assert lemmy.human_decisions(ItemRef(Kind.POST, str(post))) == []
    sandbox.do("remove", kind="post", id=post, by="alice", removed=False, reason="fine with me")
    assert lemmy.human_decisions(ItemRef(Kind.POST, str(post))) == ["restored by a moderator: fine with me"]
    assert lemmy.find(order(ActionKind.REMOVE, post), lemmy.identity().server_time) is Found.DONE


def test_deleted_items(sandbox, lemmy):
    post = sandbox.post()
    comment = sandbox.comment(post)
    sandbox.do("delete", kind="comment", id=comment)
    with pytest.raises(Refused, match="couldnt_update_comment"):
        lemmy.perform(order(ActionKind.REMOVE, comment, Kind.COMMENT))
    sandbox.do("delete", kind="post", id=post)
    with pytest.raises(Refused, match="couldnt_find_post"):
        lemmy.perform(order(ActionKind.REPORT, post))
    assert lemmy.item(ItemRef(Kind.POST, str(post))).is_deleted
    sandbox.do("delete", kind="post", id=post, deleted=False)
    assert ids(lemmy.page(Kind.POST, None)) == [post]


def test_lifting_a_ban_removes_content_too_and_only_ten_comments_without_a_word(sandbox):
    post, token = sandbox.post(author="seller"), sandbox.token()
    for number in range(12):
        sandbox.comment(post, f"buy {number}", author="seller")
    seller = sandbox.get("/user", username="seller").json()["person_view"]["person"]["id"]
    community = sandbox.get("/community", name="technology").json()["community_view"]["community"]["id"]
    ban = {"community_id": community, "person_id": seller, "ban": False, "remove_data": True}
    counts = sandbox.send("/community/ban_user", token, **ban).json()["person_view"]["counts"]
    assert (counts["post_count"], counts["comment_count"]) == (0, 2)
    modlog = sandbox.get("/modlog").json()
    assert (modlog["removed_posts"], modlog["removed_comments"]) == ([], [])


def test_the_password_is_not_in_the_log_of_writes(sandbox):
    sandbox.token()
    (login,) = sandbox.writes("POST /user/login")
    assert PASSWORD not in str(login)
