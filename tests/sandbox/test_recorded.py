"""The sandbox answers what a real Lemmy 0.19.20 was recorded to answer."""

import re
from collections.abc import Iterator
from datetime import datetime
from fnmatch import fnmatchcase
from typing import Any

import pytest
import yaml

from bot.sandbox.seed.recorded import recorded_world
from bot.sandbox.server import running
from tests.lemmy.recorded import NAMES
from tests.paths import CHECKOUT
from tests.sandbox.replay import Replayed, replay

EXCEPTIONS = yaml.safe_load((CHECKOUT / "tests" / "data" / "sandbox_exceptions.yaml").read_text())
_TIME = re.compile(r"\d{4}-\d\d-\d\dT")


@pytest.fixture(scope="module")
def replayed() -> dict[str, Replayed]:
    with running(recorded_world()) as address:
        return dict(replay(address))


@pytest.mark.parametrize("name", NAMES)
def test_status_and_error_word(replayed, name):
    call = replayed[name]
    assert call.status == call.recorded_status
    assert call.body.get("error") == call.recorded_body.get("error")


@pytest.mark.parametrize("name", NAMES)
def test_headers_that_matter(replayed, name):
    call = replayed[name]
    for header in ("content-type", "cache-control"):
        assert call.headers.get(header) == call.recorded_headers.get(header)
    assert "date" in call.headers


@pytest.mark.parametrize("name", NAMES)
def test_keys_and_types(replayed, name):
    call = replayed[name]
    assert shape(call.body) == shape(call.recorded_body)


@pytest.mark.parametrize("name", NAMES)
def test_values(replayed, name):
    call = replayed[name]
    found = [path for path in differences(call.body, call.recorded_body) if not _is_excepted(name, path)]
    assert found == []


@pytest.mark.parametrize("exception", EXCEPTIONS, ids=lambda each: each["path"])
def test_an_exception_still_is_one(replayed, exception):
    assert exception["reason"]
    for number in exception["calls"]:
        (call,) = [each for name, each in replayed.items() if name.startswith(number)]
        paths = differences(call.body, call.recorded_body)
        assert any(_covers(exception["path"], path) for path in paths), f"{number} does not differ there any more"


def shape(value: Any) -> Any:
    """Keys and types; a list's is that of all its elements, where a key that some lack is optional."""
    if isinstance(value, dict):
        return {key: shape(each) for key, each in value.items()}
    if isinstance(value, list):
        return [merged([shape(each) for each in value])]
    return "time" if _is_time(value) else type(value).__name__


def merged(shapes: list[Any]) -> Any:
    if not shapes or not all(isinstance(each, dict) for each in shapes):
        return sorted({str(each) for each in shapes})
    keys = {key for each in shapes for key in each}
    return {
        (key if all(key in each for each in shapes) else f"{key}?"): merged(
            [each[key] for each in shapes if key in each]
        )
        for key in keys
    }


def differences(ours: Any, theirs: Any, path: str = "") -> Iterator[str]:
    """Where two answers differ, apart from what time it is."""
    if isinstance(ours, dict) and isinstance(theirs, dict):
        for key in sorted(ours.keys() | theirs.keys()):
            yield from differences(ours.get(key), theirs.get(key), f"{path}.{key}" if path else key)
    elif isinstance(ours, list) and isinstance(theirs, list) and len(ours) == len(theirs):
        for place, (our, their) in enumerate(zip(ours, theirs, strict=True)):
            yield from differences(our, their, f"{path}.{place}")
    elif ours != theirs and not (_is_time(ours) and _is_time(theirs)):
        yield path


def _is_time(value: Any) -> bool:
    if not isinstance(value, str) or not _TIME.match(value):
        return False
    return datetime.fromisoformat(value).tzinfo is not None


def _is_excepted(name: str, path: str) -> bool:
    return any(name[:3] in each["calls"] and _covers(each["path"], path) for each in EXCEPTIONS)


def _covers(pattern: str, path: str) -> bool:
    return fnmatchcase(path, pattern)
