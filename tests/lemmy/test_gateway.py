"""The port's methods against recorded answers: what is asked, and what comes of the answer."""

import json
from copy import deepcopy
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import httpx
import pytest

from bot.domain.action import ActionKind, Ban
from bot.domain.item import ItemRef, Kind
from bot.engine.ports import (
    Gone,
    Lemmy,
    NotLoggedIn,
    NotUnderstood,
    Order,
    RateLimited,
    Receipt,
    Refused,
    Unclear,
    Unreachable,
)
from bot.http.buckets import Buckets
from bot.http.client import Client
from bot.lemmy.gateway import LemmyV3
from tests.builders import AN_ACTION
from tests.lemmy.conftest import DATE, ok, said
from tests.lemmy.recorded import recorded

SERVER_TIME = datetime(2026, 11, 23, 18, 42, 13, tzinfo=UTC)
POST, COMMENT = ItemRef(Kind.POST, "4"), ItemRef(Kind.COMMENT, "4")


def order(kind, ref=POST, **more):
    given = {
        "text": "Rule 6 [w-7081ab]",
        "reference": "w-7081ab",
        "post_id": "4",
        "author_id": "9",
        "community_id": "2",
    }
    return Order(ref, AN_ACTION[kind], **(given | more))


def as_the_port(lemmy) -> Lemmy:
    return lemmy


class TestIdentity:
    def test_is_what_the_site_says(self, lemmy):
        identity = as_the_port(lemmy).identity()
        assert (identity.person_id, identity.name) == ("4", "warden")
        assert identity.moderates == {"technology@lemmy.test": "2", "backroom@lemmy.test": "4"}
        assert identity.server_time == SERVER_TIME
        assert identity.warnings == ()

    @pytest.mark.parametrize(
        ("change", "warning"),
        [
            ({"person_blocks": [{}, {}]}, "blocks 2 people"),
            ({"community_blocks": [{}]}, "blocks 1 communities"),
            ({"instance_blocks": [{}]}, "blocks 1 instances"),
            ({"discussion_languages": [37]}, "languages"),
        ],
    )
    def test_warns_of_what_hides_content(self, lemmy, server, change, warning):
        site = deepcopy(recorded("007").body)
        site["my_user"] |= change
        server.on("GET /site", ok(site))
        (said_,) = lemmy.identity().warnings
        assert warning in said_

    @pytest.mark.parametrize("setting", ["show_nsfw", "show_bot_accounts", "show_read_posts"])
    def test_warns_of_settings(self, lemmy, server, setting):
        site = deepcopy(recorded("007").body)
        site["my_user"]["local_user_view"]["local_user"][setting] = False
        server.on("GET /site", ok(site))
        assert len(lemmy.identity().warnings) == 1

    def test_without_a_date_is_not_understood(self, lemmy, server):
        server.on("GET /site", httpx.Response(200, json=recorded("007").body))
        with pytest.raises(NotUnderstood, match="no date"):
            lemmy.identity()

    def test_settings_of_the_account(self, lemmy, server):
        server.on("PUT /user/save_user_settings", said("010"))
        lemmy.apply_settings()
        (sent,) = server.requests("PUT /user/save_user_settings")
        assert json.loads(sent.content) == {
            "bot_account": True,
            "show_nsfw": True,
            "show_bot_accounts": True,
            "show_read_posts": True,
            "discussion_languages": [],
        }


class TestPages:
    def test_posts(self, lemmy, server):
        server.on("GET /post/list", said("016"))
        page = lemmy.page(Kind.POST, None)
        assert [each.number for each in page.listed] == [13, 12, 11]
        assert page.next == "Pb"
        assert page.server_time == SERVER_TIME
        (sent,) = server.requests("GET /post/list")
        assert dict(sent.url.params) == {
            "type_": "ModeratorView",
            "sort": "New",
            "limit": "50",
            "show_nsfw": "true",
            "show_read": "true",
            "show_hidden": "true",
        }
        assert sent.headers["authorization"] == "Bearer t0ken"

    def test_the_next_page_of_posts(self, lemmy, server):
        server.on("GET /post/list", said("017"))
        lemmy.page(Kind.POST, "Pb")
        assert server.requests("GET /post/list")[0].url.params["page_cursor"] == "Pb"

    def test_posts_end_with_an_empty_page(self, lemmy, server):
        server.on("GET /post/list", ok({"posts": [], "next_page": "Pb"}))
        assert lemmy.page(Kind.POST, "Pb").next is None

    def test_comments(self, lemmy, server):
        server.on("GET /comment/list", said("079"))
        page = lemmy.page(Kind.COMMENT, None)
        assert [each.number for each in page.listed][:2] == [8, 7]
        assert page.next == "2"
        removed = {each.number: each.item for each in page.listed}[4]
        assert (removed.body, removed.is_removed) == ("", True)
        params = dict(server.requests("GET /comment/list")[0].url.params)
        assert params == {"type_": "ModeratorView", "sort": "New", "limit": "50", "page": "1"}

    @pytest.mark.parametrize(("token", "next_"), [("2", "3"), ("99", "100"), ("100", None)])
    def test_comments_go_no_deeper_than_a_hundred_pages(self, lemmy, server, token, next_):
        server.on("GET /comment/list", said("025"))
        assert lemmy.page(Kind.COMMENT, token).next == next_
        assert server.requests("GET /comment/list")[0].url.params["page"] == token

    def test_comments_end_with_an_empty_page(self, lemmy, server):
        server.on("GET /comment/list", said("014"))
        assert lemmy.page(Kind.COMMENT, "7").next is None

    def test_metadata_is_judged_by_the_servers_clock(self, lemmy, server):
        seen_at = "Mon, 23 Nov 2026 18:43:00 GMT"
        for date, title in ((seen_at, None), ("Mon, 23 Nov 2026 18:43:10 GMT", "")):
            server.on("GET /post", httpx.Response(200, json=recorded("027").body, headers={"Date": date}))
            assert lemmy.item(ItemRef(Kind.POST, "1")).link_title == title

    @pytest.mark.parametrize("token", ["a b", "../x", "P" * 99, "\ud83d", ""])
    @pytest.mark.parametrize("kind", list(Kind))
    def test_a_token_that_no_server_gave(self, lemmy, server, kind, token):
        with pytest.raises(Refused):
            lemmy.page(kind, token)
        assert {each.url.path for each in server.asked} <= {"/nodeinfo/2.1", "/api/v3/site", "/api/v3/user/login"}

    def test_a_cursor_that_points_to_nothing_any_more(self, lemmy, server):
        server.on("GET /post/list", said("020"))
        with pytest.raises(NotUnderstood, match="pagination token"):
            lemmy.page(Kind.POST, "Pffffff")

    @pytest.mark.parametrize(
        "reply",
        [
            ok({}),
            ok({"posts": None}),
            ok({"posts": [{}]}),
            httpx.Response(200, html="<html>", headers={"Date": DATE}),
            httpx.Response(200, json={"posts": []}),
        ],
    )
    def test_an_outage_is_no_empty_community(self, lemmy, server, reply):
        server.on("GET /post/list", reply)
        with pytest.raises(NotUnderstood):
            lemmy.page(Kind.POST, None)


class TestItems:
    def test_a_post(self, lemmy, server):
        server.on("GET /post", said("066"))
        item = lemmy.item(ItemRef(Kind.POST, "8"))
        assert (item.id, item.is_removed) == ("8", True)
        assert dict(server.requests("GET /post")[0].url.params) == {"id": "8"}

    def test_a_comment(self, lemmy, server):
        server.on("GET /comment", said("078"))
        item = lemmy.item(COMMENT)
        assert (item.id, item.body, item.is_removed) == ("4", "", True)
        assert dict(server.requests("GET /comment")[0].url.params) == {"id": "4"}

    @pytest.mark.parametrize(("ref", "route", "reply"), [(POST, "GET /post", "028"), (COMMENT, "GET /comment", "031")])
    def test_one_that_is_gone(self, lemmy, server, ref, route, reply):
        server.on(route, said(reply))
        with pytest.raises(Gone, match="couldnt_find"):
            lemmy.item(ref)

    @pytest.mark.parametrize("id_", ["", "x", "-1", "1.5", "٣", "9" * 30, "1 OR 1"])
    def test_an_id_that_no_lemmy_gave(self, lemmy, server, id_):
        with pytest.raises(Refused, match="not_a_number"):
            lemmy.item(ItemRef(Kind.POST, id_))
        assert server.count("GET /post") == 0


WRITES = [
    # order, route, answer, what was sent, receipt
    (
        order(ActionKind.REPORT),
        "POST /post/report",
        "041",
        {"post_id": 4, "reason": "Rule 6 [w-7081ab]"},
        Receipt("1"),
    ),
    (
        order(ActionKind.REPORT, COMMENT),
        "POST /comment/report",
        "052",
        {"comment_id": 4, "reason": "Rule 6 [w-7081ab]"},
        Receipt("1"),
    ),
    (
        order(ActionKind.REMOVE),
        "POST /post/remove",
        "073",
        {"post_id": 4, "removed": True, "reason": "Rule 6 [w-7081ab]"},
        Receipt(),
    ),
    (
        order(ActionKind.REMOVE, COMMENT),
        "POST /comment/remove",
        "076",
        {"comment_id": 4, "removed": True, "reason": "Rule 6 [w-7081ab]"},
        Receipt(),
    ),
    (order(ActionKind.LOCK), "POST /post/lock", "083", {"post_id": 4, "locked": True}, Receipt()),
    (order(ActionKind.LOCK, COMMENT, post_id="7"), "POST /post/lock", "083", {"post_id": 7, "locked": True}, Receipt()),
    (
        order(ActionKind.REPLY),
        "POST /comment",
        "088",
        {"post_id": 4, "content": "Rule 6 [w-7081ab]"},
        Receipt("10"),
    ),
    (
        order(ActionKind.REPLY, COMMENT, post_id="1"),
        "POST /comment",
        "088",
        {"post_id": 1, "parent_id": 4, "content": "Rule 6 [w-7081ab]"},
        Receipt("10"),
    ),
    (
        order(ActionKind.MESSAGE),
        "POST /private_message",
        "102",
        {"recipient_id": 9, "content": "Rule 6 [w-7081ab]"},
        Receipt("2"),
    ),
    (
        order(ActionKind.HOLD),
        "POST /private_message",
        "102",
        {"recipient_id": 9, "content": "Rule 6 [w-7081ab]"},
        Receipt("2"),
    ),
    (
        order(ActionKind.NOTIFY, author_id="", to="seller@lemmy.test"),
        "POST /private_message",
        "102",
        {"recipient_id": recorded("033").body["person_view"]["person"]["id"], "content": "Rule 6 [w-7081ab]"},
        Receipt("2"),
    ),
    (
        order(ActionKind.FEATURE),
        "POST /post/feature",
        "086",
        {"post_id": 4, "featured": True, "feature_type": "Community"},
        Receipt(),
    ),
    (
        order(ActionKind.RESTORE),
        "POST /post/remove",
        "075",
        {"post_id": 4, "removed": False, "reason": "Rule 6 [w-7081ab]"},
        Receipt(),
    ),
    (
        order(ActionKind.RESTORE, COMMENT),
        "POST /comment/remove",
        "081",
        {"comment_id": 4, "removed": False, "reason": "Rule 6 [w-7081ab]"},
        Receipt(),
    ),
    (
        order(ActionKind.BAN),
        "POST /community/ban_user",
        "106",
        {
            "community_id": 2,
            "person_id": 9,
            "ban": True,
            "expires": int((SERVER_TIME + timedelta(days=3)).timestamp()),
            "reason": "Rule 6 [w-7081ab]",
        },
        Receipt(),
    ),
]
IDS = [f"{each[0].kind.value} of a {each[0].ref.kind.value}" for each in WRITES]


class TestPerforming:
    @pytest.mark.parametrize(("given", "route", "reply", "sent", "receipt"), WRITES, ids=IDS)
    def test_what_is_sent(self, lemmy, server, given, route, reply, sent, receipt):
        server.on(route, said(reply))
        assert lemmy.perform(given) == receipt
        (request,) = server.requests(route)
        assert json.loads(request.content) == sent

    @pytest.mark.parametrize(("given", "route"), [each[:2] for each in WRITES], ids=IDS)
    @pytest.mark.parametrize(
        "answer",
        [
            httpx.ReadTimeout("slow"),
            httpx.RemoteProtocolError("gone"),
            httpx.Response(502, html="<html>"),
            httpx.Response(200, html="<html>"),
            ok({}),
            ok({"success": True}),
            said("120"),
        ],
        ids=["timeout", "reset", "502", "HTML", "empty", "other", "unknown"],
    )
    def test_without_a_clear_answer_it_is_unclear_and_sent_once(self, lemmy, server, given, route, answer):
        server.on(route, answer)
        with pytest.raises(Unclear):
            lemmy.perform(given)
        assert server.count(route) == 1

    @pytest.mark.parametrize(
        ("kind", "route", "reply"),
        [
            (ActionKind.REMOVE, "POST /post/remove", "075"),
            (ActionKind.RESTORE, "POST /post/remove", "064"),
            (ActionKind.LOCK, "POST /post/lock", "027"),
            (ActionKind.FEATURE, "POST /post/feature", "027"),
            (ActionKind.BAN, "POST /community/ban_user", "107"),
        ],
    )
    def test_an_item_that_is_as_before_is_unclear(self, lemmy, server, kind, route, reply):
        server.on(route, said(reply))
        with pytest.raises(Unclear):
            lemmy.perform(order(kind))

    @pytest.mark.parametrize(
        ("given", "route", "reply", "error", "word"),
        [
            (order(ActionKind.REPORT), "POST /post/report", "045", Refused, "report_too_long"),
            (order(ActionKind.REPORT), "POST /post/report", "068", Gone, "couldnt_find_post"),
            (order(ActionKind.REPORT, COMMENT), "POST /comment/report", "054", Gone, "deleted"),
            (order(ActionKind.REMOVE), "POST /post/remove", "070", Refused, "not_a_mod_or_admin"),
            (order(ActionKind.REMOVE), "POST /post/remove", "071", Refused, "not_higher_mod"),
            (order(ActionKind.REMOVE, COMMENT), "POST /comment/remove", "080", Gone, "couldnt_update_comment"),
            (order(ActionKind.REPLY), "POST /comment", "084", Refused, "locked"),
            (order(ActionKind.MESSAGE), "POST /private_message", "104", Refused, "person_is_blocked"),
            (order(ActionKind.HOLD), "POST /private_message", "104", Refused, "person_is_blocked"),
            (order(ActionKind.BAN), "POST /community/ban_user", "109", Refused, "not_higher_mod"),
            (order(ActionKind.BAN), "POST /community/ban_user", "110", Refused, "not_a_mod_or_admin"),
        ],
    )
    def test_a_clear_no(self, lemmy, server, given, route, reply, error, word):
        server.on(route, said(reply))
        with pytest.raises(Refused) as caught:
            lemmy.perform(given)
        assert (type(caught.value), caught.value.word) == (error, word)
        assert server.count(route) == 1

    def test_a_ban_for_good_has_no_end(self, lemmy, server):
        server.on("POST /community/ban_user", said("106"))
        asked = order(ActionKind.BAN)
        lemmy.perform(replace(asked, action=Ban(None)))
        assert "expires" not in json.loads(server.requests("POST /community/ban_user")[0].content)

    def test_a_moderator_who_is_not_there(self, lemmy, server):
        server.on("GET /user", said("034"))
        with pytest.raises(Gone, match="couldnt_find_person"):
            lemmy.perform(order(ActionKind.NOTIFY, to="nobody@lemmy.test"))

    def test_a_strike_sends_nothing(self, lemmy, server):
        assert lemmy.perform(order(ActionKind.STRIKE)) == Receipt()
        assert {each.method for each in server.asked if not each.url.path.endswith("/login")} == {"GET"}

    @pytest.mark.parametrize("removed_by", [None, 4, 6])
    def test_an_approval_resolves_what_others_reported_and_puts_back_what_we_removed(self, lemmy, server, removed_by):
        reports = [{"post_report": {"id": id_, "creator_id": maker}} for id_, maker in ((1, 6), (2, 4), (3, 7))]
        server.on("GET /post/report/list", ok({"post_reports": reports}))
        server.on("PUT /post/report/resolve", said("061"))
        entry = {"mod_person_id": removed_by, "removed": True, "when_": "2026-11-23T18:42:00Z"}
        removals = [] if removed_by is None else [{"mod_remove_post": entry}]
        server.on("GET /modlog", ok({"removed_posts": removals, "removed_comments": [], "locked_posts": []}))
        server.on("POST /post/remove", said("075"))
        lemmy.perform(order(ActionKind.APPROVE))
        resolved = [json.loads(each.content) for each in server.requests("PUT /post/report/resolve")]
        assert resolved == [{"report_id": id_, "resolved": True} for id_ in (1, 3)]
        assert server.count("POST /post/remove") == (removed_by == 4)
        assert server.requests("GET /post/report/list")[0].url.params["unresolved_only"] == "true"

    def test_a_banned_bot(self, lemmy, server):
        server.on("POST /post/report", said("125"))
        with pytest.raises(NotLoggedIn):
            lemmy.perform(order(ActionKind.REPORT))

    def test_too_many_requests(self, lemmy, server):
        server.on("POST /comment", said("128"))
        with pytest.raises(RateLimited):
            lemmy.perform(order(ActionKind.REPLY))
        assert server.count("POST /comment") == 1

    def test_our_sixth_reply_within_minutes_waits_its_turn_unsent(self, account, server):
        client = Client(account.instance, buckets=Buckets(clock=lambda: 0.0))
        lemmy = LemmyV3(account, client)
        server.on("POST /comment", said("088"))
        for _ in range(6):
            lemmy.perform(order(ActionKind.REPLY))
        with pytest.raises(RateLimited, match="comment"):
            lemmy.perform(order(ActionKind.REPLY))
        client.close()
        assert server.count("POST /comment") == 6

    @pytest.mark.parametrize(
        "given",
        [
            order(ActionKind.REMOVE, ItemRef(Kind.POST, "abc")),
            order(ActionKind.MESSAGE, author_id=""),
            order(ActionKind.REPLY, post_id=""),
            order(ActionKind.LOCK, post_id="x"),
        ],
    )
    def test_nothing_is_sent_to_an_address_that_is_none(self, lemmy, server, given):
        with pytest.raises(Refused, match="not_a_number"):
            lemmy.perform(given)
        assert all(each.method == "GET" or each.url.path.endswith("/login") for each in server.asked)

    def test_nothing_is_sent_while_the_server_does_not_say_who_we_are(self, lemmy, server):
        server.on("GET /site", ok({"hello": 1}))
        with pytest.raises(Unreachable, match="nothing was sent"):
            lemmy.perform(order(ActionKind.REMOVE))
        assert server.count("POST /post/remove") == 0


class TestOpenReports:
    def test_are_counted_for_each_item_without_our_own(self, lemmy, server):
        posts = [{"post_report": {"id": 1, "creator_id": maker, "post_id": post}} for maker, post in PAIRS]
        comments = [{"comment_report": {"id": 1, "creator_id": 6, "comment_id": 4}}]
        server.on("GET /post/report/list", ok({"post_reports": posts}))
        server.on("GET /comment/report/list", ok({"comment_reports": comments}))
        assert lemmy.open_reports() == {ItemRef(Kind.POST, "8"): 2, COMMENT: 1}
        params = dict(server.requests("GET /post/report/list")[0].url.params)
        assert params == {"unresolved_only": "true", "limit": "50", "page": "1"}

    def test_in_the_recorded_lists(self, lemmy, server):
        server.on("GET /post/report/list", said("055"))
        server.on("GET /comment/report/list", said("058"))
        assert all(number > 0 for number in lemmy.open_reports().values())

    def test_that_are_too_many_are_not_known(self, lemmy, server):
        page = {"post_reports": [{"post_report": {"id": 1, "creator_id": 6, "post_id": 8}}] * 50}
        server.on("GET /post/report/list", ok(page))
        assert lemmy.open_reports() is None

    def test_of_nothing_that_we_moderate(self, lemmy, server):
        server.on("GET /post/report/list", said("059"))
        with pytest.raises(Refused, match="not_a_mod_or_admin"):
            lemmy.open_reports()


PAIRS = [(6, 8), (7, 8), (4, 8), (4, 9)]
"""Who reported what; 4 are we."""


class TestLooking:
    def test_at_a_post_is_as_a_list_shows_it(self, lemmy, server):
        server.on("GET /post", said("027"))
        server.on("GET /post/list", said("011"))
        seen = lemmy.look(ItemRef(Kind.POST, "1"))
        assert seen.content_hash in {each.content_hash for each in lemmy.page(Kind.POST, None).listed}

    def test_at_a_removed_comment_finds_its_text_in_the_modlog(self, lemmy, server):
        server.on("GET /comment", said("078"))
        server.on("GET /modlog", said("112"))
        seen = lemmy.look(COMMENT)
        assert seen.item.is_removed
        assert seen.item.body == recorded("112").body["removed_comments"][0]["comment"]["content"] != ""


class TestAReportThatIsThereAlready:
    def test_is_done(self, lemmy, server):
        server.on("POST /post/report", said("042"))
        server.on("GET /post/report/list", said("074"))
        assert lemmy.perform(order(ActionKind.REPORT)) == Receipt("1")
        params = dict(server.requests("GET /post/report/list")[0].url.params)
        assert params == {"post_id": "4", "unresolved_only": "false", "limit": "50", "page": "1"}

    def test_is_done_for_a_comment(self, lemmy, server):
        server.on("POST /comment/report", said("053"))
        server.on("GET /comment/report/list", said("058"))
        assert lemmy.perform(order(ActionKind.REPORT, COMMENT)) == Receipt("1")
        assert server.requests("GET /comment/report/list")[0].url.params["comment_id"] == "4"

    def test_by_others_only_is_refused(self, lemmy, server):
        server.on("POST /post/report", said("042"))
        server.on("GET /post/report/list", ok({"post_reports": [{"post_report": {"id": 3, "creator_id": 6}}]}))
        with pytest.raises(Refused, match="couldnt_create_report"):
            lemmy.perform(order(ActionKind.REPORT))

    @pytest.mark.parametrize("reply", [httpx.ReadTimeout("slow"), ok({}), said("127")])
    def test_is_unclear_when_the_list_cannot_be_read(self, lemmy, server, reply):
        server.on("POST /post/report", said("042"))
        server.on("GET /post/report/list", reply)
        with pytest.raises(Unclear):
            lemmy.perform(order(ActionKind.REPORT))
        assert server.count("POST /post/report") == 1
