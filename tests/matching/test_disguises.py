"""Words in disguise are found, honest writing is not mistaken for them, and every hit lies in the original."""

import gettext
import gzip
import json
from collections import Counter
from itertools import islice
from pathlib import Path
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.item import Post
from bot.matching.engine import EveryPattern, HyperscanEngine, PlainEngine
from bot.matching.pattern import Pattern, Placement
from bot.matching.places import may_be_respelt
from bot.matching.scanner import Scanner, compile_patterns
from bot.rulebook.load import load_for_few
from bot.text.prepare import LONGEST, prepare
from bot.text.prepared import Prepared, Prose
from tests.matching.disguises import KINDS, WORDS, disguises
from tests.paths import CHECKOUT, SHARED, needs_shared_data

PATTERNS = tuple(Pattern(word) for word in WORDS)
LANGUAGES = "de fr es it pt nl sv pl cs ru uk el tr hu fi vi ja zh_CN ko ar he id ro da bg".split()  # noqa: SIM905 - reads better than a list
CATALOGUES = Path("/usr/share/locale")
TEXTS = 500
"""Of each language."""
SIZE = 150
"""Code points of a text, at least."""


def spans(scanner: Scanner, pattern: Pattern, text: str) -> tuple[str, ...]:
    found = scanner.scan(prepare(Post(id="1", title=text))).among("title", frozenset({pattern})).spans
    return tuple(text[span.start : span.end] for span in found)


def test_disguised_words_are_found_where_they_stand():
    scanner = compile_patterns(PATTERNS)
    made, found = Counter(), Counter()
    for each in disguises():
        made[each.kind] += 1
        hits = spans(scanner, Pattern(each.word), each.text)
        found[each.kind] += bool(hits)
        assert all(each.text.count(hit) and hit.strip() in f" {each.written} " for hit in hits), each
    assert made == dict.fromkeys(KINDS, len(WORDS))
    assert found.total() >= 0.99 * made.total()
    assert min(found.values()) >= 0.95 * len(WORDS)


def misread(scanner: Scanner, text: str) -> list[tuple[str, str]]:
    """Hits that are not the word itself."""
    hits = scanner.scan(prepare(Post(id="1", title=text)))
    return [
        (pattern.value, text[span.start : span.end])
        for number, pattern in hits.each("title", {"title": {pattern: pattern for pattern in scanner.patterns}})
        for span in hits.places("title", number)
        if text[span.start : span.end].casefold() != pattern.value.casefold()
    ]


def translations(language: str) -> list[str]:
    """Texts put together from the translated messages of the programs on this machine."""
    texts: list[str] = []
    text = ""
    for path in sorted((CATALOGUES / language / "LC_MESSAGES").glob("*.mo")):
        if path.stem.startswith("iso_"):
            continue
        try:
            with path.open("rb") as file:
                messages = gettext.GNUTranslations(file)._catalog
        except (OSError, UnicodeError):  # some are written in other encodings than they say
            continue
        for message in messages.values():
            text += f" {message}" if isinstance(message, str) else ""
            if len(text) > SIZE:
                texts.append(text.strip()[: 4 * SIZE])
                text = ""
    return texts[:: max(1, len(texts) // TEXTS)][:TEXTS]


def test_translations_of_twenty_languages_are_not_misread():
    by_language = {language: translations(language) for language in LANGUAGES}
    full = [texts for texts in by_language.values() if len(texts) == TEXTS]
    if len(full) < 20:
        pytest.skip("this machine has no programs with translations into twenty languages")
    scanner = compile_patterns(PATTERNS)
    wrong = [found for texts in full for text in texts if (found := misread(scanner, text))]
    assert len(wrong) <= len(full) * TEXTS / 1_000, wrong


@needs_shared_data
def test_real_texts_are_not_misread_by_the_pack():
    patterns = load_for_few([CHECKOUT / "rules"]).scanner.patterns
    scanner = compile_patterns([*PATTERNS, *(each for each in patterns if may_be_respelt(each))])
    with gzip.open(SHARED / "backlog.jsonl.gz", "rt", encoding="utf-8") as lines:
        items = [json.loads(line) for line in islice(lines, 0, 50_000, 50)]
    wrong = [found for item in items if (found := misread(scanner, f"{item['title']}\n{item['body']}"[:2_000]))]
    assert len(wrong) <= len(items) / 1_000, wrong


@pytest.mark.parametrize(
    ("word", "text", "hits"),
    [
        ("casino", "a ca51n0, a CAS1NO", ["ca51n0", "CAS1NO"]),
        ("illegal", "i11egal", ["i11egal"]),
        ("crypto", "buy c r y p t o now", ["c r y p t o"]),
        ("crypto", "a c r y p t o", ["c r y p t o"]),
        ("airdrop", "a i r d r o p", ["a i r d r o p"]),
        ("crypto", "b u y   c r y p t o", ["c r y p t o"]),
        ("crypto", "cry.pto, cr-yp-to and c/r/y/p/t/o", ["cry.pto", "cr-yp-to", "c/r/y/p/t/o"]),
        ("crypto", "с.r.у.р.t.о", ["с.r.у.р.t.о"]),
        ("heil hitler", "so h3il h1tler it is", ["h3il h1tler"]),
        ("crypto", "cr\u200by.p\u200bt0", ["cr\u200by.p\u200bt0"]),
        ("crypto", "https://x.example/crypt0/cry.pto", []),
        ("crypto", "someone@crypt0.example", []),
        ("crypto", "crypt0s", []),
        ("casino", "casino5", []),
        ("crypt", "c r y p t o g r a m", []),
        ("look", "100k", []),
        ("cop", "Это сор", []),
    ],
)
def test_readings(word, text, hits):
    assert spans(compile_patterns([Pattern(word)]), Pattern(word), text) == tuple(hits)


@pytest.mark.parametrize("placement", [each for each in Placement if each is not Placement.WORD])
def test_other_placements_are_not_looked_for_in_readings(placement):
    assert_not_read(Pattern("crypto", placement), "crypt0")


def test_case_expressions_and_short_words_are_not_looked_for_in_readings():
    assert_not_read(Pattern("crypto", case_sensitive=True), "crypt0")
    assert_not_read(Pattern("crypto", regex=True), "crypt0")
    assert_not_read(Pattern("bot"), "a b0t b o t r0b0t")


def assert_not_read(pattern, text):
    assert not may_be_respelt(pattern)
    assert spans(compile_patterns([pattern]), pattern, text) == ()


@pytest.mark.parametrize("field", ["url", "domain", "id"])
def test_what_names_something_is_taken_as_it_stands(field):
    post = Post(id="crypt0", url="https://crypt0.example/crypt0")
    scanner = compile_patterns([Pattern("crypto")])
    assert scanner.scan(prepare(post)).among(field, frozenset({Pattern("crypto")})).spans == ()


@pytest.mark.parametrize(
    "piece", ["1", "1!", "a1", "a.", "a ", "a-b-", "|a", "ł1 ", "e\u0336", "c4s1n0 ", "c4s1n0 " + "x" * 90 + " "]
)
def test_hostile_texts_take_no_time(piece):
    began = process_time()
    prepare(Post(id="1", title=(piece * LONGEST)[:LONGEST]))
    assert process_time() - began < 1.0


SIGNS = "abcкоⲁŁł10@$|!+.-_*~ \n\u0336\u0301\u200béﬁ🇨卂c"


@given(st.one_of(st.text(alphabet=st.characters(), max_size=40), st.text(alphabet=SIGNS, max_size=40)))
def test_every_place_of_a_reading_lies_in_the_text(text):
    respelt = prepare(Post(id="1", title=text)).fields["title"].respelt
    if respelt is not None:
        assert len(respelt.view.places) == len(respelt.view.text) + 1
        assert all(0 <= place <= len(text) for place in respelt.view.places)


RESPELT = [
    Pattern(value) for value in ("crypto", "coin", "buy crypto now", "the coin.", "to_do4", "crypto-coin", "aaaa")
]
WRITTEN = [
    "crypto",
    "cr7pto",
    "c01n",
    "c.r.y.p.t.o",
    "c r y p t o",
    "buy",
    "now",
    "the",
    "to_do4",
    "32GB",
    "ca$h",
    "a4a4",
]


@given(
    st.lists(st.sampled_from([*WRITTEN, " ", " ", "-", ".", "_", "é", "с", "!", "\n"]), max_size=12).map("".join),
    st.sampled_from([HyperscanEngine, PlainEngine, EveryPattern]),
)
def test_a_view_without_any_word_that_is_looked_for_has_nothing_to_tell(text, engine):
    scanner = Scanner(RESPELT, engine)
    pruned, whole = Prose(text), Prose(text)
    if whole.respelt:
        whole.respelt.words = None
    told = [
        {pattern: hits.among("body", frozenset({pattern})) for pattern in RESPELT}
        for hits in (scanner.scan(Prepared({"body": each})) for each in (pruned, whole))
    ]
    assert told[0] == told[1]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("a cr7pto, 32GB", {"crtpto", "ezgb"}),
        ("w1th", {"with", "wlth"}),
        ("a c o i n", {"acoin", "coin"}),
        ("_c r y p t o", None),
        ("ｃr7pto", None),
    ],
)
def test_the_words_that_a_view_adds_are_told(text, words):
    respelt = Prose(text).respelt
    assert respelt.words == words
    assert all(word in respelt.view.text.lower() for word in words or ())
