"""The folded view undoes disguises, keeps honest writing, and knows where everything came from."""

import unicodedata
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.text.folding import INVISIBLE, MARKS_KEPT, WIDEST, _unmix, compatible, fold, unmixed
from bot.text.folding import _joined as letter_by_letter

UNDONE = {
    "full width": ("ｃｒｙｐｔｏ ５０％", "crypto 50%"),
    "mathematical": ("𝐜𝓻𝔂𝗽𝘁𝚘", "crypto"),
    "circled": ("ⓒⓡⓨⓟⓣⓞ", "crypto"),
    "ligature": ("ﬁat", "fiat"),
    "superscript": ("x²", "x2"),
    "fraction": ("½ price", "1⁄2 price"),
    "zero width space": ("cry\u200bpto", "crypto"),
    "zero width joiners": ("c\u200dr\u200cy\u2060p\ufeffto", "crypto"),
    "soft hyphen": ("cryp\u00adto", "crypto"),
    "Hangul filler": ("cry\u3164pto", "crypto"),
    "blank Braille": ("cry\u2800pto", "crypto"),
    "variation selector": ("cry\ufe0fpto", "crypto"),
    "variation selector supplement": ("cry\U000e0101pto", "crypto"),
    "tags": ("cry\U000e0063pto", "crypto"),
    "right to left override": ("cry\u202epto", "crypto"),
    "half character": ("cry\ud800pto", "crypto"),
    "Cyrillic look-alikes": ("сrурtо", "crypto"),
    "one Greek letter": ("cryptο", "crypto"),
    "a look-alike under a mark": ("с\u0336rypto", "c\u0336rypto"),
    "Cherokee": ("Ꭺpple", "Apple"),
    "a pile of marks": ("c\u0336\u0335\u0334\u0333rypto", "c\u0336\u0335rypto"),
    "a pile with something between": ("c\u0336\u0335\u200b\u0334\u0333rypto", "c\u0336\u0335rypto"),
    "letter and mark apart": ("cafe\u0301", "café"),
    "letter and two marks apart": ("Vie\u0323\u0302t", "Việt"),
    "Hangul apart": ("\u1112\u1161\u11ab\u1100\u116e\u11a8", "한국"),
    "half-width kana": ("ｶﾞｲﾄﾞ", "ガイド"),
    "ideographic space": ("buy\u3000now", "buy now"),
}
KEPT = [
    "plain words",
    "naïve café, Straße, Ærø, Łódź, İstanbul",
    "слово и слово",
    "бит0",
    "λόγος",
    "日本語の文 and English",
    "한국어",
    "שָׁלוֹם",
    "नमस्ते",
    "ไทย",
    "日本2024年",
    "I ♥ this 👍",
    "“quoted” – and dashes",
    "\ufdfa",
    "á",
]


@pytest.mark.parametrize(("disguised", "plain"), UNDONE.values(), ids=UNDONE.keys())
def test_disguises_are_undone(disguised, plain):
    folded, offsets = fold(disguised)
    assert folded == plain
    assert len(offsets) == len(plain) + 1


@pytest.mark.parametrize("text", KEPT)
def test_honest_writing_stays_as_it_is(text):
    assert fold(text) is None


def test_offsets_name_the_place_in_the_original():
    folded, offsets = fold("a\u200bﬁе\u0301b")
    assert folded == "afie\u0301b"
    assert offsets == (0, 2, 2, 3, 4, 5, 6)


def test_a_letter_joined_from_several_has_the_place_of_the_first():
    folded, offsets = fold("xe\u0301y")
    assert (folded, offsets) == ("xéy", (0, 1, 3, 4))


def test_words_of_one_script_are_not_mixed_by_their_neighbours():
    assert fold("Это сор, not сор") is None


def test_one_character_never_becomes_a_flood():
    flood = "\ufdfa" * 1_000
    assert fold(flood) is None
    folded, _ = fold(flood + "ﬁ")
    assert len(folded) == 1_002


def test_a_hundred_thousand_marks_become_a_few():
    assert fold("e" + "\u0336" * 100_000) == ("e\u0336\u0336", (0, 1, 2, 100_001))


anything = st.text(alphabet=st.characters(), max_size=40)
mixed = st.text(
    alphabet="abс ор\u0301\u0323\u0336\u200b\u00adﬁ½５ｶﾞ\u1112\u1161\u11ab\ufdfa\ud800\U0001f600é²", max_size=20
)


@given(st.one_of(anything, mixed))
@example("\ud800")
@example("\u1161")
@example("\u0301")
def test_every_folded_character_comes_from_its_place(text):
    folded, offsets = fold(text) or (text, tuple(range(len(text) + 1)))
    assert len(offsets) == len(folded) + 1
    assert offsets[-1] == len(text)
    assert all(one <= other for one, other in pairwise(offsets))
    assert len(folded) <= WIDEST * len(text)
    for place, character in zip(offsets, folded, strict=False):
        assert _may_become(text[place], character)


def _may_become(original, character):
    """Itself, a piece of its compatible form, joined with marks, or an ASCII letter or digit like it."""
    form = unicodedata.normalize("NFKC", original)
    joined = unicodedata.normalize("NFD", character)[0] in unicodedata.normalize("NFD", form)
    return character == original or character in form or joined or (character.isascii() and character.isalnum())


@given(st.one_of(anything, mixed))
def test_nothing_invisible_and_no_piles_are_left(text):
    folded, _ = fold(text) or (text, ())
    assert not any(unicodedata.category(each) in {"Cf", "Cs"} or each in INVISIBLE for each in folded)
    pile = 0
    for each in folded:
        pile = pile + 1 if unicodedata.combining(each) else 0
        assert pile <= MARKS_KEPT


@given(st.text(alphabet=st.characters(max_codepoint=127)))
def test_ascii_has_no_second_view(text):
    assert fold(text) is None


@given(st.text(alphabet="àéîõüñçşÅØ ßđ", max_size=20))
def test_letters_apart_from_their_marks_read_as_one(text):
    apart = unicodedata.normalize("NFD", text)
    folded, _ = fold(apart) or (apart, ())
    assert folded == text


@given(st.text(alphabet="aZ é’“—абｃ²\u0301\u0336\u1112\u1161\u200b", max_size=30))
def test_the_short_way_folds_as_the_long_way(text):
    assert compatible(text) == letter_by_letter(text)
    characters = list(compatible(text)[0])
    _unmix(characters)
    assert unmixed(text, compatible(text)) == (
        None if "".join(characters) == text else ("".join(characters), compatible(text)[1])
    )
