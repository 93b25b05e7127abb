"""Whatever a server sends, nothing but LemmyError comes out of the port."""

import json
from copy import deepcopy
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest import mock

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.domain.action import ActionKind
from bot.domain.item import ItemRef, Kind
from bot.engine.ports import LemmyError, Order
from bot.http.buckets import Buckets
from bot.http.client import Client
from bot.http.secret import Secret
from bot.lemmy.account import Account
from bot.lemmy.gateway import LemmyV3
from tests.builders import AN_ACTION
from tests.lemmy.conftest import DATE, NODEINFO, SITE, WIDE
from tests.lemmy.recorded import NAMES, recorded

BODIES = [recorded(name).body for name in NAMES if recorded(name).status == 200]
RESOLVED_COMMENT_REPORT = {"comment_report_view": {"comment_report": {"id": 1, "creator_id": 6, "resolved": True}}}
BY_ROUTE = {
    "GET /nodeinfo/2.1": NODEINFO,
    "GET /api/v3/site": recorded("007").body,
    "POST /api/v3/user/login": {"jwt": "t0ken"},
    "PUT /api/v3/user/save_user_settings": recorded("010").body,
    "GET /api/v3/post/list": recorded("011").body,
    "GET /api/v3/comment/list": recorded("079").body,
    "GET /api/v3/post": recorded("066").body,
    "GET /api/v3/comment": recorded("078").body,
    "GET /api/v3/modlog": recorded("112").body,
    "GET /api/v3/post/report/list": recorded("055").body,
    "GET /api/v3/comment/report/list": recorded("058").body,
    "GET /api/v3/private_message/list": recorded("103").body,
    "POST /api/v3/post/report": recorded("041").body,
    "POST /api/v3/comment/report": recorded("052").body,
    "POST /api/v3/post/remove": recorded("064").body,
    "POST /api/v3/comment/remove": recorded("076").body,
    "POST /api/v3/post/lock": recorded("083").body,
    "POST /api/v3/post/feature": recorded("086").body,
    "POST /api/v3/community/ban_user": recorded("106").body,
    "PUT /api/v3/post/report/resolve": recorded("061").body,
    "PUT /api/v3/comment/report/resolve": RESOLVED_COMMENT_REPORT,
    "GET /api/v3/user": recorded("033").body,
    "POST /api/v3/private_message": recorded("102").body,
    "POST /api/v3/comment": recorded("088").body,
}
UNDISTURBED = {route: (200, json.dumps(body).encode(), DATE) for route, body in BY_ROUTE.items()}
REFS = [ItemRef(Kind.POST, "8"), ItemRef(Kind.COMMENT, "4")]
ORDERS = [
    Order(ref, AN_ACTION[kind], "x [w-5e6fab]", "w-5e6fab", "8", "9", "2", "al@x.test")
    for kind in ActionKind
    for ref in REFS
]
RESTORING = [order for order in ORDERS if order.kind is ActionKind.RESTORE]
"""Answered with the recorded removals, and so never as wanted."""
SINCE = datetime(2026, 11, 23, tzinfo=UTC)
CALLS = (
    [LemmyV3.identity, LemmyV3.apply_settings]
    + [lambda lemmy, kind=kind, token=token: lemmy.page(kind, token) for kind in Kind for token in (None, "2")]
    + [lambda lemmy, ref=ref: lemmy.item(ref) for ref in REFS]
    + [lambda lemmy, ref=ref: lemmy.look(ref) for ref in REFS]
    + [lambda lemmy, ref=ref: lemmy.removed_by_us(ref) for ref in REFS]
    + [lambda lemmy, ref=ref: lemmy.human_decisions(ref) for ref in REFS]
    + [LemmyV3.open_reports, lambda lemmy: lemmy.latest_ban("2", "9")]
    + [lambda lemmy, order=order: lemmy.perform(order) for order in ORDERS if order not in RESTORING]
    + [lambda lemmy, order=order: lemmy.find(order, SINCE) for order in ORDERS]
)
RESTORINGS = [lambda lemmy, order=order: lemmy.perform(order) for order in RESTORING]

anything = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**70), 2**70)
    | st.floats()
    | st.text(max_size=20)
    | st.sampled_from(
        ["0001-01-01T00:00:00+23:59", "9999-12-31T23:59:59-23:59", "+99999-01-01T00:00:00Z", "http://[", "0..", "1.0.0"]
    ),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)


@st.composite
def mutated(draw, body):
    """A recorded body with up to three places changed, emptied or taken away."""
    body = deepcopy(body)
    for _ in range(draw(st.integers(0, 3))):
        place = body
        while isinstance(place, dict | list) and place:
            key = draw(st.sampled_from(sorted(place) if isinstance(place, dict) else range(len(place))))
            if not isinstance(place[key], dict | list) or not place[key] or draw(st.integers(0, 4)) == 0:
                if isinstance(place, dict) and draw(st.booleans()):
                    del place[key]
                else:
                    place[key] = draw(anything)
                break
            place = place[key]
    return body


@st.composite
def worlds(draw):
    """What the server says on each route: what a real one would, but for one or two routes gone wrong."""
    world = dict(UNDISTURBED)
    for route in draw(st.lists(st.sampled_from(sorted(world)), min_size=1, max_size=2, unique=True)):
        content = json.dumps(draw(mutated(BY_ROUTE[route]) | st.sampled_from(BODIES) | anything)).encode()
        content = draw(
            st.sampled_from([content, content, content, content[:-3], b"", b"<html>"]) | st.binary(max_size=30)
        )
        date = draw(st.sampled_from([DATE, DATE, "", "soon", "Mon, 01 Jan 0001 00:00:00 +2359"]))
        world[route] = draw(st.sampled_from([200, 200, 200, 200, 400, 401, 404, 429, 500, 503])), content, date
    return world


def answering(world):
    """In place of httpx's line to the network."""

    def handle(_, request):
        status, content, date = world.get(f"{request.method} {request.url.path}", (404, b"", DATE))
        return httpx.Response(status, headers={"Date": date}, stream=httpx.ByteStream(content))

    return mock.patch.object(httpx.HTTPTransport, "handle_request", handle)


@pytest.fixture(scope="module")
def client():
    client = Client(SITE, buckets=Buckets(WIDE))
    yield client
    client.close()


@given(world=worlds(), calls=st.lists(st.sampled_from([*CALLS, *RESTORINGS]), min_size=1, max_size=3))
@settings(
    max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
)
def test_only_lemmy_errors_come_out(client, world, calls):
    with TemporaryDirectory() as folder, answering(world):
        lemmy = LemmyV3(Account(SITE, "warden", Secret("c4nary"), Path(folder) / "token"), client)
        for call in calls:
            try:
                call(lemmy)
            except LemmyError as error:
                assert "c4nary" not in repr(error)  # noqa: PT017 - that it may succeed is the point


@pytest.mark.parametrize("call", CALLS)
def test_the_undisturbed_server_answers_every_call(client, call, tmp_path):
    with answering(UNDISTURBED):
        call(LemmyV3(Account(SITE, "warden", Secret("c4nary"), tmp_path / "token"), client))
