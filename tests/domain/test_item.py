from typing import get_args

import pytest

from bot.domain.action import ORDER, Action, ActionKind
from bot.domain.item import Community, ItemRef, Kind
from tests.builders import AN_ACTION, a_comment, a_post


def test_posts_and_comments_of_one_number_are_two_items():
    assert a_post(id="5").ref != a_comment(id="5").ref
    assert str(a_comment(id="5").ref) == "comment/5"
    assert a_post(id="5").ref == ItemRef(Kind.POST, "5")


@pytest.mark.parametrize(
    ("community", "name"),
    [(Community(name="a", host="b.example"), "a@b.example"), (Community(name="a"), None), (Community(), None)],
)
def test_a_full_name_needs_both_parts(community, name):
    assert community.full_name == name


@pytest.mark.parametrize("kind", list(ActionKind))
def test_every_kind_has_one_class(kind):
    assert [each for each in get_args(Action) if each.kind is kind] == [type(AN_ACTION[kind])]


def test_what_lemmy_refuses_on_removed_items_comes_before_the_removal():
    after = sorted(ActionKind, key=ORDER.__getitem__).index(ActionKind.REMOVE)
    assert all(ORDER[kind] < after for kind in (ActionKind.REPORT, ActionKind.HOLD, ActionKind.REPLY, ActionKind.LOCK))
