import pytest

from bot.domain.action import ORDER, ActionKind, Lock, Message, Remove, Reply, Report, kind_of
from bot.domain.item import Community, ItemRef, Kind
from tests.builders import a_comment, a_post


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


@pytest.mark.parametrize(
    ("action", "kind"),
    [
        (Report(), ActionKind.REPORT),
        (Reply("x"), ActionKind.REPLY),
        (Lock(), ActionKind.LOCK),
        (Remove(), ActionKind.REMOVE),
        (Message("x"), ActionKind.MESSAGE),
    ],
)
def test_every_action_has_its_kind(action, kind):
    assert kind_of(action) is kind


def test_what_lemmy_refuses_on_removed_items_comes_before_the_removal():
    assert sorted(ActionKind, key=ORDER.__getitem__) == ["report", "reply", "lock", "remove", "message"]
