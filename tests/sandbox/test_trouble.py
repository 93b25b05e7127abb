"""What goes wrong on request, as the gateway sees it, and what was done all the same."""

from datetime import timedelta

import httpx
import pytest

from bot.domain.action import ActionKind
from bot.domain.item import ItemRef, Kind
from bot.engine.ports import Found, LemmyError, NotUnderstood, RateLimited, Unclear, Unreachable
from tests import unencrypted
from tests.sandbox.conftest import order

ENDPOINTS = {
    ActionKind.REPORT: "POST /post/report",
    ActionKind.REPLY: "POST /comment",
    ActionKind.LOCK: "POST /post/lock",
    ActionKind.REMOVE: "POST /post/remove",
    ActionKind.MESSAGE: "POST /private_message",
    ActionKind.HOLD: "POST /private_message",
    ActionKind.NOTIFY: "POST /private_message",
    ActionKind.FEATURE: "POST /post/feature",
    ActionKind.RESTORE: "POST /post/remove",
    ActionKind.APPROVE: "PUT /post/report/resolve",
    ActionKind.BAN: "POST /community/ban_user",
}
"""Of everything that is sent to the server."""


def before(lemmy):
    return lemmy.identity().server_time - timedelta(seconds=1)


def prepared(sandbox, lemmy, kind):
    """A post of somebody who can be banned, such that the action has something to do; and the order for it."""
    post = sandbox.post(author="eve")
    author = int(lemmy.item(ItemRef(Kind.POST, str(post))).author.id)
    if kind is ActionKind.RESTORE:
        lemmy.perform(order(ActionKind.REMOVE, post))
    if kind is ActionKind.APPROVE:
        sandbox.do("report", kind="post", id=post, by="bob", reason="spam")
    return order(kind, post, author=author)


@pytest.mark.parametrize("kind", ENDPOINTS)
@pytest.mark.parametrize("trouble", ["die", "html", "truncated", "unknown", "hang"])
@pytest.mark.parametrize("committed", [True, False])
def test_a_write_without_its_answer_can_be_read_back(sandbox, lemmy, kind, trouble, committed):
    asked, since = prepared(sandbox, lemmy, kind), before(lemmy)
    already = len(sandbox.writes(ENDPOINTS[kind]))
    sandbox.trouble(trouble, on="write", committed=committed)
    with pytest.raises(Unclear):
        lemmy.perform(asked)
    assert lemmy.find(asked, since) is (Found.DONE if committed else Found.ABSENT)
    assert len(sandbox.writes(ENDPOINTS[kind])) - already == committed


def test_a_write_that_is_half_done(sandbox, lemmy):
    post, since = sandbox.post(), before(lemmy)
    sandbox.trouble("half", on="write")
    with pytest.raises(Unclear):
        lemmy.perform(order(ActionKind.REMOVE, post))
    assert lemmy.item(ItemRef(Kind.POST, str(post))).is_removed
    assert lemmy.find(order(ActionKind.REMOVE, post), since) is Found.MOOT
    (write,) = sandbox.writes("POST /post/remove")
    assert write["is_half"]


def test_an_answer_that_takes_too_long_to_a_write_that_was_done(sandbox, lemmy):
    post, since = sandbox.post(), before(lemmy)
    sandbox.trouble("slow", on="write", seconds=30)
    with pytest.raises(Unclear):
        lemmy.perform(order(ActionKind.REMOVE, post))
    assert lemmy.find(order(ActionKind.REMOVE, post), since) is Found.DONE


def test_a_slow_answer_comes(sandbox, lemmy):
    sandbox.trouble("slow", on="read", seconds=0.01)
    assert lemmy.identity().name == "warden"


@pytest.mark.parametrize(
    ("trouble", "error"),
    [
        ({"kind": "die"}, Unreachable),
        ({"kind": "hang"}, Unreachable),
        ({"kind": "html"}, NotUnderstood),
        ({"kind": "html", "status": 502}, Unreachable),
        ({"kind": "truncated"}, NotUnderstood),
        ({"kind": "truncated", "committed": True}, NotUnderstood),
        ({"kind": "unknown"}, NotUnderstood),
        ({"kind": "starting"}, Unreachable),
        ({"kind": "rate_limit"}, RateLimited),
    ],
    ids=str,
)
def test_a_read_that_fails(sandbox, lemmy, trouble, error):
    sandbox.trouble(path="/post/list", **trouble)
    with pytest.raises(error):
        lemmy.page(Kind.POST, None)
    assert lemmy.page(Kind.POST, None).listed == ()


def test_trouble_waits_for_its_turn(sandbox, lemmy):
    posts = [sandbox.post() for _ in range(4)]
    sandbox.trouble("die", on="write", skip=1, times=2)
    went = []
    for post in posts:
        try:
            lemmy.perform(order(ActionKind.LOCK, post))
            went.append(True)
        except LemmyError:
            went.append(False)
    assert went == [True, False, False, True]


def test_trouble_can_be_called_off(sandbox, lemmy):
    sandbox.trouble("die", times=1000)
    httpx.delete(f"{sandbox.address}/sandbox/trouble").raise_for_status()
    assert lemmy.identity().name == "warden"


def test_logging_in_is_no_write_unless_it_is_named(sandbox):
    sandbox.trouble("unknown", on="write")
    sandbox.token()
    sandbox.trouble("unknown", on="write", path="/user/login")
    with pytest.raises(httpx.HTTPStatusError):
        sandbox.token()


@pytest.mark.parametrize(
    ("path", "form"),
    [
        ("trouble", {"kind": "earthquake"}),
        ("post", {"title": "abc"}),
        ("post", {"title": "abc", "author": "bob", "community": "nowhere"}),
        ("nothing", {}),
    ],
)
def test_nonsense_is_refused(sandbox, path, form):
    assert unencrypted.post(f"{sandbox.address}/sandbox/{path}", json=form).status_code in {400, 404}


def test_a_standing_silence_does_not_keep_the_server_from_stopping(sandbox):
    sandbox.trouble("hang", path="/site")
    with httpx.Client(timeout=0.2) as line, pytest.raises(httpx.ReadTimeout):
        line.get(f"{sandbox.address}/api/v3/site")
