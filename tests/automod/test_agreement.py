"""Imported rules say what AutoModerator says: on real pages and items, and on rules and texts made up for it."""

import gzip
import json
import random
from collections import Counter
from datetime import timedelta

import pytest
import yaml
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from bot.automod.importing import State
from bot.automod.naming import Ids
from tests.automod.importing import asked, book_of, imported
from tests.automod.reference import rules_in, verdict
from tests.paths import SHARED, needs_shared_data

ITEMS = 2_000
AGES = (timedelta(hours=3), timedelta(days=2), timedelta(days=8), timedelta(days=400), None)
NAMES = ("ShortBytes", "example_user_1", "SG_UTD", "bob", None)


def a_backlog() -> list[dict]:
    """Real texts by made-up people; of a third of the facts, nothing is known."""
    rng = random.Random(7)
    with gzip.open(SHARED / "backlog.jsonl.gz", "rt", encoding="utf-8") as lines:
        chosen = rng.sample([json.loads(line) for line in lines], ITEMS)
    for each in chosen:
        each["author"] = {
            "name": rng.choice(NAMES),
            "age": rng.choice(AGES),
            "is_moderator": rng.choice((True, False, None)),
            "is_approved": rng.choice((True, False, None)),
            "post_score": rng.choice((-30, 5, 50, None)),
            "comment_score": rng.choice((-30, 5, 50, None)),
        }
        each |= {"reports": rng.choice((0, 1, 2, 5, None)), "depth": rng.choice((1, 2, None))}
        each["url"] = each["url"] or ""
        if each["kind"] == "comment":
            del each["title"], each["url"]
    return [{name: value for name, value in each.items() if name not in {"meta", "source"}} for each in chosen]


@pytest.fixture(scope="module")
def backlog():
    return a_backlog()


@needs_shared_data
def test_on_real_items_every_imported_rule_of_the_public_pages_agrees(backlog):
    """Facts that are not known count too: both sides must say that it cannot be told."""
    ids, pages, originals = Ids(), [], {}
    for path in sorted((SHARED / "automod").glob("*.y*ml")):
        text = path.read_text(encoding="utf-8")
        found, rules = imported(text, ids), rules_in(text)
        assert len(rules) == len(found.rules), path.name
        pages.append(found)
        originals |= {rule.id: rules[rule.number - 1] for rule in found.rules if rule.state is State.ACTIVE}
    book = book_of(*pages)
    assert {rule.id for rule in book.rules} == set(originals)
    answers = Counter()
    for item in backlog:
        said = asked(book, list(book.rules), item)
        expected = [verdict(originals[rule.id], item) for rule in book.rules]
        assert said == expected, (
            item,
            [rule.id for rule, a, b in zip(book.rules, said, expected, strict=True) if a != b],
        )
        answers.update(said)
    assert answers.total() >= ITEMS * 100
    assert min(answers.values()) > ITEMS


WORDS = ["foo", "bar", "foo bar", "c++", ".net", "_x", "ä", "É", "❤️", "[tag]", "no", "12", " foo", "foo!", "\u4f60foo"]
HOSTS = ["example.org", "sub.example.org", "www.example.org", "my-example.org", "example", "org", "self.here", ".org"]
REGEXES = [
    *(r"fo+", r"\bbar\b", r"foo|bar", "(?i)FOO", r"[\w]+r", r"\W", r"^\[", r"foo$", r"[[]t", r"fo{e}", r"\d{2,}"),
    *(r".+", r".*", r"(foo)?", r"^(?!.*foo).*$", r"^(?!foo|bar)", r"^(?=.*foo)(?=.*bar).*", r"^((?!foo).)*$"),
    *(r"(?<!\d)\d{2}(?!\d)", r"(?<!\w)foo(?!\w)", r"(?<![a-z])bar", r"foo(?![\w-])", r"(?<=x)foo", r"foo(?=bar)"),
    *(
        r"(?<!\w)\+foo",
        r"[^\w\s]{2}",
        r"\S+@\S+",
        r"foo\s*$",
        r"(?<!\s)\+\d",
        r"\[(?!tag)",
        r"^example",
        r"self\.here",
        r"^.{0,5}$",
        r"\b(foo)?\b",
        r"^\s*$",
        r"^[a-z ]*$",
    ),
]
FIELDS = ["title", "body", "url", "domain", "title+body", "domain+body", "url+title", "body+url", "domain+title"]
MODIFIERS = ["", "includes", "includes-word", "starts-with", "ends-with", "full-exact", "full-text", "case-sensitive"]

keys = st.builds(
    lambda sign, field, number, modifiers: (
        f"{sign}{field}{number}" + (f" ({', '.join(each for each in modifiers if each)})" if any(modifiers) else "")
    ),
    st.sampled_from(["", "~"]),
    st.sampled_from(FIELDS),
    st.sampled_from(["", "#2"]),
    st.lists(st.sampled_from(MODIFIERS), min_size=1, max_size=2, unique=True),
)
plain_checks = st.tuples(keys, st.lists(st.sampled_from(WORDS + HOSTS), min_size=1, max_size=3))
regex_checks = st.tuples(
    keys.map(lambda key: f"{key[:-1]}, regex)" if key.endswith(")") else f"{key} (regex)"),
    st.lists(st.sampled_from(REGEXES), min_size=1, max_size=2),
)
length_checks = st.tuples(st.sampled_from(["body_longer_than", "body_shorter_than"]), st.integers(0, 9))
checks = st.lists(st.one_of(plain_checks, regex_checks, length_checks), min_size=1, max_size=3).map(dict)
types = st.sampled_from(
    [{}, *({"type": each} for each in ("any", "comment", "submission", "link submission", "text submission"))]
)
quotes = st.sampled_from([{}, {}, {"ignore_blockquotes": True}])
texts = st.lists(
    st.sampled_from(
        [*WORDS, " ", "\n", "x", "FOO", "123", "+", "-", "> ", "\n> foo\n", "`foo`", "f00", "e\u0301", "ＦＯＯ", "a@b"]
    ),
    max_size=5,
).map("".join)
addresses = st.sampled_from(
    ["", *(f"https://{host}/foo" for host in HOSTS if "." in host.strip(".")), "http://foo.com/?bar"]
)
items = st.one_of(
    st.fixed_dictionaries({"kind": st.just("post"), "title": texts, "body": texts, "url": addresses}),
    st.fixed_dictionaries({"kind": st.just("comment"), "body": texts}),
)


@settings(max_examples=120, deadline=None)
@given(st.tuples(types, quotes).map(lambda both: both[0] | both[1]), checks, st.lists(items, min_size=4, max_size=4))
@example({}, {"~url": ["foo"]}, [{"kind": "post", "title": "", "body": "", "url": ""}])
@example({}, {"~body": ["foo"]}, [{"kind": "post", "title": "", "body": "", "url": "https://example.org/"}])
@example(
    {},
    {"title": ["foo"], "body (regex)": [r"\bbar\b", "(foo)?"]},
    [{"kind": "post", "title": "foo", "body": "bar", "url": "https://example.org/foo"}],
)
def test_on_made_up_rules_and_texts_the_imported_rule_agrees(kind, check, made_up):
    """What cannot be carried over is disabled, and then says nothing; with a value left out, it holds for less."""
    text = yaml.safe_dump({**kind, **check, "action": "remove"}, allow_unicode=True, sort_keys=False)
    found = imported(text)
    (rule,) = found.rules
    assume(rule.state is State.ACTIVE)
    (original,) = rules_in(text)
    book = book_of(found)
    left_out = ("cannot be looked for", "texts that are not empty", "quoted lines are measured")
    is_less = any(part in finding.message for finding in rule.findings for part in left_out)
    for each in made_up:
        item = {"id": "1", "author": {}, **each}
        (said,), expected = asked(book, list(book.rules), item), verdict(original, item)
        assert said == expected or (is_less and expected and not said), text
