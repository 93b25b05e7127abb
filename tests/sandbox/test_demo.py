"""The demo's world says what it is there to say: each item is judged by the shipped rules as it should be."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.domain.item import Kind
from bot.engine.evaluate import evaluate
from bot.http.buckets import Buckets
from bot.http.client import Client
from bot.http.secret import Secret
from bot.lemmy.account import Account
from bot.lemmy.gateway import LemmyV3
from bot.rulebook.load import load_for_few
from bot.sandbox.seed.demo import demo_world
from bot.sandbox.server import running
from tests.paths import CHECKOUT
from tests.sandbox.conftest import PASSWORD, WIDE

CERTAIN, DOUBTFUL = True, False
EXPECTED = {
    "Solana presale is live, 100x guaranteed": {"crypto": CERTAIN},
    "50% off all cables with coupon code CABLE50": {"advertisement": CERTAIN},
    "We just launched our app on Kickstarter, help us reach our goal": {"advertisement": CERTAIN},
    "A study of bitcoin miners: who mines, and what they earn": {"crypto": DOUBTFUL},
    "Screenshot of the minister's post on encryption": {"screenshot-only": DOUBTFUL},
    "Elon Musk slams a rival founder on his own network": {"ceo-rant": DOUBTFUL},
    "wtf is this": {"low-effort": DOUBTFUL},
    "Kernel 7 released": {},
    "A kernel for small boards, measured": {},
    "Weekly thread: what are you building?": {},
    "It boots faster here, thank you.": {},
    "Just kill yourself, nobody wants your patches.": {"instance-rules": CERTAIN},
    "Please subscribe to my channel and check out my videos": {"advertisement": CERTAIN},
}


@pytest.fixture(scope="module")
def listed(tmp_path_factory):
    """Everything that the bot sees, by title or text."""
    with running(demo_world(PASSWORD)) as address:
        client = Client(address, buckets=Buckets(WIDE))
        account = Account(address, "warden", Secret(PASSWORD), tmp_path_factory.mktemp("demo") / "token")
        gateway = LemmyV3(account, client)
        items = [each.item for kind in Kind for each in gateway.page(kind, None).listed]
        client.close()
    return {item.title if item.ref.kind is Kind.POST else item.body: item for item in items}


@pytest.fixture(scope="module")
def rulebook():
    return load_for_few([CHECKOUT / "rules" / "technology.yaml"])


def test_the_bot_sees_what_is_expected_and_nothing_of_the_other_community(listed):
    assert set(listed) == set(EXPECTED)


@pytest.mark.parametrize("text", EXPECTED)
def test_it_is_judged_as_it_should_be(listed, rulebook, text):
    item = listed[text]
    item = replace(item, community=replace(item.community, host="lemmy.ml"))
    verdict = evaluate(rulebook, item, datetime.now(UTC))
    assert {each.rule: each.answer.certain for each in verdict.matches} == EXPECTED[text]


def test_a_moderator_broke_a_rule(listed):
    item = listed["We just launched our app on Kickstarter, help us reach our goal"]
    assert (item.author.name, item.author.is_moderator) == ("alice", True)


def test_an_advertisement_comes_from_a_new_account(listed):
    item = listed["50% off all cables with coupon code CABLE50"]
    assert (item.published - item.author.created).days < 7


def test_the_oldest_post_is_pinned(listed):
    oldest = min((each for each in listed.values() if each.ref.kind is Kind.POST), key=lambda each: each.published)
    assert oldest.is_featured
