"""A few hundred files changed at random; `python -m benchmarks.fuzz 10` goes on for ten minutes."""

import random

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from benchmarks.fuzz import LONGEST, SEEDS, TOKENS, broken_promise, changed

FILES = [path.read_bytes()[:LONGEST] for path in SEEDS]
HEAD = b"version: 1\nrules:\n  - id: a\n    when: "


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(file=st.sampled_from(FILES), seed=st.integers(0, 2**32))
def test_whatever_happens_to_a_file_there_is_an_answer(file, seed, tmp_path_factory):
    path = tmp_path_factory.mktemp("changed") / "rules.yaml"
    path.write_bytes(changed(file, FILES, random.Random(seed)))
    assert broken_promise(path) == ""


@settings(max_examples=150, deadline=None)
@given(data=st.binary(max_size=60) | st.lists(st.sampled_from(TOKENS), max_size=20).map(b"".join))
def test_any_bytes_get_an_answer(data, tmp_path_factory):
    for number, each in enumerate((data, HEAD + data)):
        path = tmp_path_factory.mktemp("bytes") / f"{number}.yaml"
        path.write_bytes(each)
        assert broken_promise(path) == ""
