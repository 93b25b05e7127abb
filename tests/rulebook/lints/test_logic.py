"""What is said about conditions by looking at them holds for every item: never, and wherever one holds another does."""

from datetime import timedelta

import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.answer import Yes
from bot.engine.evaluate import concerns, look, verdict_on
from bot.rulebook.codes import Code
from bot.rulebook.example import EXAMPLE_NOW, example
from bot.rulebook.lints.implies import implies
from bot.rulebook.lints.lint import look_over
from bot.rulebook.lints.never import never
from bot.rulebook.lints.swallowed import swallowed
from bot.rulebook.load import load_with_sources

WORDS = ["gadget", "gizmo", "gad", "a gadget"]
TEXTS = ["", "A gadget", "a gizmo and a gadget", "gadgets", "GIZMO", "a cat"]
AGES = [1, 2, 3]
DOMAINS = ["example.org", "shop.example.org", "example.net"]

SEARCHES = st.builds(
    lambda field, how, words: {f"{field}{how}": words},
    st.sampled_from(["title", "body", "title+body", "~title", "~body"]),
    st.sampled_from(["", " (includes)", " (full-exact)", " (starts-with)", " (case-sensitive)"]),
    st.lists(st.sampled_from(WORDS), min_size=1, max_size=2, unique=True),
)
NUMBERS = st.builds(
    lambda name, sign, number: {name: f"{sign} {number}"},
    st.sampled_from(["age", "~age", "title_words", "score", "~score"]),
    st.sampled_from(["<", "<=", ">", ">=", "="]),
    st.sampled_from(AGES),
)
LENGTHS = st.builds(
    lambda name, number: {name: str(number)},
    st.sampled_from(["body_longer_than", "body_shorter_than", "~body_longer_than"]),
    st.sampled_from([0, 1, 6, 7, 30]),
)
SITES = st.builds(
    lambda name, sites: {name: sites},
    st.sampled_from(["domain", "~domain"]),
    st.lists(st.sampled_from(DOMAINS), min_size=1, max_size=2),
)
FLAGS = st.builds(
    lambda name, value: {name: value},
    st.sampled_from(["is_edited", "is_nsfw", "is_top_level", "is_image_post", "~is_nsfw"]),
    st.booleans(),
)
PLAIN = SEARCHES | NUMBERS | LENGTHS | SITES | FLAGS
GROUPS = st.recursive(
    PLAIN,
    lambda inner: st.builds(
        lambda name, some: {name: some},
        st.sampled_from(["all", "any", "none"]),
        st.lists(inner, min_size=1, max_size=3),
    ),
    max_leaves=5,
)
RULES = st.builds(
    lambda when, unless, on: {"when": {"all": when}, **({"unless": unless} if unless else {}), "on": on},
    st.lists(GROUPS, min_size=1, max_size=3),
    st.none() | GROUPS,
    st.sampled_from(["posts", "comments", "everything"]),
)
POSTS = st.fixed_dictionaries(
    {
        "title": st.sampled_from(TEXTS),
        "body": st.sampled_from(TEXTS),
        "url": st.sampled_from(["", *(f"https://{site}/" for site in DOMAINS)]),
        "score": st.sampled_from([0, *AGES, 4]),
        "is_nsfw": st.booleans(),
        "published": st.sampled_from([EXAMPLE_NOW - timedelta(days=days) for days in (0, *AGES, 4)]),
    }
)
COMMENTS = st.fixed_dictionaries(
    {
        "kind": st.just("comment"),
        "body": st.sampled_from(TEXTS),
        "score": st.sampled_from(AGES),
        "depth": st.sampled_from([1, 2]),
    }
)
ITEMS = st.lists(POSTS | COMMENTS, min_size=8, max_size=8)


def book_of(folder, rules):
    path = folder / "rules.yaml"
    path.write_text(
        yaml.safe_dump({"version": "1", "rules": [{"id": f"r{n}", **rule} for n, rule in enumerate(rules)]})
    )
    return load_with_sources([path], {})


def holds(book, rule, fields):
    item = example(fields)
    return concerns(rule, item) and isinstance(verdict_on(rule, look(book, item, EXAMPLE_NOW)), Yes)


@settings(max_examples=150, deadline=None)
@given(rule=RULES, items=ITEMS)
def test_what_can_never_hold_never_does(rule, items, tmp_path_factory):
    book, sources = book_of(tmp_path_factory.mktemp("never"), [rule])
    found = [each for each in never(look_over(book, sources, {})) if "`r0` can never hold" in each.message]
    if found:
        assert not [fields for fields in items if holds(book, book.rules[0], fields)]


@settings(max_examples=150, deadline=None)
@given(one=PLAIN, other=GROUPS, items=ITEMS)
def test_where_one_condition_implies_another_both_hold(one, other, items, tmp_path_factory):
    book, _ = book_of(tmp_path_factory.mktemp("implies"), [{"when": one}, {"when": other}])
    first, second = book.rules
    if implies(first.when, second.when):
        assert not [each for each in items if holds(book, first, each) and not holds(book, second, each)]


@settings(max_examples=150, deadline=None)
@given(rules=st.lists(st.builds(lambda when: {"when": when}, GROUPS), min_size=2, max_size=4), items=ITEMS)
def test_where_a_swallowed_rule_holds_another_does(rules, items, tmp_path_factory):
    book, sources = book_of(tmp_path_factory.mktemp("swallowed"), rules)
    for found in swallowed(look_over(book, sources, {})):
        assert found.code is Code.SWALLOWED
        idle, other = (
            next(rule for rule in book.rules if rule.id == found.message.split("`")[place]) for place in (1, 3)
        )
        assert not [each for each in items if holds(book, idle, each) and not holds(book, other, each)]


def test_nothing_that_implies_is_missed_by_the_shortcut(tmp_path):
    """The index of rules only saves comparisons."""
    conditions = [
        {"title": ["gadget", "gizmo"]}, {"title": ["gizmo"]}, {"title (includes)": ["giz"]}, {"title+body": ["gizmo"]},
        {"domain": ["example.org"]}, {"domain": ["shop.example.org"], "title": ["gizmo"]}, {"age": "< 2 days"},
        {"age": "< 1 day", "title": ["gad"]}, {"any": [{"title": ["gizmo"]}, {"domain": ["example.org"]}]},
        {"is_edited": True}, {"is_edited": True, "none": [{"title": ["gadget"]}]}, {"none": [{"title": ["gadget"]}]},
    ]  # fmt: skip
    book, sources = book_of(tmp_path, [{"when": each} for each in conditions])
    told = {found.message.split("`")[1] for found in swallowed(look_over(book, sources, {}))}
    wider = {
        rule.id
        for rule in book.rules
        for other in book.rules
        if rule is not other and implies(rule.when, other.when) and not implies(other.when, rule.when)
    }
    assert told == wider
