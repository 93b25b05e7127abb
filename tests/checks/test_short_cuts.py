"""No short cut changes an answer: not the truth without reasons, and not the sum that ends early."""

from collections import Counter

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.checks.beside_name import BesideName
from bot.checks.body_length import BodyLength
from bot.checks.check import Subject
from bot.checks.combine import All, Any, NoneOf, Not
from bot.checks.facts import ITEM_FLAGS, FlagIs
from bot.checks.hints import spots_of
from bot.checks.image_post import IsImagePost
from bot.checks.learned import Learned, Term
from bot.checks.scored import Bands, Scored
from bot.checks.signal import Effect, Signal
from bot.checks.text_search import TextSearch
from bot.domain.answer import truth_of
from bot.matching.engine import EveryPattern, PlainEngine, make_engine
from bot.matching.pattern import Pattern, Placement
from bot.matching.scanner import Scanner
from bot.text.prepare import prepare
from tests.builders import NOON, a_comment, a_post
from tests.checks import reference

PATTERNS = [
    *map(Pattern, ("cheap", "pills", "buy", "a", "cheap pills", "café", "c++")),
    *(Pattern(value, Placement.INCLUDES) for value in ("://", "pill", "é", "S")),
    *(Pattern(value, regex=True) for value in (r"pills?|buy\w*", r"\w+ now", r"vs\.?", r"[$€]\d+", "(?i:x)|A")),
    *(Pattern(value, Placement.INCLUDES, regex=True) for value in (r"pill$", r"[^a-z]{3}", r"\s+s", "(?:a|ab)l?")),
    Pattern("Cheap", case_sensitive=True),
    Pattern("buy", Placement.STARTS_WITH),
    Pattern("pills now", Placement.ENDS_WITH),
    Pattern("cheap", verbatim=True),
]
NAMES = frozenset({Pattern("jane doe"), Pattern("doe")})
FIELDS = ["title", "body", "url", "link_title"]
WORDS = ["cheap", "Pills", "BUY", "now", "a", "x", "vs.", "$5", "c++", "c h e a p", "ch3ap", "jane doe", "Doe", "xbuys"]
WORDS += [
    "cheap pillsx",
    "p i l l s",
    "> cheap pills\n\nno",
    "café",
    "ſ",
    "сheap",
    "n\u0303",
    "字",
    "“now”",
    "—",
    "> buy",
    "\n> pills\n\n",
    "`cheap`",
    "https://x.example/",
]

wanted = st.frozensets(st.sampled_from(PATTERNS[:-1]), min_size=1, max_size=3)
fields = st.lists(st.sampled_from(FIELDS), min_size=1, max_size=2, unique=True).map(tuple)
plain_checks = st.one_of(
    st.builds(TextSearch, st.just("title"), fields, wanted),
    st.builds(TextSearch, st.just("body"), fields, st.just(frozenset(PATTERNS[-1:])), st.booleans()),
    st.builds(FlagIs, st.just("flag"), st.sampled_from([*ITEM_FLAGS.values()]), st.booleans()),
    st.builds(BodyLength, st.just("body"), st.booleans(), st.integers(0, 30)),
    st.builds(IsImagePost, st.just("is_image_post"), st.booleans()),
    st.builds(BesideName, st.just("beside_name"), st.just(NAMES), wanted, wanted, wanted),
)
groups = st.sampled_from([All, Any, NoneOf])
checks = st.recursive(
    plain_checks,
    lambda inner: st.one_of(
        st.builds(lambda made, parts: made("group", tuple(parts)), groups, st.lists(inner, min_size=1, max_size=3)),
        st.builds(Not, st.just("~not"), inner),
    ),
    max_leaves=4,
)
terms = st.builds(Term, st.integers(-5, 5), st.booleans(), st.just(False)) | st.builds(Term, st.integers(-5, 5))
words_with_points = st.dictionaries(st.sampled_from(PATTERNS[:7]), st.tuples(terms), max_size=5)
signals = st.builds(
    Signal,
    st.just(""),
    st.sampled_from([*Effect, Effect.WEIGHT, Effect.WEIGHT, Effect.WEIGHT]),
    st.integers(-5, 5).filter(bool),
    checks,
    casts_doubt=st.booleans(),
)
texts = st.none() | st.lists(st.sampled_from(WORDS), max_size=6).map(" ".join)
addresses = st.sampled_from(
    [None, "", "https://x.example/cheap-pills", "https://i.imgur.com/a.png", "https://imgur.com/a"]
)
items = st.builds(a_post, title=texts, body=texts, url=addresses, link_title=texts, link_type=st.none()) | st.builds(
    a_comment, body=texts
)


@st.composite
def checkers(draw):
    found = draw(st.lists(signals, min_size=1, max_size=8))
    numbered = [Signal(f"s{n}", s.effect, s.weight, s.check, casts_doubt=s.casts_doubt) for n, s in enumerate(found)]
    by_field = {field: draw(words_with_points) for field in ("title", "body")}
    words = Learned("words", by_field, NAMES, draw(st.integers(-3, 3)))
    doubtful = draw(st.integers(1, 8))
    return Scored("offer", "", (*numbered, words), Bands(doubtful, doubtful + draw(st.integers(0, 6))))


def about(item, check, engine):
    texts = prepare(item)
    scanner = Scanner([*check.patterns()], engine, spots_of(check))
    return Subject(item, texts, scanner.scan(texts), NOON)


def all_parts(check):
    yield check
    for part in check.parts():
        yield from all_parts(part)


@pytest.mark.parametrize("engine", [make_engine, PlainEngine, EveryPattern])
@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(checkers(), items)
def test_a_checker_says_what_all_its_signals_say(engine, checker, item):
    """Each is asked about a subject of its own, so that none learns from what another has looked up."""
    asked = checker.answer(about(item, checker, engine))
    assert asked == reference.answer(checker, about(item, checker, EveryPattern))
    for part in all_parts(checker):
        assert part.truth(about(item, checker, engine)) is truth_of(part.answer(about(item, checker, EveryPattern)))


@pytest.mark.parametrize("engine", [make_engine, PlainEngine, EveryPattern])
@pytest.mark.parametrize("pattern", PATTERNS, ids=lambda pattern: pattern.value)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.builds(a_post, title=texts, body=texts))
def test_a_search_knows_whether_it_holds(engine, pattern, item):
    search = TextSearch("search", ("title", "body"), frozenset({pattern}))
    said = search.answer(about(item, search, EveryPattern))
    assert search.truth(about(item, search, engine)) is truth_of(said)


def test_generated_checkers_give_all_answers():
    """Else the test above would show little."""
    seen = Counter()

    @settings(max_examples=300, deadline=None, database=None, derandomize=True, suppress_health_check=[*HealthCheck])
    @given(checkers(), items)
    def count(checker, item):
        seen[truth_of(checker.answer(about(item, checker, PlainEngine)))] += 1

    count()
    assert min(seen[truth] for truth in range(4)) > 3, seen
