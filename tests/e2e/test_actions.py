"""Every kind of action from the rule file to the server's log, each tick by a Warden that has just started."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.app import wiring
from bot.app.clock import SystemClock
from bot.app.config import load_config
from bot.app.wiring import assemble
from bot.daemon.run import run_once
from bot.domain.action import ActionKind
from bot.http.buckets import Bucket, Buckets, Flow
from tests import unencrypted
from tests.fakes import MemoryJournal

WIDE = {bucket: Flow(10_000, 10_000.0) for bucket in Bucket}
PLENTY = ", ".join(f"{kind}: 100/h" for kind in ActionKind)
BAN, REMOVE, LOCK = "POST /community/ban_user", "POST /post/remove", "POST /post/lock"
REPORT, REPLY, MESSAGE = "POST /post/report", "POST /comment", "POST /private_message"
FEATURE, RESOLVE = "POST /post/feature", "PUT /post/report/resolve"
PILLS = "when: {title (includes-word): [pills]}, on: posts, mode: act"
HOUR = timedelta(hours=1)


class Scene:
    """A sandbox, and ticks of Warden at chosen times."""

    def __init__(self, bench, monkeypatch):
        self.bench = bench
        self.later = timedelta(0)
        scene = self

        class ShiftedClock(SystemClock):
            def now(self):
                return super().now() + scene.later

        monkeypatch.setattr(wiring, "SystemClock", ShiftedClock)

    def rules(self, *rules, account="", budget=PLENTY, head=""):
        text = "version: 1\n" + head + "rules:\n" + "".join(f"  - {{{rule}}}\n" for rule in rules)
        self.bench.set_up(rules=text, account=account, budget=budget)

    def tick(self, after=timedelta(0), times=1):
        """Start, do what is due, and end. Returns what the last tick told."""
        self.later += after
        for _ in range(times):
            journal = MemoryJournal()
            config = load_config(self.bench.config)
            assembly = assemble(config, journal, buckets=Buckets(WIDE))
            try:
                assert run_once(assembly.seats, config.settle) == []
            finally:
                assembly.close()
        return journal

    def person(self, name):
        return self.bench.as_moderator("GET", "/user", username=name)["person_view"]["person"]["id"]

    def forms(self, endpoint):
        rows = unencrypted.get(f"{self.bench.address}/sandbox/writes").json()["writes"]
        return [row["form"] for row in rows if row["actor"] == "warden" and row["endpoint"] == endpoint]

    def count(self, endpoint):
        return len(self.bench.writes(endpoint))


@pytest.fixture
def scene(bench, monkeypatch):
    return Scene(bench, monkeypatch)


def skipped(journal):
    return {kind: why for facts in journal.named("decision") for kind, why in facts["skipped"].items()}


def outcomes(journal, action):
    return [
        (facts["outcome"], facts.get("detail", "")) for facts in journal.named("action") if facts["action"] == action
    ]


class TestABan:
    def test_comes_once_however_many_items_ask_for_it(self, scene):
        scene.rules(f"id: pills, {PILLS}, then: [remove, ban: {{days: 3}}]")
        scene.bench.post("Cheap pills")
        scene.bench.post("More pills")
        journal = scene.tick()
        scene.tick()
        (form,) = scene.forms(BAN)
        assert form["person_id"] == scene.person("eve")
        assert form["ban"] is True
        assert "remove_data" not in form
        assert "[w-" in form["reason"]
        until = datetime.fromtimestamp(form["expires"], UTC)
        assert abs(until - SystemClock().now() - timedelta(days=3)) < HOUR
        assert ("moot", "banned already, for as long") in outcomes(journal, "ban")
        assert scene.count(REMOVE) == 2

    def test_for_good_has_no_end(self, scene):
        scene.rules(f"id: pills, {PILLS}, then: [ban: {{permanent: true}}]")
        scene.bench.post("Cheap pills")
        scene.tick()
        (form,) = scene.forms(BAN)
        assert "expires" not in form

    def test_becomes_longer_but_never_shorter(self, scene):
        scene.rules(
            f"id: pills, {PILLS}, then: [ban: {{days: 30}}]",
            "id: ads, when: {title (includes-word): [voucher]}, mode: act, then: [ban: {days: 3}]",
            "id: gore, when: {title (includes-word): [gore]}, mode: act, then: [ban: {permanent: true}]",
        )
        for title in ("Cheap pills", "A voucher", "Some gore"):
            scene.bench.post(title)
        scene.tick()
        assert ["expires" in form for form in scene.forms(BAN)] == [True, False]

    def test_of_a_moderator_is_left_alone(self, scene):
        scene.rules(f"id: pills, {PILLS}, then: [ban: {{permanent: true}}]")
        scene.bench.post("Cheap pills")
        eve = scene.person("eve")
        scene.bench.as_moderator("POST", "/community/ban_user", community_id=1, person_id=eve, ban=True, reason="me")
        journal = scene.tick()
        assert outcomes(journal, "ban") == [("moot", "a moderator has banned the author already")]
        assert scene.count(BAN) == 0

    def test_that_a_moderator_has_lifted_does_not_come_back(self, scene):
        scene.rules(f"id: pills, {PILLS}, then: [ban: {{days: 3}}]")
        scene.bench.post("Cheap pills")
        eve = scene.person("eve")
        for banned in (True, False):
            scene.bench.as_moderator("POST", "/community/ban_user", community_id=1, person_id=eve, ban=banned)
        journal = scene.tick()
        assert outcomes(journal, "ban") == [("moot", "a moderator has lifted a ban of the author since")]
        assert scene.count(BAN) == 0

    def test_never_meets_moderators_whatever_the_rule_exempts(self, scene):
        scene.rules(f"id: pills, {PILLS}, exempt: [], then: [ban: {{days: 3}}]")
        scene.bench.post("Cheap pills", author="alice")
        assert skipped(scene.tick()) == {"ban": "moderators and admins are never banned"}
        assert scene.count(BAN) == 0


class TestANote:
    @pytest.mark.parametrize("wish", ["mode: notify, then: [remove]", "mode: act, then: [notify]"])
    def test_reaches_each_moderator_once_whatever_happens_to_the_item(self, scene, wish):
        people = "notify: [alice@sandbox.localhost, carol@sandbox.localhost]"
        scene.rules(f"id: pills, when: {{title (includes-word): [pills]}}, {wish}", account=people)
        post = scene.bench.post("Cheap pills")
        scene.tick()
        scene.bench.steer("edit", kind="post", id=post, title="Cheaper pills")
        scene.tick(times=2)
        told = {form["recipient_id"] for form in scene.forms(MESSAGE)}
        assert told == {scene.person("alice"), scene.person("carol")}
        assert scene.count(MESSAGE) == 2
        assert f"/post/{post}" in scene.forms(MESSAGE)[0]["content"]
        assert scene.count(REMOVE) == 0

    def test_that_was_sent_to_one_reaches_the_other_after_a_restart(self, scene):
        people = "notify: [alice@sandbox.localhost, carol@sandbox.localhost]"
        scene.rules(f"id: pills, {PILLS}, then: [notify]", account=people, budget="notify: 1/h")
        scene.bench.post("Cheap pills")
        scene.tick(times=2)
        assert scene.count(MESSAGE) == 1
        scene.tick(after=2 * HOUR)
        assert {form["recipient_id"] for form in scene.forms(MESSAGE)} == {
            scene.person("alice"),
            scene.person("carol"),
        }
        assert scene.count(MESSAGE) == 2

    def test_without_anybody_to_tell_says_so(self, scene):
        scene.rules(f"id: pills, {PILLS}, then: [notify]")
        scene.bench.post("Cheap pills")
        assert "nobody is named to be told" in skipped(scene.tick())["notify"]

    def test_to_somebody_who_is_not_there_stops_nothing(self, scene):
        people = "notify: [nobody@sandbox.localhost, alice@sandbox.localhost]"
        scene.rules(f"id: pills, {PILLS}, then: [remove, notify]", account=people)
        scene.bench.post("Cheap pills")
        scene.tick()
        assert (scene.count(REMOVE), scene.count(MESSAGE)) == (1, 1)


STRIKES = (
    f"id: pills, {PILLS}, then: [remove, strike: 1]",
    "id: three, when: {author: {strikes: '>= 3'}}, mode: act, then: [ban: {days: 7}]",
)


class TestStrikes:
    def test_lead_to_a_ban_at_the_third(self, scene):
        scene.rules(*STRIKES)
        for number in range(3):
            assert scene.count(BAN) == 0
            scene.bench.post(f"Pills {number}")
            scene.tick()
        scene.tick()
        assert scene.count(BAN) == 1
        scene.tick(times=2)
        assert (scene.count(BAN), scene.count(REMOVE)) == (1, 3)

    def test_are_forgotten(self, scene):
        scene.rules(*STRIKES)
        for number in range(3):
            scene.bench.post(f"Pills {number}")
            scene.tick(after=timedelta(days=50))
        scene.tick()
        assert (scene.count(REMOVE), scene.count(BAN)) == (3, 0)

    def test_for_what_a_moderator_restored_do_not_count(self, scene):
        scene.rules(*STRIKES)
        posts = [scene.bench.post(f"Pills {number}") for number in range(2)]
        scene.tick()
        scene.bench.as_moderator("POST", "/post/remove", post_id=posts[0], removed=False, reason="fine")
        scene.bench.post("Pills again")
        scene.tick(times=2)
        assert (scene.count(REMOVE), scene.count(BAN)) == (3, 0)

    def test_restored_unseen_are_seen_before_the_ban(self, scene):
        scene.rules(*STRIKES)
        posts = [scene.bench.post(f"Pills {number}") for number in range(3)]
        scene.tick()
        scene.bench.as_moderator("POST", "/post/remove", post_id=posts[0], removed=False, reason="fine")
        # A post that is not in the lists that are read: it fell out of every window.
        scene.bench.steer("delete", kind="post", id=posts[0])
        journal = scene.tick()
        assert scene.count(BAN) == 0
        assert ("moot", "a strike of the author was taken back since") in outcomes(journal, "ban")


HOLD = "hold: {for: 6h, message: 'Please name the source.'}"


class TestAHold:
    def test_asks_waits_and_then_does_the_rest_once(self, scene):
        scene.rules(f"id: pills, {PILLS}, then: [{HOLD}, remove]")
        scene.bench.post("Cheap pills")
        scene.tick(times=2)
        assert (scene.count(MESSAGE), scene.count(REMOVE)) == (1, 0)
        scene.tick(after=5 * HOUR)
        assert scene.count(REMOVE) == 0
        scene.tick(after=2 * HOUR)
        scene.tick(times=2)
        assert (scene.count(MESSAGE), scene.count(REMOVE)) == (1, 1)

    def test_is_over_when_the_author_repairs(self, scene):
        scene.rules(f"id: pills, {PILLS}, then: [{HOLD}, remove]")
        post = scene.bench.post("Cheap pills")
        scene.tick()
        scene.bench.steer("edit", kind="post", id=post, title="A kernel")
        scene.tick()
        scene.tick(after=8 * HOUR, times=2)
        assert (scene.count(MESSAGE), scene.count(REMOVE)) == (1, 0)

    def test_goes_on_when_an_edit_repairs_nothing(self, scene):
        scene.rules(f"id: pills, {PILLS}, then: [{HOLD}, remove]")
        post = scene.bench.post("Cheap pills")
        scene.tick()
        scene.bench.steer("edit", kind="post", id=post, title="Cheaper pills")
        scene.tick()
        assert (scene.count(MESSAGE), scene.count(REMOVE)) == (1, 0)
        scene.tick(after=7 * HOUR)
        assert (scene.count(MESSAGE), scene.count(REMOVE)) == (1, 1)

    @pytest.mark.parametrize("by", ["the author", "a moderator"])
    def test_is_over_when_the_item_is_gone(self, scene, by):
        scene.rules(f"id: pills, {PILLS}, then: [{HOLD}, remove, ban: {{days: 3}}]")
        post = scene.bench.post("Cheap pills")
        scene.tick(times=2)
        if by == "the author":
            scene.bench.steer("delete", kind="post", id=post)
        else:
            scene.bench.as_moderator("POST", "/post/remove", post_id=post, removed=True, reason="mine")
        journal = scene.tick(after=7 * HOUR)
        assert [facts["why"] for facts in journal.named("hold_over")] == ["gone"]
        assert (scene.count(REMOVE), scene.count(BAN)) == (0, 0)

    def test_asks_in_public_below_the_item(self, scene):
        scene.rules(f"id: pills, {PILLS}, then: [hold: {{for: 1h, reply: 'Please repair it.'}}, lock]")
        scene.bench.post("Cheap pills")
        scene.tick()
        scene.tick(after=2 * HOUR)
        assert (scene.count(REPLY), scene.count(LOCK)) == (1, 1)

    @pytest.mark.parametrize("obstacle", ["blocked", "no budget"])
    def test_that_cannot_ask_reports_instead(self, scene, obstacle):
        budget = PLENTY if obstacle == "blocked" else "remove: 9/h, report: 9/h"
        scene.rules(f"id: pills, {PILLS}, then: [{HOLD}, remove]", budget=budget)
        if obstacle == "blocked":
            scene.bench.steer("block", person="eve", whom="warden")
        scene.bench.post("Cheap pills")
        scene.tick(times=2)
        scene.tick(after=8 * HOUR)
        assert (scene.count(REPORT), scene.count(REMOVE)) == (1, 0)

    def test_waits_while_acting_is_stopped(self, scene):
        scene.rules(f"id: pills, {PILLS}, then: [{HOLD}, remove]")
        scene.bench.post("Cheap pills")
        scene.tick()
        stop = scene.bench.folder / "STOP"
        stop.touch()
        scene.tick(after=7 * HOUR)
        assert scene.count(REMOVE) == 0
        stop.unlink()
        scene.tick()
        assert scene.count(REMOVE) == 1


class TestApproving:
    RULES = (
        "id: fine, when: {reports: '>= 1', title (includes-word): [harmless]}, on: posts, mode: act, then: [approve]",
        f"id: pills, {PILLS}, then: [remove]",
    )

    def test_resolves_reports_and_keeps_other_rules_away_until_an_edit(self, scene):
        scene.rules(*self.RULES)
        post = scene.bench.post("Harmless sweets")
        scene.tick()
        scene.bench.steer("report", kind="post", id=post, by="bob", reason="spam")
        scene.bench.steer("report", kind="post", id=post, by="carol", reason="spam")
        scene.tick(times=2)
        assert scene.count(RESOLVE) == 2
        scene.rules("id: all, when: {title (includes-word): [sweets]}, on: posts, mode: act, then: [remove]")
        scene.bench.steer("report", kind="post", id=post, by="dave", reason="spam")
        scene.rules("id: all, when: {reports: '>= 1'}, on: posts, mode: act, then: [remove]")
        assert "a rule has approved it" in skipped(scene.tick())["remove"]
        scene.bench.steer("edit", kind="post", id=post, title="Harmless no more")
        scene.tick()
        assert scene.count(REMOVE) == 1

    def test_wins_over_a_rule_that_removes(self, scene):
        scene.rules(*self.RULES)
        post = scene.bench.post("Harmless pills")
        scene.bench.steer("report", kind="post", id=post, by="bob", reason="spam")
        assert skipped(scene.tick())["remove"] == "the rule fine approves the item"
        assert (scene.count(REMOVE), scene.count(RESOLVE)) == (0, 1)

    def test_takes_back_our_own_removal_and_its_strike(self, scene):
        scene.rules(f"id: pills, {PILLS}, then: [remove, strike: 3]", *STRIKES[1:])
        post = scene.bench.post("Cheap pills")
        scene.bench.steer("report", kind="post", id=post, by="bob", reason="spam")
        scene.rules(
            f"id: pills, {PILLS}, then: [remove, strike: 2]", "id: no, when: {id: 0}, mode: act, then: [approve]"
        )
        scene.tick(times=2)
        scene.bench.steer("edit", kind="post", id=post, title="Repaired")
        scene.rules("id: repaired, when: {title: [repaired]}, on: posts, mode: act, then: [approve]")
        scene.tick(after=HOUR)
        scene.tick()
        assert [form["removed"] for form in scene.forms(REMOVE)] == [True, False]
        scene.rules("id: two, when: {author: {strikes: '>= 1'}}, on: posts, mode: act, then: [ban: {days: 1}]")
        scene.bench.post("Another")
        scene.tick()
        assert scene.count(BAN) == 0


class TestRestoring:
    RULES = (
        f"id: pills, {PILLS}, then: [remove]",
        "id: repaired, when: {title (includes-word): [vitamins]}, on: posts, mode: act, then: [restore]",
    )

    def test_puts_back_what_its_author_repaired(self, scene):
        scene.rules(*self.RULES)
        post = scene.bench.post("Cheap pills")
        scene.tick()
        scene.tick(after=HOUR)
        assert [form["removed"] for form in scene.forms(REMOVE)] == [True]
        scene.bench.steer("edit", kind="post", id=post, title="Cheap vitamins")
        scene.tick(after=HOUR)
        scene.tick(after=HOUR, times=2)
        assert [form["removed"] for form in scene.forms(REMOVE)] == [True, False]
        assert "[w-" in scene.forms(REMOVE)[1]["reason"]

    def test_of_a_comment_reads_its_text_where_it_still_is(self, scene):
        scene.rules(
            "id: pills, when: {body (includes-word): [pills]}, on: comments, mode: act, then: [remove]",
            "id: repaired, when: {body (includes-word): [vitamins]}, on: comments, mode: act, then: [restore]",
        )
        below = scene.bench.post("A kernel")
        comment = scene.bench.steer("comment", post_id=below, author="eve", body="Cheap pills")["id"]
        scene.tick(times=2)
        scene.bench.steer("edit", kind="comment", id=comment, body="Cheap vitamins")
        scene.tick(after=HOUR)
        scene.tick()
        assert [form["removed"] for form in scene.forms("POST /comment/remove")] == [True, False]

    @pytest.mark.parametrize("since", ["removed too", "restored and removed"])
    def test_leaves_alone_what_a_moderator_decided(self, scene, since):
        scene.rules(*self.RULES)
        post = scene.bench.post("Cheap pills")
        scene.tick()
        for removed in (True,) if since == "removed too" else (False, True):
            scene.bench.as_moderator("POST", "/post/remove", post_id=post, removed=removed, reason="mine")
        scene.bench.steer("edit", kind="post", id=post, title="Cheap vitamins")
        scene.tick(after=HOUR)
        scene.tick(after=HOUR)
        assert [form["removed"] for form in scene.forms(REMOVE)] == [True]


def test_a_post_is_featured_once_in_its_community(scene):
    scene.rules("id: weekly, when: {title (includes-word): [megathread]}, on: posts, mode: act, then: [feature]")
    post = scene.bench.post("The megathread")
    scene.tick(times=2)
    assert scene.forms(FEATURE) == [{"post_id": post, "featured": True, "feature_type": "Community"}]


def test_new_reports_bring_an_item_back_to_judgement(scene):
    scene.rules("id: reported, when: {reports: '>= 2'}, on: posts, mode: act, then: [lock]")
    post = scene.bench.post("A kernel")
    for reporter, locks in (("bob", 0), ("carol", 1)):
        scene.tick()
        scene.bench.steer("report", kind="post", id=post, by=reporter, reason="spam")
        scene.tick()
        assert scene.count(LOCK) == locks


def test_approved_authors_are_known_by_the_configuration(scene):
    rule = f"id: pills, {PILLS}, unless: {{author: {{is_approved: true}}}}, then: [remove]"
    scene.rules(rule, account="approved: [Bob@sandbox.localhost]")
    scene.bench.post("Cheap pills", author="bob")
    spam = scene.bench.post("Cheap pills", author="eve")
    scene.tick()
    assert scene.bench.writes(REMOVE) == [spam]


WISHES = {
    ActionKind.BAN: "{ban: {days: 3}}",
    ActionKind.STRIKE: "{strike: 3}",
    ActionKind.REPLY: "{reply: 'Hello there'}",
    ActionKind.MESSAGE: "{message: 'Hello there'}",
    ActionKind.HOLD: "{hold: {for: 1s, reply: 'Hello there'}}, lock",
}


@pytest.mark.parametrize("kind", ActionKind)
def test_without_a_budget_nothing_of_the_kind_is_done(scene, kind):
    others = ", ".join(f"{each}: 9/h" for each in ActionKind if each is not kind)
    rule = f"id: pills, {PILLS}, then: [{WISHES.get(kind, kind)}]"
    scene.rules(rule, budget=others, account="notify: [alice@sandbox.localhost]")
    scene.bench.post("Cheap pills")
    journal = scene.tick(times=2)
    assert [facts for facts in journal.named("action") if facts["action"] == kind.value] == []
