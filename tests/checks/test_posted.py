"""Days of the week and times of day."""

from datetime import UTC, datetime

import pytest

from tests.builders import a_post
from tests.checks.asking import ask, word

SATURDAY_23 = datetime(2026, 2, 28, 23, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("posted", "said"),
    [
        ("on: [saturday]", "yes"),
        ("on: Saturday", "yes"),
        ("on: [sunday, monday]", "no"),
        ("on: [sunday], zone: Europe/Berlin", "yes"),
        ("on: [saturday], zone: Europe/Berlin", "no"),
        ('between: "22:00-06:00"', "yes"),
        ('between: "23:30-23:31"', "yes"),
        ('between: "22:00-23:30"', "no"),
        ('between: "06:00-24:00"', "yes"),
        ('between: "00:00-06:00", zone: Europe/Berlin', "yes"),
        ('on: [saturday], between: "22:00-06:00", zone: Europe/Berlin', "yes"),
        ('on: [sunday], between: "22:00-06:00", zone: Europe/Berlin', "no"),
        ('on: [sunday], between: "00:00-06:00", zone: Europe/Berlin', "yes"),
    ],
)
def test_posted(posted, said):
    assert word(ask(a_post(published=SATURDAY_23), f"{{posted: {{{posted}}}}}")) == said


def test_without_a_time_it_is_not_known():
    assert word(ask(a_post(published=None), "{posted: {on: [saturday]}}")) == "unknown"
