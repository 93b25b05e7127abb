"""Rules are found in sidebars of all shapes."""

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from bot.text.label import label_of
from bot.text.sidebar import WrittenRule, written_rules
from tests.paths import CHECKOUT

SIDEBARS = yaml.safe_load((CHECKOUT / "tests" / "data" / "sidebars.yaml").read_text())
PIECES = st.sampled_from(
    [
        "1. ",
        "2) ",
        "- ",
        "Rule 3: ",
        "# ",
        "## Rules",
        "**",
        "4.",
        "\n",
        "\n\n",
        "    ",
        "| 1 | a |",
        "|---|---|",
        "> ",
        "::: spoiler x",
        ":::",
        "kind",
        "99999999999. ",
        "```",
        "[x](y)",
        "§",
        "#",
        "1️⃣",
        "\ue000",
        "\x00",
        "\ud800",
    ]
)


def test_there_are_enough_shapes():
    assert len(SIDEBARS) >= 50
    assert len({each["text"] for each in SIDEBARS}) == len(SIDEBARS)


@pytest.mark.parametrize("sidebar", SIDEBARS, ids=lambda each: each["name"])
def test_the_rules_of_a_sidebar(sidebar):
    expected = sidebar["rules"]
    if isinstance(expected, list):
        wanted = [WrittenRule(number, text, is_numbered=False) for number, text in enumerate(expected, start=1)]
    else:
        wanted = [WrittenRule(number, text) for number, text in expected.items()]
    assert list(written_rules(sidebar["text"])) == wanted


@given(st.lists(PIECES, max_size=30).map("".join))
def test_whatever_is_written_gives_rules_with_numbers_of_their_own(text):
    found = written_rules(text)
    assert len({each.number for each in found}) == len(found)
    assert all(each.text == " ".join(each.text.split()) != "" for each in found)


@pytest.mark.parametrize("text", ["1. x\n" * 5_000, "> " * 5_000 + "1. x", "- " * 5_000, "#" * 20_000, "| 1 " * 5_000])
def test_a_hostile_sidebar_ends(text):
    assert len(written_rules(text)) <= 100


@pytest.mark.parametrize(
    "line", ["", "4", "400. x", "4.1 x", "12:30", "Rule of thumb: 4", "Rules 4: x", "4x", "v4. x", "Rule 4 is good"]
)
def test_what_is_no_label(line):
    assert label_of(line) is None
