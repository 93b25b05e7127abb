"""Bodies are unpacked as far as is wanted and no further."""

import gzip
import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.http.unpacking import unpacked

BOMB = gzip.compress(bytes(64 * 1024 * 1024), 9)


@given(st.lists(st.binary(max_size=50), max_size=5), st.sampled_from(["", "identity", "gzip", " GZIP "]))
def test_a_body_arrives_whole_however_it_is_cut(pieces, coding):
    whole = b"".join(pieces)
    sent = gzip.compress(whole) if "gzip" in coding.lower() else whole
    cut = [sent[place : place + 7] for place in range(0, len(sent), 7)]
    assert unpacked(cut, coding, 250) == whole
    if whole:
        assert unpacked(cut, coding, len(whole) - 1) is None
        assert unpacked(cut, coding, len(whole) - 1, cut=True) == whole[:-1]


@pytest.mark.parametrize("coding", ["br", "zstd", "deflate", "gzip, gzip"])
def test_other_codings_are_not_unpacked(coding):
    assert unpacked([b"x"], coding, 100) is None


@pytest.mark.parametrize("body", [b"no gzip", gzip.compress(b"x", mtime=0)[:-4], b""])
def test_what_is_damaged_is_not_taken(body):
    assert unpacked([body], "gzip", 100) is None


def test_a_bomb_does_not_go_off():
    assert len(BOMB) < 100_000
    tracemalloc.start()
    try:
        assert unpacked([BOMB], "gzip", 10_000) is None
        assert unpacked([BOMB], "gzip", 10_000, cut=True) == bytes(10_000)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 1_000_000
