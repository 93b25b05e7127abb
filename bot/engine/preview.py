"""Templates filled in, before anybody is sent one. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from bot.domain.action import Mode, Notify
from bot.domain.answer import Answer, Evidence, Yes
from bot.domain.item import Author, Community, Item, Kind, Post
from bot.domain.verdict import Match
from bot.engine.evaluate import look, matched, verdict_on
from bot.engine.rule_tests import subject_of
from bot.engine.wording import answer_text, signed
from bot.rulebook.actions import texts_to_the_author
from bot.rulebook.rule import Rule, Rulebook
from bot.rulebook.templates import Template

SAMPLE_REFERENCE = "w-000000"
SAMPLE_AUTHOR = Author(id="1", name="author", instance="lemmy.example", is_moderator=False, is_admin=False)
SAMPLE_COMMUNITY = Community(id="1", name="community", host="lemmy.example")
SAMPLE_TITLE = "A title with *signs*, @somebody@lemmy.example and https://site.example/page"
SAMPLE = Post("1", title=SAMPLE_TITLE, body="", url="https://site.example/page")
_ADDRESS = "https://lemmy.example/{}/1"


@dataclass(frozen=True, slots=True)
class Preview:
    """One template as one rule would use it."""

    template: Template
    rule: str
    """Id of the rule; empty when none uses the template."""
    example: str
    """What it is filled in with, for whoever looks at it."""
    text: str
    """Markdown as it would be sent."""


def preview(book: Rulebook, template: Template, given: Item | None, now: datetime) -> Iterator[Preview]:
    """Once for each rule that uses the template; filled in with the given item, else with an item that breaks the rule.

    ``now`` is when a given item is judged.
    """
    users = [rule for rule in book.rules if template.text in _answers(rule)]
    for rule in users:
        item, said, example = _example(book, rule, given, now)
        text = answer_text([(matched(rule, said, item), template.text)], item)
        yield Preview(template, rule.id, example, signed(text, SAMPLE_REFERENCE))
    if not users:
        item = given or _complete(SAMPLE)
        text = answer_text([(_sample_match(item), template.text)], item)
        yield Preview(template, "", "your item" if given else "a made-up post", signed(text, SAMPLE_REFERENCE))


def _answers(rule: Rule) -> list[str]:
    notes = [action.text for action in rule.actions if isinstance(action, Notify)]
    return texts_to_the_author(rule.actions) + notes


def _example(book: Rulebook, rule: Rule, given: Item | None, now: datetime) -> tuple[Item, Yes, str]:
    """An item, what the rule says of it, and what item it is."""
    if given is not None:
        said: Answer = verdict_on(rule, look(book, given, now))
        holds = isinstance(said, Yes)
        return given, said if isinstance(said, Yes) else Yes(), "your item" if holds else "your item, which it keeps"
    for test in rule.tests:
        said = verdict_on(rule, subject_of(book, test))
        if isinstance(said, Yes):
            return _complete(test.item), said, f"the test in line {test.place.line}"
    sample = _complete(SAMPLE)
    return sample, _sample_match(sample).answer, "a made-up post"


def _complete(item: Item) -> Item:
    """With everything that a placeholder may ask for."""
    author = replace(item.author, id="1", name=item.author.name or SAMPLE_AUTHOR.name)
    community = item.community if item.community.full_name else SAMPLE_COMMUNITY
    address = item.address or _ADDRESS.format(item.kind)
    return replace(item, author=author, community=community, address=address)


def _sample_match(item: Item) -> Match:
    text = (item.title if item.kind is Kind.POST and isinstance(item, Post) else item.body) or ""
    found = Evidence("title", 0, len(text), text, "sample")
    return Match(
        rule="sample",
        sidebar=1,
        title="Title of the rule",
        reason="",
        answer=Yes((found,)),
        mode=Mode.ACT,
        actions=(),
        repair="What the author can do.",
        appeal="How to appeal.",
    )
