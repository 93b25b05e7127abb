"""Judging: what the rules say about one item. Pure and total: whatever a rule or an item does, a verdict comes back."""

from dataclasses import replace
from datetime import datetime, timedelta

from bot.checks.check import Subject
from bot.domain.answer import Answer, No, Unknown, Yes, every, opposite
from bot.domain.item import Item, Kind, Post
from bot.domain.verdict import Broken, Match, Undecided, Verdict
from bot.rulebook.rule import Rule, Rulebook
from bot.text.prepare import prepare

LINK_SETTLES = timedelta(seconds=60)
"""Lemmy fetches a link's title and content type after the post is visible; what is absent by then stays absent."""


def evaluate(rulebook: Rulebook, item: Item, now: datetime) -> Verdict:
    """Ask every rule that concerns the item. ``now`` is aware UTC; ages count back from it."""
    concerned = [rule for rule in rulebook.rules if concerns(rule, item)]
    try:
        subject = look(rulebook, item, now)
    except Exception as error:  # noqa: BLE001 - no item, however hostile, may stop the daemon
        return Verdict(item, broken=tuple(Broken(rule.id, _describe(error)) for rule in concerned))
    return _collect(item, [(rule, _ask(rule, subject)) for rule in concerned])


def look(rulebook: Rulebook, item: Item, now: datetime) -> Subject:
    """Prepare and scan an item once, for all rules."""
    settled = settle_link(item, now)
    texts = prepare(settled)
    return Subject(settled, texts, rulebook.scanner.scan(texts), now)


def concerns(rule: Rule, item: Item) -> bool:
    """Whether the rule is about this kind of item and this community. Without a known community, every rule is."""
    community = item.community.full_name
    return item.ref.kind in rule.kinds and (not rule.communities or community is None or community in rule.communities)


def answer(rule: Rule, subject: Subject) -> Answer:
    """``when`` holds, and nothing of ``unless`` does."""
    when = rule.when.answer(subject)
    if rule.unless is None or isinstance(when, No):
        return when
    return every([when, opposite(rule.unless.answer(subject))])


def settle_link(item: Item, now: datetime) -> Item:
    """A post whose link metadata has not come in time has none."""
    if item.ref.kind is Kind.COMMENT or not isinstance(item, Post) or not awaits_link(item):
        return item
    if item.published is None or now - item.published < LINK_SETTLES:
        return item
    return replace(
        item,
        link_title=item.link_title or "",
        link_description=item.link_description or "",
        link_type=item.link_type or "",
    )


def awaits_link(item: Item) -> bool:
    """Whether Lemmy may still be fetching what the post links to."""
    return (
        isinstance(item, Post)
        and item.published is not None
        and None in (item.link_title, item.link_description, item.link_type)
    )


def _ask(rule: Rule, subject: Subject) -> Answer | Broken:
    try:
        return answer(rule, subject)
    except Exception as error:  # noqa: BLE001 - one bad rule must not silence the others
        return Broken(rule.id, _describe(error))


def _collect(item: Item, answers: list[tuple[Rule, Answer | Broken]]) -> Verdict:
    matches: list[Match] = []
    undecided: list[Undecided] = []
    broken: list[Broken] = []
    for rule, said in answers:
        match said:
            case Yes():
                matches.append(matched(rule, said))
            case Unknown(why):
                undecided.append(Undecided(rule.id, rule.sidebar, why))
            case Broken():
                broken.append(said)
            case No():
                pass
    return Verdict(item, tuple(matches), tuple(undecided), tuple(broken))


def matched(rule: Rule, said: Yes) -> Match:
    """What a rule that holds asks for."""
    return Match(
        rule=rule.id,
        sidebar=rule.sidebar,
        title=rule.title,
        reason=rule.reason,
        answer=said,
        mode=rule.mode,
        actions=rule.actions,
        repair=rule.repair,
        appeal=rule.appeal,
        exempt_moderators=rule.exempt_moderators,
        exempt_admins=rule.exempt_admins,
    )


def _describe(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"
