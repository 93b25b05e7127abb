"""The token buckets, on a clock that only moves when told."""

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.http.buckets import FLOWS, Bucket, Buckets, Flow, TokenBucket


@dataclass
class Hand:
    now: float = 0.0

    def __call__(self) -> float:
        return self.now


def test_a_burst_passes_and_then_the_rate_holds():
    clock = Hand()
    bucket = TokenBucket(Flow(3, 0.5), clock)
    assert [bucket.take() for _ in range(4)] == [0, 0, 0, 2.0]
    clock.now += 1
    assert bucket.take() == pytest.approx(1.0)
    clock.now += 1
    assert bucket.take() == 0


def test_idling_saves_no_more_than_the_burst():
    clock = Hand()
    bucket = TokenBucket(Flow(2, 1.0), clock)
    clock.now += 1000
    assert [bucket.take() for _ in range(3)] == [0, 0, 1.0]


def test_a_drained_bucket_begins_again_from_nothing():
    bucket = TokenBucket(Flow(10, 0.5), Hand())
    bucket.drain()
    assert bucket.take() == 2.0


def test_a_clock_that_steps_back_gives_nothing_away():
    clock = Hand(100.0)
    bucket = TokenBucket(Flow(1, 1.0), clock)
    assert bucket.take() == 0
    clock.now = 50.0
    assert bucket.take() == 1.0
    clock.now = 51.0
    assert bucket.take() == 0


@given(st.lists(st.floats(0, 30), max_size=60))
def test_no_span_of_time_holds_more_than_burst_plus_rate(steps):
    clock, flow = Hand(), Flow(5, 0.7)
    bucket = TokenBucket(flow, clock)
    taken = []
    for step in steps:
        clock.now += step
        while bucket.take() == 0:
            taken.append(clock.now)
    for first, start in enumerate(taken):
        for last in range(first, len(taken)):
            assert last - first + 1 <= flow.burst + flow.per_second * (taken[last] - start) + 1e-6


def test_buckets_are_shared_by_host_and_class_and_by_nothing_else():
    buckets = Buckets()
    assert buckets.of("lemmy.ml", Bucket.MESSAGE) is buckets.of("lemmy.ml", Bucket.MESSAGE)
    different = {id(buckets.of(host, bucket)) for host in ("lemmy.ml", "lemmy.world") for bucket in Bucket}
    assert len(different) == 2 * len(Bucket)


@pytest.mark.parametrize(
    ("bucket", "server_count", "server_seconds"),
    [(Bucket.MESSAGE, 180, 60), (Bucket.REGISTER, 10, 3600), (Bucket.COMMENT, 6, 600), (Bucket.SEARCH, 60, 600)],
)
def test_ours_fit_into_the_servers_defaults(bucket, server_count, server_seconds):
    flow = FLOWS[bucket]
    assert flow.burst <= server_count
    assert flow.per_second <= server_count / server_seconds
