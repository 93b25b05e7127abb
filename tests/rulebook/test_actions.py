"""What stands under ``then``, and what is read of it."""

from datetime import timedelta

import pytest
from jsonschema import Draft7Validator

from bot.domain.action import (
    ActionKind,
    Approve,
    Ban,
    Feature,
    Hold,
    Lock,
    Message,
    Notify,
    Remove,
    Reply,
    Report,
    Restore,
    Strike,
)
from bot.rulebook.actions import EXAMPLES
from bot.rulebook.load import load_for_few
from bot.rulebook.schema import rules_schema

HEAD = """version: 1
templates: {fix: Please repair it.}
rules:
  - id: a
    when: {title: [word]}
    then: """
SAID = {
    "report": (Report(),),
    "[remove, lock, feature]": (Remove(), Lock(), Feature()),
    "restore": (Restore(),),
    "[approve, feature]": (Approve(), Feature()),
    "[notify]": (Notify(),),
    "[notify: fix]": (Notify("Please repair it."),),
    "[reply: fix, message: fix]": (Reply("Please repair it."), Message("Please repair it.")),
    "[ban: {days: 3}]": (Ban(3),),
    "[ban: {permanent: true}]": (Ban(None),),
    "[strike: 2]": (Strike(2, 90),),
    "[strike: {points: 2, days: 30}]": (Strike(2, 30),),
    "[strike: {days: 30}]": (Strike(1, 30),),
    "[hold: {for: 6h, message: fix}, remove]": (
        Hold(timedelta(hours=6), "Please repair it.", in_public=False),
        Remove(),
    ),
    "[hold: {for: 1d, reply: fix}, lock]": (Hold(timedelta(days=1), "Please repair it.", in_public=True), Lock()),
}


@pytest.mark.parametrize("said", SAID)
def test_is_read_as_it_is_meant_and_the_schema_takes_it(tmp_path, said):
    path = tmp_path / "rules.yaml"
    path.write_text(HEAD + said + "\n")
    (rule,) = load_for_few([path]).rules
    assert rule.actions == SAID[said]


def test_every_kind_of_action_can_be_said():
    assert set(EXAMPLES) == {kind.value for kind in ActionKind}
    assert {action.kind for actions in SAID.values() for action in actions} == set(ActionKind)


@pytest.mark.parametrize(
    "then",
    [
        ["restore", "feature", "approve", "notify"],
        [{"notify": "fix"}, {"strike": 1}, {"strike": {"points": 1, "days": 90}}],
        [{"ban": {"days": 3}}, {"ban": {"permanent": True}}],
        [{"hold": {"for": "6h", "message": "fix"}}, {"hold": {"for": "1d", "reply": "fix"}}],
    ],
)
def test_editors_take_every_action(then):
    rule = {"id": "a", "when": {"title": ["word"]}, "then": then}
    assert list(Draft7Validator(rules_schema()).iter_errors({"version": 1, "rules": [rule]})) == []
