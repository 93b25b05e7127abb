"""The compiled scan says what the plain matcher says, about every text."""

import gzip
import json
from functools import cache
from itertools import islice

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from bot.matching.engine import EveryPattern, HyperscanEngine, PlainEngine
from bot.matching.pattern import EMPTY, Pattern, PatternError, Placement, Span
from bot.matching.scanner import Scanner, check_pattern, compile_patterns
from bot.text.prepared import Markdown, Prepared, Prose, Text
from tests.matching import reference
from tests.paths import SHARED, needs_shared_data

ENGINES = [HyperscanEngine, PlainEngine, EveryPattern]


@cache
def alone(pattern):
    return frozenset({pattern})


def found(scanner, original):
    hits = scanner.scan(Prepared({"body": Text(original)}))
    each = {pattern: hits.among("body", alone(pattern)) for pattern in scanner.patterns}
    assert not any(one.timed_out for one in each.values())
    return {pattern: [(s.start, s.end) for s in one.spans] for pattern, one in each.items() if one.spans}


def found_together(scanner, original):
    """As ``found``, asked for all patterns at once."""
    hits = scanner.scan(Prepared({"body": Text(original)}))
    return {
        pattern: [(s.start, s.end) for s in spans]
        for number, pattern in hits.each("body", {"body": {pattern: pattern for pattern in scanner.patterns}})
        if (spans := hits.places("body", number))
    }


def expected(patterns, original):
    text = Text(original)
    return {pattern: spans for pattern in patterns if (spans := reference.hits(pattern, text))}


WORDS = [
    "crypto",
    "coin",
    "ai",
    "elon",
    "musk",
    "bitcoin",
    "tesla",
    "google",
    "free",
    "buy",
    "sale",
    "discount",
    "code",
    "app",
    "open",
    "source",
    "linux",
    "windows",
    "python",
    "rust",
    "china",
    "court",
    "law",
    "ban",
    "crash",
    "launch",
    "startup",
    "job",
    "war",
    "c++",
    ".net",
    "c#",
    "don't",
    "it's",
    "5g",
    "4k",
    "gpt-4",
    "x",
    "ai's",
    "e-mail",
    "über",
    "naïve",
    "café",
    "привет",
    "слово",
    "машина",
    "日本",
    "中国",
    "한국",
    "ñandú",
    "straße",
    "o'reilly",
]
PHRASES = ["machine learning", "open source", "for free", "the new", "elon musk", "in the", "big tech", "a lot of"]
REGEXES = [
    r"\b(?:price|cost)s?\b", r"[0-9]{1,3}%", r"\$\d+", r"https?://[^\s]+", r"(?:buy|sell|trade)\s+\w+", r"[A-Z]{3,}",
    r"\d{4}", r"(\w+)ing", r"wh(?:y|at|o).{0,20}\?", r"[^\x00-\x7f]+", r"[а-я]{4,}", r"\bthe\s+\w+\s+of\b", r"(?:20|19)\d\d",
    r"(?:crypto|block)[- ]?(?:chain|coin|currency)", r"[!?]{2,}", r"\.(?:com|org|io)\b", r"(?i:ask|show) hn", r"[\w.]+@[\w.]+",
]  # fmt: skip


def corpus_patterns():
    patterns = [Pattern(word) for word in WORDS + PHRASES]
    patterns += [Pattern(word, Placement.INCLUDES) for word in WORDS[:30] + PHRASES]
    patterns += [Pattern(word, placement) for word in WORDS[:25] for placement in list(Placement)[2:]]
    patterns += [Pattern(word.title(), case_sensitive=True) for word in WORDS[:30]]
    patterns += [Pattern(value, regex=True) for value in REGEXES]
    patterns += [Pattern(value, Placement.INCLUDES, regex=True) for value in REGEXES]
    patterns += [Pattern(value, placement, regex=True) for value in REGEXES[:8] for placement in list(Placement)[2:]]
    patterns += [Pattern(value, regex=True, case_sensitive=True) for value in REGEXES]
    return list(dict.fromkeys(patterns))


@needs_shared_data
def test_equal_to_the_plain_matcher_on_five_thousand_real_items():
    patterns = corpus_patterns()
    scanner = compile_patterns(patterns)
    assert len(patterns) > 250
    hits = 0
    with gzip.open(SHARED / "backlog.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in islice(lines, 0, 50_000, 10):
            item = json.loads(line)
            text = f"{item['title']}\n{item['body']}"[:400]
            said = found_together(scanner, text)
            assert said == expected(said, text), text
            hits += len(said)
            candidates = PLAIN_SAMPLE[hits % len(PLAIN_SAMPLE)]
            missing = {p: s for p, s in expected(candidates, text).items() if p not in said}
            assert not missing, (missing, text)
    assert hits > 25_000


PLAIN_SAMPLE = [corpus_patterns()[n::10] for n in range(10)]

letters = st.text(alphabet="aAbk sSßſKİiı\u200bстоС.ﬀ1-_é\u0301字ヂ\n", max_size=14)
values = st.text(alphabet="aAbk sSßıiстоС.ﬀ1-_é字", min_size=1, max_size=4).filter(str.strip)
expressions = st.sampled_from(
    [
        "a+",
        "[a-k]+",
        r"\w+",
        r"\w",
        "s",
        "ß",
        "[^a]",
        r"\bs",
        r"a\b",
        "a|ab",
        "(?:a|b)+k?",
        ".a",
        "[сто]+",
        r"\W",
        r"\d\w",
        "ı",
        "a.k",
        "[^a-z]+",
        r"[^\W_]+",
        r"[^\s1]+",
        "(?i:S)k",
        "[ſ-ƀ]",
        "[R-T]",
        "(?:|a)b",
        "sk|a b|k1",
        "A[Is]?|ßs|_",
        "s|-",
        r"\S+\D",
    ]
)
patterns_ = st.one_of(
    st.builds(Pattern, values, st.sampled_from(Placement), st.just(False), st.booleans()),
    st.builds(Pattern, expressions, st.sampled_from(Placement), st.just(True), st.booleans()),
)


@pytest.mark.parametrize("engine", ENGINES)
@given(asked=st.lists(patterns_, min_size=1, max_size=4, unique=True), text=letters)
@settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_equal_to_the_plain_matcher_on_odd_letters(engine, asked, text):
    assert found(Scanner(asked, engine), text) == expected(asked, text)


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(
    ("pattern", "text", "spans"),
    [
        (Pattern("coin"), "coin, coincidence; COIN", [(0, 4), (19, 23)]),
        (Pattern("c++"), "c++11 and objective-c++", [(0, 3), (20, 23)]),
        (Pattern("foo"), "éfoo fooé foo", [(10, 13)]),
        (Pattern("слово"), "слово, словом, Слово", [(0, 5), (15, 20)]),
        (Pattern("日本"), "新日本語", [(1, 3)]),
        (Pattern("การพนัน"), "เว็บการพนันออนไลน์", [(4, 11)]),
        (Pattern("กา"), "กา ก่า มากาแฟ", [(0, 2), (9, 11)]),
        (Pattern("ที"), "ที่นี่ ที", [(7, 9)]),
        (Pattern("ที", regex=True), "ที่นี่ ที", [(7, 9)]),
        (Pattern("ក"), "ការ ក", [(4, 5)]),
        (Pattern("博"), "賭博場", [(1, 2)]),
        (Pattern("ai"), "生成AI技術", [(2, 4)]),
        (Pattern("iphone"), "新しいiPhoneは", [(3, 9)]),
        (Pattern("crypto"), "сrypto cry\u200bpto ｃｒｙｐｔｏ", [(0, 6), (7, 14), (15, 21)]),
        (Pattern("a b"), "a b a b", [(0, 3), (4, 7)]),
        (Pattern("buy", Placement.STARTS_WITH), "buyers buy", [(0, 3)]),
        (Pattern("buy", Placement.ENDS_WITH), "buyers buy", [(7, 10)]),
        (Pattern("hello", Placement.FULL_TEXT), "  «Hello!» ", [(3, 8)]),
        (Pattern("hello", Placement.FULL_EXACT), "hello!", []),
        (Pattern("Apple", case_sensitive=True), "apple Apple", [(6, 11)]),
        (Pattern("a.c", Placement.INCLUDES, regex=True), "aéc a\nc", [(0, 3), (4, 7)]),
        (Pattern(r"\d+%", regex=True), "50% off", [(0, 3)]),
        (Pattern("x"), "\ud800x \x00 x", [(1, 2), (5, 6)]),
        (Pattern("straße"), "STRASSE, Straße, STRAßE", [(9, 15), (17, 23)]),
        (Pattern("strasse", Placement.INCLUDES), "STRASSE, Straße", [(0, 7)]),
        (Pattern("it’s ok"), "“It’s OK”, it's ok", [(1, 8)]),
        (Pattern("it is", Placement.INCLUDES), "“ıt is” – IT İS", [(1, 6), (10, 15)]),
    ],
)
def test_examples(engine, pattern, text, spans):
    assert found(Scanner([pattern], engine), text).get(pattern, []) == spans


@pytest.mark.parametrize("engine", ENGINES)
def test_nothing_may_stand_in_an_empty_text(engine):
    pattern = Pattern("coin")
    assert Scanner([pattern], engine).scan(Prepared({"body": Text("")})).each("body", {"body": {pattern: 1}}) == []


def test_each_field_has_its_own_hits():
    pattern = Pattern("coin")
    prepared = Prepared({"title": Text("coin"), "body": Text("a coin"), "url": Text("http://x.example")})
    hits = compile_patterns([pattern]).scan(prepared)
    places = {field: hits.among(field, frozenset({pattern})).spans for field in prepared.fields}
    assert places == {"title": (Span(0, 4),), "body": (Span(2, 6),), "url": ()}


def test_several_patterns_are_found_together_in_order():
    patterns = frozenset({Pattern("coin"), Pattern("a c", Placement.INCLUDES), Pattern("gold")})
    hits = compile_patterns(patterns).scan(Prepared({"body": Text("a coin, no tin")}))
    assert hits.among("body", patterns).spans == (Span(0, 3), Span(2, 6))
    assert hits.among("title", patterns).spans == ()


@pytest.mark.parametrize(
    ("value", "says"),
    [
        ("a(?=b)", "look-ahead"),
        ("(?<!a)b", "look-ahead"),
        (r"(a)\1", "back-reference"),
        ("a{1,5000}", "1,000"),
        ("(unclosed", "not a regular expression"),
        ("[[a]", "not a regular expression"),
        (".*", "matches nothing at all"),
        ("^$", "matches nothing at all"),
        ("(?>a)b", "atomic group"),
        ("a++", "possessive"),
    ],
)
def test_expressions_that_cannot_be_used_are_refused_with_the_part(value, says):
    with pytest.raises(PatternError, match=says):
        check_pattern(Pattern(value, regex=True))


@pytest.mark.parametrize("pattern", [Pattern(""), Pattern("  ", Placement.FULL_TEXT)])
def test_values_that_match_everything_are_refused(pattern):
    with pytest.raises(PatternError):
        compile_patterns([pattern])


@pytest.mark.parametrize(
    "value", ["^(a+)+$", r"(?:[\w.-]+\s*)+\.(?:xyz|top)", r"(a|aa)+$", r"(\w+\s?)+!", r"\s+$", "(.*)(.*)(.*)x"]
)
@pytest.mark.parametrize("text", ["a" * 5_000 + "!", "a " * 2_500, " " * 5_000 + "b", "." * 5_000])
def test_evil_expressions_come_to_an_end(value, text):
    scanner = Scanner([Pattern(value, Placement.INCLUDES, regex=True)])
    hits = scanner.scan(Prepared({"body": Text(text)}))
    found = hits.among("body", frozenset(scanner.patterns))
    assert found.timed_out or all(0 <= span.start < span.end <= len(text) for span in found.spans)


@pytest.mark.parametrize("engine", ENGINES)
def test_a_scan_by_fields_finds_what_a_scan_of_everything_finds(engine):
    patterns = [Pattern("coin"), Pattern("gold coin"), Pattern("c.in", regex=True), Pattern("tin")]
    asked = {"title": patterns[:2], "body": patterns[1:], "url": patterns[1:]}
    spots = [(field, pattern) for field, wanted in asked.items() for pattern in wanted]
    prepared = Prepared({field: Text("A gold coin, a tin coin") for field in asked})
    by_fields, everywhere = (Scanner(patterns, engine, told).scan(prepared) for told in (spots, None))
    for field, pattern in spots:
        assert by_fields.among(field, frozenset({pattern})) == everywhere.among(field, frozenset({pattern}))


def test_what_is_not_looked_for_in_a_field_cannot_be_asked_there():
    hits = Scanner([Pattern("coin")], spots=[("title", Pattern("coin"))]).scan(Prepared({"body": Text("a coin")}))
    with pytest.raises(LookupError, match="`coin` is not looked for in body"):
        hits.among("body", frozenset({Pattern("coin")}))


@pytest.mark.parametrize("engine", ENGINES)
@example([Pattern("crypto"), Pattern("toby"), Pattern("a")], "crypto, a cr7pto and c.r.y.p.t.o, to by")
@example([Pattern("to by"), Pattern("a_b")], "to, by; a b, to by a_b")
@example([Pattern("to by"), Pattern("a_b"), Pattern("by")], "éby to—by aéb “to by” a_b")
@example([Pattern("by"), Pattern("to")], "by\u0301 字by to字 by to")
@given(
    st.lists(patterns_ | st.sampled_from(["crypto", "coins", "c.r", "to by"]).map(Pattern), min_size=1, max_size=4),
    letters | st.text(alphabet="abcoinscrypto 0715_-.,éſ字", max_size=40),
)
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_the_first_place_is_the_first_of_all(engine, asked, text):
    """Also where a pattern stands in another view than the original."""
    scanner = Scanner(asked, engine)
    hits = scanner.scan(Prepared({"body": Prose(text)}))
    told = {"body": {pattern: pattern for pattern in scanner.patterns}}
    places = {pattern: hits.places("body", number) for number, pattern in hits.each("body", told)}
    firsts = {pattern: (start, end) for _, pattern, start, end in hits.firsts("body", told)}
    assert firsts == {pattern: each[0] for pattern, each in places.items() if each}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a casino here", True),
        ("a c4sin0 here", False),
        ("a c.a.s.i.n.o here", False),
        ("a casino, ça va", False),
        ("a casino here\n", False),
        ("a `casino` here", False),
    ],
)
def test_a_text_is_plain_that_says_one_thing_to_every_engine(text, expected):
    """Whatever else a text may be read as has to be looked at again."""
    scanner = compile_patterns([Pattern("casino")], HyperscanEngine)
    assert scanner.is_plain(Markdown(text) if "`" in text else Prose(text)) is expected


@pytest.mark.parametrize("engine", ENGINES)
def test_what_stands_in_an_empty_field_stands_nowhere_else(engine):
    spots = [("url", EMPTY), ("url", Pattern("coin")), ("body", Pattern("coin"))]
    scanner = Scanner([EMPTY, Pattern("coin")], engine, spots)
    for url, stands in (("", True), ("coin", False), (None, False)):
        fields = {"body": Text("")} | ({} if url is None else {"url": Text(url)})
        assert scanner.scan(Prepared(fields)).may_stand("url", frozenset({EMPTY})) is stands


def test_only_a_check_of_its_own_may_ask_for_emptiness():
    with pytest.raises(PatternError, match="an empty value would match everywhere"):
        check_pattern(EMPTY)
    assert len(compile_patterns([EMPTY])) == 1
