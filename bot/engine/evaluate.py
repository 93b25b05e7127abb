"""Judging: what the rules say about one item. Pure and total: whatever a rule or an item does, a verdict comes back."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from bot.checks.check import Subject
from bot.domain.answer import Answer, No, Unknown, Yes, every, opposite
from bot.domain.history import History
from bot.domain.item import Comment, Item, Post
from bot.domain.verdict import Broken, Match, Undecided, Verdict
from bot.rulebook.rule import Rule, Rulebook
from bot.text.prepare import prepare

LINK_SETTLES = timedelta(seconds=60)
"""Lemmy fetches a link's title and content type after the post is visible; what is absent by then stays absent."""

HUNDRED = 100

Asked = tuple[Item, datetime, History | None]
"""An item, when it is judged, and what was there before it."""


def evaluate(rulebook: Rulebook, item: Item, now: datetime, history: History | None = None) -> Verdict:
    """Ask every rule that concerns the item. ``now`` is aware UTC; ages count back from it.

    Without a ``history``, what depends on it is not known.
    """
    return evaluate_each(rulebook, [(item, now, history)])[0]


def evaluate_each(rulebook: Rulebook, asked: Sequence[Asked]) -> list[Verdict]:
    """The same of several items. First all are scanned and then all are judged, which is quicker: what each step needs
    is still at hand for the next item."""
    return [_verdict(rulebook, item, seen) for item, seen in [(each[0], _seen(rulebook, *each)) for each in asked]]


def _seen(rulebook: Rulebook, item: Item, now: datetime, history: History | None) -> Subject | Exception:
    """The item, scanned; or what went wrong, for no item, however hostile, may stop the daemon."""
    try:
        return look(rulebook, item, now, history)
    except Exception as error:  # noqa: BLE001
        return error


def _verdict(rulebook: Rulebook, item: Item, seen: Subject | Exception) -> Verdict:
    try:
        if isinstance(seen, Subject):
            return _collect(item, judged(rulebook, seen))
        error = seen
    except Exception as raised:  # noqa: BLE001
        error = raised
    concerned = (rule for rule in rulebook.rules if concerns(rule, item))
    return Verdict(item, broken=tuple(Broken(rule.id, _describe(error)) for rule in concerned))


def judged(rulebook: Rulebook, subject: Subject) -> list[tuple[Rule, Answer | Broken]]:
    """What each rule that concerns the item says, up to one after which no other is asked. Who is left out says no."""
    answers: list[tuple[Rule, Answer | Broken]] = []
    for rule in _likely(rulebook, subject):
        if not concerns(rule, subject.item):
            continue
        said = _ask(rule, subject)
        answers.append((rule, said))
        if rule.stop and isinstance(said, Yes) and said.certain:
            break
    return answers


def _likely(rulebook: Rulebook, subject: Subject) -> Iterable[Rule]:
    """The rules that the scan does not rule out: one look for all of them."""
    touched = _touched(rulebook, subject)
    return rulebook.rules if touched is None else rulebook.left_by(touched)


def _touched(rulebook: Rulebook, subject: Subject) -> int | None:
    """The places of the rules, as bits, of which the scan has found something; ``None`` where it cannot tell of all."""
    return subject.hits.touched(rulebook.hints) if subject.texts.tell_all else None


def look(rulebook: Rulebook, item: Item, now: datetime, history: History | None = None) -> Subject:
    """Prepare and scan an item once, for all rules; of a comment, the post above too when a rule asks for it."""
    settled = settle_link(item, now)
    texts = prepare(settled)
    post = item.post if isinstance(item, Comment) and rulebook.needs_above else None
    above = None if post is None else look(rulebook, post, now)
    subject = Subject(settled, texts, rulebook.scanner.scan(texts), now, history, above)
    _touched(rulebook, subject)  # a field is scanned when it is first asked about
    return subject


def concerns(rule: Rule, item: Item) -> bool:
    """Whether the rule is about this kind of item and this community. Without a known community, every rule is."""
    if item.kind not in rule.kinds:
        return False
    community = item.community.full_name if rule.communities else None
    return community is None or community in rule.communities


def answer(rule: Rule, subject: Subject) -> Answer:
    """``when`` holds, and nothing of ``unless`` does."""
    when = rule.when.answer(subject)
    if rule.unless is None or isinstance(when, No):
        return when
    return every([when, opposite(rule.unless.answer(subject))])


def verdict_on(rule: Rule, subject: Subject) -> Answer:
    """The answer that counts: with ``unknown: report``, what cannot be told is a doubtful Yes."""
    said = answer(rule, subject)
    return Yes(certain=False, doubt=said.why) if isinstance(said, Unknown) and rule.unknown_reports else said


def settle_link(item: Item, now: datetime) -> Item:
    """A post whose link metadata has not come in time has none, unless somebody looked and could not see it either."""
    if not isinstance(item, Post) or item.destination is not None or not awaits_link(item):
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
        return verdict_on(rule, subject)
    except Exception as error:  # noqa: BLE001 - one bad rule must not silence the others
        return Broken(rule.id, _describe(error))


def _collect(item: Item, answers: list[tuple[Rule, Answer | Broken]]) -> Verdict:
    matches: list[Match] = []
    undecided: list[Undecided] = []
    broken: list[Broken] = []
    for rule, said in answers:
        match said:
            case Yes():
                matches.append(matched(rule, said, item))
            case Unknown(why):
                undecided.append(Undecided(rule.id, rule.sidebar, why))
            case Broken():
                broken.append(said)
            case No():
                pass
    return Verdict(item, tuple(matches), tuple(undecided), tuple(broken))


def matched(rule: Rule, said: Yes, item: Item) -> Match:
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
        sampled_out=rule.act_on < HUNDRED and _lot(rule, item) >= rule.act_on,
        priority=rule.priority,
    )


def _lot(rule: Rule, item: Item) -> int:
    """A number under a hundred, always the same for the same rule and item."""
    digest = hashlib.sha256(f"{rule.id}|{item.community.full_name}|{item.ref}".encode()).digest()
    return int.from_bytes(digest[:8], "big") % HUNDRED


def _describe(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"
