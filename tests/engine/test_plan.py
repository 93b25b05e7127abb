"""What a plan may contain, whatever the rules ask for."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.action import ORDER, ActionKind, Lock, Message, Mode, Remove, Reply, Report
from bot.domain.item import Author
from bot.domain.verdict import Verdict
from bot.engine.plan import Standing, plan
from tests.builders import BOB, a_comment, a_match, a_post

PLENTY = dict.fromkeys(ActionKind, 10)
ACTIONS = [Report(), Remove(), Lock(), Reply("Hello {{author}}"), Message("Hello")]

matches = st.builds(
    lambda rule, actions, mode, certain, sidebar, mods, admins: a_match(
        *actions,
        rule=rule,
        mode=mode,
        certain=certain,
        sidebar=sidebar,
        reason=f"Reason of {rule}",
        exempt_moderators=mods,
        exempt_admins=admins,
    ),
    rule=st.sampled_from(["a", "b", "c", "d"]),
    actions=st.lists(st.sampled_from(ACTIONS), unique=True, max_size=5),
    mode=st.sampled_from(Mode),
    certain=st.booleans(),
    sidebar=st.sampled_from([None, 1, 7]),
    mods=st.booleans(),
    admins=st.booleans(),
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
    human_decided=st.sampled_from(["", "restored by alice"]),
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
        assert step.kind not in standing.taken
        assert not standing.human_decided
        assert not verdict.item.is_removed
        assert author.id != standing.bot_id
        for rule in step.rules:
            match = by_rule[rule]
            assert match.mode >= (Mode.REPORT if step.kind is ActionKind.REPORT else Mode.ACT)
            assert match.answer.certain or step.kind is ActionKind.REPORT
            assert author.is_moderator is False or not match.exempt_moderators
            assert author.is_admin is False or not match.exempt_admins
    for step in decided.steps:
        assert budget[step.kind] > 0


@given(verdicts, standings, budgets)
def test_no_kind_twice_and_always_in_order(verdict, standing, budget):
    decided = plan(verdict, standing, budget)
    for steps in (decided.steps, decided.held):
        places = [ORDER[kind] for kind in kinds(steps)]
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
    taken = standing.taken | set(kinds(first.steps + first.held))
    again = plan(verdict, replace(standing, taken=taken), budget)
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
        (Mode.NOTIFY, True, []),
        (Mode.REPORT, True, ["report"]),
        (Mode.REPORT, False, ["report"]),
        (Mode.ACT, True, ["reply", "remove"]),
        (Mode.ACT, False, ["report"]),
    ],
)
def test_mode_and_certainty_cap_what_a_rule_may_ask(mode, certain, expected):
    verdict = Verdict(a_post(), (a_match(Remove(), Reply("Hi"), mode=mode, certain=certain),))
    assert kinds(plan(verdict, Standing(), PLENTY).steps) == expected


def test_a_removal_without_budget_becomes_a_report_and_takes_its_reply_along():
    verdict = Verdict(a_post(), (a_match(Remove(), Reply("Removed, because …")),))
    decided = plan(verdict, Standing(), {ActionKind.REPORT: 1, ActionKind.REPLY: 1})
    assert kinds(decided.steps) == ["report"]
    assert {(each.kind, each.why) for each in decided.skipped} == {
        (ActionKind.REMOVE, "no budget for this kind is set (`budget: remove:`)"),
        (ActionKind.REPLY, "it speaks of a removal that is not made"),
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
    ],
)
def test_needless_actions_are_skipped_with_the_reason(item, action, why):
    decided = plan(Verdict(item, (a_match(action),)), Standing(), PLENTY)
    assert decided.steps == ()
    assert [each.why for each in decided.skipped] == [why]
