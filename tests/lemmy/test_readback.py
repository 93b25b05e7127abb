"""What the server shows of an order, and of other people's decisions."""

from datetime import UTC, datetime

import httpx
import pytest

from bot.domain.action import ActionKind
from bot.domain.item import ItemRef, Kind
from bot.engine.ports import BanEntry, Found, NotUnderstood, Order, Refused
from tests.builders import AN_ACTION
from tests.lemmy.conftest import no, ok, said
from tests.lemmy.recorded import recorded

SINCE = datetime(2026, 11, 23, 18, 42, tzinfo=UTC)
BEFORE, AFTER = "2026-11-23T18:41:59.999999Z", "2026-11-23T18:42:00.000000Z"
ME, OTHER = 4, 6
POST, COMMENT = ItemRef(Kind.POST, "8"), ItemRef(Kind.COMMENT, "4")
REF = "w-5e6fab"


def order(kind, ref=POST, **more):
    given = {"text": f"x [{REF}]", "reference": REF, "post_id": "8", "author_id": "9", "community_id": "2"}
    return Order(ref, AN_ACTION[kind], **(given | more))


def post(**changes):
    """GET /post of the recordings' post 8, standing unless told otherwise."""
    body = recorded("066").body
    body["post_view"]["post"] |= {"removed": False} | changes
    return ok(body)


def comment(**changes):
    body = recorded("030").body
    body["comment_view"]["comment"] |= changes
    return ok(body)


def modlog(**rows):
    return ok({"removed_posts": [], "removed_comments": [], "locked_posts": []} | rows)


def removal(kind="post", **changes):
    row = {"id": 1, "mod_person_id": ME, "removed": True, "when_": AFTER, "reason": f"Rule 2 [{REF}]"} | changes
    return {f"mod_remove_{kind}": {key: value for key, value in row.items() if value is not None}}


def locking(**changes):
    return {"mod_lock_post": {"id": 1, "mod_person_id": ME, "locked": True, "when_": AFTER} | changes}


def reply(**changes):
    view = recorded("088").body["comment_view"]
    view["comment"] |= {"published": AFTER, "content": f"see rule 2 ({REF})"} | changes
    return view


def message(**changes):
    row = {"id": 2, "creator_id": ME, "recipient_id": 9, "content": f"hello {REF}", "published": AFTER} | changes
    return {"private_message": row}


class TestARemoval:
    @pytest.mark.parametrize(
        ("rows", "item", "found"),
        [
            ([removal()], post(removed=True), Found.DONE),
            ([removal(removed=False, reason="restored"), removal()], post(), Found.DONE),
            ([removal(mod_person_id=OTHER)], post(removed=True), Found.DONE),
            ([], post(), Found.ABSENT),
            ([removal(reason=None)], post(), Found.ABSENT),
            ([removal(reason="Rule 2 [w-another]")], post(), Found.ABSENT),
            ([removal(removed=False)], post(), Found.ABSENT),
            ([removal(mod_person_id=OTHER, reason="spam")], post(removed=True), Found.MOOT),
            ([], post(removed=True), Found.MOOT),
            ([], post(deleted=True), Found.MOOT),
            ([], no("couldnt_find_post"), Found.MOOT),
        ],
    )
    def test_of_a_post(self, lemmy, server, rows, item, found):
        server.on("GET /modlog", modlog(removed_posts=rows))
        server.on("GET /post", item)
        assert lemmy.find(order(ActionKind.REMOVE), SINCE) is found
        params = dict(server.requests("GET /modlog")[0].url.params)
        assert params == {"post_id": "8", "type_": "ModRemovePost", "limit": "50"}

    @pytest.mark.parametrize(
        ("rows", "item", "found"),
        [
            ([removal("comment")], comment(removed=True), Found.DONE),
            ([], comment(), Found.ABSENT),
            ([], comment(removed=True, content=""), Found.MOOT),
            ([], no("couldnt_find_comment"), Found.MOOT),
        ],
    )
    def test_of_a_comment(self, lemmy, server, rows, item, found):
        server.on("GET /modlog", modlog(removed_comments=rows))
        server.on("GET /comment", item)
        assert lemmy.find(order(ActionKind.REMOVE, COMMENT), SINCE) is found
        params = dict(server.requests("GET /modlog")[0].url.params)
        assert params == {"comment_id": "4", "type_": "ModRemoveComment", "limit": "50"}

    def test_in_a_recorded_modlog(self, lemmy, server):
        server.on("GET /modlog", said("114"))
        assert lemmy.find(order(ActionKind.REMOVE, reference="w-5e6f"), SINCE) is Found.DONE


class TestALock:
    @pytest.mark.parametrize(
        ("rows", "item", "found"),
        [
            ([locking()], post(locked=True), Found.DONE),
            ([locking(locked=False), locking()], post(), Found.DONE),
            ([locking(when_=BEFORE)], post(), Found.ABSENT),
            ([locking(when_=BEFORE)], post(locked=True), Found.MOOT),
            ([locking(mod_person_id=OTHER)], post(locked=True), Found.MOOT),
            ([locking(locked=False)], post(), Found.ABSENT),
            ([], post(), Found.ABSENT),
            ([], post(removed=True), Found.MOOT),
            ([], no("couldnt_find_post"), Found.MOOT),
        ],
    )
    def test_is_ours_by_account_and_time(self, lemmy, server, rows, item, found):
        server.on("GET /modlog", modlog(locked_posts=rows))
        server.on("GET /post", item)
        assert lemmy.find(order(ActionKind.LOCK), SINCE) is found

    def test_below_a_comment_is_a_lock_of_its_post(self, lemmy, server):
        server.on("GET /modlog", modlog())
        server.on("GET /post", post())
        lemmy.find(order(ActionKind.LOCK, COMMENT, post_id="8"), SINCE)
        assert server.requests("GET /modlog")[0].url.params["post_id"] == "8"
        assert server.requests("GET /post")[0].url.params["id"] == "8"


def featuring(**changes):
    return {"mod_feature_post": {"id": 1, "mod_person_id": ME, "featured": True, "when_": AFTER} | changes}


def banning(**changes):
    row = {"id": 1, "mod_person_id": ME, "banned": True, "when_": AFTER, "reason": f"Rule 2 [{REF}]"} | changes
    return {"mod_ban_from_community": {key: value for key, value in row.items() if value is not None}}


class TestAFeaturing:
    @pytest.mark.parametrize(
        ("rows", "item", "found"),
        [
            ([featuring()], post(featured_community=True), Found.DONE),
            ([featuring(when_=BEFORE)], post(), Found.ABSENT),
            ([featuring(mod_person_id=OTHER)], post(featured_community=True), Found.MOOT),
            ([featuring(featured=False)], post(), Found.ABSENT),
            ([], post(removed=True), Found.MOOT),
        ],
    )
    def test_is_ours_by_account_and_time(self, lemmy, server, rows, item, found):
        server.on("GET /modlog", modlog(featured_posts=rows))
        server.on("GET /post", item)
        assert lemmy.find(order(ActionKind.FEATURE), SINCE) is found


class TestABan:
    @pytest.mark.parametrize(
        ("rows", "found"),
        [
            ([banning()], Found.DONE),
            ([banning(banned=False, mod_person_id=OTHER), banning()], Found.DONE),
            ([banning(reason="Rule 2 [w-another]")], Found.ABSENT),
            ([banning(banned=False)], Found.ABSENT),
            ([banning(mod_person_id=OTHER, reason=None)], Found.MOOT),
            ([banning(mod_person_id=OTHER, reason=None, when_=BEFORE)], Found.ABSENT),
            ([], Found.ABSENT),
        ],
    )
    def test_is_ours_by_its_reference(self, lemmy, server, rows, found):
        server.on("GET /modlog", modlog(banned_from_community=rows))
        assert lemmy.find(order(ActionKind.BAN), SINCE) is found
        params = dict(server.requests("GET /modlog")[0].url.params)
        asked = {"community_id": "2", "other_person_id": "9", "type_": "ModBanFromCommunity", "limit": "50"}
        assert params == asked

    @pytest.mark.parametrize(
        ("rows", "entry"),
        [
            ([], None),
            ([banning()], BanEntry(banned=True, by_us=True, at=SINCE, until=None)),
            (
                [banning(mod_person_id=OTHER, expires="2026-11-24T18:42:00Z"), banning()],
                BanEntry(banned=True, by_us=False, at=SINCE, until=datetime(2026, 11, 24, 18, 42, tzinfo=UTC)),
            ),
            ([banning(banned=False)], BanEntry(banned=False, by_us=True, at=SINCE, until=None)),
        ],
    )
    def test_the_latest_entry_counts(self, lemmy, server, rows, entry):
        server.on("GET /modlog", modlog(banned_from_community=rows))
        assert lemmy.latest_ban("2", "9") == entry

    def test_in_a_recorded_modlog(self, lemmy, server):
        server.on("GET /modlog", said("112"))
        entry = lemmy.latest_ban("2", "9")
        assert (entry.banned, entry.by_us, entry.until) == (False, True, None)


class TestARestoring:
    @pytest.mark.parametrize(
        ("rows", "found"),
        [
            ([removal(removed=False), removal(reason="Rule 2 [w-another]")], Found.DONE),
            ([removal(reason="Rule 2 [w-another]")], Found.ABSENT),
            ([removal(mod_person_id=OTHER, reason=None), removal(reason="Rule 2 [w-another]")], Found.MOOT),
            ([removal(removed=False, mod_person_id=OTHER, reason=None), removal(reason="x")], Found.MOOT),
            ([], Found.MOOT),
        ],
    )
    def test_of_a_post(self, lemmy, server, rows, found):
        server.on("GET /modlog", modlog(removed_posts=rows))
        assert lemmy.find(order(ActionKind.RESTORE), SINCE) is found


class TestAnApproval:
    @pytest.mark.parametrize(
        ("creators", "rows", "item", "found"),
        [
            ([], [], post(), Found.DONE),
            ([ME], [], post(), Found.DONE),
            ([OTHER], [], post(), Found.ABSENT),
            ([], [removal()], post(removed=True), Found.ABSENT),
            ([], [removal(mod_person_id=OTHER)], post(removed=True), Found.DONE),
            ([OTHER], [], post(deleted=True), Found.MOOT),
            ([OTHER], [], no("couldnt_find_post"), Found.MOOT),
        ],
    )
    def test_is_done_when_it_has_left_nothing_to_do(self, lemmy, server, creators, rows, item, found):
        reports = [{"post_report": {"id": number, "creator_id": maker}} for number, maker in enumerate(creators)]
        server.on("GET /post/report/list", ok({"post_reports": reports}))
        server.on("GET /modlog", modlog(removed_posts=rows))
        server.on("GET /post", item)
        assert lemmy.find(order(ActionKind.APPROVE), SINCE) is found


class TestAReport:
    @pytest.mark.parametrize(
        ("creators", "item", "found"),
        [
            ([OTHER, ME], post(), Found.DONE),
            ([ME], post(removed=True), Found.DONE),
            ([OTHER], post(), Found.ABSENT),
            ([], post(), Found.ABSENT),
            ([], post(removed=True), Found.MOOT),
            ([], post(deleted=True), Found.MOOT),
        ],
    )
    def test_is_ours_by_its_maker(self, lemmy, server, creators, item, found):
        rows = [{"post_report": {"id": number, "creator_id": maker}} for number, maker in enumerate(creators)]
        server.on("GET /post/report/list", ok({"post_reports": rows}))
        server.on("GET /post", item)
        assert lemmy.find(order(ActionKind.REPORT), SINCE) is found
        assert server.requests("GET /post/report/list")[0].url.params["unresolved_only"] == "false"

    def test_may_lie_behind_many_others(self, lemmy, server):
        others = ok({"comment_reports": [{"comment_report": {"id": 1, "creator_id": OTHER}}] * 50})
        ours = ok({"comment_reports": [{"comment_report": {"id": 1, "creator_id": ME}}]})
        server.on("GET /comment/report/list", others, others, ours)
        assert lemmy.find(order(ActionKind.REPORT, COMMENT), SINCE) is Found.DONE
        pages = [each.url.params["page"] for each in server.requests("GET /comment/report/list")]
        assert pages == ["1", "2", "3"]

    def test_of_a_community_that_is_not_ours_any_more(self, lemmy, server):
        server.on("GET /post/report/list", said("059"))
        with pytest.raises(Refused, match="not_a_mod_or_admin"):
            lemmy.find(order(ActionKind.REPORT), SINCE)


class TestAReply:
    @pytest.mark.parametrize(
        ("rows", "found"),
        [
            ([reply()], Found.DONE),
            ([reply(creator_id=OTHER), reply()], Found.DONE),
            ([reply(content="", removed=True)], Found.DONE),
            ([reply(content="", deleted=True)], Found.DONE),
            ([reply(content="", deleted=True, creator_id=OTHER)], Found.ABSENT),
            ([reply(creator_id=OTHER)], Found.ABSENT),
            ([reply(content="no reference")], Found.ABSENT),
            ([reply(published=BEFORE)], Found.ABSENT),
            ([], Found.ABSENT),
        ],
    )
    def test_is_ours_by_account_and_reference(self, lemmy, server, rows, found):
        server.on("GET /comment/list", ok({"comments": rows}))
        server.on("GET /post", post())
        assert lemmy.find(order(ActionKind.REPLY), SINCE) is found
        params = dict(server.requests("GET /comment/list")[0].url.params)
        assert params == {"post_id": "8", "type_": "All", "sort": "New", "limit": "50", "page": "1"}

    def test_below_a_comment(self, lemmy, server):
        server.on("GET /comment/list", ok({"comments": []}))
        server.on("GET /comment", comment(removed=True))
        assert lemmy.find(order(ActionKind.REPLY, COMMENT), SINCE) is Found.MOOT
        assert server.requests("GET /comment/list")[0].url.params["parent_id"] == "4"

    def test_is_looked_for_back_to_when_it_was_sent_and_no_further(self, lemmy, server):
        newer = [reply(creator_id=OTHER)] * 50
        older = [reply(creator_id=OTHER, published=BEFORE)] * 50
        server.on("GET /comment/list", *(ok({"comments": rows}) for rows in (newer, newer, older)))
        server.on("GET /post", post())
        assert lemmy.find(order(ActionKind.REPLY), SINCE) is Found.ABSENT
        assert server.count("GET /comment/list") == 3


class TestAMessage:
    @pytest.mark.parametrize(
        ("rows", "found"),
        [
            ([message()], Found.DONE),
            ([message(creator_id=OTHER, recipient_id=ME)], Found.ABSENT),
            ([message(content="hello")], Found.ABSENT),
            ([message(published=BEFORE)], Found.ABSENT),
            ([], Found.ABSENT),
        ],
    )
    def test_is_ours_by_account_and_reference(self, lemmy, server, rows, found):
        server.on("GET /private_message/list", ok({"private_messages": rows}))
        assert lemmy.find(order(ActionKind.MESSAGE), SINCE) is found
        params = dict(server.requests("GET /private_message/list")[0].url.params)
        assert params == {"unread_only": "false", "page": "1", "limit": "50"}


@pytest.mark.parametrize("kind", [kind for kind in ActionKind if kind is not ActionKind.STRIKE])
@pytest.mark.parametrize("answer", [ok({}), ok({"comments": 1}), httpx.Response(200, html="<html>")])
def test_reading_back_rubbish_settles_nothing(lemmy, server, kind, answer):
    for route in ("/modlog", "/post/report/list", "/comment/list", "/private_message/list", "/post"):
        server.on(f"GET {route}", answer)
    with pytest.raises(NotUnderstood):
        lemmy.find(order(kind), SINCE)


@pytest.mark.parametrize("kind", list(ActionKind))
def test_reading_back_sends_nothing(lemmy, server, kind):
    server.on("GET /modlog", modlog())
    server.on("GET /post/report/list", ok({"post_reports": []}))
    server.on("GET /comment/list", ok({"comments": []}))
    server.on("GET /private_message/list", ok({"private_messages": []}))
    server.on("GET /post", post())
    nothing_left = {ActionKind.APPROVE: Found.DONE, ActionKind.RESTORE: Found.MOOT}
    assert lemmy.find(order(kind), SINCE) is nothing_left.get(kind, Found.ABSENT)
    assert {each.method for each in server.asked if not each.url.path.endswith("/login")} == {"GET"}


class TestHumanDecisions:
    @pytest.mark.parametrize(
        ("rows", "decisions"),
        [
            ([], []),
            ([removal()], []),
            ([removal(removed=False)], []),
            ([removal(removed=False, mod_person_id=OTHER, reason="fine")], ["restored by a moderator: fine"]),
            ([removal(removed=False, mod_person_id=OTHER, reason=None)], ["restored by a moderator"]),
            (
                [removal(mod_person_id=OTHER), removal(removed=False, mod_person_id=OTHER, reason=None), removal()],
                ["restored by a moderator"],
            ),
        ],
    )
    def test_a_restored_post_stands(self, lemmy, server, rows, decisions):
        server.on("GET /modlog", modlog(removed_posts=rows))
        assert list(lemmy.human_decisions(POST)) == decisions

    def test_a_restored_comment_stands(self, lemmy, server):
        row = removal("comment", removed=False, mod_person_id=OTHER, reason="ok")
        server.on("GET /modlog", modlog(removed_comments=[row]))
        assert list(lemmy.human_decisions(COMMENT)) == ["restored by a moderator: ok"]

    def test_our_own_restoring_in_a_recorded_modlog_is_none(self, lemmy, server):
        server.on("GET /modlog", said("114"))
        assert list(lemmy.human_decisions(POST)) == []
