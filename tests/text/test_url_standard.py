"""Hosts agree with the conformance data of the WHATWG URL standard (``url/resources/urltestdata.json`` of the Web
Platform Tests, BSD-3-Clause), which lies beside the checkout and is not part of it."""

import json

import pytest

from bot.text import urls
from tests.paths import SHARED

DATA = SHARED / "urltestdata.json"
FEWEST = 800

pytestmark = pytest.mark.skipif(
    not DATA.exists(), reason="urltestdata.json of the Web Platform Tests is not beside this checkout"
)


def cases():
    return [case for case in json.loads(DATA.read_text(encoding="utf-8")) if isinstance(case, dict)]


def host(case):
    on_the_web = not case.get("failure") and case["protocol"] in urls.WEB
    return case["hostname"].rstrip(".") if on_the_web else ""


def test_every_address_has_the_host_of_the_standard():
    absolute = [case for case in cases() if case["base"] in {None, "about:blank"}]
    wrong = [case["input"] for case in absolute if urls.host_of(case["input"]) != host(case)]
    assert wrong == []
    assert len(absolute) > FEWEST // 2


def test_every_resolved_address_reads_the_same_again():
    resolved = [case for case in cases() if not case.get("failure")]
    wrong = [case["href"] for case in resolved if urls.host_of(case["href"]) != host(case)]
    assert wrong == []
    assert len(cases()) > FEWEST
