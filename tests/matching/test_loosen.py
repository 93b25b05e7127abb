"""No letter that a search without regard to case takes for another is missed by the loosened expression."""

import sys

import re2
import regex

from bot.matching.loosen import cases, loosen, narrow
from bot.matching.pattern import Pattern, Placement

LETTERS = [
    letter for letter in map(chr, range(sys.maxunicode + 1)) if letter.upper() != letter or letter.lower() != letter
]


def test_every_letter_finds_all_that_are_folded_alike():
    alike = {}
    for letter in LETTERS:
        alike.setdefault(letter.casefold(), []).append(letter)
    missed = [
        (one, other)
        for group in alike.values()
        for one in group
        for other in group
        if regex.fullmatch(regex.escape(one), other, regex.IGNORECASE | regex.VERSION0)
        and ord(other) not in cases(ord(one))
    ]
    assert missed == []


def test_a_range_finds_a_letter_whose_relative_is_inside():
    micro_sign = "\N{MICRO SIGN}torrent"
    assert regex.search("[Ͱ-Ͽ]", micro_sign, regex.IGNORECASE | regex.VERSION0)
    pattern = Pattern("[Ͱ-Ͽ]", Placement.INCLUDES, regex=True)
    assert re2.search(loosen(pattern), narrow(micro_sign))
