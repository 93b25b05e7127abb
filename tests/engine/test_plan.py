"""What a plan may contain, whatever the rules ask for."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.action import (
    ORDER,
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
from bot.domain.item import Author
from bot.domain.verdict import Verdict
from bot.engine.plan import plan
from bot.engine.ports import Asked, IntentState
from bot.engine.wishes import ON_REMOVED, Standing
from tests.builders import BOB, a_comment, a_match, a_post

LEAST_MODE = {ActionKind.NOTIFY: Mode.NOTIFY, ActionKind.REPORT: Mode.REPORT}
"""Of what is not kept for certain matches in act mode."""
PLENTY = dict.fromkeys(ActionKind, 10)
HOUR = timedelta(hours=1)
ACTIONS = [
    Report(),
    Hold(HOUR, "Please repair it", in_public=False),
    Reply("Hello {{author}}"),
    Lock(),
    Feature(),
    Remove(),
    Restore(),
    Approve(),
    Strike(1, 90),
    Ban(3),
    Message("Hello"),
    Notify(),
]

matches = st.builds(
    lambda rule, actions, mode, certain, sidebar, mods, admins, priority: a_match(
        *actions,
        rule=rule,
        mode=mode,
        certain=certain,
        sidebar=sidebar,
        reason=f"Reason of {rule}",
        exempt_moderators=mods,
        exempt_admins=admins,
        priority=priority,
    ),
    rule=st.sampled_from(["a", "b", "c", "d"]),
    actions=st.lists(st.sampled_from(ACTIONS), unique=True, max_size=5),
    mode=st.sampled_from(Mode),
    certain=st.booleans(),
    sidebar=st.sampled_from([None, 1, 7]),
    mods=st.booleans(),
    admins=st.booleans(),
    priority=st.integers(0, 2),
)
verdicts = st.builds(
    lambda found, moderator, admin, removed, locked, comment: Verdict(
        (a_comment if comment else a_post)(
            author=replace(BOB, is_moderator=moderator, is_admin=admin), is_removed=removed, is_locked=locked
        ),
        matches=tuple(found),
    ),
    found=st.lists(matches, max_size=4, unique_by=lambda match: match.rule),
    moderator=st.sampled_from([None, False, True]),
    admin=st.sampled_from([None, False, True]),
    removed=st.booleans(),
    locked=st.booleans(),
    comment=st.booleans(),
)
standings = st.builds(
    Standing,
    bot_id=st.sampled_from(["7", "99", None]),
    taken=st.frozensets(st.sampled_from(ActionKind)),
    human_decided=st.sampled_from(["", "", "restored by alice"]),
    is_approved=st.sampled_from([False, False, True]),
    removed_by_us=st.booleans(),
    recipients=st.sampled_from([(), ("alice@lemmy.test", "carol@lemmy.test")]),
    told=st.sampled_from([frozenset(), frozenset({"alice@lemmy.test"})]),
    asked=st.none()
    | st.builds(
        Asked,
        st.sampled_from(IntentState),
        st.sampled_from([0 * HOUR, HOUR]),
        st.lists(st.sampled_from(["a", "b", "c", "d"]), unique=True).map(tuple),
    ),
)
budgets = st.dictionaries(st.sampled_from(ActionKind), st.integers(-1, 2))


def kinds(steps):
    return [step.kind for step in steps]


@given(verdicts, standings, budgets)
def test_a_plan_never_exceeds_mode_certainty_budget_or_exemption(verdict, standing, budget):
    decided = plan(verdict, standing, budget)
    by_rule = {match.rule: match for match in verdict.matches}
    author = verdict.item.author
    for step in decided.steps + decided.held:
        assert step.kind in budget
        assert step.kind not in standing.taken or step.kind is ActionKind.NOTIFY
        assert step.to not in standing.told
        assert not standing.human_decided
        assert not standing.is_approved
        assert not verdict.item.is_removed or (standing.removed_by_us and step.kind in ON_REMOVED)
        assert step.kind is not ActionKind.BAN or (author.is_moderator is False and author.is_admin is False)
        assert author.id != standing.bot_id
        for rule in step.rules:
            match = by_rule[rule]
            assert match.mode >= LEAST_MODE.get(step.kind, Mode.ACT)
            assert match.answer.certain or step.kind in LEAST_MODE
            assert author.is_moderator is False or not match.exempt_moderators
            assert author.is_admin is False or not match.exempt_admins
    for step in decided.steps:
        assert budget[step.kind] > 0


@given(verdicts, standings, budgets)
def test_no_kind_twice_and_always_in_order(verdict, standing, budget):
    decided = plan(verdict, standing, budget)
    for steps in (decided.steps, decided.held):
        places = [(ORDER[step.kind], step.to) for step in steps]
        assert places == sorted(set(places))
    assert not set(kinds(decided.steps)) & set(kinds(decided.held))


@given(verdicts, standings, budgets, st.randoms())
def test_the_order_of_the_rules_changes_nothing(verdict, standing, budget, random):
    shuffled = list(verdict.matches)
    random.shuffle(shuffled)
    assert plan(replace(verdict, matches=tuple(shuffled)), standing, budget) == plan(verdict, standing, budget)


@given(verdicts, standings, budgets)
def test_planning_again_plans_nothing_new(verdict, standing, budget):
    first = plan(verdict, standing, budget)
    steps = first.steps + first.held
    told = standing.told | {step.to for step in steps if step.to}
    asked = standing.asked
    if ActionKind.HOLD in kinds(steps):
        asked = Asked(IntentState.DONE, 0 * HOUR, next(step.rules for step in steps if step.kind is ActionKind.HOLD))
    again = plan(verdict, replace(standing, taken=standing.taken | set(kinds(steps)), told=told, asked=asked), budget)
    assert again.steps == again.held == ()


@given(verdicts, standings, budgets)
def test_whatever_a_rule_asked_for_is_either_planned_or_skipped_with_a_reason(verdict, standing, budget):
    decided = plan(verdict, standing, budget)
    told = {(step.kind, rule) for step in decided.steps + decided.held for rule in step.rules}
    told |= {(skip.kind, rule) for skip in decided.skipped for rule in skip.rules if skip.why}
    for match in verdict.matches:
        for action in match.actions:
            assert (_kind(action), match.rule) in told


def _kind(action):
    return ActionKind(type(action).__name__.lower())


@pytest.mark.parametrize(
    ("mode", "certain", "expected"),
    [
        (Mode.SHADOW, True, []),
        (Mode.NOTIFY, True, ["notify"]),
        (Mode.NOTIFY, False, ["notify"]),
        (Mode.REPORT, True, ["report"]),
        (Mode.REPORT, False, ["report"]),
        (Mode.ACT, True, ["reply", "remove"]),
        (Mode.ACT, False, ["report"]),
    ],
)
def test_mode_and_certainty_cap_what_a_rule_may_ask(mode, certain, expected):
    verdict = Verdict(a_post(), (a_match(Remove(), Reply("Hi"), mode=mode, certain=certain),))
    assert kinds(plan(verdict, Standing(recipients=("alice@lemmy.test",)), PLENTY).steps) == expected


def test_a_removal_without_budget_becomes_a_report_and_takes_its_reply_along():
    verdict = Verdict(a_post(), (a_match(Remove(), Reply("Removed, because …")),))
    decided = plan(verdict, Standing(), {ActionKind.REPORT: 1, ActionKind.REPLY: 1})
    assert kinds(decided.steps) == ["report"]
    assert {(each.kind, each.why) for each in decided.skipped} == {
        (ActionKind.REMOVE, "no budget for this kind is set (`budget: remove:`)"),
        (ActionKind.REPLY, "it goes with a removal that is not made"),
    }


def test_a_removal_over_the_budget_waits_with_its_reply():
    verdict = Verdict(a_post(), (a_match(Remove(), Reply("Removed, because …")),))
    decided = plan(verdict, Standing(), {ActionKind.REMOVE: 0, ActionKind.REPLY: 5})
    assert kinds(decided.steps) == []
    assert kinds(decided.held) == ["reply", "remove"]


def test_several_rules_make_one_report_with_all_reasons_the_certain_first():
    verdict = Verdict(
        a_post(),
        (
            a_match(Report(), rule="rant", sidebar=5, reason="Rule 5: rant", certain=False),
            a_match(Report(), rule="coin", sidebar=7, reason="Rule 7: crypto"),
        ),
    )
    (step,) = plan(verdict, Standing(), PLENTY).steps
    assert step.text == "Rule 7: crypto · Rule 5: rant (please look: it may be free)"
    assert step.rules == ("coin", "rant")


def test_long_reasons_leave_room_for_the_reference():
    found = tuple(a_match(Report(), rule=f"r{n}", reason=f"{n}" * 400) for n in range(4))
    (step,) = plan(Verdict(a_post(), found), Standing(), PLENTY).steps
    assert len(step.text) == 988


@pytest.mark.parametrize(
    ("author", "why"),
    [
        (replace(BOB, is_moderator=True), "exempt: the author moderates this community"),
        (replace(BOB, is_moderator=None), "exempt: it is not known whether the author moderates this community"),
        (replace(BOB, is_admin=True), "exempt: the author is an admin"),
    ],
)
def test_exempt_people_are_left_alone(author, why):
    decided = plan(Verdict(a_post(author=author), (a_match(Remove()),)), Standing(), PLENTY)
    assert decided.steps == ()
    assert [each.why for each in decided.skipped] == [why]


def test_a_rule_may_switch_the_exemption_off():
    verdict = Verdict(a_post(author=replace(BOB, is_moderator=True)), (a_match(Remove(), exempt_moderators=False),))
    assert kinds(plan(verdict, Standing(), PLENTY).steps) == ["remove"]


@pytest.mark.parametrize(
    ("item", "action", "why"),
    [
        (a_comment(), Lock(), "only posts can be locked"),
        (a_post(is_locked=True), Lock(), "already locked"),
        (a_comment(is_locked=True), Reply("x"), "locked: no one may answer"),
        (a_post(author=Author(is_moderator=False, is_admin=False)), Message("x"), "the author is not known"),
        (a_post(is_deleted=True), Remove(), "the item is already gone"),
        (a_comment(), Feature(), "only posts can be featured"),
        (a_post(is_featured=True), Feature(), "already featured"),
        (a_post(), Restore(), "it is not removed"),
        (a_post(is_removed=True), Restore(), "the item is already gone"),
        (a_post(author=Author(is_moderator=False, is_admin=False)), Ban(3), "the author is not known"),
        (a_post(author=Author(is_moderator=False, is_admin=False)), Strike(1, 9), "the author is not known"),
        (a_post(), Notify(), "nobody is named to be told (`notify: [name@instance]`, with the account)"),
    ],
)
def test_needless_actions_are_skipped_with_the_reason(item, action, why):
    decided = plan(Verdict(item, (a_match(action),)), Standing(), PLENTY)
    assert decided.steps == ()
    assert [each.why for each in decided.skipped] == [why]


@given(verdicts, standings, budgets)
def test_nothing_follows_a_question_that_was_not_put_or_is_not_old_enough(verdict, standing, budget):
    asked, decided = standing.asked, plan(verdict, standing, budget)
    holding = {match.rule for match in verdict.matches if _holds(match)}
    is_over = asked is not None and asked.state is IntentState.DONE and asked.ago >= HOUR
    for step in decided.steps + decided.held:
        for rule in holding & set(step.rules):
            if step.kind not in {ActionKind.HOLD, ActionKind.REPORT}:
                assert is_over
                assert rule in asked.rules


def _holds(match):
    is_in_force = match.mode is Mode.ACT and match.answer.certain
    return is_in_force and any(isinstance(action, Hold) for action in match.actions)


@given(verdicts, standings, budgets)
def test_of_approving_and_objecting_rules_one_side_is_left(verdict, standing, budget):
    decided = plan(verdict, standing, budget)
    by_kind = {step.kind: step for step in decided.steps + decided.held}
    if ActionKind.APPROVE not in by_kind:
        return
    approving = set(by_kind[ActionKind.APPROVE].rules)
    for kind in {ActionKind.REPORT, ActionKind.REMOVE, ActionKind.BAN, ActionKind.STRIKE} & by_kind.keys():
        assert set(by_kind[kind].rules) <= approving


@pytest.mark.parametrize(
    ("actions", "merged"),
    [
        ([Ban(3), Ban(30)], Ban(30)),
        ([Ban(3), Ban(None), Ban(30)], Ban(None)),
        ([Strike(1, 400), Strike(3, 30)], Strike(3, 30)),
        ([Strike(2, 30), Strike(2, 90)], Strike(2, 90)),
        ([Hold(HOUR, "a", in_public=True), Hold(3 * HOUR, "b", in_public=False)], Hold(3 * HOUR, "a", in_public=False)),
    ],
)
def test_of_one_kind_the_strongest_is_done(actions, merged):
    matches = tuple(a_match(action, rule=f"r{place}") for place, action in enumerate(actions))
    (step,) = plan(Verdict(a_post(), matches), Standing(), PLENTY).steps
    assert step.action == merged
    assert step.rules == tuple(f"r{place}" for place in range(len(actions)))


@pytest.mark.parametrize(
    ("approver", "others", "left"),
    [
        (0, 0, ["approve"]),
        (1, 0, ["approve"]),
        (0, 1, ["report", "remove"]),
    ],
)
def test_between_contradicting_rules_the_priority_decides_and_mercy_at_equal(approver, others, left):
    verdict = Verdict(
        a_post(),
        (
            a_match(Approve(), rule="fine", priority=approver),
            a_match(Remove(), rule="bad", priority=others),
            a_match(Report(), rule="odd", priority=others),
        ),
    )
    assert kinds(plan(verdict, Standing(), PLENTY).steps) == left


def test_a_doubtful_approval_approves_nothing():
    verdict = Verdict(a_post(), (a_match(Approve(), rule="fine", certain=False), a_match(Remove(), rule="bad")))
    assert kinds(plan(verdict, Standing(), PLENTY).steps) == ["report", "remove"]


@pytest.mark.parametrize(
    ("asked", "steps", "wait"),
    [
        (None, ["hold"], None),
        (Asked(IntentState.PLANNED, 0 * HOUR, ("no-ads",)), ["hold"], None),
        (Asked(IntentState.SENDING, 0 * HOUR, ("no-ads",)), [], None),
        (Asked(IntentState.DONE, HOUR, ("no-ads",)), [], 5 * HOUR),
        (Asked(IntentState.DONE, 6 * HOUR, ("no-ads",)), ["lock", "remove"], None),
        (Asked(IntentState.DONE, 6 * HOUR, ("another",)), ["report"], None),
        (Asked(IntentState.REFUSED, 0 * HOUR, ("no-ads",)), ["report"], None),
        (Asked(IntentState.GIVEN_UP, 9 * HOUR, ("no-ads",)), ["report"], None),
    ],
)
def test_the_stages_of_a_hold(asked, steps, wait):
    match = a_match(Hold(6 * HOUR, "Please repair it", in_public=False), Lock(), Remove())
    taken = frozenset() if asked is None or asked.state is IntentState.PLANNED else frozenset({ActionKind.HOLD})
    decided = plan(Verdict(a_post(), (match,)), Standing(asked=asked, taken=taken), PLENTY)
    assert (kinds(decided.steps), decided.wait) == (steps, wait)


@pytest.mark.parametrize(
    ("item", "in_public", "budget", "why"),
    [
        (a_post(author=Author(is_moderator=False, is_admin=False)), False, PLENTY, "the author is not known"),
        (a_comment(is_locked=True), True, PLENTY, "it is locked"),
        (a_post(), False, {**dict.fromkeys([ActionKind.REPORT, ActionKind.REMOVE], 1)}, "no budget for this kind"),
    ],
)
def test_who_cannot_be_asked_is_reported_and_not_removed(item, in_public, budget, why):
    match = a_match(Hold(HOUR, "Please repair it", in_public=in_public), Remove())
    decided = plan(Verdict(item, (match,)), Standing(), budget)
    assert kinds(decided.steps) == ["report"]
    assert all(why in each.why for each in decided.skipped)


def test_nobody_is_asked_to_repair_what_another_rule_removes_at_once():
    matches = (
        a_match(Hold(HOUR, "Please repair it", in_public=False), Ban(3), rule="a"),
        a_match(Remove(), rule="b"),
    )
    (step,) = plan(Verdict(a_post(), matches), Standing(), PLENTY).steps
    assert (step.kind, step.rules) == (ActionKind.REMOVE, ("b",))


def test_a_note_goes_to_each_moderator_who_was_not_told():
    names = ("alice@lemmy.test", "carol@lemmy.test", "dave@lemmy.test")
    standing = Standing(recipients=names, told=frozenset({names[1]}))
    steps = plan(Verdict(a_post(), (a_match(Notify("Look: {{permalink}}")),)), standing, PLENTY).steps
    assert [(step.to, step.text) for step in steps] == [
        (names[0], "Look: https://lemmy.test/post/1"),
        (names[2], "Look: https://lemmy.test/post/1"),
    ]


@pytest.mark.parametrize(("removing", "restoring", "left"), [(0, 0, []), (1, 0, []), (0, 1, ["restore"])])
def test_what_a_rule_still_wants_removed_is_not_put_back(removing, restoring, left):
    matches = (
        a_match(Remove(), rule="bad", priority=removing),
        a_match(Restore(), rule="repaired", priority=restoring),
    )
    standing = Standing(taken=frozenset({ActionKind.REMOVE}), removed_by_us=True)
    assert kinds(plan(Verdict(a_post(is_removed=True), matches), standing, PLENTY).steps) == left
